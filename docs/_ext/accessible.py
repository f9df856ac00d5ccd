"""What the theme leaves out for screen readers and the keyboard, put into the pages once they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["label_pages", "labeled"]

CHANGES = {
    '<p class="caption" role="heading">': '<p class="caption" role="heading" aria-level="2">',
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer">': '<aside class="toc-drawer" aria-label="On this page">',
    '<aside class="toc-drawer no-toc">': '<aside class="toc-drawer no-toc" aria-label="On this page">',
    '<div class="content-icon-container">': '<div class="content-icon-container" role="region" aria-label="Page">',
    '<div class="highlight"><pre>': '<div class="highlight"><pre tabindex="0">',  # it scrolls, so it takes the focus
    '<div class="table-wrapper colwidths-auto docutils container">': '<div class="table-wrapper colwidths-auto docutils container" tabindex="0">',
    '<th class="head"><p></p></th>': '<td class="head"></td>',  # the head of a table that has none heads nothing
    '<div id="search-results"></div>': '<h1>Search</h1>\n<div id="search-results"></div>',
}
"""Elements of the theme, and what each of them becomes."""


def labeled(html: str) -> str:
    """Return a page with the missing attributes."""
    for old, new in CHANGES.items():
        html = html.replace(old, new)
    return html


def label_pages(app: Sphinx, error: Exception | None) -> None:
    """Change every page that was written."""
    for path in Path(app.outdir).rglob("*.html") if error is None else ():
        before = path.read_text(encoding="utf-8")
        if (after := labeled(before)) != before:
            path.write_text(after, encoding="utf-8")

"""One rendering of the site's table of contents for all pages of a folder that are not in it.

The theme renders all of it for every page. The pages of edits and of source code are in none, so that in one folder
theirs is the same to the letter; rendering it for each of them would be most of the time of a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["share_navigation"]

BEFORE_THEME, AFTER_THEME = 400, 600
"""Priorities; that of the theme is 500."""
RENDERED = "furo_navigation_tree"


def share_navigation(app: Sphinx) -> None:
    """Render the table of contents once for each folder of pages that are not in it."""
    by_folder: dict[str, str] = {}

    def is_apart(app: Sphinx, page: str) -> bool:
        return page not in app.builder.relations  # type: ignore[attr-defined]  # of the HTML builders

    def skip(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
        if is_apart(app, page) and page.rpartition("/")[0] in by_folder:
            del context["toctree"]

    def fill(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
        if is_apart(app, page):
            context[RENDERED] = by_folder.setdefault(page.rpartition("/")[0], context[RENDERED])

    app.connect("html-page-context", skip, priority=BEFORE_THEME)
    app.connect("html-page-context", fill, priority=AFTER_THEME)

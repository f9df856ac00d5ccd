"""Pages as SVG: one picture, the pages below one another, light or dark as its reader has it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from medcode.claims.forms.drawing import HEIGHT, WIDTH, Rectangle
from medcode.markup import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from medcode.claims.forms.drawing import Mark, Page

__all__ = ["as_svg"]

_STYLE = (
    "text{font-family:Helvetica,Arial,sans-serif;white-space:pre;fill:#111}rect{fill:#fff;stroke:#777;stroke-width:.6}"
    ".page{stroke:none}.head{fill:#eee}.empty{fill:#fde8c8}.wrong{fill:#fbdada}.label{fill:#555}.mark{fill:#a4000f;font-weight:bold}"
    ".title{font-weight:bold}@media (prefers-color-scheme:dark){text{fill:#eee}rect{fill:#181818;stroke:#888}.head{fill:#333}"
    ".empty{fill:#4d3600}.wrong{fill:#5a1a1f}.label{fill:#bbb}.mark{fill:#ff9a9a}}"
)


def as_svg(title: str, pages: Sequence[Page]) -> str:
    """Return pages as one SVG. Every text is escaped, and nothing is loaded or run."""
    height = HEIGHT * len(pages)
    body = "".join(
        f'<g transform="translate(0 {HEIGHT * number:g})"><rect class="page" width="{WIDTH:g}" height="{HEIGHT:g}"/>'
        f"{''.join(map(_mark, page))}</g>"
        for number, page in enumerate(pages)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" height="{height:g}">'
        f"<title>{escape(visible(title))}</title><style>{_STYLE}</style>{body}</svg>\n"
    )


def _mark(mark: Mark) -> str:
    if isinstance(mark, Rectangle):
        return f'<rect class="{mark.kind}" x="{mark.x:.2f}" y="{mark.y:.2f}" width="{mark.width:.2f}" height="{mark.height:.2f}"/>'
    return f'<text class="{mark.kind}" x="{mark.x:.2f}" y="{mark.y:.2f}" font-size="{mark.size:.2f}">{escape(visible(mark.text))}</text>'

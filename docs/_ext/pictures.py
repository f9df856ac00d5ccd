"""What a notebook shows of an object, made at the build: `{picture} NAME` in a page.

Each picture is a function that returns HTML, so that a page never shows what the library does not.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from docutils import nodes
from docutils.parsers.rst import Directive

from medcode import icd10cm, plot, scrub
from medcode.claims import x12
from medcode.claims.forms import draw
from medcode.edits.examples import line, visit
from medcode.testing import Payer

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = date(2026, 11, 16)


def wrong() -> Any:
    """Return a claim with an outdated diagnosis and a line without a charge."""
    return visit("M54.5", "I10", lines=[line("99213", modifiers=("25",)), line("G0108", charge="0")])


def form(claim: Any) -> str:
    """Return the drawing of a claim's form."""
    return draw([claim], "svg", findings=scrub([claim], on=DAY).findings).decode()


def html_of(shown: Any) -> str:
    """Return what a notebook shows of an object."""
    html: str = shown._repr_html_()
    return html


def paid() -> Any:
    """Return the remittance of a visit that is paid in part."""
    text = x12.dumps([visit("E11.9", lines=[line("99213"), line("G0108")])])
    return next(iter(x12.loads(Payer("coinsurance", seed=1).answer(text).x835 or "").remittances()))


PICTURES: dict[str, Callable[[], str]] = {
    "code": icd10cm.as_of(DAY)["E11.65"]._repr_html_,
    "children": lambda: html_of(icd10cm.children("M54.5", DAY)),
    "hits": lambda: html_of(icd10cm.search("migrane", limit=3)),
    "finding": lambda: html_of(scrub(wrong(), on=DAY).findings[0]),
    "remittance": lambda: html_of(paid()),
    "statuses": lambda: icd10cm.check(["E11.9", "M54.5", "E11", None, "n/a"], on=DAY)._repr_html_(),
    "claim": lambda: wrong().to_html(findings=scrub([wrong()], on=DAY).findings),
    "report": lambda: scrub([visit("E11.9"), wrong()], on=DAY)._repr_html_(),
    "form": lambda: form(wrong()),
    "timeline": lambda: html_of(plot.timeline("M54.5")),
    "by_rule": lambda: html_of(
        plot.findings(scrub([wrong(), visit("M54.5")], on=DAY), [wrong(), visit("M54.5")])
    ),
    "waterfall": lambda: html_of(plot.waterfall(paid())),
    "file": lambda: x12.loads(x12.dumps([visit("E11.9")]))._repr_html_(),
}
"""Every picture by its name."""


class PictureDirective(Directive):
    """`{picture} NAME`: one of PICTURES."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the HTML, in a frame that scrolls where it is too wide."""
        html = PICTURES[self.arguments[0]]()
        return [nodes.raw("", f'<div class="picture" tabindex="0">{html}</div>', format="html")]

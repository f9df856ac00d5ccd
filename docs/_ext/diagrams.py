"""Diagrams of boxes and arrows, drawn as SVG at the build: `{diagram} NAME` in a page.

Rows of boxes from top to bottom, narrow enough to be read on a phone, in the colors of the page's theme. The HL
levels come from the guide tables.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes
from docutils.parsers.rst import Directive

from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.grammar import Loop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDTH, ROW, BOX, GAP = 480, 106, 52, 12
LINE = 15


class Picture(NamedTuple):
    """Rows of boxes, each box a key with its lines of text; arrows from key to key, with a word beside them."""

    title: str
    rows: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    arrows: tuple[tuple[str, str, str], ...]


FLOW = Picture(
    "How data flows: code sets serve claims, claims are written and read as X12 and checked by edits, "
    "scrub reports both to the command line, data frames and tests",
    (
        (("codes", ("code sets", "what a code means, and when")),),
        (("claims", ("claims", "professional, institutional, dental")),),
        (("x12", ("X12", "read, write, validate")), ("edits", ("edits", "Medicare, NCCI, billing"))),
        (("scrub", ("scrub", "one report: rule, place, source, fix")),),
        (("cli", ("command line",)), ("frames", ("data frames",)), ("tests", ("pytest",))),
    ),
    (
        ("codes", "claims", ""), ("claims", "x12", ""), ("claims", "edits", ""), ("x12", "scrub", "findings"),
        ("edits", "scrub", "findings"), ("scrub", "cli", ""), ("scrub", "frames", ""), ("scrub", "tests", ""),
    ),
)  # fmt: skip

LIFE = Picture(
    "Life of a claim: written, checked, sent as an 837, acknowledged by a 999 and a 277CA, decided by an 835, "
    "then corrected, sent to the next payer or closed",
    (
        (("write", ("written and checked", "scrub")),),
        (("sent", ("sent", "837")),),
        (("file", ("file acknowledged", "TA1, 999")),),
        (("claim", ("claim acknowledged", "277CA")),),
        (("fix", ("rejected", "fix, send again")), ("decided", ("decided", "835"))),
        (
            ("denied", ("denied", "replace or appeal")),
            ("next", ("paid in part", "secondary claim")),
            ("paid", ("paid", "post, close")),
        ),
    ),
    (
        ("write", "sent", ""), ("sent", "file", ""), ("file", "claim", "accepted"), ("claim", "fix", "A3 … A8"),
        ("claim", "decided", "A1, A2"), ("decided", "denied", "4"), ("decided", "next", ""), ("decided", "paid", "1"),
    ),
)  # fmt: skip


def levels() -> Picture:
    """Return the HL levels of the 837P, from its guide."""
    rows = tuple(((found.id, (found.id, found.title)),) for found in _spine(guide("005010X222A1").root))
    keys = [row[0][0] for row in rows]
    words = {
        "2000B": "one or more",
        "2000C": "if the patient is another",
        "2300": "up to 100",
        "2400": "up to 50",
    }
    arrows = tuple((one, two, words.get(two, "")) for one, two in pairwise(keys))
    return Picture("Levels of an 837P, outermost first", rows, arrows)


def _spine(root: Loop) -> Iterator[Loop]:
    """Yield the loops that hold one another: billing provider, subscriber, patient, claim, line."""
    named = {loop.id: loop for loop in _loops(root)}
    yield from (named[id_] for id_ in ("2000A", "2000B", "2000C", "2300", "2400"))


def _loops(loop: Loop) -> Iterator[Loop]:
    for child in loop.children:
        if isinstance(child, Loop):
            yield child
            yield from _loops(child)


DIAGRAMS: dict[str, Callable[[], Picture]] = {"flow": lambda: FLOW, "life": lambda: LIFE, "levels": levels}


def svg(picture: Picture) -> str:
    """Draw a picture; it has a title for those who do not see it."""
    height = ROW * (len(picture.rows) - 1) + BOX + 4
    places = dict(_places(picture))
    arrows = "".join(_arrow(places[one], places[two], word) for one, two, word in picture.arrows)
    boxes = "".join(_box(places[key], lines) for row in picture.rows for key, lines in row)
    return (
        f'<svg class="diagram" role="img" viewBox="0 0 {WIDTH} {height}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(picture.title)}</title>{arrows}{boxes}</svg>"
    )


def _places(picture: Picture) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Yield each key with the left edge, top and width of its box."""
    for number, row in enumerate(picture.rows):
        width = min((WIDTH - GAP * (len(row) - 1)) / len(row) - 2, 260)
        left = (WIDTH - width * len(row) - GAP * (len(row) - 1)) / 2
        for at, (key, _) in enumerate(row):
            yield key, (left + at * (width + GAP), 2 + number * ROW, width)


def _box(place: tuple[float, float, float], lines: tuple[str, ...]) -> str:
    left, top, width = place
    middle, first = left + width / 2, top + BOX / 2 + 5 - (len(lines) - 1) * LINE / 2
    texts = "".join(
        f'<text x="{middle:g}" y="{first + number * LINE:g}" class="{"name" if number == 0 else "note"}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{BOX}" rx="6"/>{texts}'


def _arrow(one: tuple[float, float, float], two: tuple[float, float, float], word: str) -> str:
    x1, y1, x2, y2 = one[0] + one[2] / 2, one[1] + BOX, two[0] + two[2] / 2, two[1]
    bend = (y1 + y2) / 2
    path = f"M{x1:g} {y1:g} V{bend:g} H{x2:g} V{y2 - 6:g}"
    head = f"M{x2 - 5:g} {y2 - 8:g} L{x2:g} {y2 - 1:g} L{x2 + 5:g} {y2 - 8:g} Z"
    text = f'<text x="{x2 + 8:g}" y="{y2 - 12:g}" class="word">{escape(word)}</text>' if word else ""
    return f'<path d="{path}"/><path d="{head}" class="head"/>{text}'


class DiagramDirective(Directive):
    """`{diagram} NAME`: one of DIAGRAMS, inline, so that it takes the colors of the page."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the drawing."""
        return [nodes.raw("", svg(DIAGRAMS[self.arguments[0]]()), format="html")]

"""Files drawn from the guides' own tables, right by construction, and what damage does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.grammar import Composite, Loop, Usage

if TYPE_CHECKING:
    from random import Random

    from medcode.claims.x12.guides.grammar import Element, Guide, Segment

ISA = "ISA*00*          *00*          *ZZ*CLINIC         *ZZ*PLAN           *260105*0930*^*00501*000000001*0*T*:"
_TEXTS = {
    "NM1": ("DOE", "MAPLE CLINIC", "1234567893"),
    "HI": ("E119", "I10", "Z9989", "02703DZ", "19"),
    "SV1": ("99213", "J3490", "25"),
    "SV2": ("0450", "99284"),
    "SV3": ("D0120", "D2391"),
}
LONGEST = 120
_DAYS = ("20260105", "20251231", "20240229")


class Drawn:
    """Draws a set of a guide; `sparing` is how seldom what may stand does."""

    def __init__(self, random: Random, convention: str, records: int, sparing: float) -> None:
        self._random = random
        self._guide: Guide = guide(convention)
        self._sparing = sparing
        self._left = records
        self._levels: list[str] = []
        self._number = 0
        self.lines: list[str] = []

    def set(self) -> list[str]:
        """Return the segments, ST to SE."""
        self._loop(self._guide.root, 1)
        self.lines[0] = f"ST*{self._guide.transaction}*0001*{self._guide.id}"
        self.lines[-1] = f"SE*{len(self.lines)}*0001"
        return self.lines

    def _loop(self, loop: Loop, number: int) -> None:
        is_level = getattr(loop.children[0], "id", "") == "HL"
        is_record = loop.id in {record.loop for record in self._guide.records}
        self._left -= is_record
        for child in loop.children:
            times = self._times(child)
            for count in range(1, times + 1):
                if isinstance(child, Loop):
                    self._loop(child, count)
                else:
                    self._segment(child, number)
        if is_level:
            self._levels.pop()

    def _times(self, child: Segment | Loop) -> int:
        """Choose how often a part stands; levels and records until there are enough of them."""
        is_level = isinstance(child, Loop) and getattr(child.children[0], "id", "") == "HL"
        is_record = isinstance(child, Loop) and child.id in {record.loop for record in self._guide.records}
        if is_level or is_record:
            return self._random.randint(
                0 if self._left < 1 or is_record or child.usage is not Usage.REQUIRED else 1,
                min(child.repeat, 3),
            )
        if child.usage is Usage.SITUATIONAL and self._random.random() < self._sparing:
            return 0
        most = 4 if isinstance(child, Loop) else 2
        return (
            1
            if child.repeat == 1 or self._random.random() < self._sparing
            else self._random.randint(1, min(child.repeat, most))
        )

    def _segment(self, use: Segment, number: int) -> None:
        texts = [use.id, *(self._element(use, row, at) for at, row in enumerate(use.elements))]
        if use.id == "HL":
            self._number += 1
            parent = self._levels[-1] if self._levels else ""
            texts = ["HL", str(self._number), parent, texts[3], self._random.choice("01")]
            self._levels.append(str(self._number))
        if use.id in self._guide.counters:
            texts[1] = str(number)
        while not texts[-1]:
            texts.pop()
        self.lines.append("*".join(texts))

    def _element(self, use: Segment, row: Element | Composite, at: int) -> str:
        if row.usage is Usage.NOT_USED or (
            row.usage is Usage.SITUATIONAL and self._random.random() < self._sparing
        ):
            return ""
        if isinstance(row, Composite):
            parts = [self._element(use, each, 9) for each in row.elements]
            return ":".join(parts).rstrip(":")
        if row.codes:
            return self._random.choice(sorted(row.codes))
        before: Any = use.elements[at - 1] if at and at < len(use.elements) else None
        return self._text(
            use, row, "format" if before is not None and before.name == "format" else row.data.type
        )

    def _text(self, use: Segment, row: Element, kind: str) -> str:
        if kind in {"DT", "format"}:
            return self._random.choice(_DAYS)
        if kind == "TM":
            return "0930"
        if kind in {"R", "N0"}:
            return str(self._random.randint(10 ** (row.minimum - 1), min(10**row.maximum - 1, 500)))
        words = _TEXTS.get(use.id, ("A1", "MAIN", "WI", "53703"))
        return self._random.choice(words)[: row.maximum].ljust(row.minimum, "0")


def drawn(random: Random, convention: str) -> list[str]:
    """Return the segments of an interchange with one set, not too long."""
    found = guide(convention)
    lines: list[str] = []
    while not 0 < len(lines) <= LONGEST:
        lines = Drawn(random, convention, random.randint(1, 3), random.choice((0.6, 0.9, 0.97))).set()
    gs = f"GS*{found.group}*CLINIC*PLAN*20260105*0930*1*X*{found.id}"
    return [ISA, gs, *lines, "GE*1*1", "IEA*1*000000001"]


def damaged(random: Random, lines: list[str]) -> list[str]:
    """Delete, double, swap or spoil a few segments after the envelope has begun."""
    lines = list(lines)
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        at = random.randrange(2, len(lines))
        other = random.randrange(2, len(lines))
        what = random.randrange(9)
        if what == 0 and len(lines) > 6:
            del lines[at]
        elif what == 1:
            lines.insert(at, lines[at])
        elif what == 2:
            lines[at], lines[other] = lines[other], lines[at]
        elif what == 3:
            lines.insert(at, lines[other])
        else:
            lines[at] = spoiled(random, lines[at])
    return lines


def spoiled(random: Random, line: str) -> str:  # noqa: C901, PLR0912  # one branch for each kind of damage
    """Change one thing within a segment."""
    texts = line.split("*")
    at = random.randrange(len(texts))
    what = random.randrange(13)
    if what == 0:
        texts[at] = ""
    elif what == 1:
        texts[at] = random.choice(
            ("X", "ZZ", "20261399", "1.50", "00", "-1", "a\x7fb", "É", "1:2::3", ":", "^", "E11.9 ")
        )
    elif what == 2:
        texts.append(random.choice(("", "X", "1")))
    elif what == 3:
        texts = texts[:at] or texts
    elif what == 4:
        texts[at] = texts[at].lower()
    elif what == 5:
        texts[at] += random.choice((":", ":X", "^X", " ", "1", ":::::::::::"))
    elif what == 6:
        return random.choice((" ", "\n", "\r\n", "\n\n", "\t")) + line
    elif what == 7:
        return random.choice(
            (
                "",
                " ",
                "LX*9",
                "HL*9*1*22*0",
                "HL*9*8*99",
                "CLM",
                "NM1",
                "HI",
                "REF*ZZ*1",
                "XYZ*1",
                "NTE*",
                "SE*1*0001",
                "GE*1*1",
                "ST*837*0002*005010X222A1",
            )
        )
    elif what == 8 and at:
        texts[at - 1], texts[at] = texts[at], texts[at - 1]
    elif what == 9:
        texts[at] = texts[at] * 40
    elif what == 11:
        texts[at] = texts[at][:1] + random.choice(("\n", "\r\n")) + texts[at][1:]
    elif what == 10:
        texts.insert(at, "")
    else:
        texts[at] = texts[at][:-1]
    return "*".join(texts)

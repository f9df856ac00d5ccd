"""What senders of valid files do to the envelope: each is a change of a plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["ODDITIES", "odd"]


def _new(pattern: str, text: str) -> Callable[[str], str]:
    """Return what replaces the first place of a pattern."""
    return lambda source: re.sub(pattern, text, source, count=1)


def _zeros(source: str) -> str:
    """Put zeros before the numbers of the group and the counts."""
    source = _new(r"(\*\d+\*\d{4,8}\*)1(\*X\*)", r"\g<1>00001\2")(source)
    source = _new(r"(~[\s]*SE\*)", r"\g<1>00")(source)
    source = _new(r"(~\s*GE\*)1\*1~", r"\g<1>0001*00001~")(source)
    return _new(r"(~\s*IEA\*)1\*", r"\g<1>0001*")(source)


ODDITIES: Mapping[str, Callable[[str], str]] = {
    "authorization": _new(r"ISA\*00\* {10}\*00\* {10}", "ISA*03*BATCH     *01*SECRET    "),
    "authorization on the right": _new(r"ISA\*(..)\*.{10}\*", r"ISA*\1*      CODE*"),
    "sender on the right": _new(r"\*ZZ\*CLINIC {9}\*", "*ZZ*         CLINIC*"),
    "acknowledgment": _new(r"\*0\*T\*:", "*1*P*:"),
    "padded sender of the group": _new(r"GS\*HC\*CLINIC", "GS*HC*CLINIC    "),
    "receiver of the group on the right": _new(r"\*PLAN\*20260105", "*   PLAN*20260105"),
    "time of the group with seconds": _new(r"(\*PLAN\*20260105\*0930)\*", r"\g<1>00*"),
    "time of the set with hundredths": _new(r"(BHT\*.*?\*0930)\*", r"\g<1>0000*"),
    "zeros before numbers": _zeros,
    "lines": lambda source: source.replace("~", "~\n"),
    "lines of another kind": lambda source: source.replace("~", "~\r\n"),
    "blanks": lambda source: source.replace("~", "~ "),
    "lines between segments": lambda source: source.replace("~", "~\n").removesuffix("\n"),
    "white space at the end": lambda source: source + " \n",
    "a mark at the end": lambda source: source + "\x1a",
    "a mark at the start": lambda source: "\ufeff" + source,
    "a line before": lambda source: "\n" + source,
    "a line after ISA": _new("~", "~\n\n"),
    "a line before GE": _new(r"~(\s*)GE", r"~\1\n\nGE"),
}
"""Changes by what they do, in the order in which they can be made one after the other."""


def odd(text: str, names: Iterable[str]) -> str:
    """Return a text with some oddities."""
    for name in sorted(names, key=list(ODDITIES).index):
        text = ODDITIES[name](text)
    return text

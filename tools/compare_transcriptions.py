"""Compare the claim guides with public transcriptions other than pyx12's.

usage: python -m tools.compare_transcriptions GUIDE SOURCE=PATH [SOURCE=PATH ...]

GUIDE is a convention such as 005010X224A2. SOURCE is the form of a transcription, and PATH a file of it or a folder:
`go` (a rule of moov-io/x12), `ruby` (an implementation of stupidedi), `python` (the parsers of TigerShark) or
`schema` (an XML schema of BizTalk, such as GLD.HIPAA's). Nothing is downloaded.

Each has leftovers of other guides and versions, so a difference is no fault by itself. Printed is how many facts each
shares with the guide, then the differences, those of several first, and what the guide alone has. Where more
transcriptions differ from the guide than agree with it, MEANT says why, or the exit code is 1.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from tools.transcriptions import EITHER, READERS, Part

from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.dictionary import DISCRIMINATORS
from medcode.claims.x12.guides.grammar import Composite, Loop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from medcode.claims.x12.guides.grammar import Element

MEANT = {
    "005010X224A2": {
        "2010AA NM1[85] 07: usage": "the schema calls it the suffix of the billing provider, as the 837P has it",
        "2430 SVD 03: usage": "the schema requires it, as every transcription of the 837P does",
        "2430 SVD 04: usage": "it is the revenue code of the 837I, which a dental line does not have",
    },
}
"""Places of a guide that more transcriptions contradict than confirm, each with the reason."""


def of_row(element: Element | Composite) -> Part:
    """Return an element or composite of a guide as a part."""
    if isinstance(element, Composite):
        return Part("", element.usage.value, element.repeat, None, tuple(map(of_row, element.elements)))
    return Part("", element.usage.value, element.repeat, element.codes)


def of_loop(loop: Loop) -> Part:
    """Return a loop of a guide as a part."""
    children = (
        of_loop(child)
        if isinstance(child, Loop)
        else Part(child.id, child.usage.value, child.repeat, None, tuple(map(of_row, child.elements)))
        for child in loop.children
    )
    return Part(loop.id, loop.usage.value, loop.repeat, None, tuple(children))


def is_loop(part: Part) -> bool:
    """Whether a part is a loop by its id; the set itself is one, its header is not."""
    return bool(re.fullmatch(r"\d{4}[A-Z]*", part.id)) or (
        part.id == "ST" and any(each.parts for each in part.parts[:1])
    )


def loops(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """Return every loop by its id; those that share one are together, copies of one are one."""
    found: dict[str, list[Part]] = defaultdict(list)

    def visit(part: Part) -> None:
        if is_loop(part) and part not in found[part.id]:
            found[part.id].append(part)
        for child in part.parts:
            if child.parts:
                visit(child)

    for part in parts:
        visit(part)
    return found


def qualifiers(segment: Part) -> frozenset[str] | None:
    """Return the values of the element that tells uses of a segment apart."""
    place = DISCRIMINATORS.get(segment.id)
    if not place or len(segment.parts) < place[0]:
        return None
    row = segment.parts[place[0] - 1]
    return row.parts[place[1] - 1].codes if row.parts and place[1] else row.codes


def facts(name: str, theirs: Part, ours: Sequence[Part]) -> Iterator[tuple[str, Any, frozenset[Any]]]:
    """Yield each fact that a transcription states of a place: its name, its value and those of ours."""
    if theirs.usage:
        yield f"{name}: usage", theirs.usage, frozenset(each.usage for each in ours)
    used = {each.usage for each in ours} != {"N"} and theirs.usage != "N"
    if used and theirs.codes:
        allowed = frozenset(code for each in ours for code in each.codes or ())
        yield f"{name}: codes", theirs.codes, frozenset({allowed or None})
    if used:
        for at, row in enumerate(theirs.parts):
            rows = [each.parts[at] for each in ours if at < len(each.parts)]
            if rows:
                mark = "-" if "-" not in name and name[-1:].isdigit() and " " in name else " "
                yield from facts(f"{name}{mark}{at + 1:02}", row, rows)


def stated(
    parts: dict[str, list[Part]], ours: dict[str, list[Part]]
) -> Iterator[tuple[str, Any, frozenset[Any]]]:
    """Yield each fact that a transcription states, beside ours."""
    for id_, found in parts.items():
        for segment in [each for loop in found for each in loop.parts if not is_loop(each)]:
            allowed = qualifiers(segment)
            uses = [
                use
                for loop in ours.get(id_, ())
                for use in loop.parts
                if use.id == segment.id and fits(qualifiers(use), allowed)
            ]
            label = f"{id_} {segment.id}" + (f"[{' '.join(sorted(allowed))}]" if allowed else "")
            opens = segment in {
                each.parts[0] for each in found
            }  # then the usage and repeat of its loop say all
            if not uses:
                yield f"{label}: there", "yes", frozenset({"no"})
                continue
            if segment.repeat and not opens:
                yield (
                    f"{label}: repeat",
                    segment.repeat,
                    frozenset({sum(each.repeat or 0 for each in set(uses))}),
                )
            yield from facts(label, attrs.evolve(segment, usage=None) if opens else segment, uses)


def only_ours(ours: dict[str, list[Part]], others: Sequence[dict[str, list[Part]]]) -> Iterator[str]:
    """Yield the uses of segments that no transcription has."""
    for id_, found in ours.items():
        theirs = [part for other in others for loop in other.get(id_, ()) for part in loop.parts]
        for use in dict.fromkeys(each for loop in found for each in loop.parts if not is_loop(each)):
            if not any(use.id == each.id and fits(qualifiers(use), qualifiers(each)) for each in theirs):
                yield f"{id_} {use.id}[{' '.join(sorted(qualifiers(use) or ()))}]"


def fits(ours: frozenset[str] | None, theirs: frozenset[str] | None) -> bool:
    """Whether qualifiers may name the same use."""
    return ours is None or theirs is None or bool(ours & theirs)


def agrees(said: Any, ours: frozenset[Any]) -> bool:
    """Whether what a transcription says is what ours says."""
    return bool(ours <= {"S", "N"}) if said == EITHER else ours == {said}


def shown(said: Any) -> str:
    """Return a value in short."""
    return " ".join(sorted(said)) if isinstance(said, frozenset) else str(said)


def main(arguments: Sequence[str]) -> int:
    """Compare one guide with the transcriptions that are named."""
    convention, *sources = arguments
    ours = loops([of_loop(guide(convention).root)])
    against: dict[str, dict[str, str]] = defaultdict(dict)
    agreeing: dict[str, set[str]] = defaultdict(set)
    meant = MEANT.get(convention, {})
    others = []
    for source in sources:
        form, _, path = source.partition("=")
        others.append(loops(READERS[form](Path(path))))
        found = list(stated(others[-1], ours))
        for place, theirs, own in found:
            if agrees(theirs, own):
                agreeing[place].add(form)
            else:
                against[place][form] = f"{shown(theirs)} ({' or '.join(map(shown, own))} here)"
        print(
            f"{convention} beside {form}: {sum(agrees(*each[1:]) for each in found)} of {len(found)} facts agree"
        )
    for place in sorted(against, key=lambda each: (len(agreeing[each]) - len(against[each]), each)):
        others_say = f"; agrees: {' '.join(sorted(agreeing[place]))}" if agreeing[place] else ""
        print(f"  {place}: {against[place]}{others_say}  {meant.get(place, '')}")
    for place in only_ours(ours, others):
        print(f"  only here: {place}")
    new = {each for each in against if len(against[each]) > 1 and len(agreeing[each]) < len(against[each])}
    return 0 if new <= set(meant) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

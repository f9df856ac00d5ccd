"""What a notebook shows of codes: a card of one, tables of several.

Each has a plain twin: `repr` of the same object, in text.
"""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from medcode.markup import html_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.codesets.concept import Concept, Interval

__all__ = ["CodeTuple", "HitTuple", "as_card", "code_table"]

T = TypeVar("T")

_MOST = 50
_MOST_NOTES = 3  # of one kind
_WIDTH, _HEIGHT = 320, 28
_NOTES = (
    "includes",
    "inclusion_terms",
    "excludes1",
    "excludes2",
    "use_additional",
    "code_first",
    "code_also",
)


def as_card(concept: Concept[Any]) -> str:
    """Return a code as a card: title, status and its days on a time line, the codes around it, notes.

    >>> from medcode import icd10cm
    >>> "M54.50" in as_card(icd10cm["M54.5"])
    True
    """
    rows = [(name, value) for name, value in _rows(concept) if value]
    table = html_table(f"{concept.code.label} {concept.code.dotted}", (), rows, named=True)
    return f"{table}{_time_line(concept)}"


def _rows(concept: Concept[Any]) -> Iterator[tuple[str, str]]:
    yield "title", " ".join(filter(None, (concept.title, f"({concept.note})" if concept.note else "")))
    yield "status", f"{concept.status} on {concept.on}"
    yield "days", "; ".join(map(_days, concept.intervals))
    code_set = concept.code_set
    for name in ("ancestors", "predecessors", "successors"):
        find = getattr(code_set, name, None)
        if find is not None:
            yield ("parents" if name == "ancestors" else name), _listed(concept, find(concept.code))
    if concept.status == "header":
        yield "codes below", _listed(concept, concept.children)
    notes = getattr(code_set, "notes", None)
    if notes is None:
        return
    for kind in _NOTES:
        texts = [each.text for each in getattr(notes(concept.code), kind, ())]
        more = [f"and {len(texts) - _MOST_NOTES} more"] if len(texts) > _MOST_NOTES else []
        yield kind.replace("_", " "), "; ".join([*texts[:_MOST_NOTES], *more]).replace(":; ", ": ")


def _days(interval: Interval) -> str:
    kind = "billable" if interval.billable else "heading"
    return f"{kind} from {interval.start}" + (f" to {interval.end}" if interval.end else "")


def _listed(concept: Concept[Any], codes: Sequence[Any]) -> str:
    """Return codes with their titles, the first of many."""
    texts = [
        " ".join(filter(None, (code.dotted, concept.code_set.concept(code, concept.on).title)))
        for code in codes[:_MOST_NOTES]
    ]
    return "; ".join(
        [*texts, *([f"and {len(codes) - _MOST_NOTES} more"] if len(codes) > _MOST_NOTES else [])]
    )


def _time_line(concept: Concept[Any]) -> str:
    """Return the days of a code as a bar over those of its table, filled where it is billable; a mark is at the day asked."""
    intervals = concept.intervals
    release = next((each for each in concept.code_set.releases if each.start and each.end), None)
    if not intervals or release is None or not (release.start and release.end):
        return ""
    first, last = release.start.toordinal(), release.end.toordinal()

    def at(day: date) -> float:
        return max(0, min(1, (day.toordinal() - first) / max(last - first, 1))) * _WIDTH

    bars = "".join(
        f'<rect x="{at(each.start):.1f}" y="2" width="{max(at(each.end or release.end) - at(each.start), 1):.1f}" height="10" '
        f'fill="currentColor" fill-opacity="{0.7 if each.billable else 0.2}"/>'
        for each in intervals
    )
    said = escape(
        f"From {release.start} to {release.end}: {'; '.join(map(_days, intervals))}; {concept.status} on {concept.on}"
    )
    ends = "".join(
        f'<text x="{x}" y="25" text-anchor="{anchor}" font-size="10" fill="currentColor">{day}</text>'
        for x, anchor, day in ((0, "start", release.start), (_WIDTH, "end", release.end))
    )
    return (
        f'<svg role="img" style="max-width:100%" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}">'
        f'<title>{said}</title><rect x=".5" y="1.5" width="{_WIDTH - 1}" height="11" fill="none" stroke="currentColor" '
        f'stroke-opacity=".4"/>{bars}<path d="M{at(concept.on):.1f} 0v15" stroke="currentColor" stroke-width="2"/>{ends}</svg>'
    )


def code_table(caption: str, concepts: Iterable[Concept[Any]], count: int) -> str:
    """Return codes with title, status and last day as a table of at most 50 rows."""
    rows = [(each.code.dotted, each.title, each.status, each.end) for each in islice(concepts, _MOST)]
    more = f"<p>and {count - _MOST:,} more</p>" if count > _MOST else ""
    return html_table(caption, ("code", "title", "status", "until"), rows) + more


class CodeTuple(tuple[T, ...]):  # noqa: SLOT001  # it keeps the set beside the codes
    """Codes of one set; a tuple that a notebook shows as a table with their titles."""

    @classmethod
    def of(cls, code_set: CodeSet[Any], codes: Iterable[T], on: date | None = None) -> CodeTuple[T]:
        """Return codes as they are known on a day."""
        made = cls(codes)
        vars(made).update(code_set=code_set, on=on)
        return made

    def _repr_html_(self) -> str:
        code_set, on = vars(self)["code_set"], vars(self)["on"]
        label = code_set.code_type.label
        concepts = (code_set.concept(code, on) for code in self)
        return code_table(f"{label}: {len(self):,} code{'s' * (len(self) != 1)}", concepts, len(self))


class HitTuple(tuple[T, ...]):
    """What a search found; a tuple that a notebook shows as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        rows = [(hit.code.dotted, hit.title, hit.why) for hit in self[:_MOST]]  # type: ignore[attr-defined]  # they are hits
        more = f"<p>and {len(self) - _MOST:,} more</p>" if len(self) > _MOST else ""
        return html_table(f"{len(self):,} hit{'s' * (len(self) != 1)}", ("code", "title", "why"), rows) + more

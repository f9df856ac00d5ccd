"""What a history is asked for: a value set, a heading, a code, or several of these."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from medcode.codesets import CODE_SETS, ValueSet
from medcode.codesets.base import Code, Malformed
from medcode.codesets.icd10cm import icd10cm
from medcode.history.reading import set_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from medcode.codesets.base import CodeSet
    from medcode.history.event import CodedEvent
    from medcode.history.folding import Current

__all__ = ["Question", "What"]

What: TypeAlias = "str | ValueSet | Iterable[str | ValueSet]"
"""Plain text names ICD-10-CM codes (`E11`, `E08-E13`); a typed code names those of its own set."""


_HCPCS = frozenset({"hcpcs", "cpt", "cdt"})


class Question:
    """Whether events are of the codes asked for; each distinct code is judged once.

    Without `fold` a code must be among those asked for as it was coded. With it a code also counts
    whose successors on the day of the history are all among them, and the counterparts of an ICD-9-CM code.
    """

    def __init__(self, what: What, fold: Callable[[str], Current] | None) -> None:
        asked = (what,) if isinstance(what, str | ValueSet) else tuple(what)
        if not asked:
            raise ValueError("no codes to look for")
        self._sets = [(_names(each), each) for each in map(_value_set, asked)]
        self._fold = fold
        self._known: dict[tuple[str, str], bool] = {}

    def matches(self, event: CodedEvent) -> bool:
        """Whether an event is of the codes asked for."""
        key = event.code_set, event.code
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._judge(event)
        return known

    def _judge(self, event: CodedEvent) -> bool:
        if self._covers(event.code_set, event.code):
            return True
        if self._fold is None or event.kind != "diagnosis":
            return False
        return all(self._covers(set_of(code, event.code_set), code) for code in self._fold(event.code).codes)

    def _covers(self, name: str, code: str) -> bool:
        if isinstance(code, Malformed):
            return False
        return any(name in names and each.covers(code) for names, each in self._sets)


def _value_set(what: str | ValueSet) -> ValueSet:
    if isinstance(what, ValueSet):
        return what
    if not isinstance(what, str):
        raise TypeError(f"codes to look for must be text or a ValueSet, not {type(what).__name__}")
    codes: CodeSet[Any] = CODE_SETS[set_of(what, what.label)] if isinstance(what, Code) else icd10cm
    return ValueSet(what, code_set=codes)


def _names(value_set: ValueSet) -> frozenset[str]:
    """Return the code sets that a value set speaks of: one of HCPCS also of CPT and CDT."""
    name = value_set.code_set.name
    return _HCPCS if name == "hcpcs" else frozenset({name})

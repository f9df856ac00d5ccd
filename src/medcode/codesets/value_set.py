"""Value sets: codes named by rule, and whether a code belongs on a day.

A rule is a code with all below it, or a range, as the tabular list writes them. The set is never
spelled out until it is asked for, so codes that come later belong as soon as they are valid.

>>> diabetes = ValueSet("E08-E13", exclude="E09")
>>> "E11.9" in diabetes, "E09.9" in diabetes
(True, False)
>>> from datetime import date
>>> len(diabetes.codes(on=date(2025, 10, 1)))
346
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medcode.codesets.code import is_missing
from medcode.codesets.concept import Status
from medcode.codesets.icd10cm import icd10cm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.codesets.code import Code
    from medcode.codesets.references import Reference

__all__ = ["ValueSet"]


class ValueSet:
    """Codes of one code set, by rules; `|`, `-` and `&` make new ones.

    `include` and `exclude` take rules as text (`"E08-E13, O24.-"`), codes, or other value sets of the
    same code set. Raises ValueError for text that names no code of the set, and for value sets of another.

    >>> ValueSet("E13-E08")
    Traceback (most recent call last):
        ...
    ValueError: the range E13-E08 ends before it begins
    """

    __slots__ = ("code_set", "exclude", "include")

    def __init__(
        self,
        *include: str | ValueSet,
        exclude: str | ValueSet | Iterable[str | ValueSet] = (),
        code_set: CodeSet[Any] = icd10cm,
    ) -> None:
        self.code_set = code_set
        self.include = tuple(_rules(include, code_set))
        self.exclude = tuple(_rules((exclude,) if isinstance(exclude, str | ValueSet) else exclude, code_set))
        for rule in (*self.include, *self.exclude):
            if isinstance(rule, ValueSet) and rule.code_set is not code_set:
                own, other = code_set.code_type.label, rule.code_set.code_type.label
                raise ValueError(f"a value set of {own} cannot hold codes of {other}")

    def covers(self, code: str) -> bool:
        """Return whether the rules name a code, in wire form, valid or not.

        >>> ValueSet("E08-E13").covers("E11ZZ")
        True
        """
        inside = any(rule.covers(code) for rule in self.include)
        return inside and not any(rule.covers(code) for rule in self.exclude)

    def contains(self, code: str, on: date | None = None) -> bool:
        """Return whether a code belongs and could be billed on a day; a missing value (None, NaN …) does not.

        Raises CoverageError where no table of the code is loaded, or none covers the day.

        >>> from datetime import date
        >>> ValueSet("E08-E13").contains("E11.A", on=date(2025, 9, 30))
        False
        """
        owner = self.code_set.owner(code)
        day = owner.covered_day(on)
        wire = None if is_missing(code) else self.code_set.code_type.normal(code)
        return wire is not None and self.covers(wire) and owner.status(wire, day) is Status.BILLABLE

    def codes(self, on: date | None = None) -> tuple[Code, ...]:
        """Return the codes that belong and could be billed on a day, in the order of the classification.

        Raises CoverageError where no table of the codes is loaded, or none covers the day.

        >>> ValueSet("M54.5").codes()
        (Icd10Cm('M54.50'), Icd10Cm('M54.51'), Icd10Cm('M54.59'))
        """
        billable: list[str] = []
        for owner in self._owners():
            statuses, lookup = owner.table.statuses[owner.covered_day(on)], owner.table.lookup
            billable += (code for code in owner.table.codes if statuses[lookup[code]] is Status.BILLABLE)
        ordered = self.code_set.in_order(filter(self.covers, billable))
        return tuple(map(self.code_set.code_type.trusted, ordered))

    def _owners(self) -> Iterable[CodeSet[Any]]:
        """Return the code sets whose tables hold the codes: for HCPCS perhaps CPT's beside its own."""
        found: dict[CodeSet[Any], None] = {}
        for rule in self.include:
            if isinstance(rule, ValueSet):
                found |= dict.fromkeys(rule._owners())  # noqa: SLF001  # of its own kind
            else:
                found |= dict.fromkeys(map(self.code_set.owner, (rule.first, rule.last)))
        return found

    def __contains__(self, code: str) -> bool:
        """Return whether the rules name a code that its table holds, whatever the day; a missing value is not named."""
        wire = None if is_missing(code) else self.code_set.code_type.normal(code)
        return wire is not None and wire in self.code_set and self.covers(wire)

    def __iter__(self) -> Iterator[Code]:
        """Yield the codes that belong today."""
        return iter(self.codes())

    def __or__(self, other: ValueSet) -> ValueSet:
        """Return the codes of either; ValueError, here and below, for sets of two code sets."""
        return ValueSet(self, other, code_set=self.code_set)

    def __sub__(self, other: ValueSet) -> ValueSet:
        """Return the codes of the first that are not of the second."""
        return ValueSet(self, exclude=other, code_set=self.code_set)

    def __and__(self, other: ValueSet) -> ValueSet:
        """Return the codes of both."""
        return self - (self - other)

    def __eq__(self, other: object) -> bool:
        """Compare the rules."""
        return isinstance(other, ValueSet) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def __str__(self) -> str:
        """Write the rules as text."""
        include, exclude = (", ".join(map(_written, rules)) for rules in (self.include, self.exclude))
        return f"{include} except {exclude}" if exclude else include

    def __repr__(self) -> str:
        """Show the rules."""
        return f"<ValueSet of {self.code_set.code_type.label}: {self}>"

    def _repr_html_(self) -> str:
        """Show the codes that belong today as a table in a notebook."""
        from medcode.codesets.face import code_table

        codes = self.codes()
        caption = f"Value set of {self.code_set.code_type.label}: {self}; {len(codes):,} codes"
        return code_table(caption, (self.code_set.concept(code) for code in codes), len(codes))

    def _parts(self) -> tuple[object, ...]:
        return self.code_set.name, self.include, self.exclude


def _rules(given: Iterable[str | ValueSet], code_set: CodeSet[Any]) -> Iterator[Reference | ValueSet]:
    for rule in given:
        if isinstance(rule, str):
            parts = [part for part in rule.split(",") if part.strip()] or [rule]  # blank text is an error
            yield from map(code_set.reference, parts)
        elif isinstance(rule, ValueSet):
            yield rule
        else:
            raise TypeError(f"a rule must be text or a value set, not {type(rule).__name__}")


def _written(rule: Reference | ValueSet) -> str:
    return f"({rule})" if isinstance(rule, ValueSet) else str(rule)

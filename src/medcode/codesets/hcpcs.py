"""HCPCS: what was done, supplied or given; Level I is CPT, Level II is CMS's own.

Five characters. A Level II code is a letter and four digits, of which D codes are CDT, the dental
codes. `hcpcs` answers for all of them: Level II by its own table, CPT and CDT by the tables of `cpt`
and `cdt`, which do not ship. The table of Level II has the short descriptors and is valid by quarter,
from 2019-07-01 to 2026-06-30; on any other day a code is OUT_OF_RANGE until a release is loaded.
Judged on the day of service.

Source: CMS, HCPCS Level II; 45 CFR 162.1002.

>>> Hcpcs("j1550")
Hcpcs('J1550')
>>> hcpcs.status("99213"), hcpcs.status("9921")
(<Status.NOT_CHECKED: 'not_checked'>, <Status.MALFORMED: 'malformed'>)
>>> from datetime import date
>>> hcpcs.status("J1100", date(2026, 5, 4)), hcpcs.status("J1100", date(2026, 7, 1))
(<Status.BILLABLE: 'billable'>, <Status.OUT_OF_RANGE: 'out_of_range'>)
>>> hcpcs.concept("J1100", date(2026, 5, 4)).title
'Dexamethasone sodium phos'
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, final, overload

from medcode.codesets.base import Code, CodeSet, Statuses
from medcode.codesets.columns import is_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from medcode.codesets.base import Concept, Release, Status
    from medcode.codesets.references import Reference
    from medcode.codesets.search import Text

__all__ = ["Hcpcs", "HcpcsSet", "hcpcs"]


INJECTED = ("J0", "J1", "J2", "J3")  # J0120 to J3570: drugs administered by injection


class Hcpcs(Code):
    """A procedure, supply or drug code: of HCPCS Level II, CPT or CDT."""

    __slots__ = ()

    label = "HCPCS"
    pattern = re.compile(r"[A-EGHJ-MP-V][0-9]{4}|[0-9]{4}[0-9AFMTU]")
    expected = "a letter and four digits, or four digits and a digit or A, F, M, T, U"
    good: ClassVar[tuple[str, ...]] = ("A0428", "J1550", "D0120", "99213", "0001U", "V5999", "M1000", "U0001")
    bad: ClassVar[tuple[str, ...]] = (
        "F0001",
        "I0001",
        "N0001",
        "O0001",
        "W0001",
        "A042",
        "A04288",
        "9921",
        "0001X",
        "0428B",
    )


@final
class HcpcsSet(CodeSet[Hcpcs]):
    """HCPCS Level II, which passes on what is asked of CPT and CDT codes to their own sets."""

    @overload
    def status(self, code: str, on: date | None = None) -> Status: ...

    @overload
    def status(self, code: None, on: date | None = None) -> None: ...

    @overload
    def status(self, code: str | None, on: date | None = None) -> Status | None: ...

    def status(self, code: str | None, on: date | None = None) -> Status | None:
        """Return the status of a code on a day, in the set that it belongs to; a missing code has none: None."""
        other = _other(code)
        return super().status(code, on) if other is None else other.status(code, on)

    def check(self, codes: Iterable[str | None], on: date | Iterable[date | None] | None = None) -> Statuses:
        """Return the status of many codes at once, each in its own set; None and NaN stay None."""
        if not isinstance(codes, str) and (on is None or isinstance(on, date)):
            if is_column(codes):
                return super().check(codes, on)
            codes = list(codes)
            return Statuses((self.status(code, on) for code in codes), codes)
        return super().check(codes, on)

    def concept(self, code: str, on: date | None = None) -> Concept[Hcpcs]:
        """Return the concept as it stands on a day, from the set that the code belongs to."""
        other = _other(code)
        return super().concept(code, on) if other is None else other.concept(code, on)

    def __contains__(self, code: object) -> bool:
        """Return whether the table of the code's own set ever held it."""
        other = _other(code)
        return super().__contains__(code) if other is None else code in other

    def owner(self, text: str) -> CodeSet[Any]:
        """Return the code set that a code belongs to by its first character: HCPCS Level II, CPT or CDT."""
        other = _other(text)
        return self if other is None else other

    def texts(self) -> Iterator[Text]:
        """Yield the short descriptors, each once more with its short forms written out and the route of its drug."""
        return chain.from_iterable(map(_written_out, super().texts()))

    def texts_of(self, code: str) -> Sequence[Text]:
        """Return the short descriptor of one code, as `texts` does."""
        return [text for title in super().texts_of(code) for text in _written_out(title)]

    def _known(self, code: str) -> str:
        other = _other(code)
        return super()._known(code) if other is None else other._known(code)  # noqa: SLF001  # a set like this one

    def reference(self, text: str) -> Reference:
        """Return the codes that text names, of the set that they belong to."""
        other = _other(text)
        return super().reference(text) if other is None else other.reference(text)

    @property
    def releases(self) -> tuple[Release, ...]:
        """The releases of Level II, CPT and CDT in use."""
        from medcode.codesets.cdt import cdt
        from medcode.codesets.cpt import cpt

        return (*super().releases, *cpt.releases, *cdt.releases)


def _written_out(text: Text) -> Sequence[Text]:
    """Return a short descriptor, and what it stands for where that is more.

    >>> from medcode.codesets.search import Text
    >>> [text.text for text in _written_out(Text("E0303", "Hosp bed hvy dty xtra wide"))]
    ['Hosp bed hvy dty xtra wide', 'hospital bed hvy dty xtra wide']
    """
    meant = _short_forms()
    parts = re.findall(r"[a-z]+|[^a-z\s]+|\s+", text.text.lower())
    whole = "".join(meant.get(part, part) for part in parts)
    if text.code.startswith(INJECTED) and "inj" not in whole:
        return [text, text._replace(text=f"{whole} injection", kind="injected drug")]
    return (
        [text]
        if whole == text.text.lower()
        else [text, text._replace(text=whole, kind="descriptor written out")]
    )


@cache
def _short_forms() -> Mapping[str, str]:
    from medcode.codesets.search.lexicon import rows

    return dict(rows("descriptors"))


def _other(code: Any) -> CodeSet[Any] | None:
    """Return the set that a code belongs to by its first character, if it is not Level II."""
    first = code.lstrip()[:1] if isinstance(code, str) else ""
    if first.isdigit():
        from medcode.codesets.cpt import cpt

        return cpt
    if first in {"D", "d"}:
        from medcode.codesets.cdt import cdt

        return cdt
    return None


hcpcs = HcpcsSet("hcpcs", Hcpcs, table="hcpcs", titles="hcpcs_titles", earlier_titles="hcpcs_earlier_titles")

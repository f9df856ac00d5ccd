"""One row of a RIF, and how its texts are read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.claims.model import Diagnosis, Payer, Provider, Subscriber
from medcode.claims.model.base import money
from medcode.claims.model.party import Address
from medcode.codesets.code import Malformed
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.codesets.loaders.faults import LoadError
from medcode.files import opened_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.claims.model.base import Day, Money

__all__ = ["Row", "diagnosis", "medicare", "provider", "rows", "stated_total", "subscriber"]

_MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
_DAY = re.compile(r"(\d\d?)-([A-Za-z]{3})-(\d{4})|(\d{4})(\d\d)(\d\d)", re.ASCII)
_SEXES = {"1": "M", "2": "F", "0": "U"}
_ICD_9 = "9"
_PERSON = "BENE_ID"


class Row(Mapping[str, str]):
    """A row by the names of its columns; one that is not there is empty."""

    def __init__(self, names: Sequence[str], values: Sequence[str]) -> None:
        self._values = dict(zip(names, values, strict=True))

    def __getitem__(self, name: str) -> str:
        """Return a column's text without the blanks around it, or an empty text if the column is missing."""
        return self._values.get(name, "").strip()

    def __contains__(self, name: object) -> bool:
        """Whether the file has the column."""
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the columns."""
        return iter(self._values)

    def __len__(self) -> int:
        """Count the columns."""
        return len(self._values)

    def text(self, name: str) -> str | None:
        """Return a text, None where it is empty."""
        return self[name] or None

    def day(self, name: str) -> Day | None:
        """Return a date, written 30-May-2015 or 20150530."""
        text = self[name]
        return _day(text) if text else None

    def amount(self, name: str) -> Money:
        """Return an amount or count; a missing one is Malformed."""
        return money(self[name])

    def many(self, pattern: str, most: int) -> Iterator[tuple[str, int]]:
        """Yield the numbered columns that have text, each with its number."""
        for number in range(1, most + 1):
            if text := self[pattern.format(number)]:
                yield text, number


def rows(path: str | Path, key: str) -> Iterator[Row]:
    """Read the rows of a file that must have a column `key`, and an id on every row. Raises LoadError for any other."""
    try:
        yield from _rows(path, key)
    except UnicodeDecodeError:
        raise LoadError(Path(path).name, None, "not UTF-8 text") from None


def _rows(path: str | Path, key: str) -> Iterator[Row]:
    with opened_text(path) as file:
        names = file.readline().rstrip("\r\n").split("|")
        if key not in names:
            raise LoadError(Path(path).name, 1, f"not a RIF file of claims: it has no column {key}")
        for number, line in enumerate(file, 2):
            values = line.rstrip("\r\n").split("|")
            if len(values) != len(names):
                reason = f"the row has {len(values)} columns, not {len(names)}"
                raise LoadError(Path(path).name, number, reason, min(len(values), len(names)) + 1)
            row = Row(names, values)
            if blank := next((name for name in (key, _PERSON) if name in row and not row[name]), None):
                raise LoadError(Path(path).name, number, f"{blank} is blank", names.index(blank) + 1)
            yield row


def _day(text: str) -> Day:
    match = _DAY.fullmatch(text)
    try:
        if match and match[1]:
            return date(int(match[3]), _MONTHS.index(match[2].upper()) + 1, int(match[1]))
        return date(int(match[4]), int(match[5]), int(match[6])) if match else Malformed(text)
    except ValueError:
        return Malformed(text)


def diagnosis(text: str, version: str, present: str | None = None) -> Diagnosis:
    """Make a diagnosis; the version is 9 for ICD-9-CM and 0 for ICD-10-CM."""
    code = Icd9Cm.parse(text) if version == _ICD_9 else Icd10Cm.parse(text)
    return Diagnosis(code, present_on_admission=present)


def provider(npi: str, tax_id: str = "") -> Provider | None:
    """Make a provider that is known by its numbers alone; None where it has none."""
    return Provider(npi=npi or None, tax_id=tax_id or None) if npi or tax_id else None


def medicare(contractor: str) -> Payer:
    """Make the payer: Medicare, through the contractor of that number."""
    return Payer(payer_id=contractor or None)


def subscriber(person: Row | None, claim_filing: str) -> Subscriber:
    """Make the beneficiary, of whom nothing is known without the beneficiaries' file."""
    if person is None:
        return Subscriber(claim_filing=claim_filing)
    street = person["DRVD_LINE_1_ADR"]
    return Subscriber(
        last_name=person.text("BENE_SRNM_NAME"),
        first_name=person.text("BENE_GVN_NAME"),
        middle_name=person.text("BENE_MDL_NAME"),
        member_id=person.text("MBI_NUM"),
        birth_date=person.day("BENE_BIRTH_DT"),
        death_date=person.day("DEATH_DT"),
        sex=_SEXES.get(person["BENE_SEX_IDENT_CD"]),
        address=Address(street, person.text("CITY_NAME"), person.text("STATE_CD"), person.text("BENE_ZIP_CD"))
        if street
        else None,
        claim_filing=claim_filing,
    )


def stated_total(total: Money, charges: Iterable[Money]) -> Money | None:
    """Return the total in the file if it is not the sum of the lines."""
    amounts = list(charges)
    whole = all(isinstance(each, Decimal) for each in amounts)
    return None if whole and total == sum(each for each in amounts if isinstance(each, Decimal)) else total

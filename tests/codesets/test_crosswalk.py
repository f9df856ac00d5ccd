"""The General Equivalence Mappings, both ways."""

from __future__ import annotations

import pytest

from medcode import icd10cm
from medcode.codesets.crosswalk import _rows, combinations, to_icd9cm, to_icd10cm
from medcode.codesets.icd9cm import Icd9Cm, icd9cm
from medcode.codesets.icd10cm import Icd10Cm
from medcode.errors import InvalidFormat


def test_both_ways() -> None:
    assert [entry.target for entry in to_icd10cm("250.00")] == [Icd10Cm("E11.9")]
    assert [entry.target for entry in to_icd9cm("e11.9")] == [Icd9Cm("250.00")]
    assert to_icd10cm("0010")[0].flags == "00000"
    assert str(to_icd10cm("0010")[0]) == "001.0 → A00.0"
    assert to_icd10cm("999.99") == ()
    with pytest.raises(InvalidFormat):
        to_icd9cm("250.00")


def test_a_code_without_counterpart() -> None:
    (entry,) = to_icd9cm("R40.2130")
    assert entry.target is None
    assert entry.flags == "11000"
    assert str(entry) == "R40.2130 → no counterpart"


def test_combinations() -> None:
    entries = to_icd9cm("A02.1")
    assert combinations(entries)[0][0][0].combination
    assert "scenario 1, choice 1" in str(combinations(entries)[0][0][0])
    assert combinations(to_icd10cm("250.00")) == ()


NEVER_IN_FORCE = {"M4717", "M4718", "M5107", "T401X5A", "T401X5D", "T401X5S", "T408X5A", "T408X5D", "T408X5S"}


def test_every_code_of_the_mappings_is_a_code() -> None:
    """But for nine codes that were dropped before ICD-10-CM came into force."""
    forward, backward = _rows("gems_icd9cm_icd10cm"), _rows("gems_icd10cm_icd9cm")
    assert (len(forward), len(backward)) == (14_567, 69_832)
    nines = {*forward, *(target for pairs in backward.values() for target, _ in pairs if target)}
    tens = {*backward, *(target for pairs in forward.values() for target, _ in pairs if target)}
    assert {code for code in nines if code not in icd9cm} == set()
    assert {code for code in tens if code not in icd10cm} == NEVER_IN_FORCE

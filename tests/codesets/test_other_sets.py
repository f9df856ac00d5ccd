"""The shapes of every set, the small tables, and HCPCS with its parts."""

from __future__ import annotations

from datetime import date

import pytest

from medcode import Hcpcs, hcpcs
from medcode.codesets import CODE_SETS, country, modifiers, ndc, states
from medcode.codesets.base import Status
from medcode.codesets.bill_type import BillType
from medcode.codesets.cdt import Cdt
from medcode.codesets.cpt import Category, Cpt
from medcode.codesets.mbi import Mbi
from medcode.codesets.ndc import Ndc
from medcode.codesets.ndc_product import NdcProduct
from medcode.codesets.ssn import Ssn
from medcode.codesets.zip_code import ZipCode
from medcode.errors import InvalidFormat, UnknownCode


def test_ndc_of_every_dashed_form() -> None:
    assert Ndc("0002-7597-01") == "00002759701"
    assert Ndc("50242-040-62") == "50242004062"
    assert Ndc("60575-4112-1") == "60575411201"
    assert Ndc("60575-4112-01").dotted == "60575-4112-01"
    assert Ndc("0002-7597-01").product == NdcProduct("0002-7597") == "000027597"
    assert NdcProduct("50242-040").dotted == "50242-0040"
    with pytest.raises(InvalidFormat, match="more than one drug"):
        Ndc("0002759701")
    assert ndc.status("0002759701") is Status.MALFORMED


def test_bill_type_in_both_forms() -> None:
    assert BillType("131") == BillType.of("13", "1") == "0131"
    assert BillType("0141").clm05 == ("14", "A", "1")


def test_who_a_person_is_stays_hidden() -> None:
    for code in (Mbi("1EG4TE5MK73"), Ssn("219-09-9999")):
        assert str(code) not in repr(code)
    assert CODE_SETS["mbi"].load_command is None
    with pytest.raises(InvalidFormat) as caught:
        Ssn("666-12-3456")
    assert "666" not in str(caught.value)


def test_zip_code_of_nine_digits() -> None:
    assert ZipCode("10001").dotted == "10001"
    assert ZipCode("10001-2345").plus4 == "2345"


def test_cpt_and_cdt_are_hcpcs() -> None:
    assert isinstance(Cpt("99213"), Hcpcs)
    assert isinstance(Cdt("D0120"), Hcpcs)
    kinds = [Cpt(text).category for text in ("99213", "0001F", "0042T", "0001U", "0002M", "0001A")]
    assert kinds == list(Category)
    assert hcpcs.check(["A0428", "99213", "D0120", "nothing", None], on=[date(2026, 1, 5)] * 5) == [
        *[Status.NOT_CHECKED] * 3,
        Status.MALFORMED,
        None,
    ]
    assert "99213" not in hcpcs
    with pytest.raises(UnknownCode, match="no CPT table is loaded; to load one: medcode data add FILE"):
        hcpcs["99213"]


def test_modifiers_of_a_partial_table() -> None:
    assert modifiers["XE"].title == "separate encounter"
    assert modifiers.status("25") is Status.NOT_CHECKED
    assert modifiers.status("LT", on=date(2014, 12, 31)) is Status.OUT_OF_RANGE
    assert "a part of the set" in str(modifiers.releases[0])


def test_places() -> None:
    assert (len(states), len(country)) == (62, 249)
    assert states["DC"].title == "District of Columbia"
    assert states.status("XX") is Status.UNKNOWN

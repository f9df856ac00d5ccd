"""The shapes of every set, the small tables, and HCPCS with its parts."""

from __future__ import annotations

from datetime import date

import pytest

from medcode import Hcpcs, hcpcs
from medcode.codesets import CODE_SETS
from medcode.codesets.base import Malformed, Status
from medcode.codesets.bill_type import BillType
from medcode.codesets.cdt import Cdt
from medcode.codesets.country import country
from medcode.codesets.cpt import Category, Cpt
from medcode.codesets.mbi import Mbi
from medcode.codesets.modifiers import modifiers
from medcode.codesets.ndc import Ndc, ndc
from medcode.codesets.ndc_product import NdcProduct
from medcode.codesets.ssn import Ssn
from medcode.codesets.states import states
from medcode.codesets.zip_code import ZipCode
from medcode.errors import InvalidFormat, UnknownCode

GOOD = {
    "adjustment_group": "CO PR",
    "adjustment_reason": "1 45 253 A1 B7 P14 W3",
    "admission_source": "1 D",
    "admission_type": "1 2 3 4 5 9",
    "bill_type": "0131 131 033X 13:A:1 14:A:1 0117",
    "cdt": "D0120 d9999",
    "condition_code": "45 A6",
    "cpt": "99213 0001F 0042T 0001U 0002M 0001A 0428A",
    "currency": "USD cad",
    "discharge_status": "01 30",
    "drg": "001 470 999",
    "ein": "10-1234567 101234567",
    "hcpcs": "A0428 J1550 D0120 99213 0001U V5999 M1000 U0001",
    "icd10cm": "E11.9 e119 QA0.0101 C4A U07.1 S72001A",
    "icd10pcs": "02703DZ",
    "icd9cm": "0340 V7389 E8888 250.00",
    "icd9cm_procedures": "36.01",
    "mbi": "1EG4TE5MK73 1EG4-TE5-MK73",
    "modifiers": "25 LT XE P1 1P",
    "ndc": "0002-7597-01 50242-040-62 60575-4112-1 00002759701",
    "ndc_product": "0002-7597 50242-040 60575-4112 000027597",
    "npi": "1234567893",
    "occurrence_code": "11 A1",
    "place_of_service": "11 02",
    "remark": "M1 MA130 N657",
    "revenue": "0001 0450 3101",
    "ssn": "219-09-9999 219099999",
    "states": "NE pr",
    "taxonomy": "207Q00000X 261QM0855X",
    "value_code": "45 A0",
    "zip_code": "10001 10001-2345 100012345",
    "country": "US CA",
}
BAD = {
    "adjustment_group": "C COO",
    "adjustment_reason": "0 045 1000 AA",
    "admission_source": "11 -",
    "admission_type": "0 A 11",
    "bill_type": "0031 1310 13:B:1 13A1 0101",
    "cdt": "D012 A0120 01200",
    "condition_code": "4 455",
    "country": "USA 1",
    "cpt": "9921 A0428 99213A 0001B 0001X",
    "currency": "US$ US",
    "discharge_status": "1 A1",
    "drg": "000 47 4700",
    "ein": "1-01234567 12345678",
    "hcpcs": "F0001 I0001 N0001 O0001 W0001 A042 A04288 9921 0001X 0428B",
    "icd10cm": "E1 E11..9 1E1 E11.90000",
    "icd10pcs": "02703OZ 02703IZ 0270.3DZ",
    "icd9cm": "E888.88 25",
    "icd9cm_procedures": "3",
    "mbi": "0EG4TE5MK73 1SG4TE5MK73 1EG4TE5MK7 1EG4-TE5MK73",
    "modifiers": "2 259 L-",
    "ndc": "0002759701 0002-759-01 000275970 0002-7597-1 60575-41121",
    "ndc_product": "0002-759 00002-75977 00027597",
    "npi": "1234567890 9876543210 7778889999 123456789",
    "occurrence_code": "1",
    "place_of_service": "1 A1",
    "remark": "MB1 N0 130 M01",
    "revenue": "4500 450 045X",
    "ssn": "000-12-3456 666123456 900123456 123006789 123450000 123-456789",
    "states": "N NEB N1",
    "taxonomy": "203BF0100Y 207Q00000 207Q00000XX 20AQ00000X",
    "value_code": "4 455",
    "zip_code": "1000 10001-234 1000123456",
}


@pytest.mark.parametrize("name", CODE_SETS)
def test_shapes(name: str) -> None:
    codes = CODE_SETS[name]
    for text in GOOD[name].split():
        assert codes.code_type.is_valid(text), text
        assert codes.status(text, on=date(2026, 1, 5)) is not Status.MALFORMED
    for text in BAD[name].split():
        assert codes.status(text) is Status.MALFORMED, text
        assert isinstance(codes.code_type.parse(text), Malformed)


@pytest.mark.parametrize("name", CODE_SETS)
def test_without_a_table_nothing_is_valid_and_the_cure_is_named(name: str) -> None:
    codes = CODE_SETS[name]
    if codes.releases:
        return
    text = GOOD[name].split()[0]
    assert codes.status(text) is Status.NOT_CHECKED
    assert codes.check([text, None]) == [Status.NOT_CHECKED, None]
    assert text not in codes
    with pytest.raises(
        UnknownCode, match=r"to load one: medcode data (fetch|add) |its codes identify persons"
    ):
        codes[text]


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
    assert CODE_SETS["mbi"].remedy is None
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
    with pytest.raises(UnknownCode, match="no table of CPT is loaded; to load one: medcode data add FILE"):
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

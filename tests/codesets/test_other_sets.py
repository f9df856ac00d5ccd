"""The shapes of every set, the small tables, and HCPCS with its parts."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from medcode import Hcpcs, hcpcs, icd10cm, icd10pcs
from medcode.codesets import CODE_SETS, ValueSet, country, drg, modifiers, ndc, states
from medcode.codesets.base import Status
from medcode.codesets.bill_type import BillType
from medcode.codesets.cdt import Cdt
from medcode.codesets.cpt import Category, Cpt
from medcode.codesets.mbi import Mbi
from medcode.codesets.ndc import Ndc
from medcode.codesets.ndc_product import NdcProduct
from medcode.codesets.ssn import Ssn
from medcode.codesets.zip_code import ZipCode
from medcode.errors import CoverageError, InvalidFormat, UnknownCode


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
    assert CODE_SETS["mbi"].load_command is CODE_SETS["npi"].load_command is None
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
    texts = ["A0428", "99213", "D0120", "A0000", "nothing", None, float("nan")]
    day = date(2026, 1, 5)
    expected = [Status.BILLABLE, *[Status.NOT_CHECKED] * 2, Status.UNKNOWN, Status.MALFORMED, None, None]
    assert hcpcs.check(texts, on=[day] * 7) == expected  # type: ignore[arg-type]  # a NaN of pandas
    assert hcpcs.check(texts, on=day) == expected  # type: ignore[arg-type]  # as above
    assert "99213" not in hcpcs
    with pytest.raises(UnknownCode, match="no CPT table is loaded; to load one: medcode data add FILE"):
        hcpcs["99213"]


MAY = date(2026, 5, 4)


def test_level_ii_by_quarter() -> None:
    days = [date(2019, 6, 30), date(2019, 7, 1), date(2026, 6, 30), date(2026, 7, 1)]
    out = Status.OUT_OF_RANGE
    assert [hcpcs.status("J1100", day) for day in days] == [out, Status.BILLABLE, Status.BILLABLE, out]
    assert hcpcs.status("U0001", date(2020, 2, 3)) is Status.NOT_YET  # began on a day within its quarter
    assert hcpcs.status("U0001", date(2020, 2, 4)) is Status.BILLABLE
    assert hcpcs.status("M0239", date(2021, 4, 16)) is Status.BILLABLE  # and this one ended on one
    assert hcpcs.status("M0239", date(2021, 4, 17)) is Status.DELETED
    assert (len(hcpcs), len(hcpcs.as_of(MAY))) == (8_204, 7_409)
    assert not [code for code in hcpcs if not code[0].isalpha() or code.startswith("D")]
    with pytest.raises(CoverageError, match="covers 2019-07-01 to 2026-06-30, not 2026-07-01"):
        hcpcs.as_of(date(2026, 7, 1))
    assert "on 2026-06-30 J1100 was billable" in hcpcs.why_out_of_range("J1100", date(2026, 11, 2))
    assert "on 2019-07-01 ? was malformed" in hcpcs.why_out_of_range("?", date(2001, 1, 1))


def test_titles_are_those_of_the_day() -> None:
    assert hcpcs.concept("U0001", date(2020, 6, 1)).title == "2019 -nCoV diagnostic P"
    assert hcpcs.concept("U0001", MAY).title == "2019-ncov diagnostic p"
    assert drg.concept("023", date(2024, 10, 1)).title != drg.concept("023", date(2025, 10, 1)).title
    assert drg.concept("470", date(2020, 1, 1)).note is None


def test_ms_drgs_by_version() -> None:
    counts = {2018: 761, 2019: 761, 2020: 767, 2021: 767, 2022: 767, 2023: 766, 2024: 773, 2025: 772}
    assert {year: len(drg.as_of(date(year, 10, 1))) for year in counts} == counts
    assert [drg.status("453", date(year, 10, 1)) for year in (2023, 2024)] == [
        Status.BILLABLE,
        Status.DELETED,
    ]


def test_modifiers_of_level_ii() -> None:
    assert modifiers.concept("XE", MAY).title == "separate encounter"
    assert [modifiers.status(text, MAY) for text in ("25", "P3", "8P", "ZQ")] == [
        *[Status.NOT_CHECKED] * 3,
        Status.UNKNOWN,
    ]
    assert modifiers.status("25", date(2018, 1, 1)) is Status.OUT_OF_RANGE
    assert modifiers.status("JZ", date(2022, 12, 31)) is Status.NOT_YET
    assert modifiers.status("MA", date(2025, 1, 1)) is Status.DELETED
    assert not [code for code in modifiers if code.startswith("#") or code[0].isdigit()]


def test_ambulance_pairs_by_rule() -> None:
    assert modifiers.concept("RH", MAY).title == "ambulance trip from the patient's residence to a hospital"
    title = modifiers.concept("HN", MAY).title or ""
    assert title.startswith("bachelor's degree; ambulance trip from a hospital to")
    assert modifiers.status("XH", MAY) is Status.UNKNOWN  # X is a destination alone


def test_places() -> None:
    assert (len(states), len(country)) == (62, 249)
    assert states["DC"].title == "District of Columbia"
    assert states.status("XX") is Status.UNKNOWN


def test_a_rule_over_hcpcs_is_of_the_set_that_its_codes_belong_to() -> None:
    assert hcpcs.reference("99201-99215").covers("99213")  # no table of CPT is needed
    assert hcpcs.reference("J11").covers("J1100")
    with pytest.raises(ValueError, match="no HCPCS code begins with J9Z"):
        hcpcs.reference("J9Z")
    with pytest.raises(TypeError, match="must be str, not int; pass '99213'"):
        hcpcs.status(99213)  # type: ignore[call-overload]  # what is refused


def test_a_value_set_of_hcpcs_asks_the_table_of_each_code() -> None:
    day = date(2026, 5, 4)
    drugs = ValueSet("J1100-J1110", code_set=hcpcs)
    assert [str(code) for code in ValueSet("G0101", drugs, code_set=hcpcs).codes(day)] == [
        "G0101",
        "J1100",
        "J1105",
        "J1110",
    ]
    visits = ValueSet("99213-99215", code_set=hcpcs)
    for ask in (visits.codes, partial(visits.contains, "99213"), partial(hcpcs.parent, "99213")):
        with pytest.raises((CoverageError, UnknownCode), match="no CPT table is loaded"):
            ask()


def test_a_search_and_a_list_of_days_take_no_other_values() -> None:
    with pytest.raises(TypeError, match="query must be str, not NoneType"):
        icd10cm.search(None)  # type: ignore[arg-type]  # on purpose
    with pytest.raises(TypeError, match="on must be a date, not str"):
        icd10cm.check(["E11.9"], "2026-01-05")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(ValueError, match="is not a code"):
        ValueSet(" ,")


def test_a_licensed_modifier_is_not_said_to_be_unknown() -> None:
    with pytest.raises(UnknownCode, match="59 is of a licensed list, and no table with it is loaded"):
        modifiers["59"]
    with pytest.raises(UnknownCode, match="ZQ is not in the modifier table"):
        modifiers["ZQ"]


def test_a_number_of_hits_is_a_number() -> None:
    with pytest.raises(TypeError, match="limit must be int, not str"):
        icd10cm.search("x", limit="3")  # type: ignore[arg-type]  # what is refused


def test_beyond_the_table_nothing_is_empty() -> None:
    beyond = date(2030, 1, 1)
    for ask in (icd10cm.flags, icd10cm.children, icd10cm.descendants):
        with pytest.raises(CoverageError, match="covers 2015-10-01 to 2027-03-31, not 2030-01-01"):
            ask("O80", beyond)
    with pytest.raises(CoverageError, match="not 2030-01-01"):
        icd10pcs.misfits("0DTJ0Z1", beyond)
    assert icd10cm.successors("M54.5", beyond) == icd10cm.successors("M54.5")

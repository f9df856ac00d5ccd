"""RIF rows become claims, and nothing is made up for what they lack."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims import InstitutionalClaim, ProfessionalClaim
from medcode.claims.model.base import DateRange
from medcode.claims.rif import read_claims
from medcode.codesets.base import Malformed
from medcode.codesets.icd9cm import Icd9Cm
from medcode.codesets.icd9cm_procedures import Icd9CmProcedure
from medcode.codesets.loaders import LoadError
from medcode.edits import check

if TYPE_CHECKING:
    from pathlib import Path

CARRIER: dict[str, str] = {
    "CLM_ID": "7", "BENE_ID": "3", "CARR_NUM": "01112", "CARR_CLM_PRVDR_ASGNMT_IND_SW": "N",
    "NCH_CARR_CLM_SBMTD_CHRG_AMT": "150.00", "RFR_PHYSN_NPI": "", "ICD_DGNS_CD1": "E119", "ICD_DGNS_VRSN_CD1": "0",
    "ICD_DGNS_CD2": "4019", "ICD_DGNS_VRSN_CD2": "9", "CARR_CLM_BLG_NPI_NUM": "", "LINE_NUM": "1",
    "PRF_PHYSN_NPI": "1234567893", "ORG_NPI_NUM": "1467890129", "TAX_NUM": "870000001", "LINE_SRVC_CNT": "1",
    "LINE_PLACE_OF_SRVC_CD": "11", "LINE_1ST_EXPNS_DT": "05-Jan-2015", "LINE_LAST_EXPNS_DT": "05-Jan-2015",
    "HCPCS_CD": "99213", "HCPCS_1ST_MDFR_CD": "25", "HCPCS_2ND_MDFR_CD": "", "LINE_SBMTD_CHRG_AMT": "100.00",
    "LINE_ICD_DGNS_CD": "4019", "LINE_NDC_CD": "", "CARR_LINE_CLIA_LAB_NUM": "",
}  # fmt: skip
SECOND = {
    "LINE_NUM": "2", "PRF_PHYSN_NPI": "1730000019", "LINE_PLACE_OF_SRVC_CD": "22", "LINE_LAST_EXPNS_DT": "20150107",
    "HCPCS_CD": "", "HCPCS_1ST_MDFR_CD": "", "LINE_SBMTD_CHRG_AMT": "50", "LINE_ICD_DGNS_CD": "",
    "LINE_NDC_CD": "00002759701", "CARR_LINE_CLIA_LAB_NUM": "05D0000001", "LINE_SRVC_CNT": "0",
}  # fmt: skip
INPATIENT: dict[str, str] = {
    "CLM_ID": "9", "BENE_ID": "4", "CLM_FROM_DT": "05-Jan-2015", "CLM_THRU_DT": "08-Jan-2015", "FI_NUM": "",
    "CLM_FAC_TYPE_CD": "1", "CLM_SRVC_CLSFCTN_TYPE_CD": "1", "CLM_FREQ_CD": "1", "ORG_NPI_NUM": "",
    "AT_PHYSN_NPI": "1234567893", "PTNT_DSCHRG_STUS_CD": "1", "CLM_TOT_CHRG_AMT": "900", "CLM_ADMSN_DT": "05-Jan-2015",
    "CLM_DRG_CD": "291", "ADMTG_DGNS_CD": "4280", "ADMTG_DGNS_VRSN_CD": "9", "PRNCPAL_DGNS_CD": "4280",
    "PRNCPAL_DGNS_VRSN_CD": "9", "ICD_DGNS_CD1": "4019", "ICD_DGNS_VRSN_CD1": "9", "CLM_POA_IND_SW1": "",
    "ICD_DGNS_CD2": "4280", "ICD_DGNS_VRSN_CD2": "9", "CLM_POA_IND_SW2": "Y", "ICD_PRCDR_CD1": "3722",
    "ICD_PRCDR_VRSN_CD1": "9", "PRCDR_DT1": "06-Jan-2015", "ICD_DGNS_E_CD1": "E8881", "ICD_DGNS_E_VRSN_CD1": "9",
    "RSN_VISIT_CD1": "4019", "RSN_VISIT_VRSN_CD1": "9", "CLM_LINE_NUM": "1", "REV_CNTR": "0120", "HCPCS_CD": "",
    "REV_CNTR_UNIT_CNT": "3", "REV_CNTR_TOT_CHRG_AMT": "", "REV_CNTR_NCVRD_CHRG_AMT": "10", "RNDRNG_PHYSN_NPI": "",
}  # fmt: skip
PEOPLE = {
    "BENE_ID": "3", "BENE_SRNM_NAME": "DOE", "BENE_GVN_NAME": "JO", "BENE_MDL_NAME": "", "MBI_NUM": "1S00E00AA06",
    "BENE_BIRTH_DT": "17-Jan-1942", "DEATH_DT": "", "BENE_SEX_IDENT_CD": "2", "DRVD_LINE_1_ADR": "1 MAIN ST",
    "CITY_NAME": "ALTON", "STATE_CD": "IL", "BENE_ZIP_CD": "62002",
}  # fmt: skip


def rif(path: Path, *rows: dict[str, str]) -> Path:
    lines = ["|".join(rows[0]), *("|".join(row.values()) for row in rows)]
    path.write_text("\ufeff" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def only(path: Path, *rows: dict[str, str]) -> Any:
    (claim,) = read_claims(rif(path, *rows))
    return claim


def test_rows_of_a_claim_are_its_lines(tmp_path: Path) -> None:
    claim = only(tmp_path / "carrier.csv", CARRIER, CARRIER | SECOND)
    assert isinstance(claim, ProfessionalClaim)
    assert [type(each.code) for each in claim.diagnoses][1] is Icd9Cm
    first, second = claim.lines
    assert (first.procedure.code, first.procedure.modifiers, first.charge) == ("99213", ("25",), Decimal(100))
    assert (first.diagnosis_pointers, second.diagnosis_pointers) == ((2,), ())
    assert first.service_date == date(2015, 1, 5)
    assert second.service_date == DateRange(date(2015, 1, 5), date(2015, 1, 7))
    assert (first.place_of_service, second.place_of_service) == (None, "22")
    assert first.rendering_provider is None
    assert second.rendering_provider
    assert second.rendering_provider.npi == "1730000019"
    assert second.drug
    assert (second.drug.code, second.references.clia) == ("00002759701", "05D0000001")
    assert (claim.accepts_assignment, claim.stated_total, claim.payer.payer_id) == ("C", None, "01112")


def test_a_file_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    path = rif(tmp_path / "carrier.csv", CARRIER, CARRIER)
    path.write_bytes(path.read_bytes() + b"\xff")
    with pytest.raises(LoadError, match="not UTF-8 text"):
        list(read_claims(path))


def test_the_row_of_the_total_is_no_line(tmp_path: Path) -> None:
    charged = INPATIENT | {"REV_CNTR_TOT_CHRG_AMT": "450"}
    total = charged | {"REV_CNTR": "0001"}
    claim = only(tmp_path / "inpatient.csv", charged, total | {"HCPCS_CD": "99221"}, total)
    assert [line.revenue_code for line in claim.lines] == ["0120", "0001"]
    assert (claim.total, claim.stated_total) == (Decimal(900), None)


def test_what_the_file_lacks_is_missing(tmp_path: Path) -> None:
    bare = CARRIER | {
        "ORG_NPI_NUM": "", "TAX_NUM": "", "CARR_NUM": "", "LINE_SBMTD_CHRG_AMT": "", "LINE_1ST_EXPNS_DT": "",
        "PRF_PHYSN_NPI": "",
    }  # fmt: skip
    claim = only(tmp_path / "carrier.csv", bare)
    assert claim.billing_provider.npi is None
    assert claim.rendering_provider is None
    assert claim.subscriber.last_name is None
    assert (claim.benefits_assigned, claim.release_of_information, claim.provider_signature) == (
        None,
        None,
        None,
    )
    assert claim.lines[0].service_date is None
    assert claim.lines[0].charge == Malformed("")
    assert claim.stated_total == Decimal(150)


def test_what_is_wrong_is_held(tmp_path: Path) -> None:
    odd = {"LINE_1ST_EXPNS_DT": "31-Feb-2015", "LINE_LAST_EXPNS_DT": "soon"}
    claim = only(tmp_path / "carrier.csv", CARRIER | odd)
    assert claim.lines[0].service_date == Malformed("31-Feb-2015-soon")


def test_the_beneficiaries_tell_who_the_patient_is(tmp_path: Path) -> None:
    people = rif(tmp_path / "people.csv", PEOPLE, PEOPLE | {"BENE_ID": "4", "DRVD_LINE_1_ADR": ""})
    (claim,) = read_claims(rif(tmp_path / "carrier.csv", CARRIER), people)
    assert claim.subscriber.birth_date == date(1942, 1, 17)
    assert (claim.subscriber.sex, claim.subscriber.member_id) == ("F", "1S00E00AA06")
    assert claim.subscriber.address is not None
    assert claim.subscriber.address.city == "ALTON"
    (stay,) = read_claims(rif(tmp_path / "inpatient.csv", INPATIENT), people)
    assert stay.subscriber.address is None


def test_rows_of_a_stay_are_its_revenue_lines(tmp_path: Path) -> None:
    claim = only(tmp_path / "inpatient.csv", INPATIENT, INPATIENT | {"HCPCS_CD": "99221"})
    assert isinstance(claim, InstitutionalClaim)
    assert (claim.bill_type, claim.discharge_status, claim.drg) == ("0111", "01", "291")
    assert claim.statement_dates == DateRange(date(2015, 1, 5), date(2015, 1, 8))
    assert [str(each.code) for each in claim.diagnoses] == ["4280", "4019"]
    assert claim.principal_diagnosis.present_on_admission == "Y"
    assert claim.principal_procedure is not None
    assert type(claim.principal_procedure.code) is Icd9CmProcedure
    assert (claim.admitting_diagnosis, claim.reasons_for_visit) == ("4280", ("4019",))
    assert [each.code for each in claim.external_causes] == ["E8881"]
    first, second = claim.lines
    assert (first.procedure, first.quantity, first.non_covered) == (None, Decimal(3), Decimal(10))
    assert second.procedure is not None
    assert claim.stated_total == Decimal(900)


def test_a_principal_diagnosis_that_is_not_listed_again_stands_first(tmp_path: Path) -> None:
    rows = INPATIENT | {
        "PRNCPAL_DGNS_CD": "4281",
        "ADMTG_DGNS_CD": "",
        "ICD_PRCDR_CD1": "",
        "REV_CNTR_NCVRD_CHRG_AMT": "",
    }
    claim = only(tmp_path / "inpatient.csv", rows)
    assert [str(each.code) for each in claim.diagnoses] == ["4281", "4019", "4280"]
    assert (claim.admitting_diagnosis, claim.principal_procedure) == (None, None)
    assert claim.lines[0].non_covered is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a|b\n1|2\n", r"file\.csv:1: not a RIF file of claims: it has no column CLM_ID"),
        ("CLM_ID|b\n1|2\n1\n", r"file\.csv:3:2: the row has 1 columns, not 2"),
    ],
)
def test_what_is_no_rif_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LoadError, match=message):
        list(read_claims(path))


def test_a_row_is_a_mapping_of_what_the_file_has(tmp_path: Path) -> None:
    from medcode.claims.rif.row import rows

    (row,) = rows(rif(tmp_path / "people.csv", PEOPLE), "BENE_ID")
    assert dict(row) == PEOPLE
    assert len(row) == len(PEOPLE)
    assert "REV_CNTR" not in row


def test_every_real_carrier_claim_is_checked_and_the_findings_counted(reference: Path) -> None:
    """What the findings say is counted once more, straight from the columns of the file."""
    path = reference / "claims/rif-synthea__carrier.csv"
    with path.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter="|", quoting=csv.QUOTE_NONE))
    claims = list(read_claims(path))
    report = check(claims, select=["CLM03", "CLM04", "CLM05", "ICD01", "ICD03"], on=date(2026, 11, 23))
    found = Counter(finding.rule for finding in report.findings)
    by_claim = {row["CLM_ID"]: row for row in rows}
    assert len(claims) == len(by_claim) == report.claims == 37
    assert sum(len(claim.lines) for claim in claims) == len(rows) == 221
    assert found["CLM04"] == sum(not row["HCPCS_CD"] for row in rows) == 209
    assert found["CLM05"] == sum(row["LINE_SRVC_CNT"] == "0" for row in rows) == 21
    npis = [
        by_claim[id_][name] for id_ in by_claim for name in ("ORG_NPI_NUM", "PRF_PHYSN_NPI", "RFR_PHYSN_NPI")
    ]
    assert found["CLM03"] == sum(npi[0] in "89" for npi in npis) == 111
    early = [row for row in by_claim.values() if date_of(row) < date(2015, 10, 1)]
    too_early = {finding.claim or 0 for finding in report.findings if finding.rule == "ICD01"}
    assert [claims[number].control_number for number in sorted(too_early)] == [row["CLM_ID"] for row in early]
    assert found["ICD01"] == sum(len(codes_of(row)) for row in early)
    repeated = [codes for codes in map(codes_of, by_claim.values()) if len(set(codes)) < len(codes)]
    assert found["ICD03"] == len(repeated) == 13


def date_of(row: dict[str, str]) -> date:
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    day, month, year = row["LINE_1ST_EXPNS_DT"].split("-")
    return date(int(year), months.index(month) + 1, int(day))


def codes_of(row: dict[str, str]) -> list[str]:
    return [row[f"ICD_DGNS_CD{number}"] for number in range(1, 13) if row[f"ICD_DGNS_CD{number}"]]


@pytest.mark.parametrize(
    ("name", "claims", "lines"),
    [("dme", 1, 1), ("inpatient", 16, 16), ("outpatient", 19, 19), ("snf", 1, 67)],
)
def test_every_other_real_claim_is_read_and_checked(
    reference: Path, name: str, claims: int, lines: int
) -> None:
    folder = reference / "claims"
    people = folder / "rif-synthea__beneficiary_2020.csv"
    found = list(read_claims(folder / f"rif-synthea__{name}.csv", people))
    assert (len(found), sum(len(claim.lines) for claim in found)) == (claims, lines)
    assert all(claim.patient.birth_date for claim in found)
    report = check(found, on=date(2026, 11, 23))
    assert not [finding for finding in report.findings if finding.name == "internal-error"]


def test_rows_of_two_patients_are_two_claims(tmp_path: Path) -> None:
    path = rif(tmp_path / "carrier.csv", CARRIER, CARRIER | SECOND | {"BENE_ID": "4"}, CARRIER | SECOND)
    assert [len(claim.lines) for claim in read_claims(path)] == [1, 1, 1]


@pytest.mark.parametrize("name", ["CLM_ID", "BENE_ID"])
def test_a_row_without_an_id_is_refused(tmp_path: Path, name: str) -> None:
    path = rif(tmp_path / "carrier.csv", CARRIER, CARRIER | SECOND | {name: " "})
    with pytest.raises(LoadError, match=rf"carrier\.csv:3:\d+: {name} is blank"):
        list(read_claims(path))

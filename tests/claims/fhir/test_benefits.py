"""What CARIN's profiles do not allow, and what becomes of it in an explanation of benefit."""

from __future__ import annotations

from tests.claims.fhir.payments import benefit, payment
from tests.history.visits import stay, visit

from medcode.claims import fhir
from medcode.claims.fhir import systems as uri


def test_what_keeps_a_claim_from_the_profile() -> None:
    """A code that the guide does not allow, no day of a line, a biller with nothing but a social security number."""
    lines = [{"charge": "90", "procedure": "nonsense"}]
    person = {"last_name": "ROE", "first_name": "ANN", "tax_id": "123456789", "tax_id_type": "SY"}
    claim = visit("1", "2026-01-05", "E11.9", lines=lines, billing_provider=person, rendering_provider=person)
    bundle = fhir.explanation_of_benefit(claim, payment(claim))
    eob = bundle["entry"][0]["resource"]
    assert "profile" not in eob["meta"]
    assert (eob["provider"], "careTeam" in eob) == ({"display": "ANN ROE"}, False)
    assert eob["billablePeriod"].keys() == {"_start"}
    assert eob["item"][0]["_servicedDate"]["extension"][0]["valueCode"] == "unknown"
    assert "Practitioner" not in {each["resource"]["resourceType"] for each in bundle["entry"]}
    nameless = visit("1", "2026-01-05", "E11.9", billing_provider={"last_name": "\0"})
    bundle = fhir.explanation_of_benefit(nameless, payment(nameless))
    assert bundle["entry"][0]["resource"]["provider"] == {"display": "unknown"}


def test_a_rate_of_a_home_health_agency_is_a_hipps_code() -> None:
    rate = {"revenue_code": "0023", "charge": "90", "procedure": {"code": "1AFKS", "qualifier": "HP"}}
    claim = stay("2", "2026-01-05", "2026-01-09", "I50.20", facility_type="32", lines=[rate])
    eob = benefit(claim, payment(claim))
    assert eob["item"][0]["productOrService"]["coding"] == [{"system": uri.HIPPS, "code": "1AFKS"}]
    assert "profile" in eob["meta"]
    assert (
        fhir.from_bundle(fhir.to_bundle(claim, extensions=False)).lines[0].procedure
        == claim.lines[0].procedure
    )
    whole = stay(
        "2", "2026-01-05", "2026-01-09", "I50.20", lines=[rate, {"revenue_code": "0250", "charge": "1"}]
    )
    assert "profile" in benefit(whole, payment(whole))["meta"]


def test_who_renders_outpatient_services_needs_a_taxonomy() -> None:
    person = {"last_name": "ROE", "npi": "1234567893"}
    bill = stay("3", "2026-01-05", "2026-01-05", "I50.20", facility_type="13", rendering_provider=person)
    assert "careTeam" not in benefit(bill, payment(bill))
    known = person | {"taxonomy": "207Q00000X"}
    bill = stay("3", "2026-01-05", "2026-01-05", "I50.20", facility_type="13", rendering_provider=known)
    assert len(benefit(bill, payment(bill))["careTeam"]) == 1

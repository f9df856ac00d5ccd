"""The engine: four outcomes for every edit on every claim, and no edit stops another."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from tests.counting import calls

from medcode.claims.model.claim import Claim
from medcode.edits import EDITS, Edit, Profile, check, select
from medcode.edits.base import AnyEdit
from medcode.edits.engine import Engine
from medcode.edits.examples import line, stay, visit
from medcode.findings import Location, Outcome, Severity, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits import Context
    from medcode.findings import Finding

TODAY = date(2026, 11, 23)


class Told(Edit[Claim]):
    """It says what it is told to say.

    Why: a test wants it.
    Fix: none.
    """

    id, name, snip = "TST01", "told", 6
    source = Source("Nobody", "Nothing")

    def check(self, claim: Any, _context: Context[Claim]) -> Iterator[Finding]:
        for outcome in claim.place_of_service.split():
            say = {"fail": self.fail, "bypass": self.bypass, "unchecked": self.unchecked}[outcome]
            yield say("lines[0]", None, "Said.")


class Broken(Told):
    """It raises."""

    id, name = "TST02", "broken"

    def check(self, claim: Any, _context: Context[Claim]) -> Iterator[Finding]:
        raise LookupError(claim.subscriber.last_name)


def told(*words: str) -> Any:
    return visit(place_of_service=" ".join(words))


def run(*claims: Any, edit: AnyEdit | None = None) -> Any:
    return Engine([edit or Told()]).check(claims, lambda: TODAY)


def test_every_outcome_is_counted_once_a_claim_and_the_worst_wins() -> None:
    report = run(
        told(), told("bypass"), told("unchecked", "bypass"), told("fail", "fail", "unchecked", "bypass")
    )
    assert report.outcomes == {"TST01": dict.fromkeys(Outcome, 1)}
    assert report.claims == 4
    assert [finding.claim for finding in report.findings] == [3, 3]
    assert [finding.claim for finding in report.not_checked] == [2, 3]
    assert [finding.claim for finding in report.bypassed] == [1, 2, 3]


def test_an_edit_that_raises_is_reported_without_what_it_saw_and_the_others_run() -> None:
    report = Engine([Broken(), Told()]).check([told("fail")], lambda: TODAY)
    internal, failed = report.findings
    assert (internal.rule, internal.name) == ("TST02", "internal-error")
    assert internal.outcome is Outcome.NOT_CHECKED
    assert "LookupError" in internal.message
    assert "DOE" not in internal.message
    assert failed.rule == "TST01"
    assert report.outcomes["TST02"] == {Outcome.NOT_CHECKED: 1}


def test_what_is_needed_and_absent_is_said_with_its_mend() -> None:
    report = check(visit("O80", age=None), select=("AGE01",))
    (finding,) = report.not_checked
    assert finding.location.path == "subscriber.birth_date"
    assert "Set patient.birth_date" in finding.message
    assert report.ok
    assert report.outcomes["AGE01"] == {Outcome.NOT_CHECKED: 1}


def test_the_day_of_a_stay_is_asked_for_where_a_stay_has_it() -> None:
    (finding,) = check(stay("I50.20", statement_dates="soon"), select=("ICD01",)).not_checked
    assert finding.location.path == "statement_dates"
    assert finding.message == "Not checked: the claim has no usable through date. Set statement_dates."


def test_what_is_needed_and_malformed_is_not_checked_either() -> None:
    claim = visit("O80", lines=(line(service_date="2026-13-01"),))
    assert [f.location.path for f in check(claim, select=("AGE01",)).not_checked] == ["lines[0].service_date"]


@pytest.mark.parametrize(
    ("on", "outcome"),
    [("2019-12-31", "bypassed"), ("2020-01-01", "fail"), ("2020-12-31", "fail"), ("2021-01-01", "bypassed")],
)
def test_an_edit_runs_from_since_to_until(on: str, outcome: str) -> None:
    edit = Told()
    edit.since, edit.until = date(2020, 1, 1), date(2020, 12, 31)
    report = run(visit(on=on, place_of_service="fail"), edit=edit)
    assert report.outcomes["TST01"] == {Outcome(outcome): 1}


def test_without_a_day_a_dated_edit_runs() -> None:
    edit = Told()
    edit.until = date(2020, 12, 31)
    report = run(told("fail").evolve(lines=(line(service_date=None),)), edit=edit)
    assert report.outcomes["TST01"] == {Outcome.FAIL: 1}


def test_an_edit_gives_way_to_one_of_more_authority() -> None:
    other = Broken()
    other.id = "TST03"
    other.yields_to = ("TST01",)
    assert set(Engine([Told(), other]).check([told()], lambda: TODAY).outcomes) == {"TST01"}
    assert set(Engine([other]).check([told()], lambda: TODAY).outcomes) == {"TST03"}


@attrs.frozen
class Origin:
    def places(self) -> Origin:
        return self

    def find(self, path: str) -> Location | None:
        return Location(path, segment="SV1", position=24) if path == "lines[0]" else None


def test_a_finding_has_its_place_in_the_file_the_claim_was_read_from() -> None:
    (finding,) = run(told("fail").evolve(origin=Origin())).findings
    assert finding.location == Location("lines[0]", segment="SV1", position=24)
    (other,) = check(visit(stated_total="1", origin=Origin()), select=("CLM02",)).findings
    assert other.location == Location("stated_total")


def test_a_profile_chooses_and_weighs() -> None:
    profile = Profile("mine", select=("CLM",), ignore=("CLM05",), severities={"CLM02": Severity.WARNING})
    report = check(visit(stated_total="1"), profile=profile)
    assert [finding.severity for finding in report.findings] == [Severity.WARNING]
    assert report.ok
    assert "CLM05" not in report.outcomes
    assert "ICD01" not in report.outcomes


def test_the_report_names_the_tables_behind_it() -> None:
    assert "FY2027" in check(visit(), select=("ICD01",)).tables["icd10cm"]
    assert check(visit(), select=("CLM02",)).tables == {}


def test_nothing_to_check_is_a_report_too() -> None:
    report = check([])
    assert report.ok
    assert report.claims == 0
    assert report.outcomes == {}


def test_one_word_selects_as_well_as_several() -> None:
    assert set(check(visit(), select="CLM02").outcomes) == {"CLM02"}


def test_an_edit_pickles_by_id() -> None:
    edit = EDITS["CLM02"]
    assert pickle.loads(pickle.dumps(edit)) is edit  # made here
    assert repr(edit) == "<Edit CLM02 claim-total>"


def test_an_edit_without_a_check_says_so() -> None:
    with pytest.raises(NotImplementedError):
        list(AnyEdit().check(visit(), None))  # type: ignore[arg-type]  # it looks at nothing


def test_the_profile_and_the_registry_agree_on_what_runs() -> None:
    assert {edit.id for edit in select()} == {edit.id for edit in EDITS.values() if not edit.opt_in}


@pytest.mark.parametrize("wrong", ["E11.9", b"ST*837", None, 5])
def test_what_is_no_claim_is_refused(wrong: Any) -> None:
    with pytest.raises(TypeError, match=f"a list of claims, not {type(wrong).__name__}; scrub"):
        check(wrong)


def test_the_place_of_what_is_no_claim_is_told() -> None:
    claims: Any = [visit(), None]
    with pytest.raises(TypeError, match=r"claims\[1\] must be a claim, not NoneType"):
        check(claims)


def test_a_day_is_a_date() -> None:
    text: Any = "2026-01-05"
    with pytest.raises(TypeError, match="a day must be a date, not str"):
        check(visit(), on=text)
    with pytest.raises(TypeError, match="a day must be a date, not str"):
        select(on=text)
    late = visit(on="2026-01-06")
    assert not check(late, select=["CLM10"], on=datetime(2026, 1, 5, 12, 0, tzinfo=UTC)).ok


def calls_of(edits: list[Any], number: int) -> int:
    """How many calls a check of so many visits takes, once the edits are bound."""
    claims = [visit(lines=(line("99213"), line("36415")))] * number
    engine = Engine(edits)
    engine.check(claims[:2], lambda: TODAY)
    return calls(lambda: engine.check(claims, lambda: TODAY))


def test_edits_that_concern_nothing_in_a_claim_and_tables_that_are_absent_cost_a_plan_and_no_claim() -> None:
    plain = [EDITS["CLM02"], EDITS["CLM01"]]
    idle = [EDITS[name] for name in ("AMB01", "AMB02", "MOD08", "CLM43", "CLM57", "MSP03")]
    absent = [EDITS[name] for name in ("NCCI02", "NCCI03", "POL01")]
    few, many = 10, 60
    a_claim = calls_of(plain, many) - calls_of(plain, few)
    assert calls_of([*plain, *idle, *absent], many) - calls_of([*plain, *idle, *absent], few) == a_claim

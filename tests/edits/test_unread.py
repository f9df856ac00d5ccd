"""Silence is never a pass: an edit that reads what cannot be read says that it could not judge."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from medcode.claims.model.adjudication import Adjustment, LineAdjudication
from medcode.claims.model.base import DateRange, Part
from medcode.claims.model.dates import ClaimDates
from medcode.claims.model.stay import InpatientProcedure, Occurrence
from medcode.codesets.code import Malformed
from medcode.edits import EDITS, check
from medcode.edits.context import Context
from medcode.edits.examples import SUBSCRIBER, dental, filling, line, other, room, stay, visit
from medcode.edits.features import features, words
from medcode.edits.fixes import put
from medcode.edits.services import Service, services
from medcode.edits.setting import setting_of
from medcode.findings import Outcome

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.edits.base import AnyEdit

ON = date(2026, 2, 1)
NO_DAY = "13/13/2030"
BAD: dict[str, Any] = {"charge": "$1", "quantity": "one", "service_date": NO_DAY}
READS_OF = {
    "charge": {"line.charge"},
    "quantity": {"line.quantity", "service.units"},
    "service_date": {"line.service_date", "context.line_days", "service.day", "service.last"},
}
AS_IT_STANDS = {"CLM06", "CLM71"}
"""Edits that hold one line against another, or ask whether a day is told, and need not read it for that."""

ORDINARY = (
    visit(lines=(line(), line("99214", modifiers=("25",)))),
    dental(lines=(filling(), filling())),
    stay("I50.20", lines=(room(), room(revenue_code="0300", procedure="80053", service_date="2026-01-03"))),
    stay("I50.20", facility_type="13", admission=None, lines=(room(procedure="80053"), room())),
)


def watched(kind: type[Any], what: str, read: set[str]) -> type[Any]:
    """Give a class whose objects note which of their fields were read."""

    def note(self: Any, name: str) -> Any:
        read.add(f"{what}.{name}")
        return super(changed, self).__getattribute__(name)

    changed: type[Any] = type(kind.__name__, (kind,), {"__getattribute__": note})
    return changed


def read_by(edit: AnyEdit, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Name what an edit reads of the lines and their days, whoever else has read it."""
    read: set[str] = set()
    context = watched(Context, "context", read)(claim, ON, edit.example_tables)
    for name in ("units", "last", "day"):
        monkeypatch.setattr(Service, name, noted(name, read))
    services(context)
    context.claim = claim.evolve()
    vars(context.claim)["lines"] = tuple(
        copied(each, watched(type(each), "line", read)) for each in claim.lines
    )
    read.clear()
    list(edit.check(context.claim, context))
    return read


def noted(name: str, read: set[str]) -> property:
    """Give a field of a service that notes when it is read."""
    at = Service._fields.index(name)

    def note(service: Service) -> Any:
        read.add(f"service.{name}")
        return tuple.__getitem__(service, at)

    return property(note)


def copied(part: Any, kind: type[Any]) -> Any:
    """Give a copy of a part of a claim as of another class."""
    copy = object.__new__(kind)
    object.__setattr__(copy, "__dict__", dict(vars(part)))
    return copy


def judging(others: Collection[str]) -> list[AnyEdit]:
    """Give the edits that judge what they read, of one claim."""
    return [
        edit
        for edit in EDITS.values()
        if edit.id not in others and edit.family != "OCE" and not edit.over_batch
    ]


@pytest.mark.parametrize("field", BAD)
@pytest.mark.parametrize("edit", judging(AS_IT_STANDS), ids=lambda edit: edit.id)
def test_what_cannot_be_read_is_no_pass(edit: AnyEdit, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for claim in (*edit.passes, *edit.fails, *ORDINARY):
        is_about = features(claim, frozenset(words(edit.applies_to)))
        if not is_about or setting_of(claim) not in edit.settings:
            continue
        with monkeypatch.context() as patched:
            if READS_OF[field].isdisjoint(read_by(edit, claim, patched)):
                continue
        first, *rest = claim.lines
        broken = claim.evolve(lines=(attrs.evolve(first, **{field: BAD[field]}), *rest))
        told = check(broken, select=(edit.id,), on=ON, tables=edit.example_tables).outcomes[edit.id]
        assert told
        assert Outcome.PASS not in told


COMPARED = {"CLM06", "CLM33"}
"""Edits that look for the same thing twice: what cannot be read is the same as nothing else."""


def readable(part: Part, before: str = "") -> Iterator[str]:
    """Give the path of each day, amount and number of a claim."""
    for field in attrs.fields(type(part)):
        value, path = getattr(part, field.name), f"{before}{field.name}"
        if isinstance(value, (date, DateRange, Decimal)):
            yield path
        elif isinstance(value, Part):
            yield from readable(value, f"{path}.")
        elif isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, Part):
                    yield from readable(each, f"{path}[{number}].")


@pytest.mark.parametrize("edit", judging(COMPARED), ids=lambda edit: edit.id)
def test_a_claim_that_fails_does_not_pass_for_want_of_a_value(edit: AnyEdit) -> None:
    for claim in edit.fails:
        for path in readable(claim):
            broken = put(claim, path, Malformed("one"))
            told = check(broken, select=(edit.id,), on=ON, tables=edit.example_tables).outcomes[edit.id]
            assert Outcome.PASS not in told, path


def outcome(rule: str, *claims: Claim) -> dict[Outcome, int]:
    return dict(check(claims, select=(rule,), on=ON).outcomes[rule])


@pytest.mark.parametrize(
    ("rule", "claim", "path"),
    [
        ("CLM02", visit(stated_total="$1"), "stated_total"),
        ("CLM02", visit(lines=(line(), line(charge="$1"))), "lines[1].charge"),
        ("CLM10", visit(lines=(line(), line(service_date=None))), "lines[1].service_date"),
        ("CLM14", stay("I50.20", lines=(room(service_date=NO_DAY),)), "lines[0].service_date"),
        ("CLM15", stay("I50.20", statement_dates=NO_DAY), "statement_dates"),
        (
            "CLM41",
            stay("I50.20", lines=(room(procedure="80053", service_date=NO_DAY),)),
            "lines[0].service_date",
        ),
        ("CLM66", visit(dates=ClaimDates(onset=NO_DAY)), "dates.onset"),
        ("CLM66", visit(subscriber=SUBSCRIBER.evolve(death_date=NO_DAY)), "subscriber.death_date"),
        ("CLM67", visit(dates=ClaimDates(onset=NO_DAY)), "dates.onset"),
        ("CLM67", stay("I50.20", occurrences=(Occurrence("11", NO_DAY),)), "occurrences[0].date"),
        ("CLM68", stay("I50.20", admission=NO_DAY), "admission"),
        (
            "CLM69",
            stay("I50.20", principal_procedure=InpatientProcedure("02703DZ")),
            "principal_procedure.date",
        ),
        (
            "CLM69",
            stay("I50.20", principal_procedure=InpatientProcedure("02703DZ", NO_DAY)),
            "principal_procedure.date",
        ),
        (
            "CLM71",
            stay(
                "I50.20",
                facility_type="13",
                lines=(room(procedure="80053"),),
                admission=None,
                statement_dates=NO_DAY,
            ),
            "statement_dates",
        ),
    ],
)
def test_it_says_what_could_not_be_read(rule: str, claim: Claim, path: str) -> None:
    report = check(claim, select=(rule,), on=ON)
    (said,) = (each for each in report.not_checked if each.location.path)
    assert said.location.path == path
    assert said.message.startswith("Not checked: ")
    assert report.outcomes[rule] == {Outcome.NOT_CHECKED: 1}
    assert NO_DAY not in said.message


def test_lines_that_can_be_read_are_judged_all_the_same() -> None:
    lines = (line(charge="$1"), line(charge=-1))
    report = check(visit(lines=lines), select=("CLM16", "CLM17"), on=ON)
    assert [each.location.path for each in report.findings] == ["lines[1].charge"]
    assert [(each.rule, each.location.path) for each in report.not_checked] == [
        ("CLM16", "lines[0].charge"),
        ("CLM17", "lines[0].charge"),
    ]


def test_a_line_of_an_institution_without_a_day_lacks_nothing() -> None:
    assert outcome("CLM10", stay("I50.20", lines=(room(),))) == {Outcome.PASS: 1}


def test_codes_of_a_claim_without_a_day_are_judged_by_their_shape() -> None:
    undated = visit(lines=(line("A0425", service_date=None),))
    assert outcome("CLM41", undated) == {Outcome.NOT_CHECKED: 1}
    assert outcome("CLM41", visit(lines=(line("9921", service_date=None),))) == {Outcome.FAIL: 1}
    assert outcome("CLM43", visit(lines=(line("00142", service_date=None),))) == {Outcome.FAIL: 1}


@pytest.mark.parametrize("amount", ["paid", "adjustments"])
@pytest.mark.parametrize("rule", ["CLM18", "CLM19", "CLM63"])
def test_a_decision_with_an_amount_that_cannot_be_read_is_not_checked(rule: str, amount: str) -> None:
    broken: Any = "$80" if amount == "paid" else [Adjustment("CO", "45", "$20")]
    decision = LineAdjudication(payer_id="FIRST", paid="80", procedure="99213").evolve(**{amount: broken})
    claim = visit(lines=(line(adjudications=(decision,)),), other_payers=(other("80"),))
    (said,) = outcome(rule, claim)
    if (rule, amount) == ("CLM19", "adjustments"):
        assert said is Outcome.PASS  # it asks what was paid, and that is told
    elif (rule, amount) == ("CLM63", "paid"):
        assert said is Outcome.FAIL  # it asks what was adjusted, and that is too little
    else:
        assert said is Outcome.NOT_CHECKED

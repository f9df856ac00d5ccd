"""An edit that says what it concerns misses nothing: the report is that of calling every edit on every claim."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import attrs
import pytest
from hypothesis import given

from medcode.claims import x12
from medcode.claims.model.claim import Claim
from medcode.codesets import icd9cm, icd10cm, icd10pcs, memory
from medcode.codesets.code import Malformed
from medcode.edits import EDITS, NO_TABLES, Edit, plan
from medcode.edits.base import initials_of
from medcode.edits.concern import FEW, VALUES, asks
from medcode.edits.engine import Engine
from medcode.edits.examples import BILLING, line, visit
from medcode.edits.features import ANY, words
from medcode.edits.judged import told_of
from medcode.findings import Source
from medcode.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from medcode.edits import Context, Tables
    from medcode.edits.base import AnyEdit
    from medcode.edits.concern import LineKey
    from medcode.findings import Finding, Report

TODAY = date(2026, 11, 23)
PLAIN = {
    "in_hospital",
    "lines.quantity",
    "repeated_diagnoses",
    "repeated_procedures",
    "several_classifications",
    "specialty",
    "unnamed",
}
"""Features that only save a call: an edit about them finds nothing on a claim without them, whatever it is."""

ASKED = [edit for edit in EDITS.values() if asks(edit)]
EXAMPLES = [claim for edit in EDITS.values() for claim in (*edit.passes, *edit.fails)]


def unasked(claims: Sequence[Claim], edits: Iterable[AnyEdit], tables: Tables = NO_TABLES) -> Report:
    """Return the report of calling every edit on every claim that it is about, and those of plain features on all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan, "asks", lambda _edit: False)
        patch.setattr(plan, "words", lambda names: (ANY,) if PLAIN & set(words(names)) else words(names))
        return Engine(tuple(edits)).check(claims, lambda: TODAY, tables)


def differences(claims: Sequence[Claim], edits: Sequence[AnyEdit], tables: Tables = NO_TABLES) -> list[str]:
    """Return what differs between asking edits what they concern and calling all of them."""
    asked, called = Engine(edits).check(claims, lambda: TODAY, tables), unasked(claims, edits, tables)
    return [
        f"{field.name}: {set(getattr(called, field.name)) ^ set(getattr(asked, field.name))}"
        for field in attrs.fields(type(asked))
        if getattr(asked, field.name) != getattr(called, field.name)
    ]


def crossed(number: int) -> Iterator[Claim]:
    """Yield examples of edits with a few parts of others of their kind: most of them are wrong in several ways."""
    choose = random.Random(7)  # the same claims each time
    by_kind: dict[type[Claim], list[Claim]] = {}
    for claim in EXAMPLES:
        by_kind.setdefault(type(claim), []).append(claim)
    for _ in range(number):
        claim = choose.choice(EXAMPLES)
        other: Any = choose.choice(by_kind[type(claim)])
        names = [field.name for field in attrs.fields(type(claim)) if field.name != "origin"]
        parts: dict[str, Any] = {name: getattr(other, name) for name in choose.sample(names, 8)}
        parts["lines"] = choose.choice([claim.lines, other.lines, (*claim.lines, *other.lines)])
        yield claim.evolve(**parts)


def test_the_examples_of_each_edit() -> None:
    """A declaration that is too narrow loses a finding of the edit's own examples, or of one crossed with others."""
    failed = {
        edit.id: found
        for edit in EDITS.values()
        if not edit.over_batch
        and (found := differences((*edit.passes, *edit.fails), [edit], edit.example_tables))
    }
    assert not failed


@pytest.mark.slow
def test_every_edit_over_all_examples_and_over_examples_crossed_with_one_another() -> None:
    claims = [*EXAMPLES, *crossed(1_500)]
    assert differences(claims, tuple(EDITS.values())) == []


@pytest.mark.slow
@given(strategies.claims())
def test_claims_that_are_drawn(claim: Claim) -> None:
    assert differences([claim], ASKED) == []


def test_published_claims(reference: Path) -> None:
    claims = [
        claim
        for path in sorted((reference / "samples").glob("*/837*/*.edi"))
        for claim in x12.load(path).claims()
    ]
    assert differences(claims, tuple(EDITS.values())) == []


class NoOffice(Edit[Claim]):
    """A service was given in the office."""

    id, name, snip = "OWN01", "no-office", 7
    source = Source("Example practice", "Billing rules")

    def check(self, claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        for number, _ in enumerate(claim.lines):
            yield self.fail(f"lines[{number}]", None, "Given in the office.")


class Narrow(NoOffice):
    """It says that it concerns fewer lines than it finds something on."""

    def concerns_line(self, line: LineKey, /) -> bool:
        return line.code == "99213"


class Raising(NoOffice):
    """It fails when it is asked."""

    def concerns_line(self, line: LineKey, /) -> bool:
        raise LookupError(line.code)


def test_a_declaration_that_is_too_narrow_is_seen() -> None:
    assert differences([visit(lines=(line("99214"),))], [Narrow()])
    assert not differences([visit(lines=(line("99213"),))], [Narrow()])


def test_an_edit_that_fails_when_asked_is_called() -> None:
    report = Engine([Raising()]).check([visit()], lambda: TODAY)
    assert [finding.rule for finding in report.findings] == ["OWN01"]


def test_few_edits_run_on_an_ordinary_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[str] = []
    run = plan.BoundEdit.run

    def noted(bound: plan.BoundEdit, claim: Claim, context: Context[Claim]) -> Sequence[Finding]:
        ran.append(bound.edit.id)
        return run(bound, claim, context)

    monkeypatch.setattr(plan.BoundEdit, "run", noted)
    Engine(tuple(EDITS.values())).check([visit(lines=(line("99213"), line("36415")))], lambda: TODAY)
    assert len(ran) <= 30


def test_what_edits_say_of_codes_is_asked_again_when_a_table_is_reloaded() -> None:
    ready = plan.ReadyEdits.of(ASKED, {})
    first = plan.questions_of(ready)
    assert plan.questions_of(ready) is first
    memory.forget()
    assert plan.questions_of(ready) is not first


@pytest.mark.parametrize("name", ["concerns_code", *VALUES, "concerns_claim"])
def test_an_edit_that_says_nothing_concerns_everything(name: str) -> None:
    concerns: Any = getattr(NoOffice(), name)
    assert concerns(*[None] * (3 if name == "concerns_code" else 1))


def test_what_edits_say_of_the_codes_that_concern_them_holds_for_every_code() -> None:
    """An edit that names first characters or flags of codes is asked of no others, so it must find nothing on them."""
    declaring = [edit for edit in EDITS.values() if edit.initials is not None or edit.code_flags is not None]
    sets = (icd10cm, icd9cm, icd10pcs)
    codes = [kind.code_type.trusted(code) for kind in sets for code in kind.table.codes[::11]]
    wrong = {
        (edit.id, code)
        for code in [*codes, Malformed(""), Malformed("o80"), Malformed("Z3A")]
        for status, flags in [told_of(code, date(2014, 5, 5)), told_of(code, TODAY)]
        for edit in declaring
        if (edit.initials is not None and code[:1] not in edit.initials)
        or (edit.code_flags is not None and flags.isdisjoint(edit.code_flags))
        if edit.concerns_code(code, status, flags)
    }
    assert len(declaring) > 10
    assert wrong == set()


class OfOneLetter(NoOffice):
    """It is about codes that begin with an E and counts how often it is asked."""

    initials = initials_of(["E11"])
    asked: ClassVar[list[str]] = []

    def concerns_code(self, code: Any, *_given: Any) -> bool:
        self.asked.append(code)
        return True


def test_an_edit_is_not_asked_of_codes_that_begin_otherwise() -> None:
    report = Engine([OfOneLetter()]).check(
        [visit("I10"), visit("I10", "E11.9"), visit("E11.9")], lambda: TODAY
    )
    assert [finding.claim for finding in report.findings] == [1, 2]
    assert OfOneLetter.asked == ["E119"]


class OfProviders(NoOffice):
    """It counts how often it is asked about a provider."""

    asked: ClassVar[list[object]] = []

    def concerns_provider(self, provider: Any, /) -> bool:
        self.asked.append(provider)
        return False


def test_a_provider_that_claims_share_is_asked_about_once() -> None:
    claims = [visit(rendering_provider=BILLING.evolve(last_name=f"ROE{number}")) for number in range(FEW * 2)]
    shared = [claim.evolve(billing_provider=claims[0].billing_provider) for claim in claims]
    Engine([OfProviders()]).check(shared, lambda: TODAY)
    assert len(OfProviders.asked) < FEW * 2 + 8


class Stopped(NoOffice):
    """Its class fails when it is asked."""

    @classmethod
    def concerns_claim(cls, context: Context[Claim], /) -> bool:
        raise LookupError(context.number)


def test_a_class_that_fails_when_asked_is_called() -> None:
    report = Engine([Stopped()]).check([visit()], lambda: TODAY)
    assert [finding.rule for finding in report.findings] == ["OWN01"]

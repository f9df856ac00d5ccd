"""A text that slips into a wrong place shows nowhere: a sentinel in every element of every kind of file, in every format.

What a caller asks for (the text of a file, a tree with data, the answer to a sender) is no message, and is not searched.
"""

from __future__ import annotations

import json
import logging
import pickle
import warnings
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.fhir.bundles import carried, office_visit
from tests.claims.rif.test_rif import CARRIER, INPATIENT, PEOPLE, rif
from tests.claims.test_drawn_forms import written
from tests.claims.x12.answers.texts import ACKNOWLEDGMENT, REMITTANCE
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire

from medcode import scrub
from medcode.claims import InstitutionalClaim, fhir, forms, x12
from medcode.claims.ledger import Ledger
from medcode.claims.remittance import Remittance
from medcode.claims.rif import read_claims
from medcode.cli.checked import Checked
from medcode.cli.formats import FORMATS, shown
from medcode.edits import check
from medcode.errors import MedcodeError
from medcode.findings import Report
from medcode.history import CodedHistory
from medcode.masking import mask
from medcode.testing import Payer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

WORDS = ("Qzmaple", "QZ-193107196", "QZ MAPLE")

STAY = InstitutionalClaim.from_dict(
    {
        "control_number": "A1",
        "billing_provider": {"organization": "HOSPITAL", "npi": "1234567893", "tax_id": "870000001"},
        "subscriber": {"last_name": "DOE", "first_name": "JANE", "member_id": "M1", "sex": "F", "birth_date": "1961-04-12"},
        "payer": {"organization": "PLAN", "payer_id": "60001"},
        "facility_type": "11",
        "statement_dates": {"start": "2026-01-02", "end": "2026-01-04"},
        "admission": "2026-01-02T10:00",
        "principal_diagnosis": "I50.20",
        "discharge_status": "01",
        "lines": [{"revenue_code": "0120", "charge": "900", "quantity": "2", "unit": "DA"}],
    }
)  # fmt: skip

TEXTS = {
    "837P": wire(enclosed(transaction(RICH))),
    "837I": x12.dumps([STAY], check=False),
    "835": REMITTANCE,
    "277CA": ACKNOWLEDGMENT,
}


def slipped(text: str, word: str) -> Iterator[tuple[str, str]]:
    """Yield a text with the word in each of its elements, one after the other, and the name of the place."""
    segments = text.split("~")
    for at, segment in enumerate(segments):
        elements = segment.split("*")
        for number in range(1, len(elements)):
            changed = "*".join([*elements[:number], word, *elements[number + 1 :]])
            if segment.strip().startswith("ISA"):
                changed = "*".join(
                    [
                        *elements[:number],
                        word[: len(elements[number])].ljust(len(elements[number])),
                        *elements[number + 1 :],
                    ]
                )
                if number in {11, 16}:
                    continue  # delimiters
            yield (
                f"{elements[0].strip()}{number:02}",
                "~".join([*segments[:at], changed, *segments[at + 1 :]]),
            )


def said_of(report: Report, name: str = "a.837") -> Iterator[str]:
    """Yield a report in every form that it has."""
    yield from (repr(report), str(report), report.to_json(), report._repr_html_())
    yield from (shown([Checked(name, report)], form) for form in FORMATS if form != "csv")


def attempt(action: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Yield what an action says, or the error that it ends with."""
    try:
        yield from action()
    except MedcodeError as error:
        yield from (repr(error), str(error))


def told_by_x12(text: str, findings: list[Any]) -> Iterator[str]:
    """Yield all that is said of a text of X12, without its being asked for data; gather what is found."""
    sent = x12.loads(text)
    yield from (repr(sent), sent.tree(), sent._repr_html_(), repr(sent.interchanges))
    yield from map(repr, (group for each in sent.interchanges for group in (*each.groups, each)))
    yield from (repr(one) for each in sent.interchanges for group in each.groups for one in group.sets)
    yield from map(repr, sent.records())
    found = scrub(text).findings if "*837*" in text else sent.findings
    findings += found
    yield repr(found)
    yield from attempt(lambda: (x12.dumps(list(sent.records()))[:0],))  # only its error is searched


def check_hidden(said: Iterable[str], word: str, place: str, found: dict[str, str]) -> None:
    """Note where a word is said, in whatever letter case."""
    for text in said:
        if (at := text.lower().find(word.lower())) >= 0:
            found.setdefault(place, text[max(at - 150, 0) : at + 40])


@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_no_element_of_x12_shows(kind: str) -> None:
    found: dict[str, str] = {}
    findings: list[Any] = []
    for number, (place, text) in enumerate(slipped(TEXTS[kind], "{}")):
        word = WORDS[number % len(WORDS)]
        changed = text.replace("{}", word)
        check_hidden(attempt(lambda changed=changed: told_by_x12(changed, findings)), word, place, found)  # type: ignore[misc]  # mypy cannot infer a lambda's default
    once = {(each.rule, each.message): each for each in findings}
    for word in WORDS:
        check_hidden(said_of(Report(tuple(once.values()))), word, "formats", found)
    assert not found, "\n".join(f"{place}: {text}" for place, text in found.items())


@pytest.mark.parametrize("kind", forms.KINDS)
def test_what_a_form_holds_is_searched(kind: str) -> None:
    (claim,) = x12.iter_claims(TEXTS["837I"])
    for asked in (True, False):
        assert any("DOE" in text for text in written(forms.draw([claim], kind, phi=asked), kind)) is asked


def told_by_claims(text: str) -> Iterator[str]:
    """Yield what is said of claims that were read, wherever they go without being asked for data."""
    claims = list(x12.iter_claims(text))
    for claim in claims:
        yield from (claim._repr_html_(), *fhir.dropped(claim), repr(pickle.loads(pickle.dumps(claim))))
        for kind in forms.KINDS:
            yield from written(forms.draw([claim], kind), kind)
        content = fhir.read_bundle(fhir.to_bundle(claim))
        yield from (repr(content), repr(content.unread))
    for history in CodedHistory.by_patient(claims, patient=lambda _: "A").values():
        yield from (repr(history), repr(history.problems), *map(repr, history))
    yield from attempt(lambda: (repr(Payer("denials", seed=1).answer(text)),))
    yield from attempt(lambda: (mask(text, b"k" * 32)[:0],))  # only its error is searched


def told_by_answers(text: str) -> Iterator[str]:
    """Yield what is said of answers that were read."""
    for record in x12.loads(text).records():
        yield from (str(record), repr(record))
        if isinstance(record, Remittance):
            yield from (record._repr_html_(), *map(repr, record.claims))


def told_by_ledger(*texts: str) -> Iterator[str]:
    """Yield what a ledger says of its claims and of the answers that fit none."""
    with Ledger() as ledger:
        ledger.add(*texts)
        yield from (repr(ledger), repr(ledger.totals))
        for left in ledger.unmatched:
            yield from (repr(left), left.why)
        for entry in ledger:
            yield from (repr(entry), entry.next_step, repr(entry.refusals), repr(entry.adjustments))
            for each in (*entry.events, *entry.problems, *entry.payments, *entry.prevention):
                yield from (repr(each), str(each))
            for made in (entry.replacement, entry.void, entry.secondary):
                yield from attempt(lambda made=made: (repr(made()),))  # type: ignore[misc]  # as above


@pytest.mark.slow
@pytest.mark.parametrize("kind", TEXTS)
def test_no_element_shows_in_what_is_made_of_it(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    found: dict[str, str] = {}
    sent, said = ([], told_by_claims) if kind.startswith("837") else ([TEXTS["837P"]], told_by_answers)
    once = dict(slipped(TEXTS[kind], "{}"))  # each place of a segment once
    for number, (place, text) in enumerate(once.items()):
        word = WORDS[number % len(WORDS)]
        changed = text.replace("{}", word)
        check_hidden(attempt(lambda changed=changed: said(changed)), word, place, found)  # type: ignore[misc]  # as above
        check_hidden(attempt(lambda changed=changed: told_by_ledger(*sent, changed)), word, place, found)  # type: ignore[misc]  # as above
        check_hidden([caplog.text], word, place, found)
        caplog.clear()
    assert not found, "\n".join(f"{place}: {text}" for place, text in found.items())


def leaves(data: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to each text of JSON."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from leaves(value, (*way, key))
    elif isinstance(data, list):
        for at, value in enumerate(data):
            yield from leaves(value, (*way, at))
    elif isinstance(data, str):
        yield way


@pytest.mark.slow
def test_no_text_of_a_bundle_shows() -> None:
    bundle = fhir.to_bundle(office_visit())
    found: dict[str, str] = {}
    for way in leaves(bundle):
        spoiled = carried(bundle)
        node = spoiled
        for step in way[:-1]:
            node = node[step]
        node[way[-1]] = "Qzmaple"

        def told(spoiled: Any = spoiled) -> Iterator[str]:
            read = fhir.read_bundle(spoiled)
            yield from (repr(read), repr(read.claims), json.dumps([*map(str, read.unread)]))
            yield from said_of(check(read.claims))

        check_hidden(attempt(told), "Qzmaple", ".".join(map(str, way)), found)
    assert not found, "\n".join(f"{place}: {text}" for place, text in found.items())


@pytest.mark.slow
def test_no_column_of_rif_shows(tmp_path: Path) -> None:
    found: dict[str, str] = {}
    for row in (CARRIER, INPATIENT):
        for column in row:
            if column.endswith("_ID"):
                continue

            def told(changed: dict[str, str] = {**row, column: "Qzmaple"}) -> Iterator[str]:  # noqa: B006  # read once
                claims = list(
                    read_claims(rif(tmp_path / "a.csv", changed), rif(tmp_path / "people.csv", PEOPLE))
                )
                yield repr(claims)
                yield from said_of(check(claims))

            check_hidden(attempt(told), "Qzmaple", column, found)
    assert not found, "\n".join(f"{place}: {text}" for place, text in found.items())


@pytest.fixture(autouse=True)
def _no_coverage_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield

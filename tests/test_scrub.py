"""A file or claims in, one report out."""

from __future__ import annotations

import io
import random
import re
import tracemalloc
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import attrs
import pytest

import medcode
import medcode.scrubbing
from medcode import scrub
from medcode.claims import ProfessionalClaim, x12
from medcode.claims.submission import Submission
from medcode.claims.x12.codec.path_index import Origin
from medcode.findings import Finding, Outcome, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from medcode.claims import Claim
    from medcode.claims.x12.codec.path_index import PathIndex

_Item = TypeVar("_Item")
_Answer = TypeVar("_Answer")

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def visit() -> Submission:
    return Submission.load(EXAMPLES / "office-visit.toml")


@pytest.fixture(scope="module")
def wrong(visit: Submission) -> ProfessionalClaim:
    claim = visit.claims[0]
    assert isinstance(claim, ProfessionalClaim)
    return claim.evolve(diagnoses=["E11", "I10"], lines=claim.lines[1:])


@pytest.fixture(scope="module")
def text(visit: Submission, wrong: ProfessionalClaim) -> str:
    """Two claims on lines of their own; the second has a heading for a diagnosis, a count is wrong."""
    envelope = visit.envelope.evolve(line_end="\n")
    return x12.dumps([visit.claims[0], wrong], envelope).replace("SE*37*", "SE*99*")


def test_the_name_is_always_the_function() -> None:
    assert medcode.scrub is scrub is medcode.scrubbing.scrub


def test_a_clean_file_is_ok_and_its_claims_are_counted(visit: Submission) -> None:
    report = scrub(visit.to_x12())
    assert report.ok
    assert (report.findings, report.claims) == ((), 1)
    assert report.tables["icd10cm"]


def test_structure_and_content_come_in_the_order_of_the_file(text: str) -> None:
    report = scrub(text)
    assert [(f.rule, f.snip, f.claim) for f in report.findings] == [("ICD01", 5, 1), ("X024", 1, None)]
    lines = text.splitlines()
    for finding in report.findings:
        at = finding.location
        assert at.line is not None
        assert at.column == 1
        assert lines[at.line - 1].startswith(f"{at.segment}*")
    assert report.findings[0].location.path == "diagnoses[0].code"


def test_every_kind_of_source_gives_the_same_report(text: str, tmp_path: Path) -> None:
    path = tmp_path / "claims.837"
    path.write_text(text, encoding="utf-8")
    findings = scrub(text).findings
    sources = (
        path, str(path), text.encode(), x12.loads(text), io.StringIO(text), io.BytesIO(text.encode()),
    )  # fmt: skip
    assert [scrub(source).findings == findings for source in sources] == [True] * 6


def test_places_are_found_across_the_pieces_a_file_is_read_in(text: str) -> None:
    head, tail = text.split("ST*", 1)
    padded = head + "\n" * 70_000 + " ST*" + tail
    places = [f.location for f in scrub(padded).findings if f.rule == "X024"]
    assert [(at.line, at.column) for at in places] == [(padded.count("\n", 0, padded.index("SE*")) + 1, 1)]
    one_line = text.replace("\n", "")
    (place,) = [f.location for f in scrub(one_line, select=["X024"]).findings]
    assert (place.line, place.column) == (1, one_line.index("SE*") + 1)


def test_claims_have_no_structure_yet(visit: Submission, wrong: ProfessionalClaim) -> None:
    assert [f.rule for f in scrub(wrong).findings] == ["ICD01"]
    report = scrub(iter([*visit.claims, wrong]))
    assert [(f.rule, f.claim, f.location.line) for f in report.findings] == [("ICD01", 1, None)]


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ({"snip": (1, 2)}, ["X024"]),
        ({"snip": (5,)}, ["ICD01"]),
        ({"snip": ()}, []),
        ({"select": "X"}, ["X024"]),
        ({"select": ["set-segment-count", "ICD"]}, ["ICD01", "X024"]),
        ({"select": ["SNIP5"]}, ["ICD01"]),
        ({"ignore": ["x024", "ICD01"]}, []),
        ({"ignore": ["SNIP1"]}, ["ICD01"]),
    ],
)
def test_rules_are_chosen(text: str, words: dict[str, list[str]], rules: list[str]) -> None:
    report = scrub(text, **words)  # type: ignore[arg-type]  # one word or another
    assert [finding.rule for finding in report.findings] == rules
    assert report.claims == 2


def test_an_unknown_word_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unknown edit 'ICD99'"):
        scrub(text, select=["ICD99"])


def test_the_day_of_the_transaction_can_be_given(visit: Submission) -> None:
    assert scrub(visit.claims, on=date(2026, 12, 1)).ok


def test_a_finding_without_a_place_stands_after_the_one_before(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("medcode.claims.x12.codec.path_index.PathIndex.find", lambda *_: None)
    found = scrub(text).findings
    assert [(f.rule, f.location.line) for f in found] == [("ICD01", None), ("X024", 39)]


def test_a_place_at_the_very_end_is_told() -> None:
    cut = "ST*837*0001*005010X222A1~\nBHT*0019*00*1*20260105*1200*CH"
    (place,) = [f.location for f in scrub(cut, select=["set-trailer-missing"]).findings]
    assert (place.line, place.column) == (2, 1)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(visit: Submission, tmp_path: Path) -> None:
    head, *body, tail = re.split("(?=ST\\*837)|(?=GE\\*)", visit.to_x12())

    def peak(sets: int) -> int:
        path = tmp_path / f"{sets}.837"
        numbered = (
            re.sub(r"\*0001\b", f"*{number:04}", body[0]).replace("2026-000147", f"{number}")
            for number in range(1, sets + 1)
        )
        path.write_text("".join((head, *numbered, tail.replace("GE*1", f"GE*{sets}"))), encoding="utf-8")
        tracemalloc.start()
        report = scrub(path, ignore=["NCCI"])  # without tables these say so of every claim
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (report.claims, report.findings) == (sets, ())
        return used

    few, many = peak(500), peak(1_300)
    assert many - few < 300_000  # of 960,000 bytes more


def test_processes_share_the_claims_and_say_the_same(visit: Submission, tmp_path: Path) -> None:
    changes: dict[str, Any] = {"diagnoses": ["M54.5", "I10"]}
    wrong = attrs.evolve(visit.claims[0], **changes)
    text = Submission(claims=(visit.claims[0], wrong, visit.claims[0]) * 40, envelope=visit.envelope).to_x12()
    path = tmp_path / "many.837"
    path.write_text(text.replace("LX*1~", "LX*2~", 3), encoding="utf-8")
    alone, shared = scrub(path), scrub(path, jobs=2)
    assert len(alone.findings) > 40
    assert shared.findings == alone.findings
    assert shared.not_checked == alone.not_checked
    assert (shared.claims, shared.outcomes) == (alone.claims, alone.outcomes)
    content = scrub(path, snip=(5,), jobs=3)
    assert content.findings == tuple(f for f in alone.findings if f.snip == 5)


def test_an_edit_over_the_batch_keeps_to_one_process(visit: Submission) -> None:
    text = Submission(claims=visit.claims * 2, envelope=visit.envelope).to_x12()
    report = scrub(text, select=["duplicate-claim"], jobs=2)
    assert [finding.claim for finding in report.findings] == [1]


def shared_here(work: Callable[[_Item], _Answer], items: Iterable[_Item], _jobs: int) -> Iterator[_Answer]:
    """Do in this process what others would do, where its lines are counted."""
    return map(work, items)


def test_the_share_of_a_process_is_numbered_as_the_file_is(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("medcode.scrubbing.shared", shared_here)
    alone, shared = scrub(text), scrub(text, jobs=2)
    assert shared == alone
    assert [finding.claim for finding in shared.findings] == [1, None]


FAULTS = (
    ("SV1*HC:", "SV1*HC:*", "SV1*:"),
    ("HI*ABK:", "HI*ABK:E11*ABF:", "HI*ABK:*"),
    ("NM1*85*2*", "NM1*85*2**", "NM1*85*9*"),
    ("CLM*", "CLM**", "ZZZ*"),
    ("*1234567893", "*1234567890"),
    ("DTP*472*D8*", "DTP*472*D8*9", "DTP*472*D9*"),
    ("LX*1~", "", "LX*7~"),
    ("DMG*D8*", "DMG*D8*3", "DMG**"),
)


def broken(text: str, seed: int) -> str:
    """Break a text in four places, chosen by a number."""
    chance = random.Random(seed)
    for _ in range(4):
        whole, *wrong = chance.choice([fault for fault in FAULTS if fault[0] in text])
        pieces = text.split(whole)
        at = chance.randrange(1, len(pieces))
        text = whole.join(pieces[:at]) + chance.choice(wrong) + whole.join(pieces[at:])
    return text


@pytest.mark.parametrize("seed", range(12))
def test_any_number_of_processes_makes_the_same_report_of_a_broken_file(
    seed: int, visit: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = [visit.claims[0].evolve(control_number=f"C{number}") for number in range(5)]
    text = broken(x12.dumps(claims, visit.envelope), seed)
    monkeypatch.setattr("medcode.scrubbing.shared", shared_here)
    monkeypatch.setattr("medcode.scrubbing._PARTS", 4)
    alone = scrub(text)
    assert alone.findings
    for jobs in (2, 3):
        shared = scrub(text, jobs=jobs)
        assert shared == alone
        assert [*shared.outcomes] == [*alone.outcomes]
    for finding in (*alone.findings, *alone.not_checked, *alone.bypassed):
        assert (finding.location.offset is None) == (finding.location.line is None)


def test_an_edit_yields_to_a_rule_of_structure_in_each_process(
    visit: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = x12.dumps(visit.claims * 4, visit.envelope).replace("SV1*HC:99214", "SV1*HC:")
    monkeypatch.setattr("medcode.scrubbing.shared", shared_here)
    monkeypatch.setattr("medcode.scrubbing._PARTS", 2)
    alone, shared = scrub(text), scrub(text, jobs=2)
    assert {finding.rule for finding in alone.findings} >= {"X051"}
    assert "CLM04" not in {finding.rule for finding in shared.findings}
    assert shared == alone
    assert "CLM04" in {finding.rule for finding in scrub(text, snip=(3, 4, 5, 6, 7), jobs=2).findings}


def test_what_was_bypassed_has_its_line(visit: Submission, monkeypatch: pytest.MonkeyPatch) -> None:
    text = x12.dumps(visit.claims, visit.envelope.evolve(line_end="\n"))

    def check(claims: Iterable[Claim], *_: object) -> Report:
        (claim,) = claims
        at = claim.origin.place("diagnoses[0].code")
        return Report(bypassed=(Finding("ICD01", "bypassed", "", outcome=Outcome.BYPASSED, location=at),))

    monkeypatch.setattr("medcode.edits.check_as_of", check)
    (bypassed,) = scrub(text).bypassed
    assert bypassed.location.line == text[: text.index("HI*")].count("\n") + 1


def test_the_segments_of_a_claim_are_sorted_once_for_all_findings(
    visit: Submission, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = visit.claims[0]
    text = x12.dumps([claim.evolve(lines=claim.lines[:1] * 30)] * 2, visit.envelope, check=False)
    asked: list[Origin] = []
    places = Origin.places

    def counted(origin: Origin) -> PathIndex:
        asked.append(origin)
        return places(origin)

    monkeypatch.setattr(Origin, "places", counted)
    found = scrub(text, select=["duplicate-line"]).findings
    assert len({finding.location.offset for finding in found}) == len(found) == 58
    assert len(asked) == 2


@pytest.mark.parametrize("snip", [(8,), (1, 0), "5"])
def test_a_snip_type_that_is_none_is_refused(snip: Any) -> None:
    with pytest.raises(ValueError, match=f"the numbers 1 to 7, not {snip[-1]!r}"):
        scrub("ST*837*0001*005010X222A1~SE*2*0001~", snip=snip)

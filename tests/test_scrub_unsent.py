"""Claims as objects: a report is ok only if they could be written, whatever their attributes hold."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from medcode import scrub
from medcode.claims import x12
from medcode.claims.x12 import unsent
from medcode.edits.examples import dental, line, stay, visit
from medcode.errors import Rejected
from medcode.fixing import values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims import Claim

ON = date(2026, 1, 5)
ENVELOPE = x12.Envelope(sender="SENDER", receiver="RECEIVER", control_number=1)
CLAIMS = (visit("E11.9"), stay("I50.20"), dental())
WRONG = ("A~B", "X" * 300, "", "é", None, ())
"""Values of every kind that no attribute should have: some are refused when they are set, the others must be found."""


def put(part: Any, path: str, value: object) -> Any:
    """Return a part with another value at a path such as `lines[0].procedure.code`."""
    name, index, rest = re.fullmatch(r"(\w+)(?:\[(\d+)\])?\.?(.*)", path).groups()  # type: ignore[union-attr]  # every path has this form
    held = getattr(part, name)
    if index is not None:
        changed = list(held)
        changed[int(index)] = put(held[int(index)], rest, value) if rest else value
        return part.evolve(**{name: changed})
    return part.evolve(**{name: put(held, rest, value) if rest else value})


def broken(claim: Claim) -> Iterator[tuple[str, Claim]]:
    """Yield the claim with each of its attributes wrong in each way that the model allows."""
    paths = {path for path, _ in values(claim, "")}
    paths |= {path.partition(".")[0].partition("[")[0] for path in paths}
    for path in sorted(paths):
        for value in WRONG:
            try:
                yield f"{path} = {str(value)[:5]!r}", put(claim, path, value)
            except (TypeError, ValueError):
                continue


def written(claim: Claim) -> bool:
    try:
        return bool(x12.dumps([claim], ENVELOPE))
    except Rejected:
        return False


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: type(claim).__name__)
def test_ok_is_said_only_of_what_can_be_written(claim: Claim) -> None:
    tried = list(broken(claim))
    assert len(tried) > 100
    refused = {name for name, each in tried if not written(each)}
    assert refused
    assert {name for name, each in tried if not scrub([each], snip=(1, 2), on=ON).ok} == refused
    assert [name for name, each in tried if name in refused and scrub([each], on=ON).ok] == []


def test_what_an_edit_explains_is_found_once() -> None:
    claim = visit("n/a").evolve(billing_provider=visit("E11.9").billing_provider.evolve(npi="123"))
    assert [each.rule for each in scrub(claim, on=ON).findings] == ["ICD01", "CLM03"]
    assert [each.rule for each in scrub(claim, snip=(1, 2), on=ON).findings] == ["X093", "X093"]


def test_findings_name_the_claim_and_no_place_in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unsent, "_AT_ONCE", 2)
    fine, wrong = visit("E11.9"), visit("E11.9", lines=(line("99213", charge="1e"),))
    (found,) = scrub([fine, fine, fine, wrong, fine], on=ON).errors
    assert (found.claim, found.location.path) == (3, "lines[0].charge")
    assert (found.location.loop, found.location.segment, found.location.element) == ("2400", "SV1", 2)
    assert (found.location.position, found.location.offset, found.location.line) == (None, None, None)


def test_the_envelope_is_judged_if_it_is_known() -> None:
    found = scrub(visit("E11.9"), on=ON, envelope=x12.Envelope(sender="S", receiver="RECEIVER"))
    assert not found.ok
    assert scrub(visit("E11.9"), on=ON, envelope=ENVELOPE).ok
    nobody = visit("E11.9")
    nobody = nobody.evolve(billing_provider=nobody.billing_provider.evolve(contacts=()))
    assert scrub(nobody, on=ON).ok, "another may submit it"
    assert [each.rule for each in scrub(nobody, on=ON, envelope=ENVELOPE).errors] == ["X033"]
    assert scrub(visit("E11.9"), snip=(3, 4), on=ON, envelope=x12.Envelope(sender="S")).ok

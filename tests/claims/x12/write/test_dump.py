"""Claims are written to a file whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from tests.claims.x12.visits import ENVELOPE, VISIT

from medcode.claims import x12
from medcode.errors import Rejected, X12Error

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_a_file_holds_what_dumps_gives(tmp_path: Path) -> None:
    path = tmp_path / "visits.837"
    x12.dump((VISIT for _ in range(3)), path, ENVELOPE)
    assert path.read_text(encoding="utf-8") == x12.dumps([VISIT] * 3, ENVELOPE)
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_refused_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "visits.837"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(Rejected):
        x12.dump([VISIT, VISIT.evolve(place_of_service="ZZZ")], path, ENVELOPE)
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
    x12.dump([VISIT.evolve(place_of_service="ZZZ")], path, ENVELOPE, check=False)
    assert "ZZZ:B:1" in path.read_text(encoding="utf-8")


def test_no_claim_is_nothing_to_write(tmp_path: Path) -> None:
    with pytest.raises(X12Error, match="no record"):
        x12.dump([], tmp_path / "none.837")
    with pytest.raises(X12Error, match="no record"):
        x12.dumps([])
    assert list(tmp_path.iterdir()) == []


def test_one_claim_is_written_as_a_list_of_it() -> None:
    assert x12.dumps(VISIT, ENVELOPE) == x12.dumps([VISIT], ENVELOPE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: x12.dumps(cast("Any", 3)), "expected a claim or a list of claims, not int"),
        (lambda: x12.dumps(cast("Any", "ISA*")), "expected a claim or a list of claims, not str"),
        (lambda: x12.dumps([], cast("Any", "SUBMITTER")), "expected an Envelope, not str"),
    ],
    ids=["number", "text", "envelope"],
)
def test_what_is_no_claim_is_refused_by_its_type(call: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()

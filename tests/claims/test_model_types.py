"""A wrong type is refused when a claim is made, by what it is and never by its value."""

from __future__ import annotations

from typing import Any

import pytest
from tests.claims.test_model import visit
from tests.testing.samples import sample

from medcode.claims import Contact, DentalLine, InstitutionalLine, ProfessionalLine, Provider

LINES: dict[str, type] = {
    "professional": ProfessionalLine,
    "institutional": InstitutionalLine,
    "dental": DentalLine,
}


@pytest.mark.parametrize("kind", LINES)
def test_a_claim_takes_the_lines_of_its_kind_alone(kind: str) -> None:
    (claim, *_) = sample(kind, 10)
    other = next(cls for name, cls in LINES.items() if name != kind)
    (line, *_) = next(sample(name, 10)[0] for name, cls in LINES.items() if cls is other).lines
    with pytest.raises(TypeError, match=rf"expected {LINES[kind].__name__}, not {other.__name__}"):
        claim.evolve(lines=[line])
    assert claim.evolve(lines=list(claim.lines)) == claim


@pytest.mark.parametrize("wrong", ["SECRET", 5, b"SECRET"])
def test_a_list_of_parts_holds_parts(wrong: Any) -> None:
    with pytest.raises(TypeError, match=rf"expected OtherPayer, not {type(wrong).__name__}") as caught:
        visit(other_payers=[wrong])
    assert "SECRET" not in str(caught.value)


def test_contacts_are_contacts() -> None:
    assert Provider(contacts=Contact("ANN")).contacts == (Contact("ANN"),)
    with pytest.raises(TypeError, match="expected Contact, not str"):
        Provider(contacts=["ANN"])  # type: ignore[list-item]  # a wrong type is what is tested

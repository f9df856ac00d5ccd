"""What is kept is what may be a code at its place: nobody's name."""

from __future__ import annotations

from tests.claims.ledger.made import claim, sent
from tests.masking.test_masking import KEY, places, values

from medcode.claims import x12
from medcode.claims.x12.guides import GUIDES, codes_in_use
from medcode.claims.x12.guides.dictionary import SEGMENTS
from medcode.masking import mask
from medcode.masking.kept import is_kept
from medcode.masking.listing import rows
from medcode.masking.table import action


def test_a_word_that_no_guide_lists_is_masked_wherever_a_code_may_be() -> None:
    """Names of three letters and more, alone, beside a digit, or longer than a code, at each place of each guide."""
    strays = ("LEE", "NGUYEN", "O'NEIL", "DOE 2", "W123456789012345")
    places_ = {
        (row.segment, row.element, row.component or 0)
        for names in GUIDES.values()
        for row in rows(names.split()[0])
    }
    assert len(places_) > 300
    listed = {each for codes in codes_in_use().values() for each in codes} | set(SEGMENTS)
    left = {
        (*place, stray)
        for place in places_
        for stray in strays
        if stray not in listed and not action([place[0]], *place[1:]) and is_kept(*place, stray)
    }
    assert not left


def test_a_stray_name_is_masked_and_its_finding_stays() -> None:
    plain = sent(claim())
    for old, new in (("HC:99213", "HC:LEE"), ("ABK:E119", "ABK:LEE"), ("*CI~", "*LEE~"), ("*NY*", "*LEE*")):
        assert old in plain
        text = plain.replace(old, new)
        done = mask(text, KEY)
        assert "LEE" not in values(done)
        assert places(x12.validate(done)) == places(x12.validate(text))

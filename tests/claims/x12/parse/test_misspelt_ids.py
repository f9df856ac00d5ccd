"""One wrong segment id, in any place of any claim guide: every claim is read, and one finding says so."""

from __future__ import annotations

from typing import Any

import pytest
from tests.claims.x12.texts import recounted

from medcode.claims import x12
from medcode.claims.model.party import Address, Dependent
from medcode.edits.examples import BILLING, SUBSCRIBER, dental, filling, line, room, stay, visit

ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)
CHILD = Dependent(
    last_name="DOE",
    first_name="LOU",
    birth_date="2015-01-01",
    sex="M",
    relationship="19",
    address=Address("2 OAK ST", "ANYTOWN", "NY", "12345"),
)
LINES: dict[Any, tuple[Any, ...]] = {
    visit: (line("99213"), line("36415"), line("J1885")),
    stay: (room(), room(revenue_code="0250"), room(revenue_code="0300")),
    dental: (filling(), filling(procedure="D0120")),
}
OTHERS = {"CLM": "CLP", "NM1": "N1", "SV1": "SV4", "SV2": "SVX", "SV3": "S3V", "HL": "HD", "DMG": "DMA"}
"""An id that is a segment of the standard, though not of the guide, or hard to read."""


def written(make: Any) -> list[str]:
    """Return the segments of four claims: two of a subscriber, one of a child, one of another provider."""
    codes = () if make is dental else ("I50.20",)
    own = SUBSCRIBER.evolve(birth_date="1960-01-01", sex="F")
    others: tuple[dict[str, Any], ...] = (
        {},
        {},
        {"dependent": CHILD},
        {"billing_provider": BILLING.evolve(organization="SECOND", npi="1679576722")},
    )
    claims = [
        make(*codes, control_number=f"C{number}", subscriber=own, lines=LINES[make], **changes)
        for number, changes in enumerate(others)
    ]
    return x12.dumps(claims, ENVELOPE).rstrip("~").split("~")


def spellings(id_: str) -> tuple[str, ...]:
    """Return ways to get an id wrong, from a slip of the finger to what nobody can read."""
    ways = (
        f"{id_}Q",
        f"Q{id_}",
        id_[1:] + id_[0],
        id_.lower(),
        id_[0] + id_[1:].lower(),
        "",
        id_ * 2,
        f"{id_}-1",
        "ÄÖ",
        OTHERS.get(id_, "ZZ9"),
    )
    return tuple(each for each in ways if each != id_)


@pytest.mark.slow
@pytest.mark.parametrize("make", [visit, stay, dental])
def test_a_wrong_id_is_one_finding_and_no_claim_is_lost(make: Any) -> None:
    segments = written(make)
    assert x12.validate("~".join([*segments, ""])).findings == ()
    count = 0
    for at, segment in list(enumerate(segments))[3:-3]:
        id_, _, rest = segment.partition("*")
        wrong = spellings(id_)
        for spelt in wrong[at % 3 :: 3] if id_ in {"HL", "CLM", "LX"} else wrong[at % len(wrong) :][:1]:
            text = recounted("\n".join([*segments[:at], f"{spelt}*{rest}", *segments[at + 1 :]]))
            sent = x12.loads("~".join([*text.split("\n"), ""]))
            assert len(list(sent.claims())) == 4, (segment, spelt)
            assert [each.severity for each in sent.findings] == ["error"], (segment, spelt)
            count += 1
    assert count > 90


def names(segments: list[str]) -> list[str]:
    """Return the names of what is found, the set counted anew."""
    text = recounted("\n".join(segments)).replace("\n", "~")
    return [each.name for each in x12.validate(f"{text}~").findings]


def test_an_id_beyond_recognition_may_be_the_segment_that_is_due() -> None:
    segments = written(visit)
    street = next(at for at, each in enumerate(segments) if each.startswith("N3*2 OAK ST"))
    wrong = [*segments[:street], "ÄÖ*2 OAK ST", *segments[street + 1 :]]
    assert names(wrong) == ["segment-unrecognized"]
    birth = next(at for at, each in enumerate(wrong) if each.startswith("DMG"))
    assert sorted(names([*wrong[:birth], *wrong[birth + 1 :]])) == ["segment-due", "segment-unrecognized"]


def test_lowercase_ids_are_found_once_a_set() -> None:
    segments = written(visit)
    small = [
        each if each[:2] in {"IS", "GS", "ST", "SE", "GE", "IE"} else each[:2].lower() + each[2:]
        for each in segments
    ]
    text = "~".join([*small, ""])
    (found,) = x12.validate(text).findings
    assert (found.name, found.count) == ("segment-unrecognized", len(segments) - 6)
    assert list(x12.iter_claims(text)) == list(x12.iter_claims("~".join([*segments, ""])))


def test_an_id_that_two_segments_resemble_is_the_one_its_codes_speak_for() -> None:
    segments = written(stay)
    at = next(at for at, each in enumerate(segments) if each.startswith("CL1"))
    assert names([*segments[:at], f"CL{segments[at][3:]}", *segments[at + 1 :]]) == ["segment-unrecognized"]


@pytest.mark.parametrize("make", [visit, stay, dental])
def test_a_line_whose_number_is_lost_stays_a_line(make: Any) -> None:
    segments = written(make)
    at = segments.index("LX*2")
    text = recounted("\n".join([*segments[:at], "ÄÖ*2", *segments[at + 1 :]])).replace("\n", "~")
    claims = list(x12.iter_claims(f"{text}~"))
    assert [len(each.lines) for each in claims] == [len(LINES[make])] * 4

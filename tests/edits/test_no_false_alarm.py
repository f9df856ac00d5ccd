"""Right claims meet no error: 2,000 made at random (10,000 at length), and the published examples, their own faults aside."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from medcode.claims import x12
from medcode.codesets.base import Status
from medcode.codesets.icd10cm import icd10cm
from medcode.codesets.icd10pcs import icd10pcs
from medcode.edits import check
from medcode.edits.examples import line, stay, visit
from medcode.testing.strategies.codes import says_enough

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from medcode.codesets.base import CodeSet

FIRST = date(2026, 1, 1)
SERVICES = ("99213", "99214", "G0463", "36415", "J1885", "E0110", "0001U")
SEQUELA_LENGTH = 7
QUICK = 100
"""Examples of a quick profile; a longer one draws more claims."""


def plain_codes(code_set: CodeSet[Any], day: date) -> list[str]:
    """The codes that are billable on a day and under no rule of the code editor; sequelae, deliveries and open sides are left out."""
    table = code_set.table
    statuses, masks = table.statuses[day], table.flag_masks[day]
    return [
        code
        for code in table.codes
        if statuses[number := table.lookup[code]] is Status.BILLABLE
        and not masks[number]
        and not (len(code) == SEQUELA_LENGTH and code.endswith("S"))
        and says_enough(code_set.code_type(code))
    ]


def generated(number: int) -> Iterator[Any]:
    """Make visits and stays in turn, of codes drawn evenly."""
    choose = random.Random(5)
    diagnoses, procedures = plain_codes(icd10cm, FIRST), plain_codes(icd10pcs, FIRST)
    for at in range(number):
        on = (FIRST + timedelta(days=choose.randrange(80))).isoformat()
        codes = choose.sample(diagnoses, choose.randrange(1, 6))
        age, sex = choose.randrange(0, 100), choose.choice("MFU")
        if at % 2:
            days, done = choose.randrange(5, 20), tuple(choose.sample(procedures, choose.randrange(3)))
            yield stay(*codes, on=on, age=age, sex=sex, days=days, procedures=done)
        else:
            count = choose.randrange(1, 5)
            lines = tuple(
                line(code, service_date=on, charge=choose.randrange(1, 500), quantity=choose.randrange(1, 4))
                for code in choose.sample(SERVICES, count)
            )
            yield visit(*codes, on=on, age=age + 1, sex=sex, lines=lines)


@pytest.mark.slow
@pytest.mark.property
def test_claims_drawn_at_random_have_no_error() -> None:
    number = 10_000 if settings().max_examples > QUICK else 2_000
    report = check(generated(number))
    assert report.claims == number
    assert report.errors == ()
    assert {finding.name for finding in report.findings} <= {
        "excludes1",
        "normal-delivery-and-more",
        "only-first-listed",
        "status-code-first",
    }


FAULTS = {
    "CLM01": 1,  # a pointer 1.00
    "CLM03": 78,  # placeholders for NPIs
    "CLM13": 22,  # claims to Medicare of 1996 to 2006, sent now
    "CLM20": 2,  # a box as billing address
    "CLM21": 48,  # five digits of postal code
    "CLM23": 4,  # a tax number with its dash
    "CLM24": 9,  # taxonomy codes that end in Y and N
    "CLM34": 1,  # a discharge status of one digit
    "CLM65": 2,  # a postal code of four digits
    "SIT28": 1,  # a dental claim without any date of service
    "ICD01": 13,  # 278.0 and 854.0 want a fifth digit; 035.91, E975.0 and E986.0 are no codes
}
"""How often each rule finds its fault in the published examples, which were not made to be right."""


def test_the_published_examples_meet_what_is_wrong_with_them_and_no_more(reference: Path) -> None:
    met: Counter[str] = Counter()
    for path in sorted((reference / "samples").glob("*/837*/*.edi")):
        report = check(x12.load(path).claims())
        assert not [finding for finding in report.findings if finding.name == "internal-error"]
        assert all(finding.location.segment for finding in report.errors)
        met.update(finding.rule for finding in report.errors)
    assert met == FAULTS

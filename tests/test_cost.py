"""No input costs more than its length: what is done, and what is kept, grows as the text does.

Work is counted in calls, never in seconds: of a text of one, two and three times the repetition, the step from
two to three may cost no more than the step from one to two.
"""

from __future__ import annotations

import re
import tracemalloc
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.x12.texts import (
    GS,
    HEADER,
    ISA,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    line,
    transaction,
    wire,
)
from tests.counting import calls, is_linear

from medcode import scrub
from medcode.claims import x12
from medcode.claims.fhir.datatypes import clean
from medcode.claims.forms.boxes import address
from medcode.claims.ledger import Ledger
from medcode.errors import MedcodeError
from medcode.testing import Payer
from medcode.toml_lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable

SENT = wire(ONE)
STEP = 14
SIGHTINGS = 9
"""Code is generated for a shape that has been seen eight times, by whatever test: once it is, no more work is that."""


def before(where: str, what: str) -> Callable[[int], str]:
    """Return the text that repeats something before a segment."""
    return lambda count: SENT.replace(where, what * count + where, 1)


def within(start: str, what: str) -> Callable[[int], str]:
    """Return the text that repeats something at the end of a segment."""
    at = SENT.index("~", SENT.index(start))
    return lambda count: SENT[:at] + what * count + SENT[at:]


def subscribers(count: int) -> str:
    """Return claims of subscribers who share a member id, each with a name of its own."""
    levels = [
        f"{SELF.replace('HL*2*1', f'HL*{at + 2}*1').replace('DOE*JO', f'DOE*J{at}')}\n{claim(f'C{at}')}"
        for at in range(count)
    ]
    return wire(enclosed(transaction(HEADER, PROVIDER, *levels)))


def extras(count: int) -> str:
    """Return unknown segments at a level, then claims that have some of their own."""
    one = "ZZ*1\nZZ*2\nZZ*3\n" * count
    claims = [f"{claim(f'C{at}')}\nZZ*{at}" for at in range(count)]
    return wire(enclosed(transaction(HEADER, PROVIDER, f"{SELF}\n{one.strip()}", *claims)))


IDS = (
    "",
    "ZZ",
    "REF",
    "REF*XX",
    "HI",
    "LX",
    "CLM",
    "HL",
    "HL*2*1*22*0",
    "NM1*XX",
    "AMT*A8",
    "ST",
    "SE",
    "GS",
    "GE",
    "TA1",
)
SHAPES: dict[str, Callable[[int], str]] = {
    **{f"{id_} before {at}": before(at, f"{id_}~") for id_ in IDS for at in ("HL*1", "LX*")},
    **{
        f"{what} in {start}": within(start, what)
        for start in ("ISA", "NM1*85", "CLM", "HI")
        for what in ("*A", ":A", "^A:B")
    },
    "claims": lambda count: wire(
        enclosed(transaction(HEADER, PROVIDER, SELF, *(claim(f"C{at}") for at in range(count))))
    ),
    "lines": lambda count: wire(
        enclosed(transaction(HEADER, PROVIDER, SELF, claim(lines=[line(at + 1) for at in range(count)])))
    ),
    "subscribers": subscribers,
    "extras": extras,
    "sets": lambda count: wire(
        enclosed(*(transaction(HEADER, PROVIDER, SELF, claim()) for _ in range(count)))
    ),
    "groups": lambda count: wire(ISA) + f"{GS}~GE*0*1~" * count,
    "interchanges": lambda count: SENT * count,
    "headers": lambda count: wire(ISA) * count,
    "broken headers": lambda count: SENT + "ISA*00*~" * count,
    "blanks": lambda count: SENT.replace("~", "~" + " \n" * count),
    "other qualifiers": lambda count: SENT.replace(
        "LX*", "".join(f"REF*{at}*{at}~" for at in range(count)) + "LX*"
    ),
    "other segments": lambda count: SENT.replace("LX*", "".join(f"Z{at}~" for at in range(count)) + "LX*"),
}


def written(text: str) -> object:
    """Write what was read."""
    return x12.dumps(list(x12.iter_claims(text)), x12.Envelope(), check=False)


def converted(text: str) -> object:
    """Write a transmission in its other forms and read them again."""
    sent = x12.loads(text)
    return x12.from_json(x12.to_json(sent)), x12.from_xml(x12.to_xml(sent))


def shown(text: str) -> object:
    """Show a transmission."""
    sent = x12.loads(text)
    return repr(sent), sent.tree(data=True), sent._repr_html_()


USES: dict[str, Callable[[str], object]] = {
    "read": lambda text: list(x12.iter_records(text)),
    "validate": x12.validate,
    "acknowledge": x12.acknowledge,
    "scrub": scrub,
    "write": written,
    "convert": converted,
    "show": shown,
}


SLOW = {"LX before LX*", "CLM before LX*", "HI before LX*", "^A:B in HI", "*A in CLM"}


def work(use: Callable[[Any], object], given: object) -> int:
    """Count the calls, of Python and of C, that a use makes until it ends or is refused."""

    def used() -> None:
        with suppress(MedcodeError):
            use(given)

    return calls(used, of_c=True)


@pytest.mark.slow
@pytest.mark.parametrize("use", USES)
def test_work_grows_as_the_text_does(use: str) -> None:
    failed = {}
    for name, shape in SHAPES.items():
        is_one_segment = re.search(" before | in ", name)
        if use in {"scrub", "convert", "show"} and is_one_segment and name not in SLOW:
            continue  # these read as the others do; what they add is of claims and lines
        texts = [shape(STEP * times) for times in (1, 2, 3)]
        work(USES[use], texts[-1])  # what is worked out once
        for _ in range(SIGHTINGS):
            costs = [work(USES[use], text) for text in texts]
            if is_linear(costs, slack=200):
                break
        else:
            failed[name] = costs
    assert not failed


def peak(use: Callable[[str], object], text: str) -> int:
    """Return how much memory a use of a text takes at most, in bytes."""
    tracemalloc.start()
    use(text)
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["extras", "subscribers", "ZZ before HL*1"])
@pytest.mark.parametrize("use", ["read", "acknowledge", "write"])
def test_memory_grows_as_the_text_does(use: str, name: str) -> None:
    texts = [SHAPES[name](30 * times) for times in (1, 2, 3)]
    work(USES[use], texts[-1])  # as above
    for _ in range(SIGHTINGS):
        peaks = [peak(USES[use], text) for text in texts]
        if is_linear(peaks, slack=60_000):
            break
    assert is_linear(peaks, slack=60_000), peaks


def test_a_run_of_the_same_is_one_finding_with_a_count() -> None:
    for what, rule in {
        "": "segment-empty",
        "ZZ": "segment-unrecognized",
        "REF*XX": "element-code",
    }.items():
        found = [each for each in x12.validate(before("CLM*", f"{what}~")(500)).findings if each.name == rule]
        assert [each.count for each in found] == [500]
        assert "500 times" in found[0].message
    (often,) = (
        each
        for each in x12.validate(before("N3*2", "REF*SY*1~")(9)).findings
        if each.name == "segment-too-often"
    )
    assert (often.message, often.count) == (
        "REF (Social security number of the subscriber) occurs 9 times; the guide allows 1.",
        8,
    )


def test_what_is_apart_is_found_apart() -> None:
    text = SENT.replace("LX*1", "ZZ~LX*1").replace("DTP*472", "ZZ~DTP*472")
    assert [each.count for each in x12.validate(text).findings if each.name == "segment-unrecognized"] == [
        1,
        1,
    ]


def test_more_elements_than_any_segment_has_are_counted() -> None:
    found = [
        each for each in x12.validate(within("CLM", "*A")(500)).findings if each.name == "element-too-many"
    ]
    assert [each.message for each in found] == [
        "CLM has at most 20 elements; this is number 21, and 488 more follow."
    ]


def test_what_a_level_has_beyond_the_guide_goes_to_its_claims() -> None:
    def held(surplus: int) -> list[int]:
        text = extras(3).replace("~ZZ*1~ZZ*2~ZZ*3" * 3, "~ZZ*9" * surplus)
        return [sum(each == "ZZ*9" for each in one.extras) for one in x12.iter_claims(text)]

    assert held(20) == [20, 20, 20]
    assert held(30) == [30, 20, 20]


def test_texts_of_other_kinds() -> None:
    class Counted(str):
        """Counts the characters that are gone through for line ends."""

        __slots__ = ()
        read = 0

        def replace(self, *_: Any) -> Counted:
            return self

        def count(self, what: str, start: int = 0, end: int = 0) -> int:  # type: ignore[override]  # as it is used here
            Counted.read += end - start
            return super().count(what, start, end)

    text = Counted("".join(f"a{at} = 1\n" for at in range(200)))
    assert lines_of(text)["a199"] == 200
    assert Counted.read <= len(text)
    assert clean("x" * 50_000 + "\x01") is None  # a pattern that tries every split would not come back
    assert address(" ".join(["A"] * 50_000) + " 1 x") is not None


@pytest.mark.slow
def test_claims_of_one_number_cost_what_claims_of_many_do() -> None:
    """A system that numbers every claim alike: each claim, and each answer, is compared with those of its patient."""

    def files(count: int) -> tuple[str, str]:
        levels = [
            f"{SELF.replace('HL*2*1', f'HL*{at + 2}*1').replace('DOE*JO****MI*M1', f'DOE{at}*JO****MI*M{at}')}\n{claim('C1')}"
            for at in range(count)
        ]
        sent = wire(enclosed(transaction(HEADER, PROVIDER, *levels)))
        return sent, Payer("denials").answer(sent).x835 or ""

    def added(texts: tuple[str, str]) -> None:
        with Ledger() as ledger:
            ledger.add(*texts)
            assert len(ledger) == texts[0].count("~CLM*")
            assert not ledger.unmatched

    texts = [files(count) for count in (60, 90, 120)]
    added(texts[-1])  # what is worked out once
    for _ in range(SIGHTINGS):
        costs = [work(added, each) for each in texts]
        if is_linear(costs, slack=500):
            break
    assert is_linear(costs, slack=500), costs

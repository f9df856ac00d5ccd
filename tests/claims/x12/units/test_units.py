"""When functions are generated, what they are, and that nothing depends on whether they are."""

from __future__ import annotations

import linecache
import pickle
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from random import Random
from typing import TYPE_CHECKING

import pytest
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import (
    CHILD,
    FAMILIES,
    HEADER,
    PROVIDER,
    SELF,
    child,
    claim,
    enclosed,
    line,
    own,
    transaction,
    wire,
)
from tests.claims.x12.units.agreement import SETTING, deep, differs, written
from tests.claims.x12.units.drawn import drawn

from medcode.claims import ProfessionalClaim, x12
from medcode.claims.model.claim import Claim
from medcode.claims.x12.codec import compiled as compiling
from medcode.claims.x12.codec.compiled import compiled, compiled_small
from medcode.claims.x12.codec.segment import SegmentCodec
from medcode.claims.x12.guides import conventions, guide
from medcode.claims.x12.guides.grammar import Composite, Usage
from medcode.claims.x12.parse import levels, session as sessions
from medcode.claims.x12.parse.builder import RecordBuilder
from medcode.claims.x12.parse.session import Session
from medcode.claims.x12.parse.shard import Shard
from medcode.claims.x12.parse.units import shapes_of
from medcode.claims.x12.units import layouts as arrangements, shapes as known, source
from medcode.claims.x12.validate.accept import Acceptor, broken_notes
from medcode.claims.x12.validate.units import _noted
from medcode.claims.x12.write import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.fields import ModelFields
    from medcode.claims.x12.guides.grammar import Segment
    from medcode.claims.x12.units.shapes import Shapes

MANY = 30
TEXT = wire(
    enclosed(
        transaction(HEADER, PROVIDER, SELF, *(claim(f"C{at}", [line(1), line(2)]) for at in range(MANY)))
    )
)


@pytest.fixture(autouse=True)
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test begins without a shape, and generates as for users, whatever the tests around it are run with."""
    monkeypatch.delenv(SETTING, raising=False)
    shapes_of.cache_clear()
    yield
    shapes_of.cache_clear()


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the records that generated functions have read, or passed over."""
    found: list[int] = []
    passed = RecordBuilder.pass_record

    def count(builder: RecordBuilder) -> None:
        found.append(builder.records)
        passed(builder)

    monkeypatch.setattr(RecordBuilder, "pass_record", count)
    return found


def shapes() -> Shapes:
    guide = compiled("005010X222A1", Claim)
    assert guide
    return shapes_of(guide)


def test_a_shape_is_read_by_a_function_after_it_was_seen_often(taken: list[int]) -> None:
    numbers = [each.control_number for each in x12.iter_claims(TEXT)]
    assert numbers == [f"C{at}" for at in range(MANY)]
    assert taken == list(range(8, MANY))


@pytest.mark.parametrize(("mode", "count"), [("always", MANY), ("never", 0)])
def test_the_setting_decides(
    mode: str, count: int, taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, mode)
    assert len(list(x12.loads(TEXT).claims())) == MANY
    assert len(taken) == count


def test_a_small_file_costs_no_function() -> None:
    list(x12.iter_claims(wire(FAMILIES)))
    assert shapes()._left == known._GENERATED


def test_the_source_can_be_read_and_holds_nothing_of_the_file() -> None:
    list(x12.iter_claims(TEXT))
    files = [file for file in linecache.cache if file.startswith("<medcode read_record")]
    lines = linecache.getlines(files[-1])
    assert "'control_number': s0[1]" in "".join(lines)
    assert not any("MAPLE" in each or "J069" in each for each in lines)


def test_what_is_remembered_is_limited() -> None:
    known = source.Remembered(len, 2)
    assert [known[text] for text in ("X" * 200, "A", "BB", "CCC", "CCC", "A")] == [200, 1, 2, 3, 3, 1]
    assert dict(known) == {"A": 1, "BB": 2}
    source.make_room()
    assert [known[text] for text in ("CCC", "A")] == [3, 1]
    assert dict(known) == {"CCC": 3, "A": 1}
    source.make_room()
    assert not known


def layouts_read() -> list[tuple[int, ...]]:
    """How many elements the segments have of the units that are read by functions of their own."""
    return [layout.lengths for each in shapes().layouts.values() for layout in each.values()]


def test_a_layout_is_read_by_a_function_after_it_was_seen_more_often() -> None:
    list(x12.iter_claims(TEXT))
    assert layouts_read() == [(2, 8, 4)]
    list(x12.iter_claims(TEXT))
    assert sorted(layouts_read()) == [(2, 8, 4), (10, 2)]


def test_layouts_that_are_seen_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "always")
    monkeypatch.setattr(arrangements, "_LAYOUTS", 1)
    assert not differs(TEXT, 900)
    assert len(layouts_read()) == 1  # the one that was seen last


@pytest.mark.parametrize("name", ["_SHAPES", "_GENERATED"])
def test_what_is_known_is_limited(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, name, 1)
    assert not differs(TEXT, 900)


def test_a_unit_without_an_end_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_LONGEST_UNIT", 3)
    assert not differs(TEXT, 900)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("11:B:1", "11>B>1"),
        ("HI*ABK:J069", "HI"),
        ("HI*ABK:J069", "HI*ABK:J069\nNM1*82*1*ROE\nNM1*82*1*POE"),
        (line(), ""),
        ("LX*1", "LX*7"),
        ("HI*ABK:J069\n", ""),
        ("*UN*1*", "*UN*01*"),
        ("HI*ABK:J069", "HI*ABK:J069 "),
        ("HI*ABK:J069", "HI*ABK:J0\n69"),
    ],
)
def test_what_is_odd_after_what_is_usual_is_read_alike(old: str, new: str) -> None:
    odd = claim("ODD").replace(old, new).strip()
    text = enclosed(transaction(HEADER, PROVIDER, SELF, claim(), "@", claim()))
    for end, between in (("~", ""), ("~", "\n"), ("~", "\r\n"), ("\n", "")):
        assert not differs(wire(text, end, between).replace("@", odd.replace("\n", end + between)), 1 << 16)


@pytest.mark.slow
def test_text_that_is_cut_off_is_read_alike() -> None:
    for at in range(len(TEXT) - 900, len(TEXT), 7):
        assert not differs(TEXT[:at], 700)


def test_what_many_segments_hold_is_read_alike() -> None:
    text = wire(enclosed(transaction(RICH)))
    assert not differs(text, 1 << 16)
    assert not differs(text.replace("~", "~~", 20), 1 << 16)


def test_records_of_another_shard_are_passed_over(taken: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "always")
    session = Session(build=Claim, shard=Shard(frozenset({1}), 3))
    numbers = [each.control_number for each in session.read([TEXT]) if isinstance(each, ProfessionalClaim)]
    assert numbers == [f"C{at}" for at in range(MANY) if at % 3 == 1]
    assert len(taken) == MANY


def sessions_of(text: str, shard: Shard, mode: str, monkeypatch: pytest.MonkeyPatch) -> list[object]:
    monkeypatch.setenv(SETTING, mode)
    return [deep(each) for each in Session(build=Claim, shard=shard).read([text])]


FAMILY = [own(2), claim("C1"), own(3), claim("C2"), child(4), claim("C3"), claim("C4"), own(5), claim("C5")]
"""Below a subscriber whose HL04 says that none follows there is a child, after the level of another one."""


@pytest.mark.parametrize("at", range(5))
def test_a_level_that_was_let_go_or_passed_over_is_made_when_it_is_named(
    at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = wire(enclosed(transaction(HEADER, PROVIDER, *FAMILY)))
    assert not differs(text, 1 << 16)
    for shard in (Shard(frozenset({at}), 5), Shard(frozenset({at, (at + 2) % 5}), 5)):
        plain, made = (sessions_of(text, shard, mode, monkeypatch) for mode in ("never", "always"))
        assert plain == made
        assert len(made) == len(shard.indexes)


@pytest.mark.parametrize("convention", conventions())
def test_a_pattern_has_the_separator_that_a_sample_shows(convention: str) -> None:
    sample = guide(convention).sample
    found = compiled_small(convention)
    assert found
    for node in found.nodes:
        if sample and node.use.id == sample[0]:
            row = node.use.elements[sample[1] - 1]
            assert isinstance(row, Composite)
            assert [each.usage for each in row.elements[:2]] == [Usage.REQUIRED] * 2
            assert row.usage is Usage.REQUIRED


def test_a_level_of_many_segments_passes_on_but_the_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(levels, "_SHARED_MARKS", 4 * 3)
    text = wire(enclosed(transaction(HEADER, PROVIDER, *FAMILY)))
    assert not differs(text, 1 << 16)


def test_a_level_that_was_a_unit_serves_records_that_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "always")
    odd = claim("ODD").replace("HI*", "XYZ*1\nHI*")
    lost = claim("LOST") + "\nHL*3*1*99\nN3*9 ELM ST"
    text = wire(
        enclosed(transaction(HEADER, PROVIDER, SELF, odd, claim("EVEN"), lost, CHILD, claim("CHILD")))
    )
    found = list(x12.iter_claims(text))
    assert [each.subscriber.last_name for each in found] == ["DOE"] * 4
    assert found[0].extras == ("XYZ*1",)
    assert not differs(text, 1 << 16)


def test_a_level_that_is_long_or_below_none_of_its_kind_is_read_alike(taken: list[int]) -> None:
    identifiers = "\n".join(f"REF*0B*{number}" for number in range(250))
    sibling = SELF.replace("HL*2*1", "HL*3*2")
    text = wire(enclosed(transaction(HEADER, PROVIDER, identifiers, SELF, claim(), sibling, claim())))
    assert not differs(text, 1 << 16)
    assert taken
    assert len(list(next(iter(x12.iter_claims(text))).origin.marks)) < 250


def test_the_origin_is_worked_out_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "always")
    first = next(iter(x12.iter_claims(TEXT)))
    place = first.origin.place("lines[1].charge")
    assert (place.segment, place.element, place.position) == ("SV1", 2, 24)
    assert TEXT[place.offset :].startswith("SV1*HC:99213*40")
    assert repr(first.origin) == f"<{len(list(first.origin.marks))} segments>"


def test_a_claim_is_pickled_without_its_guide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "always")
    first = next(iter(x12.iter_claims(TEXT)))
    pickled = pickle.dumps(first)
    assert len(pickled) < 4 * len(TEXT)
    again = pickle.loads(pickled)
    assert again == first
    assert [*again.origin.marks] == [*first.origin.marks]
    assert again.origin.place("lines[1].charge") == first.origin.place("lines[1].charge")


@pytest.mark.parametrize("convention", sorted(conventions()))
def test_a_guide_is_pickled_by_its_name(convention: str) -> None:
    of = compiled(convention)
    assert pickle.loads(pickle.dumps(of)) is of


def test_eight_threads_begin_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "always")
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: list(x12.iter_claims(TEXT)), range(8)))
    assert all(each == found[0] for each in found)
    assert found[0] == list(x12.loads(TEXT).claims())


@pytest.mark.parametrize("convention", ["005010X222A1", "005010X223A2", "005010X224A2"])
def test_what_a_guide_may_hold_is_read_alike(convention: str, taken: list[int]) -> None:
    random = Random(5)
    for _ in range(12):
        assert not differs("~".join([*drawn(random, convention), ""]), 1 << 16)
    assert taken


def test_a_codec_that_is_not_known_is_left_to_itself(
    taken: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Odd(SegmentCodec):
        pass

    found = shapes().compiled
    node = next(node for node in found.codecs if node.use.id == "CLM")
    monkeypatch.setattr(found, "codecs", {**found.codecs, node: Odd(node.use, found.model, ())})
    assert not differs(TEXT, 1 << 16)
    assert not taken


def test_a_codec_is_made_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = compiling._codec

    def noted(use: Segment, fields: ModelFields, prefix: tuple[str, ...]) -> SegmentCodec | None:
        made.append(use.id)
        return make(use, fields, prefix)

    monkeypatch.setattr(compiling, "_codec", noted)
    guided = compiling.CompiledGuide(guide("005010X222A1"), shapes().compiled.kind)
    node = next(node for node in guided.nodes if node.use.id == "CLM")
    assert not made
    assert guided.codecs[node] is guided.codecs[node]
    assert made == ["CLM"]
    assert guided.root.opener not in guided.codecs
    assert len(guided.codecs) == len([*guided.codecs.items()]) > len(guided.nodes) // 2


@pytest.mark.parametrize("kind", ["P", "R", "E", "C", "L"])
def test_a_note_is_kept_where_none_is_broken(kind: str) -> None:
    notes = ((kind, (1, 2, 3)),)
    (kept,) = _noted(Acceptor(str, notes), "s")
    for count in range(4):
        for texts in product(("", "X"), repeat=count):
            assert eval(kept, {"s": ["NM1", *texts]}) == (not broken_notes(notes, [*texts]))  # noqa: S307  # written by us


@pytest.mark.parametrize("most", [0, 2])
def test_functions_that_write_are_limited(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(units, "_GENERATED", most)
    units._units.cache_clear()
    claims = [*x12.iter_claims(TEXT), *x12.iter_claims(wire(FAMILIES))]
    plain, generated = (written(claims, x12.Envelope(), mode, check=True) for mode in ("never", "always"))
    units._units.cache_clear()
    assert plain == generated

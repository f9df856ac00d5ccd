"""From bytes to segments: every oddity of real files, and nothing lost on the way."""

from __future__ import annotations

import io
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.texts import (
    DEPENDENT,
    FAMILIES,
    HEADER,
    ISA,
    ONE,
    PROVIDER,
    SELF,
    claim,
    enclosed,
    transaction,
    wire,
)

from medcode.claims import x12
from medcode.claims.x12.text.lexer import lex
from medcode.errors import X12Error

if TYPE_CHECKING:
    from pathlib import Path

SET = transaction(HEADER, PROVIDER, SELF, claim())


def controls(text: str | bytes) -> list[str]:
    """Read, check that nothing is lost, and give the control numbers of the claims."""
    sent = x12.loads(text)
    assert (x12.dumpb(sent) if isinstance(text, bytes) else x12.dumps(sent)) == text
    assert "".join(segment.text + segment.end for segment in sent.segments) == sent.text
    return [each.control_number for each in sent.claims()]


@pytest.mark.parametrize(
    "text",
    [
        wire(ONE),
        wire(ONE, "\n"),
        wire(ONE, "\r"),
        wire(ONE, "~", "\n"),
        wire(ONE, "~", "\r\n"),
        wire(ONE, "~", "  \t"),
        wire(ONE)[:-1],
        wire(ONE) + "\n\x1a",
        "\ufeff" + wire(ONE),
        "\r\n  " + wire(ONE),
        wire(ONE.replace("*", "|")),
        wire(ONE.replace(":", "<").replace("^", "!")),
        wire(ONE.replace("*^*00501*", "*U*00501*")),
        wire(SET),
        wire(SET, "\n"),
        wire(SET.replace("*", "|").replace(":", ">")),
        wire("\n".join(ONE.split("\n")[1:])),
        wire(ONE.replace("CLINIC         ", "CLINIC").replace("PLAN           ", "PLAN")),
    ],
)
def test_one_claim_however_it_is_written(text: str) -> None:
    assert controls(text) == ["C1"]


@pytest.mark.parametrize(
    "text",
    [
        wire(ONE),
        wire(ONE, "\n"),
        wire(ONE, "~", "\r\n"),
        "\ufeff" + wire(ONE),
        "\n" + wire(ONE) + "\n",
        wire(ONE) + "\x1a",
        wire(ONE, "~", "\n") + "\x1a\x00",
        wire(ONE, "~", "\x1a"),
    ],
)
def test_such_writing_is_no_fault(text: str) -> None:
    assert x12.loads(text).findings == ()


def lowered(text: str) -> str:
    """Write every segment id in lower case."""
    return "\n".join(
        id_.lower() + star + rest for id_, star, rest in (each.partition("*") for each in text.split("\n"))
    )


@pytest.mark.parametrize("text", [ONE, "\n".join(ONE.split("\n")[1:]), SET])
def test_ids_in_lower_case(text: str) -> None:
    small = wire(lowered(text))
    assert controls(small) == ["C1"]
    found = Counter(f.name for f in x12.loads(small).findings)
    assert found - Counter(f.name for f in x12.loads(wire(text)).findings) == {"segment-unrecognized": 1}
    (interchange,) = x12.loads(small * 2).interchanges[-1:]
    assert len(interchange.groups[-1].sets[-1].segments) == 23


def test_separators_at_the_end_and_lower_case_ids() -> None:
    text = wire(ONE).replace("~BHT", "~bht").replace("CH~NM1*41", "CH**~nm1*41").replace("~CLM*", "~clm*")
    assert controls(text) == ["C1"]
    found = {finding.name: finding.count for finding in x12.loads(text).findings}
    assert found == {"segment-unrecognized": 3, "trailing-separators": 1}


@pytest.mark.parametrize(
    "raw", [wire(ONE).replace("DOE", "D\u00d1E").encode(code) for code in ("utf-8", "latin-1")]
)
def test_both_encodings(raw: bytes) -> None:
    assert controls(raw) == ["C1"]
    (found,) = x12.loads(raw).claims()
    assert found.subscriber.last_name == "D\u00d1E"
    (streamed,) = x12.iter_claims(raw)
    assert streamed.subscriber == found.subscriber


def test_interchanges_with_other_delimiters() -> None:
    other = wire(DEPENDENT.replace("*", "|").replace(":", ">").replace("C1", "C9"), "!")
    text = wire(ONE) + "\n" + other + wire(ONE.replace("C1", "C3"), "\n")
    assert controls(text) == ["C1", "C9", "C3"]
    assert len(x12.loads(text).interchanges) == 3


def test_ta1_stands_anywhere() -> None:
    ta1 = "TA1*000000007*260105*0930*A*000"
    before = ONE.replace("GS*", f"{ta1}\nGS*", 1)
    after = ONE.replace("IEA*", f"{ta1}\nIEA*")
    for text in (before, after, f"{ta1}\n{ONE}"):
        assert controls(wire(text)) == ["C1"]
        assert sum(len(each.acknowledgments) for each in x12.loads(wire(text)).interchanges) == 1
    assert x12.loads(wire(before)).findings == x12.loads(wire(after)).findings == ()


def test_groups_and_sets_are_told_apart() -> None:
    text = enclosed(SET, SET.replace("0001", "0002").replace("C1", "C2"))
    text = text.replace(
        "IEA*1*", "GS*HC*CLINIC*PLAN*20260105*0930*2*X*005010X222A1\n" + SET + "\nGE*1*2\nIEA*2*"
    )
    assert controls(wire(text)) == ["C1", "C2", "C1"]
    assert x12.loads(wire(text)).findings == ()
    (interchange,) = x12.loads(wire(text)).interchanges
    assert [len(group.sets) for group in interchange.groups] == [2, 1]
    assert (interchange.usage, interchange.groups[0].kind) == ("T", "HC")
    first = interchange.groups[0].sets[0]
    assert (first.kind, first.convention, len(first.segments)) == ("837", "005010X222A1", 23)
    assert repr(interchange) == "<Interchange T: 2 groups>"
    assert repr(interchange.groups[0]) == "<Group HC: 2 transaction sets>"
    assert repr(first) == "<TransactionSet 837 005010X222A1: 23 segments>"
    assert repr(x12.loads(wire(text))).startswith("<Transmission: 1 interchanges, ")


def test_a_set_alone_has_no_headers() -> None:
    (interchange,) = x12.loads(wire(SET)).interchanges
    assert interchange.header is None
    assert interchange.groups[0].header is None
    assert (interchange.usage, interchange.groups[0].kind) == ("", "")


@pytest.mark.parametrize(
    "text", ["junk before " + wire(ONE), "GARBAGE\n" + wire(ONE), "ISA*cut off\n" + wire(ONE)]
)
def test_foreign_text_before_isa_is_kept_and_said(text: str) -> None:
    assert controls(text) == ["C1"]
    assert [finding.name for finding in x12.loads(text).findings] == ["text-between-segments"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "hello",
        "MSH|^~\\&|HL7",
        "ISA*",
        "ISA" + "*" * 20,
        "ISAA" * 30,
        "STATE",
        "{}",
        "junk ISA*00*",
    ],
)
def test_what_is_no_x12(text: str) -> None:
    with pytest.raises(X12Error):
        x12.loads(text)


def test_an_isa_that_is_cut_is_told_as_such() -> None:
    with pytest.raises(X12Error, match="ISA names no delimiters"):
        x12.loads("ISA*00*          *00")


def test_a_segment_without_end() -> None:
    with pytest.raises(X12Error, match="no segment ends within"):
        x12.loads(wire(ISA) + "NTE*" + "A" * (1 << 21))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 4_000, 5_000, 100_000])
def test_pieces_of_any_size(size: int) -> None:
    text = "\n" + wire(FAMILIES) * 12 + wire(ONE).replace("*", "|") + "\n"
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    assert list(lex(pieces)) == list(lex([text]))


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_every_source(tmp_path: Path, encoding: str) -> None:
    text = wire(ONE).replace("DOE", "D\u00d1E")
    raw = text.encode(encoding)
    path = tmp_path / "claims.edi"
    path.write_bytes(raw)
    for source in (path, str(path), raw, text, io.BytesIO(raw), io.StringIO(text)):
        (found,) = x12.iter_claims(source)
        assert found.subscriber.last_name == "D\u00d1E"
    assert x12.load(path).encoding == encoding
    assert x12.validate(path).claims == 1


def test_bytes_that_turn_out_to_be_latin_1_late() -> None:
    early = wire(ONE) * 400
    late = wire(ONE).encode() + b"\xd1~" + early.encode()
    assert x12.dumpb(x12.loads(late)) == late
    assert sum(1 for _ in x12.iter_claims(late)) == 401
    raw = early.encode() + b"\xd1\xc3"
    assert len(raw) > 1 << 17
    assert sum(1 for _ in x12.iter_claims(raw)) == 400
    assert x12.dumpb(x12.loads(raw)) == raw
    assert sum(1 for _ in x12.iter_claims(early.encode() + b"\xc3")) == 400


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        x12.load(tmp_path / "missing.edi")
    with pytest.raises(OSError, match="No such file") as caught:
        x12.validate(str(tmp_path / "missing.edi"))
    assert "missing" not in str(caught.value)  # a text may look like a name


LETTERS = st.text(alphabet="AHLMNS137*:^~> \n\r\ufeff\x00|\u00d1\u00b2", max_size=80)


@pytest.mark.property
@given(LETTERS)
def test_anything_after_an_isa_comes_back(text: str) -> None:
    sent = x12.loads(wire(ISA) + text)
    assert x12.dumps(sent) == wire(ISA) + text
    assert "".join(segment.text + segment.end for segment in sent.segments) == sent.text
    assert all(sent.text[s.offset :].startswith(s.elements[0]) for s in sent.segments if s.elements)
    assert [segment.offset for segment in sent.segments] == sorted(
        {segment.offset for segment in sent.segments}
    )


def everything(raw: bytes) -> None:
    """Do all that can be done with bytes; nothing but X12Error may come of it."""
    try:
        sent = x12.loads(raw)
    except X12Error:
        return
    assert x12.dumpb(sent) == raw
    assert len(list(sent.claims())) >= 0
    assert x12.validate(raw).findings == sent.findings
    assert sent.tree(data=True)
    assert x12.answers(sent) is not None
    assert x12.dumpb(x12.from_json(x12.to_json(sent))) == raw
    try:
        assert x12.acknowledge(sent).findings == ()
    except X12Error:
        return


@pytest.mark.property
@given(st.binary(max_size=200))
def test_any_bytes(raw: bytes) -> None:
    everything(raw)


@pytest.mark.property
@given(
    st.lists(st.tuples(st.integers(0, 5_000), st.binary(max_size=6)), max_size=6),
    st.sampled_from([ONE, FAMILIES]),
)
def test_any_damage(changes: list[tuple[int, bytes]], text: str) -> None:
    raw = wire(text).encode()
    for at, what in changes:
        place = at % len(raw)
        raw = raw[:place] + what + raw[place + len(what) // 2 :]
    everything(raw)


PARTS = [segment + "~" for text in (ISA, ONE, FAMILIES) for segment in text.split("\n")]


@pytest.mark.property
@given(st.lists(st.sampled_from(PARTS), max_size=30))
def test_any_order_of_segments(parts: list[str]) -> None:
    everything("".join(parts).encode())


@pytest.mark.parametrize("mark", ["\x1d", "\t", "\x1f", "\x0b"])
@pytest.mark.parametrize("text", [ONE, "\n".join(ONE.split("\n")[1:]), SET])
def test_separators_that_are_no_ink(mark: str, text: str) -> None:
    ending = wire(text.replace("*", mark), "\x1c")
    assert controls(ending) == ["C1"]
    assert x12.validate(ending).claims == 1


@pytest.mark.parametrize("text", ["PATIENT\0DOE", "MSH|^~\\&|A\rPID|DOE", "DOE " * 2_000])
def test_a_text_that_can_be_no_path_is_not_opened_as_one(text: str) -> None:
    for read in (x12.validate, lambda source: list(x12.iter_claims(source))):
        with pytest.raises(X12Error) as raised:
            read(text)
        assert "DOE" not in str(raised.value)

"""JSON, XML and the tree: everything is there, and comes back byte for byte."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.texts import DEPENDENT, FAMILIES, ISA, ONE, swapped, wire

from medcode.claims import x12
from medcode.errors import X12Error

if TYPE_CHECKING:
    from pathlib import Path

ODD = [
    wire(ONE),
    wire(ONE, "\n"),
    wire(ONE, "~", "\r\n"),
    "\ufeff" + wire(ONE),
    "junk " + wire(ONE) + "\n\n",
    wire(ONE)[:-1],
    wire(ONE).replace("DOE", "D\u00d1E\x1c\\\ud800\uffff"),
    wire(ONE) + wire(ONE).replace("*", "|").replace(":", ">"),
    wire(swapped(ONE, "HC:99213", "HC:99213^HC:1")),
    wire(ONE).replace("N3*2 OAK ST", "*"),
    "ST*837*0001~~SE*2*0001~",
]


@pytest.mark.parametrize("text", ODD)
def test_there_and_back(text: str) -> None:
    sent = x12.loads(text)
    assert x12.dumps(x12.from_json(x12.to_json(sent))) == text
    assert x12.dumps(x12.from_xml(x12.to_xml(sent))) == text


def test_bytes_keep_their_encoding() -> None:
    raw = wire(ONE).replace("DOE", "D\u00d1E").encode("latin-1")
    sent = x12.loads(raw)
    assert x12.dumpb(x12.from_json(x12.to_json(sent).encode())) == raw
    assert x12.dumpb(x12.from_xml(x12.to_xml(sent).decode())) == raw


@pytest.mark.property
@given(st.text(alphabet="AZ19*:^~> \n\r\x1c\\<&\u00d1\ud800", max_size=60))
def test_anything_that_can_be_read(text: str) -> None:
    sent = x12.loads(wire(ISA) + text)
    assert x12.dumps(x12.from_json(x12.to_json(sent))) == wire(ISA) + text
    assert x12.dumps(x12.from_xml(x12.to_xml(sent))) == wire(ISA) + text


def test_composites_are_taken_apart() -> None:
    plain = json.loads(x12.to_json(x12.loads(wire(ONE)), indent=1))
    segments = {segment["id"]: segment["elements"] for segment in plain["interchanges"][0]["segments"]}
    assert segments["SV1"][:2] == [[["HC", "99213"]], "40"]
    assert segments["ISA"][-1] == ":"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"format": "medcode-x12-1"}',
        '{"format": "other", "encoding": "utf-8", "interchanges": []}',
        '{"format": "medcode-x12-1", "encoding": "utf-7", "interchanges": []}',
        '{"format": "medcode-x12-1", "encoding": "utf-8", "interchanges": [{"delimiters": "*"}]}',
        '{"format": "medcode-x12-1", "encoding": "utf-8", "interchanges": [{"delimiters": "*:^~", "segments": [1]}]}',
        '{"format": "medcode-x12-1", "encoding": "utf-8", "interchanges": [{"delimiters": "*:^~", "segments": [{"id": 1, "elements": []}]}]}',
        '{"format": "medcode-x12-1", "encoding": "utf-8", "interchanges": []}',
        "[" * 100_000,
    ],
)
def test_other_json_is_refused(text: str) -> None:
    with pytest.raises(X12Error):
        x12.from_json(text)


BOMB = '<!DOCTYPE x12 [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><x12>&b;</x12>'
FILE = '<!DOCTYPE x12 [<!ENTITY a SYSTEM "file:///etc/hostname">]><x12 format="medcode-x12-1">&a;</x12>'


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<x12",
        "<x12/>",
        BOMB,
        FILE,
        '<x12 format="medcode-x12-1" encoding="utf-8"><interchange/></x12>',
        '<x12 format="medcode-x12-1" encoding="utf-8"><interchange delimiters="*:^~"><segment id="A"><element>\\ffffffff;</element></segment></interchange></x12>',
    ],
)
def test_other_xml_is_refused(text: str) -> None:
    with pytest.raises(X12Error):
        x12.from_xml(text)


def test_the_tree_names_loops_and_hides_data() -> None:
    text = wire(DEPENDENT)
    tree = str(x12.loads(text).interchanges[0])
    assert tree == x12.loads(text).tree()
    rows = tree.split("\n")
    assert rows[:6] == [
        "Interchange (test)",
        "  ISA Interchange header",
        "  Group of claims",
        "    GS Group header",
        "    Health care claim: professional",
        "      ST Transaction set header",
    ]
    assert rows[-2:] == ["    GE Group trailer", "  IEA Interchange trailer"]
    assert "              2400 Service line" in rows
    for secret in ("DOE", "SAM", "C1", "19800501", "CLINIC"):
        assert secret not in tree


def test_the_tree_shows_data_to_who_asks() -> None:
    tree = x12.loads(wire(FAMILIES)).interchanges[0].tree(data=True)
    assert "NM1 Patient: NM1*QC*1*DOE*SAM" in tree


def test_the_tree_shows_what_has_no_place() -> None:
    tree = x12.loads(wire(ONE.replace("REF*EI", "DOE*1\nTOO*JP*1\nref*EI"))).tree()
    assert "? (out of place)" in tree
    assert "TOO (out of place)" in tree
    assert "REF Tax number of the billing provider" in tree


def test_the_tree_of_sets_without_a_guide_and_of_ta1() -> None:
    text = "TA1*000000001*260105*0930*A*000~GS*XX*A~ST*270*1~BPR*I~\n~SE*3*1~"
    assert x12.loads(text).tree(data=True).split("\n") == [
        "Interchange",
        "  TA1 Interchange acknowledgment: TA1*000000001*260105*0930*A*000",
        "  Group of another kind",
        "    GS Group header: GS*XX*A",
        "    Transaction set without a guide",
        "      ST: ST*270*1",
        "      BPR: BPR*I",
        "      ?",
        "      SE: SE*3*1",
    ]


def test_notebooks_fold_the_tree() -> None:
    sent = x12.loads(wire(ONE + "\n" + ONE))
    html = sent._repr_html_()
    assert html.count("<details") == html.count("</details>")
    assert "<summary>2010BB Payer</summary>" in html
    bare = re.sub(r"<div><strong>.*?</strong></div>", "", html)  # findings are those of the whole file
    assert sent.interchanges[0]._repr_html_() + sent.interchanges[1]._repr_html_() == bare
    assert "DOE" not in html


def test_every_public_file_there_and_back(reference: Path) -> None:
    for path in sorted((reference / "samples").glob("*/*/*.edi")):
        sent = x12.load(path)
        assert x12.dumpb(x12.from_json(x12.to_json(sent))) == path.read_bytes(), path.name
        assert x12.dumpb(x12.from_xml(x12.to_xml(sent))) == path.read_bytes(), path.name
        assert sent.tree().startswith("Interchange"), path.name

"""A guide beside transcriptions in other languages: what they say is read, and where they differ is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.compare_transcriptions import main
from tools.transcriptions import READERS, Part

if TYPE_CHECKING:
    from pathlib import Path

GO = """
package rule

// a loop of two segments
var L2310BRule = rules.SegmentSetRule{
	0: rules.SegmentRule{
		Name:     "NM1",
		Mask:     rules.MASK_OPTIONAL,
		Elements: rules.ElementSetRule{
			"01": {AcceptValues: []string{"82"}},
			"02": {AcceptValues: []string{"1", "2"}},
			"07": {Mask: rules.MASK_NOTUSED},
		},
	},
	1: rules.SegmentRule{
		Name:        "REF",
		RepeatCount: 4,
		Mask:        rules.MASK_OPTIONAL,
		Elements: rules.ElementSetRule{
			"01": {AcceptValues: []string{"0B", "1G"}},
			"04": {Mask: rules.MASK_OPTIONAL, Composite: rules.ElementSetRule{"01": {Mask: rules.MASK_NOTUSED}}},
		},
	},
}

var TransactionSetRule = rules.TransactionSetRule{
	Composite: rules.LoopRule{
		Name:     "2300",
		Segments: rules.SegmentSetRule{},
		Composite: map[int]rules.LoopRule{
			0: {Segments: L2310BRule, Mask: rules.MASK_OPTIONAL, RepeatCount: rules.GREATER_THAN_ONE, Name: "2310B"},
		},
	},
}
"""

RUBY = """
# frozen_string_literal: true
module X222A1
  b = Builder
  d = Schema
  loop2300 =
    d::LoopDef.build("2310B RENDERING PROVIDER NAME", d::RepeatCount.bounded(1),
      b::Segment(2500, s::NM1, "Rendering", r::Situational, d::RepeatCount.bounded(1),
        b::Element(e::Required,    "Entity Identifier Code", b::Values("82")),
        b::Element(e::Required,    "Entity Type Qualifier", b::Values("1", "2")),
        b::Element(e::Required,    "Name", b::MaxLength(60))),
      b::Segment(2710, s::REF, "Numbers", r::Situational, d::RepeatCount.bounded(4),
        b::Element(e::Required,    "Qualifier", b::Values("0B", "1G")),
        b::Element(e::NotUsed,     "IDENTIFIER",
          b::Element(e::NotUsed,     "Qualifier"))))
end
"""

PYTHON = """
from tigershark.X12.parse import Composite, Element, Loop, Properties, Segment

parsed_837_2310B = Loop(
    "2310B",
    Properties(repeat="1", req_sit="S"),
    Segment(
        "NM1",
        Properties(repeat="1", req_sit="S", syntax="P0809"),
        Element("NM101", Properties(req_sit="R", data_type=("ID", "2", "3"), codes=["82"])),
        Element("NM102", Properties(req_sit="R", data_type=("ID", "1", "1"), codes=["1", "2"])),
    ),
    Segment(
        "REF",
        Properties(repeat="4", req_sit="S"),
        Element("REF01", Properties(req_sit="R", codes=["0B", "1G"])),
        Element("REF02", Properties(req_sit="R", codes=[])),
    ),
)
"""

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:element name="X12_837"><xs:complexType><xs:sequence>
  <xs:element ref="NM1_SubLoop_4" minOccurs="0" maxOccurs="1"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="NM1_SubLoop_4"><xs:complexType><xs:all>
  <xs:element ref="TS837_2310B_Loop" minOccurs="0" maxOccurs="1"/>
</xs:all></xs:complexType></xs:element>
<xs:element name="TS837_2310B_Loop"><xs:complexType><xs:sequence>
  <xs:element ref="NM1_Rendering" minOccurs="1" maxOccurs="1"/>
  <xs:element ref="REF_Numbers" minOccurs="0" maxOccurs="4"/>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="NM1_Rendering"><xs:complexType><xs:sequence>
  <xs:element name="NM101_Code" minOccurs="1" maxOccurs="1" type="X12_ID_98"/>
  <xs:element name="NM102_Type" minOccurs="1" maxOccurs="1"><xs:simpleType><xs:restriction>
    <xs:enumeration value="1"/><xs:enumeration value="2"/>
  </xs:restriction></xs:simpleType></xs:element>
</xs:sequence></xs:complexType></xs:element>
<xs:element name="REF_Numbers"><xs:complexType><xs:sequence>
  <xs:element name="REF01_Qualifier" minOccurs="1" maxOccurs="1" type="X12_ID_128"/>
</xs:sequence></xs:complexType></xs:element>
<xs:simpleType name="X12_ID_98"><xs:restriction><xs:enumeration value="82"/></xs:restriction></xs:simpleType>
<xs:simpleType name="X12_ID_128"><xs:restriction>
  <xs:enumeration value="0B"/><xs:enumeration value="1G"/>
</xs:restriction></xs:simpleType>
</xs:schema>
"""

TEXTS = {"go": GO, "ruby": RUBY, "python": PYTHON, "schema": SCHEMA}


def all_of(parts: list[Part]) -> list[Part]:
    return [each for part in parts for each in (part, *all_of([*part.parts]))]


@pytest.mark.parametrize("form", READERS)
def test_each_form_is_read(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "transcription.py"
    path.write_text(TEXTS[form], "utf-8")
    parts = READERS[form](tmp_path if form == "python" else path)
    (loop,) = [each for each in all_of(parts) if each.id == "2310B"]
    name, numbers = loop.parts
    assert [name.id, numbers.id, numbers.repeat] == ["NM1", "REF", 4]
    assert [sorted(each.codes or ()) for each in name.parts[:2]] == [["82"], ["1", "2"]]
    assert numbers.parts[0] == Part(
        "REF01" if form in {"python", "schema"} else "", "R", numbers.parts[0].repeat, frozenset({"0B", "1G"})
    )

    assert main(["005010X222A1", f"{form}={tmp_path if form == 'python' else path}"]) == 0
    shown = capsys.readouterr().out
    assert "2310B REF[0B 1G] 01: codes" in shown
    assert "only here: 2310B PRV" in shown


def test_what_more_contradict_than_confirm_is_new(tmp_path: Path) -> None:
    go, ruby = tmp_path / "go", tmp_path / "ruby"
    go.write_text(GO, "utf-8")
    ruby.write_text(RUBY, "utf-8")
    assert main(["005010X222A1", f"go={go}", f"ruby={ruby}"]) == 1

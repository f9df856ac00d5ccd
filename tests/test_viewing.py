"""An X12 file as a page: every value is there, each finding at its place, and hostile text stays text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire

from medcode import scrub
from medcode.claims import x12
from medcode.cli import main
from medcode.errors import X12Error
from medcode.viewing import page

if TYPE_CHECKING:
    from pathlib import Path

CLM02 = "?"
TEXT = wire(enclosed(transaction(RICH)))


class Checked(HTMLParser):
    """A parser that keeps text and ids, and sees that elements close in order and nothing is loaded."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "link", "img", "iframe"}
        self.attributes += attrs
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_every_value_is_on_the_page() -> None:
    read = Checked(page(TEXT, title="<claims>"))
    values = {value for segment in x12.loads(TEXT).segments for value in segment.elements[1:] if value}
    assert values <= set(read.texts)
    assert "<claims>" in read.texts
    meanings = [value for name, value in read.attributes if name == "data-meaning"]
    assert "CLM02 stated total, required; R 1-10" in meanings
    assert "ISA15 usage, T test, P production" in meanings
    assert "GS08 implementation guide" in meanings
    assert "IEA02 control number" in meanings
    assert "SBR01 payer responsibility, required; A B C D E F G H P S T U" in meanings
    assert not [
        value for name, value in read.attributes if name in {"src", "href"} and not str(value).startswith("#")
    ]


@pytest.mark.parametrize("change", [("SE*", "SE*9"), ("CLM*", "CLX*"), ("GE*1", "GE*7"), ("*:~", "*>~")])
def test_each_finding_is_listed_and_at_its_place(change: tuple[str, str]) -> None:
    text = TEXT.replace(*change, 1)
    read = Checked(page(text))
    findings = scrub(text).findings
    assert findings
    numbers = range(1, len(findings) + 1)
    assert {value for name, value in read.attributes if name == "id"} == {
        f"finding-{each}" for each in numbers
    }
    assert {value for name, value in read.attributes if name == "href"} == {
        f"#finding-{each}" for each in numbers
    }


def test_hostile_text_stays_text() -> None:
    hostile = '<script>alert("1")</script>'
    read = Checked(
        page(re.sub(r"(NM1\*85\*.\*)[^*]*", lambda found: found[1] + hostile, TEXT), title=hostile)
    )
    assert read.texts.count(hostile) >= 2


def test_more_than_a_list_can_hold() -> None:
    many = wire(enclosed(*[transaction("ZZZ*1\nYYY*2", number=f"{number:04}") for number in range(120)]))
    html = page(many)
    assert "more, in place below" in html
    assert html.count('class="finding') > 200


def test_answers_and_files_without_a_guide() -> None:
    assert "TA1 " in page(TEXT.replace("GS*", "TA1*000000001*260105*0930*A*000~GS*", 1))
    unknown = TEXT.replace("005010X222A1", "005010X999")
    assert "Transaction set without a guide" in page(unknown)
    assert "No findings" in page(x12.acknowledge(TEXT).text)
    with pytest.raises(X12Error):
        page("nothing")


def test_the_command(tmp_path: Path, capsysbinary: Any) -> None:
    file, out = tmp_path / "claims.837", tmp_path / "claims.html"
    file.write_text(TEXT, encoding="utf-8")
    assert main(["view", str(file)]) == 0
    assert b"2010BA Subscriber" in capsysbinary.readouterr().out
    assert main(["view", str(file), "-o", str(out)]) == 0
    assert re.search("<title>claims.837</title>", out.read_text(encoding="utf-8"))
    file.write_text("a letter", encoding="utf-8")
    assert main(["view", str(file)]) == 2

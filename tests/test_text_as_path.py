"""A text is never opened as a path, by no entrance; and what a str says is in no error, whichever of the two it was."""

from __future__ import annotations

import io
import traceback
from typing import TYPE_CHECKING, Any

import pytest
from tests.claims.x12.texts import ONE, wire

from medcode import frames, scrub
from medcode.claims import fhir, x12
from medcode.claims.ledger import Ledger, LedgerError
from medcode.history import CodedHistory
from medcode.masking import mask
from medcode.testing import Payer
from medcode.viewing import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WORD = "Qzmaple"
TEXTS = (
    f"ST*837*0001~NM1*IL*1*{WORD}~",
    f"NM1|IL|1|{WORD}|",
    f"ST>837>{WORD}",
    f"{WORD} 19310719\nX",
    f"{WORD}\rX",
    f"{WORD}\0",
    f"{WORD}\tX",
    f"{WORD}\x85",
    f"{WORD}\ud800",
    WORD * 99,
    f"a/{WORD * 40}",
    WORD,
    f"{WORD} JANE 19310719",
    f"{WORD}/JANE",
    f'{{"a": "{WORD}"}}',
    f"NM1~IL~{WORD}",
    f"CLM^{WORD}^1",
    f"~/{WORD}",
    f"*{WORD}*",
    f"[{WORD}]",
    f"<x12>{WORD}</x12>",
)
ENTRANCES: dict[str, Callable[[str], object]] = {
    "loads": x12.loads,
    "load": x12.load,
    "iter_claims": lambda text: list(x12.iter_claims(text)),
    "iter_records": lambda text: list(x12.iter_records(text)),
    "validate": x12.validate,
    "acknowledge": x12.acknowledge,
    "from_json": x12.from_json,
    "from_xml": x12.from_xml,
    "scrub": scrub,
    "mask": lambda text: mask(text, b"k" * 32),
    "ledger": lambda text: Ledger().add(text),
    "payer": lambda text: Payer().answer(text),
    "tables": frames.read_x12,
    "tables of several": lambda text: frames.read_x12([text]),
    "findings": frames.findings,
    "parquet": lambda text: frames.write_parquet(text, "out"),
}


def said(error: BaseException) -> str:
    """Return an error and those before it, without the lines of the source."""
    lines = "".join(traceback.format_exception(error)).split("\n")
    before = error.__cause__ if error.__suppress_context__ else error.__context__
    chain = [error, before]
    return "\n".join([*map(repr, chain), *(line for line in lines if not line.startswith("    "))])


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_no_error_shows_a_text(entrance: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = {}
    for text in TEXTS:
        try:
            ENTRANCES[entrance](text)
        except (ValueError, OSError) as error:  # X12Error is a ValueError
            if WORD in said(error):
                shown[text] = said(error)
    assert not shown
    assert not [each.name for each in tmp_path.iterdir() if each.name != "out"]


def test_no_ledger_is_made_of_a_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LedgerError, match="not X12 text") as error:
        Ledger(TEXTS[0])
    assert WORD not in said(error.value)
    assert not list(tmp_path.iterdir())


def test_a_path_is_named_and_a_str_counted(tmp_path: Path) -> None:
    missing = tmp_path / "a.837"
    with pytest.raises(FileNotFoundError, match=r"no such file or folder: .*a\.837"):
        frames.read_x12(missing)
    with pytest.raises(FileNotFoundError, match="no such file or folder: path 2"):
        frames.read_x12([tmp_path, str(missing)])
    with pytest.raises(FileNotFoundError, match=r"no file fits the pattern \(path 1\)"):
        frames.read_x12(f"{tmp_path}/*.835")
    with pytest.raises(FileNotFoundError, match=r"a\.837"):
        Ledger().add(missing)


def test_other_types_are_refused_by_name() -> None:
    uses: tuple[Callable[[Any], object], ...] = (
        x12.load, x12.loads, x12.validate, x12.acknowledge, lambda value: mask(value, b"k" * 32),
        lambda value: Ledger().add(value), lambda value: Payer().answer(value), frames.read_x12,
        fhir.from_bundle, fhir.read_bundle, CodedHistory.from_bundle,
    )  # fmt: skip
    for use in uses:
        for value, name in ((None, "NoneType"), (3, "int")):
            with pytest.raises(TypeError, match=name):
                use(value)
    for read in (fhir.from_bundle, fhir.read_bundle, CodedHistory.from_bundle):
        with pytest.raises(TypeError, match=r"a bundle must be a dict.* not str"):
            read('{"resourceType": "Bundle"}')  # type: ignore[arg-type]  # what is refused
    for several in (b"ISA*00*", [b"ISA*00*"]):
        with pytest.raises(TypeError, match="a path must be a str or a Path, not bytes"):
            frames.read_x12(several)  # type: ignore[arg-type]  # what is refused


HELD: tuple[Callable[[str], object], ...] = (
    io.StringIO, lambda text: io.BytesIO(text.encode()), lambda text: text.encode(), lambda text: bytearray(text.encode()),
    lambda text: memoryview(text.encode()),
)  # fmt: skip
"""An open file and bytes: what they hold is text, whatever it looks like."""


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_what_is_held_is_never_a_path(entrance: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.837").write_text(wire(ONE), encoding="utf-8")
    for held in HELD:
        try:
            found = ENTRANCES[entrance](held("a.837"))  # type: ignore[arg-type]  # what is refused
        except (ValueError, TypeError):
            continue
        assert found in ([], None), held  # a reader without a claim, a ledger without an entry


@pytest.mark.parametrize("held", HELD)
def test_whatever_holds_a_text_it_is_scrubbed_alike(held: Callable[[str], Any]) -> None:
    text = wire(ONE).replace("~SE*", "~ZZZ*1~SE*")
    assert [*map(str, scrub(held(text)).findings)] == [*map(str, scrub(text).findings)] != []
    assert scrub(wire(ONE), history=held(text)).findings == scrub(wire(ONE), history=text).findings


def test_a_page_is_made_of_the_text_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.837").write_text(TEXTS[0], encoding="utf-8")
    with pytest.raises(ValueError, match="not X12"):
        page("a.837")

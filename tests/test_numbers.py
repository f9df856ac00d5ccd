"""Every number from outside is bounded before it is made, and is the same amount however it is written."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, strategies as st
from tests.claims.x12.answers.texts import REMITTANCE
from tests.claims.x12.texts import ONE, wire

from medcode.claims import ProfessionalClaim, fhir, x12
from medcode.claims.ledger import Ledger
from medcode.claims.plain import claim_from, to_plain
from medcode.claims.submission import Submission
from medcode.codesets.base import Malformed
from medcode.codesets.loaders import input_file, load
from medcode.codesets.loaders.faults import LoadError
from medcode.edits import select
from medcode.errors import MedcodeError, X12Error
from medcode.fixing import fix_file
from medcode.masking import mask
from medcode.numbers import amount, amount_text, decimal, whole
from medcode.viewing import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

(CLAIM,) = x12.iter_claims(wire(ONE))

HOSTILE = (
    "1E-999999999", "1E999999999", "1E999999", "-1E-400", "0E-999999999", "0E+999999999", "9" * 5_000, "0." + "0" * 5_000 + "1",
    "NaN", "sNaN", "Infinity", "-Infinity", "1e400", "\u0663", "\u00b2", "\uff11", "1_000", " 1", "+1", "0x10", "",
)  # fmt: skip


def charged(value: Any) -> ProfessionalClaim:
    """Return a claim of one line with a charge."""
    return CLAIM.evolve(lines=(CLAIM.lines[0].evolve(charge=value),))  # type: ignore[return-value]  # it is professional


@given(
    st.decimals(allow_nan=True, allow_infinity=True)
    | st.sampled_from([each for each in HOSTILE if each.isascii()])
)
def test_any_number_is_an_amount_or_malformed_and_comes_back(value: Decimal | str) -> None:
    try:
        given_value = Decimal(value)
    except ArithmeticError:
        return
    claim = charged(given_value)
    held = claim.lines[0].charge
    assert isinstance(held, Malformed) or held == given_value
    again = claim_from(json.loads(json.dumps(to_plain(claim))))
    assert again == claim
    if isinstance(held, Decimal):
        assert "E" not in repr(held)
        assert held == decimal(amount_text(held))
        (read,) = x12.loads(x12.dumps([claim], check=False)).claims()
        assert read.lines[0].charge == held


@pytest.mark.parametrize("text", ["100", "1E+2", "100.00", "1.0E2", "10000E-2"])
def test_one_amount_is_the_same_however_it_is_written(text: str) -> None:
    claim = charged(Decimal(text))
    assert claim == charged("100")
    assert "*100*" in x12.dumps([claim], check=False)
    assert claim_from(to_plain(claim)) == claim
    assert str(claim.lines[0].charge) in {"100", "100.00"}
    assert charged(Decimal("0E-8")) == charged(0)
    assert str(charged(Decimal("0E-8")).lines[0].charge) == "0"


@pytest.mark.parametrize("number", HOSTILE)
def test_hostile_numbers_pass_through_every_entrance(number: str, tmp_path: Path) -> None:
    """No entrance hangs or breaks; what is no amount is held as malformed, or refused by an error of ours."""
    assert decimal(number) is None
    assert whole(number) is None
    assert isinstance(charged(number).lines[0].charge, Malformed)
    x12.validate(wire(ONE).replace("*40*UN", f"*{number}*UN"))
    list(x12.iter_claims(wire(ONE).replace("*40*UN*1", f"*{number}*UN*{number}")))
    visit = tmp_path / "visit.toml"
    for value in (number, f'"{number}"'):
        visit.write_text(f"[[claims]]\n[[claims.lines]]\ncharge = {value}\n", encoding="utf-8")
        with pytest.raises(MedcodeError):
            Submission.load(visit)
        plain = json.dumps(to_plain(CLAIM)).replace('"40"', value)
        for read in (
            lambda text: ProfessionalClaim.from_dict(json.loads(text, parse_float=Decimal)),
            lambda text: fhir.read_bundle(json.loads(text, parse_float=Decimal)),
        ):
            try:
                read(plain)
            except (MedcodeError, ValueError):
                continue
    if number:
        with pytest.raises(ValueError, match="SNIP"):
            select(f"SNIP{number}")


def test_numbers_of_a_bundle_are_exact_and_bounded() -> None:
    bundle = fhir.to_bundle(charged("0.10"))
    for number in ("1E-999999999", "1e400", "9" * 5_000, "1E+2", "NaN"):
        text = json.dumps(bundle).replace('"value": 0.1', f'"value": {number}')
        try:
            plain = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=Decimal)
        except ValueError:
            continue
        (claim,) = fhir.read_bundle(plain).claims
        charge = claim.lines[0].charge
        assert charge == 100 if number == "1E+2" else isinstance(charge, Malformed)


def test_amounts_have_eighteen_digits() -> None:
    assert amount(10**18 - 1) == 10**18 - 1
    assert amount(10**18) is amount(Decimal(10) ** 18) is amount(Decimal("1E-19")) is None
    assert amount(Decimal("-0")) == 0
    assert str(amount(Decimal("-0"))) == "0"


def test_a_table_expands_and_an_archive_unpacks_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = "".join(f'<label code="{each}">x</label>' for each in "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    axis = f"<axis>{labels}</axis>"
    xml = f"<ICD10PCS.tabular><version>2026</version><pcsTable>{axis * 3}\n<pcsRow>{axis * 4}</pcsRow></pcsTable></ICD10PCS.tabular>"
    bomb = tmp_path / "pcs.xml"
    bomb.write_text(xml, encoding="utf-8")
    with pytest.raises(LoadError, match=r"pcs\.xml:2: the rows make more than 400,000 codes"):
        load([bomb])
    monkeypatch.setattr(input_file, "UNSUSPICIOUS", 1_000)
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "0" * 1_000_000)
    packed = tmp_path / "a.zip"
    packed.write_bytes(raw.getvalue())
    with pytest.raises(LoadError, match="unpacks to too much: 1,000,000 bytes of"):
        load([packed])


WAYS: tuple[Callable[[str], object], ...] = (
    x12.acknowledge,
    lambda text: mask(text, b"k" * 32),
    lambda text: Ledger().add(text),
    page,
    lambda text: fix_file(text.encode("utf-8", "surrogatepass")),
    lambda text: x12.from_json(x12.to_json(x12.loads(text))),
    lambda text: x12.from_xml(x12.to_xml(x12.loads(text))),
    lambda text: x12.Envelope.of(x12.loads(text).interchanges[0]),
)
DIGITS = ("\u00b2", "\u0663", "1_0", "+1", "1e5", "9" * 4_400, "\ud800", "\x85", "\u2028")
"""What `int` takes and X12 does not, what it refuses, and characters that no file or line can hold."""


@pytest.mark.slow
@pytest.mark.parametrize("text", [wire(ONE), REMITTANCE])
def test_no_element_ends_in_an_error_of_python(text: str) -> None:
    segments = text.split("~")
    places = [(at, number) for at, each in enumerate(segments) for number in range(1, len(each.split("*")))]
    for turn, (at, number) in enumerate(places):
        elements = segments[at].split("*")
        is_fixed = elements[0].strip() == "ISA"
        value = DIGITS[turn % (3 if is_fixed else len(DIGITS))]
        if is_fixed and number in {11, 16}:
            continue  # delimiters
        elements[number] = value.ljust(len(elements[number]))[: len(elements[number])] if is_fixed else value
        changed = "~".join([*segments[:at], "*".join(elements), *segments[at + 1 :]])
        with suppress(MedcodeError):  # every value goes every way, though not from every place
            WAYS[turn % len(WAYS)](changed)


@pytest.mark.parametrize("number", ["0000000\u0661\u0661", "00_000_01", "+00000011", "        x"])
def test_a_control_number_has_digits_alone(number: str) -> None:
    sent = x12.loads(wire(ONE).replace("*000000001*", f"*{number}*"))
    with pytest.raises(X12Error, match="malformed number"):
        x12.Envelope.of(sent.interchanges[0])


def test_a_control_number_of_any_length_is_masked() -> None:
    long = "7" * 4_400
    text = mask(
        wire(ONE).replace("GS*HC*CLINIC*PLAN*20260105*0930*1*", f"GS*HC*CLINIC*PLAN*20260105*0930*{long}*"),
        b"k" * 32,
    )
    assert long not in text


def test_no_line_of_conversions_names_more_codes_than_a_range_has(tmp_path: Path) -> None:
    header = "Current code assignment\tEffective date\tPrevious code assignment"
    (tmp_path / "icd10cm_conversion_table_FY2026.txt").write_text(
        f"{header}\nA09\t2025-10-01\tA000000-A999999\n", "utf-8"
    )
    with pytest.raises(LoadError, match="is not a range of codes"):
        load([tmp_path / "icd10cm_conversion_table_FY2026.txt"])

"""X12 as tables: every field has its place, and the records come back as they were."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from tests.claims.x12.rich import RICH
from tests.claims.x12.texts import enclosed, transaction, wire
from tests.frames.texts import TEXT

from medcode import frames
from medcode.claims import x12
from medcode.claims.claim_status import ClaimStatus, InquiryStatus
from medcode.claims.model import DentalClaim, InstitutionalClaim, Orthodontics, ProfessionalClaim
from medcode.claims.model.base import DateRange, Part
from medcode.claims.plain_types import fields_of
from medcode.claims.remittance import Remittance
from medcode.codesets.code import Malformed
from medcode.errors import MedcodeError
from medcode.frames.layout import TABLES, below, columns_of
from medcode.frames.rows import Rows
from medcode.testing import strategies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

RECORDS: tuple[type, ...] = (
    ProfessionalClaim, InstitutionalClaim, DentalClaim, Remittance, ClaimStatus, InquiryStatus,
)  # fmt: skip
DAY = date(2026, 1, 5)
DRAWN = {
    "professional": strategies.professional_claims(valid_on=DAY),
    "institutional": strategies.institutional_claims(valid_on=DAY),
    "dental": strategies.dental_claims(valid_on=DAY),
    "broken": strategies.claims(),
    "remittance": strategies.remittances(),
    "status": strategies.claim_statuses(),
}


def tables_of(records: Sequence[Part], *, phi: bool = True) -> dict[str, pa.Table]:
    rows = Rows(phi=phi)
    assert all(rows.add(record, "a.837") for record in records)
    return rows.take()


def values_of(scalar: type, codes: tuple[type, ...]) -> list[Any]:
    """A few values of a type, those that fit no column among them."""
    if codes:
        return [codes[0].trusted("A001"), codes[-1].trusted("B002"), Malformed("?"), Malformed("")]  # type: ignore[attr-defined]  # codes are of Code
    values: dict[type, list[Any]] = {
        str: ["x", "", "ü~*"],
        Decimal: [
            Decimal("1.5"),
            Decimal(-7),
            Decimal("1e-9"),
            Decimal(10**20),
            Malformed("1,0"),
            Malformed(""),
        ],
        int: [1, 2**70, Malformed("x")],
        date: [DAY, Malformed("2026-02-30")],
        DateRange: [DateRange(DAY, DAY), Malformed("20260105-")],
        datetime: [datetime(2026, 1, 5, 14, 30), Malformed("now")],  # noqa: DTZ001  # claims carry local time
        time: [time(14, 30), Malformed("25")],
    }
    return values[scalar]


def filled(cls: type, turn: int) -> Any:
    """A part with every field set, to another value at each turn."""
    values: dict[str, Any] = {}
    for at, (name, kind) in enumerate(fields_of(cls).items()):
        if kind.part:
            one = filled(kind.part, turn + at)
        else:
            scalars = [each for each in kind.scalars if each.__name__ != "Code"]
            choices = [value for each in scalars for value in values_of(each, ())]
            choices += values_of(str, kind.codes) if kind.codes else []
            one = choices[(turn + at) % len(choices)]
        values[name] = (one, one) if kind.many else one
    return Part.of_typed.__func__(cls, values)  # type: ignore[attr-defined]  # a claim drops a total that fits


@pytest.mark.slow
@pytest.mark.parametrize("cls", RECORDS)
def test_every_field_of_every_part_comes_back_whatever_it_holds(cls: type) -> None:
    for turn in range(6):
        record = filled(cls, turn)
        (back,) = frames.to_records(tables_of([record]))
        for field in attrs.fields(cls):
            assert not field.eq or getattr(back, field.name) == getattr(record, field.name), field.name
        assert back == record


def bare(cls: type) -> Any:
    """A part with what is required, and every optional part there but empty."""
    values: dict[str, Any] = {}
    for name, kind in fields_of(cls).items():
        if kind.many:
            values[name] = ()
        elif kind.part:
            values[name] = bare(kind.part)
        elif not kind.optional:
            values[name] = values_of(kind.scalars[-1], kind.codes)[0]
    return Part.of_typed.__func__(cls, values)  # type: ignore[attr-defined]  # a claim drops a total that fits


@pytest.mark.parametrize("cls", RECORDS)
def test_a_part_that_is_there_and_empty_is_not_one_that_is_absent(cls: type) -> None:
    (back,) = frames.to_records(tables_of([bare(cls)]))
    assert back == bare(cls)
    if cls is DentalClaim:
        assert isinstance(back, DentalClaim)
        assert back.orthodontics == Orthodontics()


@pytest.mark.slow
@pytest.mark.property
@pytest.mark.parametrize("kind", DRAWN)
def test_drawn_records_come_back_as_they_were(kind: str) -> None:
    @given(DRAWN[kind])
    @settings(suppress_health_check=list(HealthCheck))
    def check(record: Part) -> None:
        assert list(frames.to_records(tables_of([record]))) == [record]

    check()


def test_a_folder_becomes_tables_and_a_broken_file_a_finding(folder: Path) -> None:
    tables = frames.read_x12(folder)
    claims = tables["claims"]
    assert claims.select(["file", "claim", "transaction", "kind", "control_number", "total"]).to_pylist() == [
        {"file": str(folder / "a.837"), "claim": 1, "transaction": 1, "kind": "professional",
         "control_number": "C1", "total": Decimal(140)},
        {"file": str(folder / "deep" / "b.837"), "claim": 1, "transaction": 1, "kind": "professional",
         "control_number": "C1", "total": Decimal(140)},
        {"file": str(folder / "deep" / "b.837"), "claim": 2, "transaction": 2, "kind": "professional",
         "control_number": "C2", "total": Decimal(140)},
    ]  # fmt: skip
    lines = tables["lines"].select(["line", "procedure_code", "charge", "service_date", "service_date_end"])
    assert lines.to_pylist()[:2] == [
        {"line": 1, "procedure_code": "99213", "charge": Decimal(40), "service_date": DAY,
         "service_date_end": None},
        {"line": 2, "procedure_code": "99214", "charge": Decimal(100), "service_date": DAY,
         "service_date_end": date(2026, 1, 6)},
    ]  # fmt: skip
    assert tables["diagnoses"].select(["number", "code", "code_set"]).to_pylist()[:2] == [
        {"number": 1, "code": "J069", "code_set": "icd10cm"},
        {"number": 2, "code": "I10", "code_set": "icd10cm"},
    ]
    assert tables["providers"].select(["role", "npi"]).to_pylist()[:1] == [
        {"role": "billing_provider", "npi": "1234567893"}
    ]
    assert tables["findings"].select(["file", "rule", "message"]).to_pylist() == [
        {
            "file": str(folder / "note.txt"),
            "rule": "FILE",
            "message": tables["findings"]["message"][0].as_py(),
        }
    ]


def test_what_identifies_a_person_is_marked_and_can_be_left_out(folder: Path) -> None:
    everything, quiet = frames.read_x12(folder / "a.837"), frames.read_x12(folder / "a.837", phi=False)
    for name, table in everything.items():
        for field in table.schema:
            assert field.metadata[b"meaning"], (name, field.name)
            marked = field.metadata[b"phi"] == b"true"
            assert marked == (field.name not in quiet[name].column_names), (name, field.name)
    assert "subscriber_last_name" not in quiet["claims"].column_names
    assert "subscriber_sex" in quiet["claims"].column_names
    texts = str([table.to_pylist() for table in quiet.values()])
    for private in ("DOE", "19800501", "OAK", "M1'", "C1'"):
        assert private not in texts


def test_paths_are_files_folders_patterns_and_nothing_else(folder: Path) -> None:
    pattern = frames.read_x12(f"{folder}/**/*.837")
    assert pattern["claims"].num_rows == 3
    assert frames.read_x12([folder / "a.837", str(folder / "a.837")])["claims"].num_rows == 1
    for missing in (folder / "c.837", f"{folder}/*.835"):
        with pytest.raises(FileNotFoundError, match=r"c\.837|pattern \(path 2\)"):
            frames.read_x12([folder / "a.837", missing])
    with pytest.raises(ValueError, match="not X12 text") as error:
        frames.read_x12(TEXT)
    assert "DOE" not in str(error.value)
    with pytest.raises(TypeError, match="int"):
        frames.read_x12([3])  # type: ignore[list-item]  # what is refused


LIBRARIES: dict[str, Callable[[Any], Any]] = {
    "polars": pl.from_arrow,
    "duckdb": lambda table: duckdb.connect().from_arrow(table),
    "pandas": lambda table: table.to_pandas(),
    "pandas on Arrow": lambda table: table.to_pandas(types_mapper=pd.ArrowDtype),
    "plain": lambda table: table,
}


@pytest.mark.parametrize("library", LIBRARIES)
def test_tables_come_back_from_other_libraries(library: str) -> None:
    records = [filled(ProfessionalClaim, 3), bare(InstitutionalClaim), filled(Remittance, 1)]
    held = {name: LIBRARIES[library](table) for name, table in tables_of(records).items()}
    assert list(frames.to_records(held)) == records


def test_tables_are_checked_before_any_work_and_by_name(folder: Path) -> None:
    tables = frames.read_x12(folder)
    lines, claims = tables["lines"], tables["claims"]
    charge = lines.column_names.index("charge")
    with pytest.raises(KeyError, match="adjustments, adjudications"):
        frames.to_claims({name: tables[name] for name in tables if not name.startswith("ad")})
    with pytest.raises(ValueError, match=r"lines lacks the column charge$"):
        frames.to_claims(tables | {"lines": lines.drop_columns(["charge"])})
    with pytest.raises(ValueError, match="lines lacks the column charge and 1 more"):
        frames.to_claims(tables | {"lines": lines.drop_columns(["charge", "quantity"])})
    floats = lines.set_column(charge, "charge", lines["charge"].cast(pa.float64()))
    with pytest.raises(TypeError, match=r"lines\.charge must be decimal128\(24, 6\), not double"):
        frames.to_claims(tables | {"lines": floats})
    halves = lines.set_column(lines.column_names.index("line"), "line", pa.array([1.5] * lines.num_rows))
    with pytest.raises(ValueError, match=r"lines\.line has a value that int64 cannot hold"):
        frames.to_claims(tables | {"lines": halves})
    with pytest.raises(TypeError, match="claims must be a table"):
        frames.to_claims(tables | {"claims": "claims"})
    with pytest.raises(TypeError, match="mapping of names"):
        frames.to_claims(claims)
    wide = lines.set_column(charge, "charge", lines["charge"].cast(pa.decimal128(38, 10)))
    assert next(iter(frames.to_claims(tables | {"lines": wide}))).lines[0].charge == 40


@pytest.mark.slow
def test_the_public_samples_are_written_again_from_their_tables(reference: Path) -> None:
    same = []
    for path in sorted((reference / "samples").glob("*/837*/*.edi")):
        sent, tables = x12.load(path), frames.read_x12(path)
        claims, envelope = list(sent.claims()), x12.Envelope.of(sent.interchanges[0])
        back = list(frames.to_claims(tables))
        assert back == claims, path.name
        assert list(frames.to_envelopes(tables).values()) == [envelope], path.name
        text = x12.dumps(back, envelope, check=False)
        assert text == x12.dumps(claims, envelope, check=False), path.name
        if text == sent.text:
            same.append(path)
        assert text == sent.text or sent.findings, path.name
    assert len(same) >= 20, "of the files whose claims are written again as they came"


def test_a_claim_that_is_twice_in_tables_is_refused(folder: Path) -> None:
    tables = {name: pa.concat_tables([table] * 2) for name, table in frames.read_x12(folder).items()}
    with pytest.raises(ValueError, match="claims has several rows of the same file and claim"):
        list(frames.to_claims(tables))
    with pytest.raises(ValueError, match="claims has several rows"):
        frames.findings(tables)


def test_columns_are_taken_however_they_are_held(folder: Path) -> None:
    tables = frames.read_x12(folder)
    lines, claims = tables["lines"], tables["claims"]
    coded = lines.set_column(
        lines.column_names.index("procedure_code"),
        "procedure_code",
        lines["procedure_code"].dictionary_encode(),
    )
    at = claims.column_names.index("value_codes")
    kind = pa.list_(pa.struct([("amount", pa.decimal128(20, 2)), ("more", pa.int8()), ("code", pa.string())]))
    turned = claims.set_column(
        at, "value_codes", pa.array([[{"code": "A1", "amount": Decimal(2)}]] * 3, kind)
    )
    held = frames.to_claims(tables | {"lines": coded, "claims": turned})
    assert list(held) == list(frames.to_claims(tables))


def test_columns_of_one_name_are_of_one_type_in_every_class() -> None:
    for table in TABLES.values():
        kinds: dict[str, set[str]] = {}
        for cls in table.classes:
            for column in columns_of(cls, ""):
                kinds.setdefault(column.name, set()).add(str(column.type))
        assert [name for name, found in kinds.items() if len(found) > 1] == [], table.name


def test_the_rows_below_each_record_are_these() -> None:
    assert set(below("claims")) == {
        "claims", "lines", "providers", "other_payers", "diagnoses", "procedures", "adjudications", "adjustments",
    }  # fmt: skip
    assert set(TABLES) >= set(below("remittances")) | set(below("statuses"))


@pytest.mark.parametrize(
    ("column", "message"),
    [("claim", r"claims\.claim must not be null"), ("kind", r"claims\.kind must be professional")],
)
def test_a_key_or_a_kind_that_is_null_is_named(tmp_path: Path, column: str, message: str) -> None:
    (tmp_path / "a.837").write_text(TEXT, encoding="utf-8")
    tables = frames.read_x12(tmp_path / "a.837")
    table = tables["claims"]
    at = table.schema.get_field_index(column)
    nothing = pa.nulls(table.num_rows, table.schema.field(at).type)
    with pytest.raises(ValueError, match=message):
        list(frames.to_claims({**tables, "claims": table.set_column(at, column, nothing)}))


def test_a_claim_without_rows_for_what_it_needs_has_it_blank(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_text(TEXT, encoding="utf-8")
    tables = frames.read_x12(tmp_path / "a.837")
    bare: dict[str, Any] = {**tables, "providers": tables["providers"].slice(0, 0)}
    (claim, *_) = frames.to_claims(bare)
    assert claim.billing_provider.npi is None
    assert "claim" in frames.findings(bare).column_names  # no edit ends in an error


def test_an_error_repeats_no_cell(tmp_path: Path) -> None:
    (tmp_path / "a.837").write_text(wire(enclosed(transaction(RICH))), encoding="utf-8")
    tables: Any = frames.read_x12(tmp_path / "a.837")
    for name, table in tables.items():
        for at, field in enumerate(table.schema if table.num_rows else ()):
            if field.type != pa.string() or not field.name.endswith(
                ("_set", "kind", "convention", "qualifier")
            ):
                continue
            spoiled = table.set_column(at, field, pa.array(["QZMAPLE"] * table.num_rows))
            try:
                frames.to_texts({**tables, name: spoiled})
            except (MedcodeError, KeyError, TypeError, ValueError) as error:
                chain = [error, error.__cause__, None if error.__suppress_context__ else error.__context__]
                assert not any("QZMAPLE" in repr(each) for each in chain), f"{name}.{field.name}"

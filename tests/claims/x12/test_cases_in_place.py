"""The synthetic files with one fault or oddity each, read in place: what their index says must be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode import scrub
from medcode.claims import x12

if TYPE_CHECKING:
    from pathlib import Path

RIGHT = {
    "a01_abf_first": {"X057"},
    "a02_i5": {"X051"},
    "a03_st02_blank": set(),
    "base_d": set(),
    "base_i": set(),
    "base_p": set(),
    "c01_hi_decimal_point": {"X086"},
    "c02_hi_lower_case": {"X086"},
    "c03_ndc_dashes": {"X086"},
    "c04_hcpcs_lower_case": {"X086"},
    "c05_i_dx_decimal": {"X086"},
    "c07_hospice_status_40": set(),
    "c08_timely_by_today": set(),
    "c09_service_after_bht": {"CLM10"},
    "c12_noise_empty_hi": {"X051", "X057"},
    "d01_n4_without_n3": set(),
    "d02_x292": set(),
    "d03_two_sets_ch_rp": set(),
    "r01_billing_loop_lost": {"X033", "X051"},
    "r02_hl23_under_20": {"X033"},
    "r03_st03_trailing_blank": {"X084"},
    "r06_isa16_blank": {"X004"},
    "r08_quote_before_isa": {"X008"},
    "r09_no_levels": {"X033"},
}
"""The rules that find something in each file; of the others (s), the rules of situation."""

ANSWERS = {
    "a01_abf_first": ("IK3*HI*20*2300*8", "IK4*1:1*1270*7"),
    "a02_i5": ("IK5*R*5*I5",),
    "a03_st02_blank": ("AK2*837*A B1*005010X222A1", "IK5*A"),
}


def test_every_case_of_the_index(reference: Path) -> None:
    folder = reference / "cases/x12"
    rows = (folder / "index.tsv").read_text(encoding="utf-8").splitlines()[1:]
    files = [row.split("\t")[0] for row in rows]
    checked = 0
    for name in files:
        stem, _, kind = name.rpartition(".")
        if kind != "x12":
            continue
        text = (folder / name).read_bytes()
        assert x12.dumpb(x12.loads(text)) == text, name
        found = {each.rule for each in scrub(folder / name).findings}
        if stem in RIGHT:
            assert found - {"CLM01"} == RIGHT[stem], name  # a pointer to a diagnosis that was refused
        else:
            assert any(rule.startswith("SIT") for rule in found), name
        checked += 1
    assert checked == len(RIGHT) + 6


def test_the_acknowledgments(reference: Path) -> None:
    for stem, segments in ANSWERS.items():
        answer = x12.acknowledge(x12.load(reference / "cases/x12" / f"{stem}.x12"))
        written = [each.text.strip() for each in answer.segments]
        assert set(segments) <= set(written), stem

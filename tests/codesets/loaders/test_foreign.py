"""A file of each kind loaded as every other kind: refused, with what it seems to be."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from tests.codesets.loaders import layouts
from tests.codesets.loaders.test_short_and_side_files import OFFICIAL, OWN, written

from medcode.codesets import CODE_SETS, loaders
from medcode.codesets.loaders import LoadError, LoadOptions

if TYPE_CHECKING:
    from pathlib import Path

OTHERS = {
    "ccioph-v302r0.txt": layouts.PTP,
    "MCR_MUE_OutpatientHospital_Eff_07-01-2024.csv": layouts.MUE.replace(
        "Practitioner", "Outpatient Hospital"
    ),
    "MCR_MUE_DME_Eff_07-01-2024.csv": layouts.MUE.replace("Practitioner", "DME Supplier"),
    "conversion_table_FY2026.txt": layouts.CONVERSION,
    "list_of_revenue_codes.csv": "Revenue Code,Title\n0450,x\n",
    "list.csv": "Condition Code,Title\nA1,x\n",
    "codes.csv": "Value Code,Title\n80,x\n",
    "values.csv": "Occurrence Code,Title\n11,x\n",
    "bill_type.csv": "Code,Title\n0111,x\n",
    "claim_status_codes.csv": "Code,Title\n20,x\n",
}
SETS = (*CODE_SETS.shipped, *loaders.TABLES)
REASONS = re.compile(r"not (of )?\w+$|is not in .* format|lists no \w+ code|not known: add --set")
DAYS = (date(2026, 4, 1), date(2026, 6, 30))


def made(paths: list[Path], name: str | None) -> set[str]:
    options = LoadOptions(set=name, start=DAYS[0], end=DAYS[1], partial=True)
    return {each.name for each in loaders.load(paths, options)}


def taken_for(paths: list[Path], own: set[str]) -> list[str]:
    """Return the other sets that files are loaded as, and refusals without a reason of their own."""
    wrong: list[str] = []
    for name in SETS:
        try:
            found = made(paths, name)
        except LoadError as error:
            wrong += [] if REASONS.search(error.reason) else [f"{name}: {error}"]
        else:
            wrong += [name] * (found != own)
    return wrong


def test_a_file_of_one_kind_is_loaded_as_no_other(tmp_path: Path) -> None:
    files = {**OFFICIAL, **OWN, **OTHERS}
    found = {names: written(tmp_path, names, data) for names, data in files.items()}
    assert {
        names: wrong for names, paths in found.items() if (wrong := taken_for(paths, made(paths, None)))
    } == {}


@pytest.mark.parametrize("named", [True, False])
def test_the_codes_of_a_shipped_set_are_known_by_their_titles(named: bool, tmp_path: Path) -> None:
    """Whatever the file is called: every set that ships titles, as every other set."""
    wrong = {}
    for name in (
        "drg",
        "modifiers",
        "states",
        "country",
        "place_of_service",
        "icd9cm_procedures",
    ):
        texts = islice(CODE_SETS[name].texts(), 40)
        rows = "".join(f'{text.code},"{text.text}"\n' for text in texts)
        path = tmp_path / (f"{name}.csv" if named else "mine.csv")
        path.write_text(f"Code,Title\n{rows}", encoding="utf-8")
        if named:
            assert made([path], None) == {name}
        if taken := taken_for([path], {name}):
            wrong[name] = taken
    assert wrong == {}


def test_mappings_are_of_the_way_that_most_lines_fit(tmp_path: Path) -> None:
    path = tmp_path / "2018_gem.txt"
    path.write_text("A000    0010    00000\nA001    0011    00000\n?001    0011    00000\n", encoding="ascii")
    with pytest.raises(LoadError, match=r"gem\.txt:3:1: not a line of mappings from ICD-10-CM to ICD-9-CM"):
        made([path], None)
    path.write_text("V010    V010    00000\n", encoding="ascii")  # fits both ways
    with pytest.raises(LoadError, match="these are not"):
        made([path], None)
    assert made([path], "gems_icd9cm_icd10cm") == {"gems_icd9cm_icd10cm"}

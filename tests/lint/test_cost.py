"""No list, configuration or table of one's own costs more than its length: work is counted."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import pytest
from tests.counting import calls, is_linear

from medcode.edits.own.reading import TableFault, read_tables
from medcode.lint import Choice, config, lint_text, upgrade_text
from medcode.lint.documents import yaml_texts
from medcode.lint.names import below
from medcode.lint.scanner import scanned_texts
from medcode.toml_lines import line_of, lines_of, place_of, places_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = date(2026, 1, 5)
STEP = 120
LISTS: dict[str, Callable[[int], str]] = {
    "aliases.yaml": lambda count: "a: &a [I10]\nb:\n" + "  - *a\n" * count,
    "anchors.yaml": lambda count: "".join(f"b{at}: &a{at} I10\n" for at in range(count)),
    "systems.yaml": lambda count: "x: {" + "system: icd10, code: I10, " * count + "}",
    "name.yaml": lambda count: "k" * 100 + ":\n" + "".join(f"  a{at}: I10\n" for at in range(count)),
    "systems.json": lambda count: "{" + ",".join(['"system": "icd10", "code": "I10"'] * count) + "}",
    "name.json": lambda count: (
        '{"' + "k" * count * 9 + '": {' + ",".join(f'"key{at}": "I10"' for at in range(count)) + "}}"
    ),
    "deep.py": lambda count: "dx=(" * count + '"I10"',
    "deep.sql": lambda count: "dx=(" * count + "'I10'",
    "short-rows.csv": lambda count: (
        "system," + ",".join(f"c{at}" for at in range(count)) + "\n" + "icd10,I10\n" * count
    ),
    "settings.csv": lambda count: "icd10\n" + "I10 # medcode: set=icd10cm\n" * count,
    "ranges.csv": lambda count: (
        "icd10\n" + "".join(f"A{at % 90 + 10}-Z{at % 80 + 10}\n" for at in range(count))
    ),
    "ranges-of-icd-9.csv": lambda count: "icd9\n" + "".join(f"{at + 100}-999\n" for at in range(count)),
    "words.txt": lambda count: "I10 I11 heart\n" * count,
}


def test_work_on_lists() -> None:
    failed = {}
    for name, made in LISTS.items():
        texts = [made(STEP * times) for times in (1, 2, 3)]
        uses = [lambda text=text, name=name: list(lint_text(text, name, Choice(on=DAY))) for text in texts]
        uses[-1]()  # what is loaded and worked out once
        counts = [calls(use, of_c=True) for use in uses]
        if not is_linear(counts, 200):
            failed[name] = counts
    assert not failed


def test_names() -> None:
    """Each code has the name that it stands under: a name that grows with each of them would fill the memory."""
    for name in ("systems.yaml", "systems.json", "name.json", "deep.py", "deep.sql"):
        for count in (STEP, 9 * STEP):
            text, suffix = LISTS[name](count), f".{name.rpartition('.')[2]}"
            found = yaml_texts(text) if suffix == ".yaml" else scanned_texts(text, suffix)
            assert all(len(label or "") <= 500 + len("/icd10/code") for _, _, label in found), name


def test_an_upgrade() -> None:
    def use(count: int) -> object:
        text = "icd10\n" + "".join(f"E{at % 90 + 10}.-\n" for at in range(count))
        return upgrade_text(text, "a.csv", Choice(on=DAY), date(2024, 1, 5))

    use(3)
    assert is_linear([calls(partial(use, 40 * times), of_c=True) for times in (1, 2, 3)], 2_000)


def test_patterns_that_tried_every_split() -> None:
    """Of a hundred thousand blanks they would not come back."""
    blanks = " " * 100_000
    for name, text in {"a.py": f'x = ["I10" ]{blanks}y', "a.sql": f"'I10' ) {blanks}y"}.items():
        assert list(lint_text(text, name, Choice(on=DAY))) == []


def test_what_follows_a_bracket_still_makes_a_name() -> None:
    for text in ('row["icd10"] == "E11"', 'row["icd10"]  ==  "E11"', 'row["icd10"] .isin("E11")'):
        assert [each.code for each in lint_text(text, "a.py", Choice(on=DAY))] == ["E11"], text
    for text in ("t['icd10']::text = 'E11'", "t['icd10'] ::text IN ('E11')", "t['icd10'] IN ('E11')"):
        assert [each.code for each in lint_text(text, "a.sql", Choice(on=DAY))] == ["E11"], text


def test_a_second_system_takes_the_place_of_the_first() -> None:
    for name, text in {
        "a.json": '[{"system": "icd9", "code": "E11", "system": "icd10", "code": "E11"}]',
        "a.yaml": "- {system: icd9, code: E11, system: icd10, code: E11}",
    }.items():
        assert [each.rule for each in lint_text(text, name, Choice(on=DAY))][-1:] == ["LNT02"], name


def test_a_name_keeps_its_innermost_parts() -> None:
    assert below("a" * 600, "b" * 600) == "a" * 500 + "/" + "b" * 600


def test_lines_and_columns_of_toml() -> None:
    def faulty(count: int) -> str:
        return "policies=[" + ",".join(f"{{name='L',b{at}=1}}" for at in range(count)) + "]"

    costs = [calls(partial(places_of, faulty(99 * times)), of_c=True) for times in (1, 2, 3)]
    assert is_linear(costs, 0)
    text = 'a = 1\n  [b]\n"c\\u002Ed".e = [1,\n 2]\n'
    assert places_of(text) == {
        "a": (1, 1), "b": (2, 4), "b.c.d": (3, 1), "b.c.d.e": (3, 12), "b.c.d.e[0]": (3, 17), "b.c.d.e[1]": (4, 2),
    }  # fmt: skip
    assert place_of("b.c.d.x", places_of(text)) == (3, 1)
    assert place_of("x.y", places_of(text)) == (1, 1)
    assert line_of("b.c.d.e[7]", lines_of(text)) == 3
    few, many = (calls(partial(line_of, "a" + ".b" * count, {}), of_c=True) for count in (1_000, 3_000))
    assert few == many


def test_a_table_of_ones_own_has_few_columns(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("name,codes," + ",".join(f"c{at}" for at in range(99)) + "\nL\n", encoding="utf-8")
    with pytest.raises(TableFault, match=r"own\.csv:1:1: cannot be read: more than 100 columns"):
        read_tables(path)


@pytest.mark.parametrize("field", ["columns", "files", "exclude"])
def test_a_configuration_has_so_many_patterns(field: str, tmp_path: Path) -> None:
    def text(count: int) -> str:
        if field == "exclude":
            return f"exclude = {[f'a{at}*' for at in range(count)]}"
        return f"[{field}]\n" + "".join(f'"a{at}*" = "icd10cm"\n' for at in range(count))

    path = tmp_path / "medcode.toml"
    path.write_text(text(1_000), encoding="utf-8")
    config.load(path)
    path.write_text(text(1_001), encoding="utf-8")
    with pytest.raises(config.ConfigError, match=rf"{field}: at most 1,000 are allowed; 1,001 are given"):
        config.load(path)


def test_a_table_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text("clia = []\n", encoding="utf-8")
    path = tmp_path / "medcode.toml"
    path.write_text('tables = ["own.toml", "./own.toml", "own.toml"]\n', encoding="utf-8")
    assert len(config.load(path).tables) == 1

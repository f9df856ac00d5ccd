"""Every format that lists come in: each code is found where it stands, and nothing else is."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from medcode.lint import Choice, Misread
from medcode.lint.find import Lines, places

DAY = date(2026, 11, 1)


def seen(text: str, name: str, code_set: str | None = None) -> list[str]:
    """Give each code with its line and column, after seeing that it stands there."""
    lines, found = Lines(text), []
    for place in places(text, name, Choice(on=DAY, code_set=code_set)):
        line, column = lines.at(place.offset)
        assert text[place.offset :].startswith(place.text.split("-")[0])
        found.append(f"{line}:{column} {place.text}")
    return found


class TestCsv:
    def test_cells_are_found_by_the_name_of_their_column(self) -> None:
        assert seen("name,icd10,x\nheart,I420,I420\n", "a.csv") == ["2:7 I420"]

    def test_quoted_cells_with_delimiters_quotes_and_line_ends(self) -> None:
        text = '"name","icd10"\n"a, ""b""\nc","I420"\n  "d"  ,"I421"\ne,I42.9\n'
        assert seen(text, "a.csv") == ["3:5 I420", "4:10 I421", "5:3 I42.9"]

    def test_a_quote_that_is_never_closed_is_text(self) -> None:
        assert seen('name,icd10\n5" nail,I420\n"x,I421\n', "a.csv") == ["2:9 I420", "3:4 I421"]

    def test_columns_count_characters_whatever_their_bytes(self) -> None:
        assert seen("name,icd10\nMénière 😀,H8141\n", "a.csv") == ["2:11 H8141"]

    @pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
    def test_line_ends(self, end: str) -> None:
        assert seen(f"icd10{end}I420{end}{end} I421{end}", "a.csv") == ["2:1 I420", "4:2 I421"]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_delimiter_is_told_by_the_names(self, delimiter: str) -> None:
        text = f"name{delimiter}icd10\na{delimiter}I420\n".replace("\\t", "\t")
        assert seen(text, "a.csv") == ["2:3 I420"]

    def test_delimiters_in_quoted_names_do_not_count(self) -> None:
        assert seen('"a;b;c",icd10\nx,I420\n', "a.csv") == ["2:3 I420"]

    def test_tabs_count_one(self) -> None:
        assert seen("n\tdx\n\t\tI42.0\nx\tI421, I429", "a.tsv") == ["2:3 I42.0", "3:3 I421", "3:9 I429"]

    def test_comments_and_empty_lines_are_passed_over(self) -> None:
        assert seen("# a value set\n\nicd10\n# I420\nI421\n", "a.csv") == ["5:1 I421"]

    def test_several_codes_in_one_cell(self) -> None:
        text = 'icd10\n"I420, I421"\nI420|I421;E11.-\nI20 - I25\nI420 Dilated cardiomyopathy 2\n'
        assert seen(text, "a.csv") == [
            "2:2 I420", "2:8 I421", "3:1 I420", "3:6 I421", "3:11 E11.-", "4:1 I20 - I25", "5:1 I420",
        ]  # fmt: skip

    def test_a_table_without_names(self) -> None:
        assert seen("I42.0,heart\nE11.9,sugar\n", "a.csv") == ["1:1 I42.0", "2:1 E11.9"]
        assert seen("I420\nE119\n", "a.csv", "icd10cm") == ["1:1 I420", "2:1 E119"]

    def test_the_code_system_of_each_row_as_vsac_and_omop_have_it(self) -> None:
        text = "Code,Code System\nI420,ICD10CM\nI420,SNOMEDCT\n02703DZ,ICD10PCS\nshort\n"
        assert seen(text, "a.csv") == ["2:1 I420", "4:1 02703DZ"]
        assert seen("concept_code\tvocabulary_id\nI420\tICD10CM\n", "a.tsv") == ["2:1 I420"]

    def test_an_empty_table(self) -> None:
        assert seen("", "a.csv") == seen("icd10", "a.csv") == seen("\n\n", "a.csv") == []


class TestJson:
    def test_members_lists_and_objects(self) -> None:
        text = (
            '{"dx": ["I420", "E119"], "size": ["I420"], "x": "M54.5", "e": "", "icd10": {"codes": ["I10"]}}'
        )
        assert seen(text, "a.json") == ["1:10 I420", "1:18 E119", "1:50 M54.5", "1:88 I10"]

    def test_codes_as_keys(self) -> None:
        assert seen('{"icd10": {"I420": "Cardiomyopathy", "B12": "x"}}', "a.json") == [
            "1:13 I420",
            "1:39 B12",
        ]
        assert seen('{"M54.5": "Low back pain 2"}', "a.json") == ["1:3 M54.5"]

    def test_fhir_value_sets_tell_the_system(self) -> None:
        text = (
            '{"resourceType": "ValueSet", "compose": {"include": [\n'
            '{"system": "http://hl7.org/fhir/sid/icd-10-cm", "concept": [{"code": "I10", "display": "B12"}]},\n'
            '{"system": "http://snomed.info/sct", "concept": [{"code": "I10"}]}]}}'
        )
        assert seen(text, "a.json") == ["2:71 I10"]

    def test_escapes_do_not_lead_astray(self) -> None:
        assert seen('{"a": "x\\"y", "dx": "I420", "dx2": "I\\u0034"}', "a.json") == ["1:22 I420"]


class TestYaml:
    @pytest.fixture(autouse=True)
    def needs_yaml(self) -> None:
        pytest.importorskip("yaml", reason="PyYAML, the extra yaml, is not installed")

    def test_scalars_of_every_style(self) -> None:
        text = (
            "dx:\n  - I420  # old\n  - 'E119'\n  - \"I10\"\nfirst_dx: T84040A\nname: heart\n"
            "text: |\n  about I42.0, and\nmap: {I42.1: x, ? [a] : b}\nanchor: &a I42.2\nagain: *a\ndx2: I43\n"
        )
        assert seen(text, "a.yaml") == [
            "2:5 I420", "3:6 E119", "4:6 I10", "5:11 T84040A", "8:9 I42.0", "9:7 I42.1", "10:12 I42.2", "12:6 I43",
        ]  # fmt: skip

    def test_lists_of_mappings_line_ends_and_other_letters(self) -> None:
        text = "é: 1\r\nvs:\r\n- system: ICD10CM\r\n  code: I420\r\n- {code: I420}\r\nicd10:\r\n- Ménière\r\n- I10\r\n"
        assert seen(text, "a.yml") == ["4:9 I420", "8:3 I10"]

    def test_what_is_not_yaml(self) -> None:
        with pytest.raises(Misread, match="not valid YAML") as caught:
            seen("a: [\n", "a.yaml")
        assert caught.value.line == 2
        with pytest.raises(Misread, match="not valid YAML"):
            seen("\x00", "a.yaml")


def test_yaml_without_pyyaml_says_what_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(Misread, match=r"pip install 'medcode\[yaml\]'"):
        seen("dx: I10\n", "a.yaml")


class TestToml:
    def test_tables_arrays_and_comments(self) -> None:
        text = (
            'icd10 = ["I420",  # "I421"\n  \'E119\']\nx = "I420"\n[dx.codes]\nlist = ["I10"]\nicd-10-cm = "I11"\n'
            '[[vs]]\nname = \'I10\'\ndx = { code = "I12", note = "I13" }\nm = [\n[1]\n]\n'
        )
        assert seen(text, "a.toml") == ["1:11 I420", "2:4 E119", "5:10 I10", "6:14 I11", "9:16 I12"]


class TestPython:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("ICD10 = {\n    'I420',  # 'I421'\n    \"E119\",\n}\nprint('I10')\n", ["2:6 I420", "3:6 E119"]),
            ("DX: Final = ['I420']\ndx: str = 'I10'\ndx: tuple[str, ...] = ('I11',)\n", ["1:15 I420", "2:12 I10", "3:25 I11"]),
            ("if row['dx'] == 'I420' and row['n'] == 'I420': pass\n", ["1:18 I420"]),
            ("f(dx='I420', n='I420')\ng('I420')\n", ["1:7 I420"]),
            ("df.dx.isin(['I420'])\ncol('dx').isin('I421')\n", ["1:14 I420", "2:17 I421"]),
            ("if dx not in ('I420',): x = 'I420'\n", ["1:16 I420"]),
            ("D = {'M54.5': 'x', 'dx': {'I420': 'desc', 'codes': ['I10']}}\n", ["1:7 M54.5", "1:28 I420", "1:54 I10"]),
            ('DX = """\nI42.0\nH81.41\n""".split()\n', ["2:1 I42.0", "3:1 H81.41"]),
            ('def f():\n    """Find M54.5."""\n', []),
            ("x = 'M54.5, I42.0'; dx = r'I420'\n", ["1:6 M54.5", "1:13 I42.0", "1:28 I420"]),
            ("DX = 'I420', 'I421'\n", ["1:7 I420", "1:15 I421"]),
            ("dx = 'I\\x34'\n)\ndx = 'I10'\n", ["3:7 I10"]),
        ],
    )  # fmt: skip
    def test_names_and_what_is_given_to_them(self, text: str, found: list[str]) -> None:
        assert seen(text, "a.py") == found


class TestR:
    def test_vectors_filters_and_columns(self) -> None:
        text = (
            'dx.codes <- c("I420",\n  "E119")\nfilter(icd10 %in% c("I10"), note == "I10")\n'
            'df$dx == "I11"; x <- "I11"\n# "I12"\n'
        )
        assert seen(text, "a.R") == ["1:16 I420", "2:4 E119", "3:22 I10", "4:11 I11"]


class TestSql:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("where t.icd10 NOT IN ('I420', 'E11%') -- 'I10'\n and n = 'I420'", ["1:24 I420", "1:32 E11%"]),
            ("where \"dx\" = 'I420' /* 'I10' */ and upper(dx) like 'I2%'", ["1:15 I420", "1:53 I2%"]),
            ("case when dx = 'I420' then 'I421' else 'I422' end", ["1:17 I420"]),
            ("select 'I420' as dx, 'I421' as name", ["1:9 I420"]),
            ("where dx::text = 'I420' and dx::varchar in ('I421')", ["1:19 I420", "1:46 I421"]),
            ("insert into t (id, `dx`) values (1, 'I420', 'x'), (2, 'I421'); select ('I422')", ["1:38 I420", "1:56 I421"]),
            ("where dx in ('I420') {# it's #} and x = 'it''s'", ["1:15 I420"]),
            ("where dx between 'I20' and 'I25' and n between 'a' and 'b'", ["1:19 I20-I25"]),
        ],
    )  # fmt: skip
    def test_columns_and_what_they_are_compared_with(self, text: str, found: list[str]) -> None:
        assert seen(text, "a.sql") == found


class TestList:
    def test_a_line_begins_with_codes_and_goes_on_with_words(self) -> None:
        text = "I42.0 heart, see M54.5.\n# I10\n E11.-,I20-I25 -- I11\nB12\n(M54.5)\n"
        codes = ["1:1 I42.0", "1:18 M54.5", "3:2 E11.-", "3:8 I20-I25", "4:1 B12", "5:2 M54.5"]
        assert sorted(seen(text, "a.txt")) == codes
        assert seen(text, "a.lst", "icd10cm") == codes
        assert seen("I42.0 heart\nB12\n", "a.txt") == ["1:1 I42.0"]

    def test_a_file_of_another_kind_is_a_plain_list(self) -> None:
        assert seen("see M54.5", "README.md") == ["1:5 M54.5"]

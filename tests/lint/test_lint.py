"""What has become of the codes of a list: each rule, its place, its cure."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from medcode.lint import RULES, Choice, Misread, lint_report, lint_text
from medcode.lint.choice import Weight
from medcode.lint.find import places
from medcode.lint.rules import rules_named

DAY = date(2026, 11, 1)


def found(text: str, name: str = "a.csv", **choice: Any) -> list[str]:
    report = lint_report(text, name, Choice(**({"on": DAY} | choice)))
    return [f"{f.location.line}:{f.location.column} {f.rule} {f.code}" for f in report.findings]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (
            "I42.0",
            "LNT01 2:1: I42.0 is not billable since 2026-10-01. Fix: Replace with I42.00|I42.01|I42.09.",
        ),
        ("t84040a", "LNT01 2:1: t84040a is not billable since 2016-10-01. Fix: Replace with M97.01XA."),
        ("E11", "LNT02 2:1: E11 is a heading and was never billable."),
        ("ZZZ.9", "LNT03 2:1: ZZZ.9 has never been a code of ICD-10-CM."),
        ("E11..9", "LNT04 2:1: E11..9 does not have the format of ICD-10-CM; did you mean E11.9?"),
        ("Y9Y.-", "LNT06 2:1: Y9Y.- matches no code."),
        ("Q99-Q98", "LNT06 2:1: Q99-Q98 matches no code."),
    ],
)
def test_each_rule_says_what_is_wrong_and_what_would_mend_it(code: str, message: str) -> None:
    (finding,) = lint_text(f"icd10\n{code}\n", "a.csv", Choice(on=DAY))
    assert str(finding) == message
    assert (finding.location.line, finding.location.column) == (2, 1)
    assert (finding.name, finding.severity) == (RULES[finding.rule].name, RULES[finding.rule].severity)
    assert str(finding.source).startswith("CMS")


def test_a_code_that_comes_later_is_not_valid_yet() -> None:
    (finding,) = lint_text("icd10\nI42.00\n", "a.csv", Choice(on=date(2025, 1, 1)))
    assert str(finding) == "LNT05 2:1: I42.00 is not valid until 2026-10-01."


def test_one_successor_is_a_safe_fix() -> None:
    (finding,) = lint_text("icd10\nh8141\n", "a.csv", Choice(on=DAY))
    assert finding.fix is not None
    assert (finding.fix.new, finding.fix.safe) == ("h814", True)


@pytest.mark.parametrize(
    "pattern", ["E11.-", "E11%", "E11*", "e11.6-", "I20-I25", "I20 \u2013 I25", "E11.x", "E11.X"]
)
def test_prefixes_and_ranges_that_hold_codes_are_fine(pattern: str) -> None:
    assert found(f"icd10\n{pattern}\n") == []


def test_many_successors_are_cut_short() -> None:
    (eight,) = lint_text("icd10\nG35\n", "a.csv", Choice(on=DAY))
    assert eight.fix is not None
    assert eight.fix.text.endswith("|G35.D.")
    (long,) = lint_text("icd10\nH36\n", "a.csv", Choice(on=DAY))
    assert long.fix is not None
    assert long.fix.text.endswith("|….")


def test_a_typing_error_has_its_hint() -> None:
    (finding,) = lint_text("pcs\n02703OZ\n", "a.csv", Choice(on=DAY))
    assert finding.message == "02703OZ does not have the format of ICD-10-PCS; did you mean 027030Z?"


def test_nothing_and_words_under_a_name_of_codes_are_passed_over() -> None:
    assert found("icd10\nNULL\nn/a\n\nheart failure\nfailure type 2\n-\n") == []
    assert found("icd10\nheart failure\n", columns={"icd10": "icd10cm"}) == ["2:1 LNT04 heart failure"]
    assert found("icd10\nNULL\n", columns={"icd10": "icd10cm"}) == []


def test_words_and_names_of_sets_are_no_codes() -> None:
    text = 'dx = "code"\nicd10 = "icd10cm"\nmodifier = "LT"\n'
    assert [place.text for place in places(text, "a.toml", Choice(on=DAY))] == ["LT"]


def test_a_column_that_holds_no_codes_is_passed_over() -> None:
    assert found("icd10\nI42.0\n", columns={"icd*": None}) == []


def test_ignored_rules_are_silent() -> None:
    assert found("icd10\nE11\nI420\n", ignore=rules_named(["heading"])) == ["3:1 LNT01 I420"]
    report = lint_report("npi\n1234567893\n", "a.csv", Choice(on=DAY, ignore=rules_named(["all"])))
    assert report.not_checked == ()


class TestNotChecked:
    """Silence is never a pass: what no table can tell is said, once for a file."""

    def test_no_table_is_loaded(self) -> None:
        report = lint_report("cpt\n99213\n99214\n99201-99205\n", "a.csv", Choice(on=DAY))
        assert report.findings == ()
        assert [str(each) for each in report.not_checked] == [
            "LNT07 2:1: 3 codes of CPT not checked: no CPT table is loaded. Fix: Load one: medcode data add FILE --set cpt."
        ]
        assert list(report.tables) == ["hcpcs"]

    def test_the_day_is_beyond_the_table(self) -> None:
        report = lint_report("icd10\nI42.0\nE11.-\n", "a.csv", Choice(on=date(2040, 1, 1)))
        assert report.findings == ()
        assert "2 codes of ICD-10-CM not checked: 2040-01-01 is outside the coverage of its table." in str(
            report.not_checked[0]
        )
        assert list(report.tables) == ["icd10cm"]

    def test_a_table_that_lists_a_part_says_nothing_of_the_rest(self) -> None:
        report = lint_report("modifier\n25\n", "a.csv", Choice(on=date(2026, 5, 4)))
        assert "its table has only some of them" in report.not_checked[0].message

    def test_one_code_is_one_code(self) -> None:
        report = lint_report("hcpcs\nJ1100\n", "a.csv", Choice(on=DAY))
        assert report.not_checked[0].message.startswith("1 code of")


def test_what_identifies_a_person_is_never_shown() -> None:
    (finding,) = lint_text("mbi\n1EG4-TE5-MK7X\n", "a.csv", Choice(on=DAY, columns={"mbi": "mbi"}))
    assert "TE5" not in str(finding) + repr(finding)
    assert finding.message.startswith("This does not have the format of")


def test_a_long_text_is_cut() -> None:
    (finding,) = lint_text(f"icd10\n{'x' * 100}\n", "a.csv", Choice(on=DAY, columns={"icd10": "icd10cm"}))
    assert finding.message.startswith("x" * 20 + "… does not have the format")


class TestChoice:
    """Which set the codes are of, nearest word first."""

    def test_the_users_columns_go_first(self) -> None:
        assert found("what\n11\n00\n", columns={"what": "place_of_service"}) == ["3:1 LNT03 00"]
        assert Choice(columns={"a": None, "dx*": "icd9cm"}).told("DX1") == ("icd9cm", Weight.TOLD)

    @pytest.mark.parametrize("pattern", ["dx code", "dx_code", "dx*"])
    def test_a_column_is_named_as_it_stands_or_in_parts(self, pattern: str) -> None:
        assert Choice(columns={pattern: "icd9cm"}).told("DX Code") == ("icd9cm", Weight.TOLD)

    def test_then_the_set_of_the_file(self) -> None:
        assert found("what\nI420\n", code_set="icd10cm") == ["2:1 LNT01 I420"]
        assert found("dx\n250.00\n", code_set="icd9cm") == ["2:1 LNT01 250.00"]

    def test_counts_are_no_codes_of_the_files_set(self) -> None:
        assert found("code,count,why\nI420,250,I42 heart\n", code_set="icd9cm") == ["2:1 LNT04 I420"]
        assert found("count\n250\nI42.-\n--\n", code_set="icd10cm") == []

    @pytest.mark.parametrize(
        ("label", "code_set"),
        [
            ("ICD-10 code", "icd10cm"), ("primaryDx", "icd10cm"), ("diagnosis_2", "icd10cm"),
            ("diagnosis_date", None), ("dx_desc", None), ("dxdate", None), ("Diagnosis Name 2", None),
            ("NPI Number", "npi"), ("pathology_dx", "icd10cm"), ("DX-1", "icd10cm"), ("icd10_pcs", "icd10pcs"), ("icd10_px", "icd10pcs"),
            ("icd9", "icd9cm"), ("icd9_proc", "icd9cm_procedures"), ("hcpcs_cd", "hcpcs"), ("cpt", "hcpcs"),
            ("ndc", "ndc"), ("ms_drg", "drg"), ("taxonomy_code", "taxonomy"), ("rendering_npi", "npi"),
            ("pos", "place_of_service"), ("rev_code", "revenue"), ("modifier1", "modifiers"),
            ("discharge_status", "discharge_status"), ("position", None), ("code", None), ("", None),
            ("icd10/codes", "icd10cm"), ("icd10/name", None), ("icd10/size", None),
            ("http://hl7.org/fhir/sid/icd-10-cm".replace("/", " ") + "/concept/code", "icd10cm"),
            ("http:  www.cms.gov Medicare Coding ICD10/code", "icd10pcs"),
        ],
    )  # fmt: skip
    def test_then_what_a_name_says(self, label: str, code_set: str | None) -> None:
        assert Choice().told(label)[0] == code_set

    def test_then_a_shape_that_only_one_set_has(self) -> None:
        assert found("note\nI42.0\nI420\nV12.3\nE888.8\n42.0\n") == ["2:1 LNT01 I42.0"]

    @pytest.mark.parametrize(
        ("text", "name", "expected"),
        [
            ("code,n\nE119,1\nI420,2\nJ189,3\nE11-,4\n", "a.csv", ["3:1 LNT01 I420"]),
            ("I10\nH81.41\nI420\nJ189\n", "a.txt", ["2:1 LNT01 H81.41", "3:1 LNT01 I420"]),
            ("code\n02703DZ\n0DTJ0ZZ\n02703D0\n", "a.csv", ["4:1 LNT03 02703D0"]),
            ("code\nI420\nI421\n", "a.csv", []),  # too few to tell
            ("note\nE119\nI420\nJ189\n", "a.csv", []),  # not a name of codes
            ("code\nA101\nB202\nC303\n", "a.csv", []),  # shaped like ICD-10-CM, and not in it
            ("code\nJ1100\nJ1170\nJ1200\n", "a.csv", []),  # of HCPCS or ICD-10-CM
            ('{"codes": ["200", "401", "404", "250"]}', "a.json", []),  # any numbers
            ('{"codes": ["I420", "E119", "J189", "x9"]}', "a.json", ["1:13 LNT01 I420"]),  # most of them fit
            ("code\nE11.9\nI42.00\nE11\nZZZ99\n", "a.csv", ["4:1 LNT02 E11", "5:1 LNT03 ZZZ99"]),
            ("x,n\nE11.9,1\nE11,2\nE11.65,3\nZZZ99,4\n", "a.csv", ["3:1 LNT02 E11", "5:1 LNT03 ZZZ99"]),
            ("x,n\nE11.9,1\nE11,2\nE11.65,3\nroom 4,4\nroom 5,5\n", "a.csv", []),  # not most of them
            ('A = ["E11.9", "E11", "I10.", "I10"]', "a.py", []),  # one certain code alone
            ('A = ["E11.9", "E11", "I11..9", "I11.9"]', "a.py", ["1:16 LNT02 E11", "1:23 LNT04 I11..9"]),
            ("code\nG0101\nG0102\nJ1099\n", "a.csv", []),  # HCPCS, whose table ends before today
            ("code\nE11.9\nI42.00\nG0101\nE11\n44054006\n4548-4\n", "a.csv", ["5:1 LNT02 E11"]),
        ],
    )
    def test_at_last_all_codes_of_a_name_together(self, text: str, name: str, expected: list[str]) -> None:
        assert found(text, name) == expected


class TestPragma:
    """What a file says of itself."""

    TEXT = (
        "# medcode: set=icd10cm on=2024-01-01\nI42.0\nI421 E11  // medcode: on=2026-11-01\n"
        "I420 ZZZ.9 I42.00\n# medcode: ignore=LNT03,heading\nE11 ZZZ.9 I42.00\n"
    )

    def test_a_line_of_its_own_holds_from_there_on_and_another_for_itself(self) -> None:
        assert found(self.TEXT, "a.txt") == [
            "3:6 LNT02 E11", "4:6 LNT03 ZZZ.9", "4:12 LNT05 I42.00", "6:11 LNT05 I42.00",
        ]  # fmt: skip

    def test_beside_a_row_of_a_table(self) -> None:
        text = "icd10,note\nI420,x # medcode: on=2024-01-01\nI420,x\n"
        assert found(text) == ["3:1 LNT01 I420"]
        quoted = 'note,icd10\n"a, b",I420 # medcode: on=2024-01-01\n"c",I420\n'
        assert found(quoted) == ["3:5 LNT01 I420"]

    def test_no_codes_follow_until_a_set_is_named(self) -> None:
        text = "# medcode: set=none\nI42.0\nx M54.5\n# medcode: set=icd10cm\nI42.0\n"
        assert found(text, "a.txt") == ["5:1 LNT01 I42.0"]

    def test_in_json_as_a_member(self) -> None:
        assert found('{\n"$comment": "medcode: on=2024-01-01",\n"dx": ["I420"]}\n', "a.json") == []

    @pytest.mark.parametrize(
        ("words", "message"),
        [
            ("set=icd10cn", "medcode: set: unknown code set 'icd10cn'; did you mean icd10cm?"),
            ("set=snomed", "medcode: set: unknown code set 'snomed'"),
            ("on=someday", "medcode: on: 'someday' must be a date such as 2026-01-05"),
            ("ignore=LNT99", "medcode: ignore: unknown rule 'LNT99'; choose from LNT01"),
            ("sets=icd10cm", "medcode: sets: unknown; did you mean set?"),
        ],
    )
    def test_what_it_cannot_mean_is_told_with_its_line(self, words: str, message: str) -> None:
        with pytest.raises(Misread) as caught:
            found(f"icd10\n# medcode: {words}\nI10\n")
        assert str(caught.value).startswith(message)
        assert caught.value.line == 2

    def test_other_words_are_none(self) -> None:
        assert found("I42.0 heart medcode: nothing\nicd = 'medcode: x'\n", "a.txt") == ["1:1 LNT01 I42.0"]


def test_a_rule_that_does_not_exist_is_named() -> None:
    with pytest.raises(ValueError, match="unknown rule 'LNT99'; choose from LNT01"):
        rules_named(["LNT99"])

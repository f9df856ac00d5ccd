"""Profiles: those that ship, and the user's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from medcode.edits import PROFILES, Profile, check, select
from medcode.edits.examples import stay, visit
from medcode.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_every_word_of_a_profile_names_an_edit(name: str) -> None:
    profile = PROFILES[name]
    assert select(profile=name)
    assert profile.text.endswith(".")
    check(visit(), profile=profile)


def test_medicare_s_own_rules_are_not_those_of_others() -> None:
    claim = stay("I50.20", procedures=("00F3XZZ",))
    assert not check(claim, profile="medicare_part_a").ok
    assert check(claim, profile="commercial").ok


def test_other_payers_may_go_by_the_last_sex_list() -> None:
    claim = visit("N40.0", sex="F")
    assert check(claim, profile="medicare_part_b").findings == ()
    assert [f.rule for f in check(claim, profile="medicaid").findings] == ["SEX02"]


def test_a_profile_weighs() -> None:
    (finding,) = check(visit("S72.009A"), profile="medicare_part_b").findings
    assert finding.severity is Severity.WARNING


def test_a_profile_of_the_user_s_own(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text(
        'name = "acme"\nbase = "commercial"\nignore = ["ICD13"]\nalso = ["use-additional"]\n'
        '[severities]\nexcludes1 = "error"\n',
        encoding="utf-8",
    )
    profile = Profile.from_toml(path)
    assert profile.also == ("SEX02", "use-additional")
    assert check(visit("S72.009A"), profile=profile).findings == ()
    assert not check(visit("E11.9", "E10.9"), profile=profile).ok


def test_one_word_may_stand_alone(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_text(
        'name = "acme"\nignore = "ICD13"\nalso = "use-additional"\nselect = "ICD"\n', encoding="utf-8"
    )
    profile = Profile.from_toml(path)
    assert (profile.ignore, profile.also, profile.select) == (("ICD13",), ("use-additional",), ("ICD",))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('name = "a"\ncolour = "red"', "unknown field of a profile: colour"),
        ('text = "a"', "must have a name"),
        ('name = "a"\nbase = "nobody"', "unknown profile 'nobody'; expected one of default"),
        ('name = "a"\n[severities]\nICD02 = "awful"', "awful"),
    ],
)
def test_a_profile_that_cannot_be_read_says_why(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        Profile.from_toml(path)

"""The registry and the ways to choose from it."""

from __future__ import annotations

from datetime import date
from importlib import metadata
from importlib.metadata import EntryPoint, EntryPoints
from typing import TYPE_CHECKING, Any

import pytest

from medcode.claims.model.claim import Claim
from medcode.edits import EDITS, Edit, Profile, check, explain, select
from medcode.edits.examples import visit
from medcode.edits.registry import Registry
from medcode.findings import Finding, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits import Context
    from medcode.edits.base import AnyEdit


class Mine(Edit[Claim]):
    """Every claim is wrong.

    Why: a test wants it.
    Fix: none.
    """

    id, name, snip = "USR01", "mine", 7
    source = Source("Nobody", "Nothing")
    opt_in = True

    def check(self, _claim: Claim, _context: Context[Claim]) -> Iterator[Finding]:
        yield self.fail(None, None, "It is wrong.")


@pytest.fixture
def mine() -> Iterator[AnyEdit]:
    yield EDITS.add(Mine)
    EDITS.remove("USR01")


def ids(*wanted: str, **rest: Any) -> list[str]:
    return [edit.id for edit in select(*wanted, **rest)]


def test_select_by_id_name_family_and_snip() -> None:
    assert ids("ICD01") == ids("icd01") == ids("code-not-billable") == ["ICD01"]
    assert set(ids("AGE")) == {"AGE01", "AGE02"}
    assert set(ids("AGE", "AGE03")) == {"AGE01", "AGE02", "AGE03"}
    assert set(ids("SNIP3")) == set(ids("snip:3")) == {e.id for e in EDITS.values() if e.snip == 3}
    assert "CLM02" not in ids(ignore=("claim-total",))


@pytest.mark.parametrize(("word", "meant"), [("ICD1", "ICD01"), ("clm2", "CLM02"), ("CLM002", "CLM02")])
def test_the_number_of_an_id_needs_no_zeros_to_be_understood(word: str, meant: str) -> None:
    with pytest.raises(ValueError, match=rf"; did you mean {meant}\?$"):
        select(word)


def test_a_rule_of_structure_is_no_edit_and_the_error_says_who_knows_it() -> None:
    with pytest.raises(ValueError, match=r"'X057'; .* medcode.claims.x12 judges and explains them"):
        explain("X057")


def test_select_by_date() -> None:
    assert "SEX01" in ids(on=date(2024, 9, 30))
    assert "SEX01" not in ids(on=date(2024, 10, 1))


@pytest.mark.parametrize("word", ["CLM2", "claim-totals", "nonsense-of-no-kind"])
def test_a_word_that_names_nothing_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match=word):
        select(word)


def test_the_nearest_name_is_offered() -> None:
    with pytest.raises(ValueError, match="did you mean claim-total"):
        explain("claim-totals")


def test_an_opt_in_edit_runs_only_when_it_is_named(mine: Edit[Claim]) -> None:
    assert mine.id in EDITS
    assert "USR01" not in ids()
    assert "USR01" not in ids("SNIP7")
    assert ids("USR01") == ids("mine") == ["USR01"]
    also = Profile("all", also=("mine",))
    assert {"USR01", "CLM02"} <= set(ids(profile=also))
    assert not check(visit(), profile=also).ok
    assert explain("mine").opt_in
    assert "only when selected by name" in str(explain("mine"))


def test_an_id_is_taken_once(mine: Edit[Claim]) -> None:
    with pytest.raises(ValueError, match="USR01"):
        EDITS.add(mine)


def test_an_edit_that_takes_the_id_of_another_runs_in_its_place(mine: Edit[Claim]) -> None:
    class Other(Mine):
        name = "other"

    assert [each.name for each in check(visit(), select=(mine.id,))] == ["mine"]
    EDITS.remove(mine.id)
    EDITS.add(Other)
    assert [each.name for each in check(visit(), select=(mine.id,))] == ["other"]


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        EDITS["XXX99"]
    assert len(EDITS) == len(list(EDITS))


def test_a_package_adds_edits_by_entry_point(monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"{__name__}:Mine"

    class Point(EntryPoint):
        def load(self) -> Any:
            return [Mine] if self.name == "list" else Mine

    def points(group: str) -> EntryPoints:
        assert group == "medcode.edits"
        return EntryPoints([Point("list", name, group), Point("one", name, group)])

    monkeypatch.setattr(metadata, "entry_points", points)
    assert Registry({})["USR01"].name == "mine"
    assert list(Registry({})) == ["USR01"]


def test_an_explanation_is_plain_data() -> None:
    told = explain("diagnosis-sex-conflict")
    plain = told.to_dict()
    assert plain["until"] == "2024-09-30"
    assert plain["settings"] == ["professional", "outpatient", "dental"]
    assert told.dates == "until 2024-09-30"
    assert "subscriber.sex = M" in plain["fails"][0]
    assert explain("claim-total").passes[0] == "the plain example claim"


class Nameless(Mine):
    id, name = "USR02", ""


class Sourceless(Mine):
    id, name = "USR03", "sourceless"
    source = "a book"  # type: ignore[assignment]  # what the test is about


class Bare(Edit[Claim]):
    """It has nothing."""


class SameName(Mine):
    id, name = "USR04", "claim-total"


class Astray(Mine):
    id, name, applies_to = "USR05", "astray", ("medicare", "drug")


@pytest.mark.parametrize("wrong", [Nameless, Sourceless, Bare, SameName, Astray])
def test_an_edit_that_lacks_something_is_refused_and_leaves_the_registry_alone(wrong: type[AnyEdit]) -> None:
    before, version = list(EDITS), EDITS.version
    with pytest.raises(ValueError, match=r"cannot be registered|already exists"):
        EDITS.add(wrong)
    assert (list(EDITS), EDITS.version) == (before, version)
    assert ids("claim-total") == ["CLM02"]


@pytest.mark.parametrize("wrong", [object(), "ICD01", Finding])
def test_what_is_no_edit_is_refused(wrong: Any) -> None:
    before = list(EDITS)
    with pytest.raises(TypeError, match="expected an Edit"):
        EDITS.add(wrong)
    assert list(EDITS) == before


def test_an_entry_point_that_is_wrong_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    class Point(EntryPoint):
        def load(self) -> Any:
            return [Mine, Bare]

    points = EntryPoints([Point("list", f"{__name__}:Mine", "medcode.edits")])
    monkeypatch.setattr(metadata, "entry_points", lambda **_: points)
    registry = Registry({"CLM02": "claim.total:ClaimTotal"})
    with pytest.raises(ValueError, match="the edit Bare cannot be registered"):
        list(registry)
    monkeypatch.setattr(metadata, "entry_points", lambda **_: EntryPoints())
    assert list(registry) == ["CLM02"]

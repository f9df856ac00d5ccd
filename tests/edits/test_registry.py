"""The registry and the ways to choose from it."""

from __future__ import annotations

from datetime import date
from importlib.metadata import EntryPoint, EntryPoints
from typing import TYPE_CHECKING, Any

import pytest

from medcode.edits import EDITS, Edit, Profile, check, explain, registry as registry_module, select
from medcode.edits.examples import visit
from medcode.edits.registry import Registry
from medcode.findings import Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.edits import Context
    from medcode.findings import Finding


class Mine(Edit[Any]):
    """Every claim is wrong.

    Why: a test wants it.
    Cure: none.
    """

    id, name, snip = "USR01", "mine", 7
    source = Source("Nobody", "Nothing")
    opt_in = True

    def check(self, _claim: Any, _context: Context) -> Iterator[Finding]:
        yield self.fail(None, None, "It is wrong.")


@pytest.fixture
def mine() -> Iterator[Edit[Any]]:
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


def test_an_opt_in_edit_runs_only_when_it_is_named(mine: Edit[Any]) -> None:
    assert mine.id in EDITS
    assert "USR01" not in ids()
    assert "USR01" not in ids("USR", "SNIP7")
    assert ids("USR01") == ids("mine") == ["USR01"]
    also = Profile("all", also=("mine",))
    assert {"USR01", "CLM02"} <= set(ids(profile=also))
    assert not check(visit(), profile=also).ok
    assert explain("mine").opt_in
    assert "only when asked for" in str(explain("mine"))


def test_an_id_is_taken_once(mine: Edit[Any]) -> None:
    with pytest.raises(ValueError, match="USR01"):
        EDITS.add(mine)


def test_an_edit_that_takes_the_id_of_another_runs_in_its_place(mine: Edit[Any]) -> None:
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

    monkeypatch.setattr(registry_module, "entry_points", points)
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

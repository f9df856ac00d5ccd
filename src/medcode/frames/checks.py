"""The edits over tables of claims."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs
import pyarrow as pa

from medcode import edits
from medcode.codesets import clock
from medcode.edits.days import day_of
from medcode.edits.profile import DEFAULT, profile_of, words
from medcode.edits.tables import NO_TABLES
from medcode.frames.found import FINDINGS, findings_table
from medcode.frames.records import dated_claims

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from medcode.claims.model.claim import Claim
    from medcode.edits.profile import Profile
    from medcode.edits.tables import Tables as UserTables
    from medcode.findings import Finding, Report
    from medcode.frames.records import DatedClaim
    from medcode.frames.tables import Tables

__all__ = ["check_tables"]


def check_tables(tables: Tables, *, not_checked: bool, **options: Any) -> pa.Table:
    """Return what the edits find in the claims of tables, file by file, as of the day each set was made.

    `options` are those of `edits.check`; with `on`, it is the day for all. Raises as `to_claims` does.
    """
    found = [FINDINGS.empty_table()]
    for file, claims in groupby(dated_claims(tables), key=attrgetter("file")):
        seen: list[DatedClaim] = []
        report = _checked(claims, seen, **options)
        several = [*report.findings, *(report.not_checked if not_checked else ())]
        numbered = [attrs.evolve(each, claim=_index(each, seen)) for each in several]
        found.append(findings_table(sorted(numbered, key=_claim), file))
    return pa.concat_tables(found)


def _checked(  # noqa: PLR0913, PLR0917  # as `edits.check`
    claims: Iterable[DatedClaim],
    seen: list[DatedClaim],
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    on: date | None = None,
    profile: Profile | str = DEFAULT,
    tables: UserTables = NO_TABLES,
) -> Report:
    """Check the claims of a file, which are kept in `seen` as they come."""

    def one_by_one() -> Iterator[Claim]:
        for each in claims:
            seen.append(each)
            yield each.claim

    chosen = edits.select(*words(select), ignore=words(ignore), profile=profile)
    day = day_of(on)
    return edits.check_as_of(
        one_by_one(), lambda: day or seen[-1].made_on or clock.today(), chosen, profile_of(profile), tables
    )


def _index(finding: Finding, seen: list[DatedClaim]) -> int | None:
    """Return the index in its file of the claim that a finding is about: one less than its number in the tables."""
    return None if finding.claim is None else seen[finding.claim].number - 1


def _claim(finding: Finding) -> int:
    return -1 if finding.claim is None else finding.claim

"""What a notebook shows of a report: its findings, claim by claim, as a table of at most 50 rows.

Its plain twin is `str(report)`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from medcode.findings import Severity
from medcode.markup import grouped_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from medcode.findings import Finding, Report

__all__ = ["as_html"]

_MOST = 50  # rows, the names of groups among them
_MOST_UNCHECKED = 10
_HEADS = ("severity", "rule", "place", "message", "fix")
_RANK = {each: place for place, each in enumerate(Severity)}

Row = tuple[object, ...]


def as_html(report: Report) -> str:
    """Return a report as HTML: claims with errors first, of each claim the errors first; then what was not checked.

    >>> from medcode.findings import Finding, Report
    >>> "Claim 3: 1 error" in as_html(Report((Finding("CLM02", "claim-total", "The total is 90.", claim=2),)))
    True
    """
    unchecked = list(_unchecked(report.not_checked))
    groups = []
    room = _MOST - (len(unchecked) + 1 if unchecked else 0)
    shown = 0
    for name, found in _by_claim(report.findings):
        rows = [_row(each) for each in found[: max(room - 1, 0)]]
        if rows:
            groups.append((name, rows))
            room -= len(rows) + 1
            shown += len(rows)
    if unchecked:
        groups.append(("Not checked", unchecked))
    caption = repr(report).removeprefix("<Report: ").removesuffix(">")
    left = len(report.findings) - shown
    more = f"<p>and {left:,} more finding{'s' * (left != 1)}</p>" if left else ""
    return grouped_table(caption, _HEADS, groups) + more


def _by_claim(findings: Iterable[Finding]) -> Iterator[tuple[str, Sequence[Finding]]]:
    """Yield the findings of each claim below its name, both the worst first."""
    claims: defaultdict[int | None, list[Finding]] = defaultdict(list)
    for each in sorted(findings, key=lambda each: _RANK[each.severity]):
        claims[each.claim].append(each)
    worst_first = sorted(
        claims.items(), key=lambda item: (_RANK[item[1][0].severity], -1 if item[0] is None else item[0])
    )
    for number, found in worst_first:
        counts = Counter(each.severity for each in found)
        said = ", ".join(
            f"{count:,} {kind}{'s' * (count != 1 and kind != 'info')}" for kind, count in counts.items()
        )
        yield f"{'File' if number is None else f'Claim {number + 1:,}'}: {said}", found


def _row(finding: Finding) -> Row:
    times = f" ({finding.count:,} times)" if finding.count > 1 else ""
    return (
        finding.severity,
        finding.rule,
        finding.location.in_words,
        f"{finding.message}{times}",
        finding.fix and finding.fix.text,
    )


def _unchecked(findings: Iterable[Finding]) -> Iterator[Row]:
    """Yield what was not checked, each once with how often."""
    counts = Counter((each.rule, each.message.removeprefix("Not checked: ")) for each in findings)
    for (rule, said), count in counts.most_common(_MOST_UNCHECKED):
        yield "", rule, f"{count:,} claim{'s' * (count != 1)}", said, None
    if len(counts) > _MOST_UNCHECKED:
        yield "", "", "", f"and {len(counts) - _MOST_UNCHECKED} more", None

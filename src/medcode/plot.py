"""Pictures of codes, findings and remittances, each with a text that says the same; needs the extra `plot` (matplotlib).

>>> from medcode import plot
>>> picture = plot.timeline("M54.5")
>>> picture.alt.splitlines()[1]
'M54.5: billable from 2015-10-01 to 2021-09-30, heading from 2021-10-01'
"""

from __future__ import annotations

import io
from collections import Counter
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

import attrs
from matplotlib import dates, rc_context
from matplotlib.figure import Figure

from medcode.codesets.icd10cm import icd10cm
from medcode.markup import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from medcode.claims.model import Claim
    from medcode.claims.remittance import Remittance
    from medcode.codesets.base import CodeSet
    from medcode.codesets.concept import Concept
    from medcode.findings import Report

__all__ = ["Picture", "findings", "timeline", "waterfall"]

_DATES: Any = dates  # its functions are not typed
_MOST = 25  # bars; more cannot be read
_INK = {"billable": "#1b6ca8", "heading": "#c8d8e4"}
_PAYERS = ("#1b6ca8", "#d97706", "#4d7c0f", "#9d174d", "#6d28d9", "#525252")
_UP, _DOWN = "#1b6ca8", "#b45309"
_GROUPS = {
    "CO": "contract",
    "PR": "patient",
    "OA": "other",
    "PI": "payer",
    "CR": "correction",
}


@attrs.frozen
class Picture:
    """A figure of matplotlib, and a text for those who do not see it; a notebook shows both."""

    figure: Figure = attrs.field(repr=False)
    alt: str

    def save(self, path: Path | str) -> None:
        """Write the picture to a file; its name says the format, such as .svg, .png or .pdf."""
        self.figure.savefig(path, bbox_inches="tight")

    def _repr_html_(self) -> str:
        """Return the picture as SVG, named by its text."""
        out = io.StringIO()
        with rc_context({"svg.hashsalt": "medcode"}):  # else its ids are drawn at random
            self.figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None})
        svg = out.getvalue()[out.getvalue().index("<svg") :].replace(
            "<svg ", '<svg style="max-width:100%;height:auto" ', 1
        )
        return f'<div role="img" aria-label="{escape(visible(self.alt.replace(chr(10), "; ")))}">{svg}</div>'


def timeline(*codes: str, code_set: CodeSet[Any] = icd10cm) -> Picture:
    """Return the days on which codes, and those right below them, could be billed or were headings.

    Raises UnknownCode for a code that was never in the table.
    """
    end = max((release.end for release in code_set.releases if release.end), default=None)
    family = list(dict.fromkeys(each for code in codes for each in _family(code_set, code, end)))[:_MOST]
    figure, axes = _axes(len(family))
    texts = []
    for row, concept in enumerate(family):
        for each in concept.intervals:
            left, right = _DATES.date2num(each.start), _DATES.date2num(each.end or end or each.start)
            axes.barh(
                row,
                right - left,
                left=left,
                color=_INK["billable" if each.billable else "heading"],
                height=0.6,
            )
        texts.append(f"{concept.code.dotted}: {', '.join(map(_days, concept.intervals))}")
    axes.set_yticks(range(len(family)), [each.code.dotted for each in family])
    axes.invert_yaxis()
    axes.xaxis_date()
    locator = _DATES.AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(_DATES.ConciseDateFormatter(locator))
    title = f"{code_set.code_type.label}: billable (dark) and heading (light)"
    axes.set_title(title, loc="left")
    return Picture(figure, "\n".join((title, *texts)))


def _family(code_set: CodeSet[Any], code: str, on: date | None) -> Iterator[Concept[Any]]:
    """Yield a code, then those directly below it in any year, as of a day."""
    above = code_set.concept(code, on)
    yield above
    for each in code_set:
        if each.startswith(above.code) and code_set.parent(each) == above.code:
            yield code_set.concept(each, on)


def _days(interval: Any) -> str:
    kind = "billable" if interval.billable else "heading"
    return f"{kind} from {interval.start}" + (f" to {interval.end}" if interval.end else "")


def findings(report: Report, claims: Iterable[Claim] = ()) -> Picture:
    """Return how often each rule was found, the most frequent first; with the claims, by payer.

    `claims` are those that were checked, in their order.
    """
    payers = [claim.payer.organization or "no name" for claim in claims]
    counts: dict[str, Counter[str]] = {}
    for each in report.findings:
        payer = payers[each.claim] if each.claim is not None and each.claim < len(payers) else "all"
        counts.setdefault(f"{each.rule} {each.name}", Counter())[payer] += each.count
    rules = sorted(counts, key=lambda rule: (-counts[rule].total(), rule))[:_MOST]
    names = sorted({payer for rule in rules for payer in counts[rule]})
    figure, axes = _axes(len(rules))
    before = [0] * len(rules)
    for number, payer in enumerate(names):
        widths = [counts[rule][payer] for rule in rules]
        axes.barh(rules, widths, left=before, label=payer, color=_PAYERS[number % len(_PAYERS)])
        before = [start + width for start, width in zip(before, widths, strict=True)]
    axes.invert_yaxis()
    axes.xaxis.get_major_locator().set_params(integer=True)
    if len(names) > 1:
        axes.legend()
    title = f"Findings by rule{' and payer' if len(names) > 1 else ''}"
    axes.set_title(title, loc="left")
    texts = [
        f"{rule}: {', '.join(f'{payer} {counts[rule][payer]:,}' for payer in names if counts[rule][payer])}"
        for rule in rules
    ]
    left_out = [f"and {len(counts) - _MOST} more rules"] if len(counts) > _MOST else []
    return Picture(figure, "\n".join((title, *texts, *left_out)))


def waterfall(remittance: Remittance) -> Picture:
    """Return how what was billed becomes what was paid: adjustments by group and reason, then those of the provider."""
    steps = [("billed", remittance.billed)]
    reasons = sorted(remittance.by_reason().items(), key=lambda item: (-abs(item[1]), item[0]))
    steps += [
        (f"{group} {reason} ({_GROUPS.get(group, 'other')})", -value)
        for (group, reason), value in reasons[:_MOST]
    ]
    rest = sum((value for _, value in reasons[_MOST:]), Decimal())
    steps += [("further reasons", -rest)] * bool(rest)
    steps += [("provider adjustments", -remittance.provider_adjusted)] * bool(remittance.provider_adjusted)
    figure, axes = _axes(len(steps) + 1)
    level = Decimal()
    for row, (_, value) in enumerate(steps):
        axes.barh(row, float(value), left=float(level), color=_UP if value >= 0 else _DOWN)
        level += value
    axes.barh(len(steps), float(level), color=_UP)
    steps.append(("paid", level))
    axes.set_yticks(range(len(steps)), [name for name, _ in steps])
    axes.invert_yaxis()
    axes.set_title("From billed to paid, US dollars", loc="left")
    return Picture(
        figure,
        "\n".join(("From billed to paid, US dollars", *(f"{name}: {value:,.2f}" for name, value in steps))),
    )


def _axes(rows: int) -> tuple[Figure, Any]:
    """Return an empty figure with room for so many bars; no window is opened and no global state is touched."""
    figure = Figure(figsize=(7, 1 + 0.35 * max(rows, 1)), layout="constrained")
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(b=False)
    return figure, axes

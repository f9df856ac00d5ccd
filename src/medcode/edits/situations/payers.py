"""Coordination of benefits: how the payers of a claim rank, and what the earlier ones decided."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from medcode.claims.model.adjudication import Adjustment
from medcode.codesets.code import Malformed
from medcode.edits.claim.charges import decided, is_linked
from medcode.edits.days import plain_day
from medcode.edits.examples import MEDICARE_PATIENT, SUBSCRIBER, line, other, visit
from medcode.edits.features import MEDICARE
from medcode.edits.situations.base import DENTAL, PRACTICE, PROFESSIONAL, Fault, Row, Unread, table
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.adjudication import LineAdjudication, OtherPayer
    from medcode.claims.model.claim import Claim
    from medcode.claims.model.party import Subscriber
    from medcode.edits.context import Context

__all__ = ["PAYER_EDITS"]

LEVELS = {
    "P": "primary",
    "S": "secondary",
    "T": "tertiary",
    "A": "fourth",
    "B": "fifth",
    "C": "sixth",
    "D": "seventh",
    "E": "eighth",
    "F": "ninth",
    "G": "tenth",
    "H": "eleventh",
}
"""The levels of payers in their order; U, unknown, has no place in it."""

ORDER = "".join(LEVELS)
SIX = 6
SECONDARY = SUBSCRIBER.evolve(birth_date="1986-01-01", payer_responsibility="S")
MEDICARE_SECOND = MEDICARE_PATIENT.evolve(payer_responsibility="S", insurance_type="12")
BY_LINE = other("80").evolve(remittance_date=None)
CONTRACT, COINSURANCE = Adjustment("CO", "45", "20"), Adjustment("PR", "2", "16")


def coverages(claim: Claim) -> Iterator[tuple[str, Subscriber | OtherPayer]]:
    """Yield each coverage of a claim with its path: the payer's that is asked, then the others'."""
    yield "subscriber", claim.subscriber
    for number, each in enumerate(claim.other_payers):
        yield f"other_payers[{number}]", each


def decisions(claim: Claim) -> Iterator[tuple[str, LineAdjudication]]:
    """Yield each decision of another payer on a line, with its path."""
    for number, each in enumerate(claim.lines):
        for place, made in enumerate(each.adjudications):
            yield f"lines[{number}].adjudications[{place}]", made


def by_line(claim: Claim, payer: OtherPayer) -> bool:
    """Whether a payer decided on any line."""
    return any(made.payer_id == payer.payer.payer_id for _, made in decisions(claim))


def has_decided(claim: Claim, payer: OtherPayer) -> bool:
    """Whether anything of a claim says that a payer decided on it."""
    return payer.paid is not None or bool(payer.adjustments) or by_line(claim, payer)


def repeated_level(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for a level that two coverages have."""
    seen: set[str] = set()
    for path, each in coverages(claim):
        level = each.payer_responsibility
        if level in seen:
            message = f"Two payers of the claim are {LEVELS[level]} ({level}); each level occurs once."
            yield Fault(f"{path}.payer_responsibility", level, message)
        seen |= {level} & LEVELS.keys()


def skipped_level(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for the first level whose level before no payer has; doubtful levels skip nothing."""
    found = {each.payer_responsibility: path for path, each in coverages(claim)}
    if len(found) <= len(claim.other_payers) or not found.keys() <= LEVELS.keys():
        return
    for before, level in pairwise(ORDER):
        if level in found and before not in found:
            message = f"A payer is {LEVELS[level]} ({level}) and none is {LEVELS[before]} ({before})."
            yield Fault(f"{found[level]}.payer_responsibility", level, message)
            return


def unknown_payer(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for decisions on lines by a payer that the claim does not name."""
    known = {each.payer.payer_id for each in claim.other_payers}
    for path, made in decisions(claim) if known and all(known) else ():
        if made.payer_id and made.payer_id not in known:
            message = f"The line was decided by payer {made.payer_id}, which is no other payer of the claim."
            yield Fault(f"{path}.payer_id", made.payer_id, message)


def without_payer(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for decisions on lines where no other payer is on the claim."""
    for path, made in () if claim.other_payers else decisions(claim):
        message = "The line has another payer's decision; the claim has no other payer."
        yield Fault(f"{path}.payer_id", made.payer_id, message)


def undated_decision(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for decisions without a day, on the claim or on its lines."""
    for number, each in enumerate(claim.other_payers):
        is_whole = has_decided(claim, each) and not by_line(claim, each) and is_linked(claim)
        if each.remittance_date is None and is_whole:
            message = "The other payer has decided; the day of its decision is missing."
            yield Fault(f"other_payers[{number}].remittance_date", each.payer.payer_id, message)


def twice_dated(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for the day of a decision for the claim beside those of the lines."""
    dated = {made.payer_id for _, made in decisions(claim) if made.date is not None}
    for number, each in enumerate(claim.other_payers):
        if each.remittance_date is not None and each.payer.payer_id in dated:
            message = "The day of the decision (DTP*573) is sent for the claim and for its lines; leave out that of the claim."
            yield Fault(f"other_payers[{number}].remittance_date", each.payer.payer_id, message)


def decision_days(claim: Claim) -> Iterator[tuple[str, str | None, object]]:
    """Yield path, payer and day of every decision of another payer."""
    for number, each in enumerate(claim.other_payers):
        yield f"other_payers[{number}].remittance_date", each.payer.payer_id, each.remittance_date
    for path, made in decisions(claim):
        yield f"{path}.date", made.payer_id, made.date


def early_decision(claim: Claim, context: Context[Claim]) -> Iterator[Fault | Unread]:
    """Look for decisions before the first service; a predetermination may have been decided before."""
    for path, payer, value in () if claim.predetermination else decision_days(claim):
        day = plain_day(value)
        if isinstance(value, Malformed):
            yield Unread(path)
        elif day and context.first_day and day < context.first_day:
            yield Fault(path, payer, "The other payer's decision is dated before the first service.")


def future_decision(claim: Claim, context: Context[Claim]) -> Iterator[Fault | Unread]:
    """Look for decisions after the day the claim is sent."""
    for path, payer, value in decision_days(claim):
        day = plain_day(value)
        if isinstance(value, Malformed):
            yield Unread(path)
        elif day and day > context.on:
            yield Fault(path, payer, "The other payer's decision is dated after the day the claim is sent.")


def unpaid_decision(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for payers that decided without an amount paid; zero is one."""
    for number, each in enumerate(claim.other_payers):
        if each.paid is None and each.non_covered is None and has_decided(claim, each):
            message = "The other payer has decided; what it paid is missing. Send 0 if it paid nothing."
            yield Fault(f"other_payers[{number}].paid", each.payer.payer_id, message)


def asked_and_not_asked(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for payers that were not asked, as the claim says, and yet decided."""
    for number, each in enumerate(claim.other_payers):
        if each.non_covered is not None and has_decided(claim, each):
            message = "The other payer was not asked (AMT*A8), yet the claim has a decision of it."
            yield Fault(f"other_payers[{number}].non_covered", each.payer.payer_id, message)


def undecided_before(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for payers before the one that is asked that have not decided and were not passed over."""
    rank = ORDER.find(claim.subscriber.payer_responsibility)
    for number, each in enumerate(claim.other_payers):
        is_before = 0 <= ORDER.find(each.payer_responsibility) < rank
        if is_before and each.non_covered is None and not has_decided(claim, each):
            level = LEVELS[each.payer_responsibility]
            message = f"The {level} payer has not decided; later payers wait for its decision."
            yield Fault(f"other_payers[{number}].paid", each.payer.payer_id, message)


def is_medicare_after_another(each: Subscriber | OtherPayer) -> bool:
    """Whether a coverage is Medicare's and comes after another payer's."""
    return each.claim_filing in MEDICARE and each.payer_responsibility in LEVELS.keys() - {"P"}


def missing_reason(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for Medicare as a later payer without the reason."""
    for path, each in coverages(claim):
        if is_medicare_after_another(each) and not each.insurance_type:
            message = "Medicare is not primary; SBR05 must say why (12, 13, 14, 15, 16, 41, 42, 43 or 47)."
            yield Fault(f"{path}.insurance_type", each.claim_filing, message)


def needless_reason(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for the reason where Medicare is primary, or another payer."""
    for path, each in coverages(claim):
        if each.insurance_type and not is_medicare_after_another(each):
            message = "SBR05 is sent only where the payer is Medicare and not primary."
            yield Fault(f"{path}.insurance_type", each.insurance_type, message)


def split_group(claim: Claim, _context: Context[Claim]) -> Iterator[Fault]:
    """Look for a group of adjustments that begins a second segment before its first is full."""
    made: list[tuple[str, tuple[Adjustment, ...]]] = [
        (f"other_payers[{number}]", each.adjustments) for number, each in enumerate(claim.other_payers)
    ]
    made += [(path, each.adjustments) for path, each in decisions(claim)]
    for path, adjustments in made:
        sizes: dict[str, int] = {}  # of each group: how many adjustments its last segment holds
        for number, first in enumerate(begins(claim, path, adjustments)):
            group = adjustments[number].group
            if first and sizes.get(group, SIX) < SIX:
                message = f"Group {group} begins a second CAS; the first holds fewer than six adjustments."
                yield Fault(f"{path}.adjustments[{number}].group", group, message)
                break
            sizes[group] = 1 if first else sizes[group] + 1


def begins(claim: Claim, path: str, adjustments: tuple[Adjustment, ...]) -> list[bool]:
    """Return of each adjustment whether it begins a segment: of the file it was read from, else as it is written."""
    if claim.origin is not None and len(adjustments) > 1:
        find = claim.origin.places().find
        at = [find(f"{path}.adjustments[{number}].group") for number in range(len(adjustments))]
        return [number == 0 or at[number] != at[number - 1] for number in range(len(at))]
    firsts: list[bool] = []
    size = 0
    for number, each in enumerate(adjustments):
        firsts.append(number == 0 or each.group != adjustments[number - 1].group or size == SIX)
        size = 1 if firsts[-1] else size + 1
    return firsts


PAYER_EDITS = table(
    Row(
        number=1,
        name="payer-level-repeated",
        place="2000B and 2320 SBR01",
        ack="A7:742",
        applies_to="other_payers",
        what="Two payers of the claim have the same level.",
        why="payers decide one after another, so each level from primary on occurs once in a claim.",
        fix="correct the level of one of them.",
        look=repeated_level,
        passes=(visit(other_payers=(other("80", CONTRACT),)), visit()),
        fails=(
            visit(
                subscriber=SECONDARY.evolve(payer_responsibility="P"), other_payers=(other("80", CONTRACT),)
            ),
        ),
    ),
    Row(
        number=2,
        name="payer-level-skipped",
        place="2000B and 2320 SBR01",
        ack="A7:742",
        applies_to=("later_payer", "other_payers"),
        what="A payer has a level and none has the level before.",
        why="a secondary payer decides after the primary one, which the claim then names, and so on.",
        fix="name the payer before, or correct the level.",
        look=skipped_level,
        passes=(visit(other_payers=(other("80", CONTRACT),)), visit()),
        fails=(
            visit(subscriber=SECONDARY),
            visit(
                other_payers=(other("80", CONTRACT),), subscriber=SECONDARY.evolve(payer_responsibility="T")
            ),
        ),
    ),
    Row(
        number=3,
        name="line-payer-unknown",
        place="2430 SVD01",
        ack="A7:479",
        rarc=("M56",),
        applies_to="lines.adjudications",
        what="A line was decided by a payer that is not on the claim.",
        why="the payer of a decision is found by its identifier among the other payers.",
        fix="use the identifier of the other payer, or name the payer.",
        look=unknown_payer,
        passes=(visit(other_payers=(BY_LINE,), lines=(line(adjudications=(decided("80", CONTRACT),)),)),),
        fails=(
            visit(
                other_payers=(other("80", CONTRACT),),
                lines=(line(adjudications=(decided("80", CONTRACT).evolve(payer_id="OTHER"),)),),
            ),
        ),
    ),
    Row(
        number=4,
        name="line-decision-without-payer",
        place="2430 SVD",
        ack="A7:479",
        rarc=("M56",),
        applies_to="lines.adjudications",
        what="A line has another payer's decision and the claim has no other payer.",
        why="a decision belongs to a payer that the claim names.",
        fix="name the payer with its coverage, or leave the decision out.",
        look=without_payer,
        passes=(visit(other_payers=(BY_LINE,), lines=(line(adjudications=(decided("80", CONTRACT),)),)),),
        fails=(visit(lines=(line(adjudications=(decided("80", CONTRACT),)),)),),
    ),
    Row(
        number=5,
        name="decision-without-date",
        place="2330B DTP 573",
        ack="A6:516:PR",
        rarc=("N307",),
        applies_to="other_payers",
        what="Another payer has decided and the day is missing.",
        why="a payer that decided on the claim tells the day once for the claim, or with each line it decided.",
        fix="copy the day of the remittance.",
        look=undated_decision,
        passes=(visit(other_payers=(other("80", CONTRACT),)), visit(other_payers=(other(None),))),
        fails=(visit(other_payers=(other("80", CONTRACT).evolve(remittance_date=None),)),),
    ),
    Row(
        number=6,
        name="decision-before-service",
        place="2330B and 2430 DTP 573",
        ack="A7:516:PR",
        rarc=("N307",),
        applies_to="other_payers",
        requires=("day",),
        what="Another payer's decision is dated before the service.",
        why="nobody decides on what has not been done; predeterminations aside.",
        fix="correct the day of the decision or of the service.",
        look=early_decision,
        passes=(visit(other_payers=(other("80", CONTRACT),)),),
        fails=(visit(other_payers=(other("80", CONTRACT).evolve(remittance_date="2025-12-31"),)),),
    ),
    Row(
        number=7,
        name="decision-in-future",
        place="2330B and 2430 DTP 573",
        ack="A7:516:PR",
        rarc=("N307",),
        applies_to="other_payers",
        what="Another payer's decision is dated after the day the claim is sent.",
        why="the claim tells of a decision that has been made.",
        fix="correct the day of the decision.",
        look=future_decision,
        passes=(visit(other_payers=(other("80", CONTRACT),)),),
        fails=(visit(other_payers=(other("80", CONTRACT).evolve(remittance_date="2099-01-20"),)),),
    ),
    Row(
        number=8,
        name="decision-without-payment",
        place="2320 AMT D",
        ack="A7:672",
        rarc=("N4",),
        applies_to="other_payers",
        what="Another payer has decided and what it paid is missing.",
        why="a decision has its payment, if only of zero; later payers count from it.",
        fix="copy the amount of the remittance; zero if nothing was paid.",
        look=unpaid_decision,
        passes=(
            visit(other_payers=(other("0", Adjustment("CO", "45", "100")),)),
            visit(other_payers=(other(None),)),
        ),
        fails=(visit(other_payers=(other(None, CONTRACT).evolve(remittance_date="2026-01-20"),)),),
    ),
    Row(
        number=9,
        name="decision-of-payer-not-asked",
        place="2320 AMT A8",
        ack="A7:672",
        rarc=("N4",),
        severity=Severity.WARNING,  # one of X12's published examples has both
        applies_to="other_payers",
        what="Another payer was not asked, and yet has decided.",
        why="AMT*A8 says that the payer covers nothing of this and was passed over.",
        fix="leave out the amount, or the decision.",
        look=asked_and_not_asked,
        passes=(visit(other_payers=(other(None).evolve(non_covered="100"),)),),
        fails=(visit(other_payers=(other("0", Adjustment("CO", "96", "100")).evolve(non_covered="100"),)),),
    ),
    Row(
        number=10,
        name="payer-before-undecided",
        place="2320",
        ack="A6:286",
        rarc=("N4",),
        applies_to="other_payers",
        source=PRACTICE,
        severity=Severity.WARNING,
        snip=7,
        what="A payer before the one that is asked has not decided.",
        why="payers of a later level count from the decisions of those before them.",
        fix="wait for the decision and copy it, or say with AMT*A8 that the payer covers nothing.",
        look=undecided_before,
        passes=(
            visit(other_payers=(other("80", CONTRACT),)),
            visit(other_payers=(other(None).evolve(non_covered="100"),)),
        ),
        fails=(visit(other_payers=(other(None),)),),
    ),
    Row(
        number=11,
        name="medicare-secondary-reason-missing",
        place="2000B and 2320 SBR05",
        ack="A6:578",
        guides=(PROFESSIONAL, DENTAL),
        applies_to="medicare_member",
        what="Medicare is not primary and the reason is missing.",
        why="where Medicare is not the primary payer, SBR05 says which insurance comes before it and why.",
        fix="add the insurance type, or correct the level or the kind of plan.",
        look=missing_reason,
        passes=(
            visit(subscriber=MEDICARE_SECOND, other_payers=(other("80", CONTRACT),)),
            visit(subscriber=MEDICARE_PATIENT),
        ),
        fails=(
            visit(
                subscriber=MEDICARE_SECOND.evolve(insurance_type=None), other_payers=(other("80", CONTRACT),)
            ),
        ),
    ),
    Row(
        number=12,
        name="medicare-secondary-reason-not-due",
        place="2000B and 2320 SBR05",
        ack="A7:578",
        guides=(PROFESSIONAL, DENTAL),
        applies_to=("subscriber.insurance_type", "other_payers"),
        what="The reason why Medicare is not primary is sent where Medicare is primary, or not the payer.",
        why="SBR05 is for Medicare as a later payer alone.",
        fix="leave the insurance type out.",
        look=needless_reason,
        passes=(visit(subscriber=MEDICARE_SECOND, other_payers=(other("80", CONTRACT),)), visit()),
        fails=(visit(subscriber=MEDICARE_PATIENT.evolve(insurance_type="12")),),
    ),
    Row(
        number=13,
        name="adjustment-group-split",
        place="2320 and 2430 CAS",
        ack="A7:696",
        severity=Severity.WARNING,  # X12's published examples split groups
        applies_to="other_payers",
        what="Adjustments of one group stand in two segments, the first of which is not full.",
        why="one CAS holds the group and up to six adjustments of it.",
        fix="put the adjustments of a group together.",
        look=split_group,
        passes=(
            visit(other_payers=(other("64", CONTRACT, COINSURANCE),)),
            visit(other_payers=(other("30", *[Adjustment("CO", str(45 + at), "10") for at in range(7)]),)),
        ),
        fails=(visit(other_payers=(other("54", CONTRACT, COINSURANCE, Adjustment("CO", "97", "10")),)),),
    ),
    Row(
        number=47,
        name="decision-dated-twice",
        place="2330B and 2430 DTP 573",
        ack="A7:516:PR",
        rarc=("N307",),
        applies_to="lines.adjudications",
        what="The day of another payer's decision is sent for the claim and for its lines.",
        why="the day of the claim is for payers that decided on the claim as a whole.",
        fix="leave out the day of the claim.",
        look=twice_dated,
        passes=(
            visit(
                other_payers=(BY_LINE,),
                lines=(line(adjudications=(decided("80", CONTRACT),)),),
            ),
            visit(other_payers=(other("80", CONTRACT),)),
        ),
        fails=(visit(other_payers=(other("80"),), lines=(line(adjudications=(decided("80", CONTRACT),)),)),),
    ),
)
"""The edits by their ids."""

"""CLM24, CLM26, CLM32, CLM34, CLM37, CLM41, CLM44 and CLM51 to CLM54: codes that are not in their set.

One class and a table: each row names where a claim has codes of a set. A code is judged by its form and,
where a table is loaded, on the day that counts for its set; a table that is not loaded is reported once,
with the command that loads one. A code that is right except for its case, blanks or dashes is a finding
too, since it would be sent as it is.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple, Never, TypeAlias, cast

import attrs

from medcode.claims.model.adjudication import Adjustment
from medcode.claims.model.claim import Claim
from medcode.claims.model.drug import Drug
from medcode.claims.model.party import Provider
from medcode.codesets import code_set
from medcode.codesets.concept import JudgedOn, Status
from medcode.edits.base import ANYWHERE, Edit
from medcode.edits.claim import code_refs as refs
from medcode.edits.entity import COMMON_EDITS
from medcode.edits.examples import BILLING, dental, filling, line, other, room, stay, visit, with_address
from medcode.edits.features import ANY
from medcode.edits.forms import plain
from medcode.edits.oce.borrowed import is_in_force
from medcode.edits.setting import INSTITUTIONAL, Setting
from medcode.findings import Fix, FixKind, Source
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.claims.model.party import Address
    from medcode.codesets.base import CodeSet
    from medcode.edits.claim.code_refs import CodeRef
    from medcode.edits.context import Context
    from medcode.edits.oce.tables import OceTables
    from medcode.findings import Finding

    Kept: TypeAlias = Memo[str, "Finding | Fault | Status"]

__all__ = ["CODE_SET_EDITS", "CodeOfSet"]

PLACED = (Setting.PROFESSIONAL, Setting.DENTAL)
UNIFORM_BILL = Source("NUBC", "Official UB-04 Data Specifications Manual")
BILLING_MANUAL = "Medicare Claims Processing Manual, Pub. 100-04, chapter 25"
OUTPATIENT = stay("I50.20", facility_type="13", admission=None)


@attrs.frozen(kw_only=True)
class Row:
    """One such edit: where the codes are, and of which sets."""

    id: str
    name: str
    carc: tuple[str, ...]
    rarc: tuple[str, ...] = ()
    ack: str | None = None
    ack_source: Source | None = None
    refs: Callable[[Context[Never]], Iterable[CodeRef]]  # of the kind of claim that the settings let through
    sets: tuple[str, ...]
    source: Source
    what: str
    why: str
    fix: str
    passes: tuple[Claim, ...]
    fails: tuple[Claim, ...]
    settings: tuple[Setting, ...] = ANYWHERE
    applies_to: str | tuple[str, ...] = ANY
    whole: bool = True  # False: the code is made of several fields, and none can be fixed alone


class Fault(NamedTuple):
    """What is wrong with a code, and its form in claims where only the form is wrong."""

    message: str
    wire: str | None = None


RIGHT = Fault("")


class CodeOfSet(Edit[Claim]):
    """One row of the table below: codes that must be of their set."""

    snip = 5

    def __init__(self, row: Row) -> None:
        self.row = row
        self.refs = cast("Callable[[Context[Claim]], Iterable[CodeRef]]", row.refs)
        self.carc, self.rarc, self.ack_source = row.carc, row.rarc, row.ack_source
        self.id, self.name, self.source = row.id, row.name, row.source
        self.settings, self.applies_to, self.tables, self.ack = (
            row.settings,
            row.applies_to,
            row.sets,
            row.ack,
        )
        self.code_sets = {name: code_set(name) for name in row.sets}
        self.of_care = frozenset(
            name for name, codes in self.code_sets.items() if codes.judged_on is JudgedOn.SERVICE
        )
        self.requires = ("days",) if self.of_care else ()
        self.passes, self.fails = row.passes, row.fails
        self.__doc__ = f"{row.what}\n\nWhy: {row.why}\nFix: {row.fix}"

    def check(self, _claim: Claim, context: Context[Claim]) -> Iterator[Finding]:
        """Look up each code: medical ones on the day of care, all others on that of the transaction."""
        memo, lends = context.shared.memo, context.setting is not Setting.OUTPATIENT  # OCE06 asks it there
        answers: Answers | None = memo.get((self.id, lends))
        if answers is None:
            answers = memo[self.id, lends] = Answers(self, context.tables.oce if lends else None)
        for field, code, name, number in self.refs(context):
            day: date | None = context.on
            if name in self.of_care:
                day = (None if number is None else context.line_days[number]) or context.day
            answer = answers.on[name, day][code]
            if answer is RIGHT:
                continue
            if isinstance(answer, Status):
                answer = self.answer(name, code, day, answer, answers.borrowed)
            if answer is not RIGHT:
                yield self._placed(answer, refs.path_of(field, number), code)

    def _placed(self, answer: Finding | Fault, path: str, code: str) -> Finding:
        if not isinstance(answer, Fault):
            return answer
        right = answer.wire if self.row.whole else None
        fix = Fix(f"Write {right}.", path, right, kind=FixKind.SAFE) if right else None
        return self.fail(path, code, answer.message, fix=fix)

    def answer(
        self, name: str, code: str, day: date | None, status: Status, borrowed: OceTables | None
    ) -> Finding | Fault:
        """Return what is wrong with a code, or why its set cannot answer; the editor's tables answer where it cannot."""
        codes = self.code_sets[name]
        if day is None and status not in EVER:
            return self.unchecked(None, None, "Not checked: the claim has no usable date of service.")
        if status is not Status.BILLABLE and status not in UNANSWERED:
            padded = f"0{code}"
            lost = status is Status.MALFORMED and code.isdecimal() and name in FIXED_WIDTH
            is_padded = lost and codes.status(padded, day) in {Status.BILLABLE, Status.NOT_CHECKED}
            tidy = self._meant(name, code, day) if status is Status.MALFORMED and name != "ndc" else None
            right = padded if is_padded else tidy
            return Fault(wrong(codes, code, status, day), right)
        wire = code if code.__class__ is codes.code_type else codes.code_type.normal(code)
        if wire != code:
            return Fault(f"{code} must be sent as {wire}.", wire)
        if status is Status.BILLABLE:
            return RIGHT
        if borrowed and name in CODES_OF_PROCEDURES and day is not None:
            is_valid = is_in_force(borrowed, code, day)
            if is_valid is not None:
                return RIGHT if is_valid else Fault(f"{code} is not valid on {day}, by the {borrowed}.")
        return self.unchecked(None, None, unanswered(codes, code, status, day))

    def _meant(self, name: str, code: str, day: date | None) -> str | None:
        """Return the code that a text is without dashes and blanks, or that it writes with three letters; else None."""
        right = THREE_LETTERS.get(code) if name == "country" else plain(code)
        known = {Status.BILLABLE, Status.NOT_CHECKED}
        return right if right and right != code and self.code_sets[name].status(right, day) in known else None


class Answers:
    """What the sets of one edit say of codes in one check, kept by the days between which no table of theirs changes.

    An answer that tells of the day is made anew: what is kept then is the status of the code.
    """

    def __init__(self, edit: CodeOfSet, borrowed: OceTables | None) -> None:
        self.on: Memo[tuple[str, date | None], Kept] = Memo(self._on, MOST)
        self.borrowed = borrowed
        self._edit = edit
        self._alike: Memo[tuple[str, date | None], Kept] = Memo(self._since, MOST)
        self._changes = sorted({day for codes in edit.code_sets.values() for day in codes.table.changes})

    def _on(self, about: tuple[str, date | None]) -> Kept:
        """Return the answers of a set on a day."""
        name, day = about
        at = bisect_right(self._changes, day) if day else 0
        return self._alike[name, self._changes[at - 1] if at else day]

    def _since(self, about: tuple[str, date | None]) -> Kept:
        """Make the answers of a set from a day on."""
        name, day = about
        codes = self._edit.code_sets[name]

        def answer(code: str) -> Finding | Fault | Status:
            status = codes.status(code, day)
            lends = self.borrowed and status in UNANSWERED and name in CODES_OF_PROCEDURES
            if lends or status not in LASTING:
                return status
            return self._edit.answer(name, code, day, status, None)

        return Memo(answer, MOST)


LASTING = frozenset({Status.BILLABLE, Status.MALFORMED, Status.UNKNOWN, Status.NOT_CHECKED})
"""Of what a table says, that of which the answer does not tell the day."""

THREE_LETTERS = {"CAN": "CA", "MEX": "MX", "USA": "US"}
"""Countries by the code that addresses on paper often have."""

CODES_OF_PROCEDURES = frozenset({"hcpcs", "cpt"})
"""Sets whose codes the tables of the outpatient code editor have too."""

EVER = frozenset({Status.MALFORMED, Status.UNKNOWN, Status.NOT_CHECKED})
"""What holds on any day."""

UNANSWERED = frozenset({Status.NOT_CHECKED, Status.OUT_OF_RANGE})
FIXED_WIDTH = frozenset({"revenue", "discharge_status"})
"""Sets whose codes often lose a leading zero; a missing digit of others may be another one, as of drug codes."""

MOST = 4096
"""How many answers are kept: those of codes that hardly recur would only be carried along."""


def unanswered(codes: CodeSet[Any], code: str, status: Status, day: date | None) -> str:
    """Return why a set cannot answer."""
    if status is Status.OUT_OF_RANGE and day is not None:
        return f"Not checked: {codes.why_out_of_range(code, day)}."
    codes = codes.owner(code)
    whole = "whole " if codes.releases else ""
    return f"Not checked: no {whole}table of {codes.code_type.label} is loaded. To load one: {codes.load_command}."


def wrong(codes: CodeSet[Any], code: str, status: Status, day: date | None) -> str:
    """Return what is wrong with a code."""
    kind = (codes if status is Status.MALFORMED else codes.owner(code)).code_type
    if status is Status.MALFORMED:
        label = kind.label if kind.label.endswith("code") else f"{kind.label} code"
        return f"{code} is not a valid {label}: {kind.expected}."
    if status is Status.UNKNOWN:
        label = kind.label if kind.label.endswith("code") else f"{kind.label} code"
        return f"{code} is not in the table of {label}s."
    concept = codes.concept(code, day)
    return f"{code} is not valid on {day}; it was valid from {concept.start} to {concept.end or 'now'}."


ROWS = (
    Row(
        id="CLM24",
        ack="A7:145",
        carc=("16",),
        rarc=("N255",),
        name="taxonomy-not-in-force",
        refs=refs.taxonomies,
        sets=("taxonomy",),
        source=Source("NUCC", "Health Care Provider Taxonomy"),
        what="A provider's taxonomy code is not valid.",
        why="a taxonomy code has ten characters, begins with three digits and ends with X; NUCC's list is judged on the day the claim is sent.",
        fix="take the code from the provider's NPI record.",
        passes=(visit(billing_provider=BILLING.evolve(taxonomy="207Q00000X")),),
        fails=(
            visit(billing_provider=BILLING.evolve(taxonomy="203BF0100Y")),
            visit(billing_provider=BILLING.evolve(taxonomy="207q00000x")),
        ),
    ),
    Row(
        id="CLM26",
        ack="A7:218",
        carc=("16",),
        rarc=("M119",),
        name="drug-code-not-in-force",
        refs=refs.drugs,
        sets=("ndc",),
        source=Source("HHS", "45 CFR 162.1002", section="(b)(2)"),
        what="A national drug code is not valid, or was not on the date of service.",
        why="claims carry the drug code in its form of eleven digits, 5-4-2, without dashes; ten digits alone do not tell where the zero belongs. FDA's directory says from when to when a package was sold.",
        fix="copy the code from the package; fill the part that is short with a zero, as the package's dashes show.",
        settings=(Setting.PROFESSIONAL, *INSTITUTIONAL),
        applies_to="lines.drug",
        passes=(visit(lines=(line("J1885", drug=Drug("00026063512", "10", "ML")),)),),
        fails=(visit(lines=(line("J1885", drug=Drug("0002675970", "10", "ML")),)),),
    ),
    Row(
        id="CLM32",
        ack="A7:455",
        carc=("16",),
        rarc=("M50",),
        name="revenue-code-not-in-force",
        refs=refs.revenue_codes,
        sets=("revenue",),
        source=Source("CMS", BILLING_MANUAL, section="75.4"),
        what="A revenue code is not valid.",
        why="a revenue code has four digits, the first of them 0 to 3.",
        fix="correct the code.",
        settings=INSTITUTIONAL,
        passes=(stay("I50.20"),),
        fails=(stay("I50.20", lines=(room(revenue_code="120"),)),),
    ),
    Row(
        id="CLM34",
        ack="A7:234",
        carc=("16",),
        rarc=("MA43",),
        name="discharge-status-not-in-force",
        refs=refs.discharge_status,
        sets=("discharge_status",),
        source=Source("CMS", BILLING_MANUAL, section="75.2"),
        what="The discharge status is not valid.",
        why="it has two digits and is one of those in force; 40 to 42 are for hospices and 09 for outpatients. For hospital stays the Medicare Code Editor judges it.",
        fix="correct the status.",
        settings=INSTITUTIONAL,
        passes=(OUTPATIENT,),
        fails=(OUTPATIENT.evolve(discharge_status="1"), OUTPATIENT.evolve(discharge_status="99")),
    ),
    Row(
        id="CLM37",
        ack="A7:453",
        carc=("182", "4"),
        rarc=("N823",),
        name="modifier-not-in-force",
        refs=refs.modifiers,
        sets=("modifiers",),
        source=Source("CMS", "HCPCS Level II modifiers"),
        what="A modifier does not exist or was not in effect on the date of service.",
        why="a modifier has two letters or digits, and those of HCPCS come and go by quarter.",
        fix="correct the modifier.",
        applies_to="modifiers",
        passes=(visit(lines=(line(modifiers=("LT",)),)),),
        fails=(visit(lines=(line(modifiers=("5-",)),)), visit(lines=(line(modifiers=("lt",)),))),
    ),
    Row(
        id="CLM41",
        carc=("181", "16"),
        rarc=("M51", "N56"),
        name="procedure-not-in-force",
        refs=refs.procedures,
        sets=("hcpcs", "cpt", "cdt"),
        source=Source("HHS", "45 CFR 162.1000(a) and 162.1002", section="HCPCS, CPT and CDT"),
        what="A procedure code does not exist or was not in effect on the date of service.",
        why="a HCPCS code is a letter and four digits, a CPT code four digits and a digit or letter, and each is judged on the day the service was given. A dental code, of qualifier AD, is D and four digits.",
        fix="use the code that was in effect on the date of service.",
        applies_to="procedures",
        ack="A7:507",
        ack_source=COMMON_EDITS,
        passes=(visit(),),
        fails=(visit(lines=(line("9921"),)), dental(lines=(filling(procedure="99213"),))),
    ),
    Row(
        id="CLM44",
        ack="A7:249",
        carc=("16",),
        rarc=("M77",),
        name="place-of-service-unknown",
        refs=refs.places,
        sets=("place_of_service",),
        source=Source("CMS", "Place of Service Code Set"),
        what="A place of service is not valid.",
        why="places of service are judged on the day the claim is sent.",
        fix="use a place of service of CMS's list.",
        settings=PLACED,
        passes=(visit(),),
        fails=(
            dental(place_of_service="98"),
            visit(place_of_service="98"),
            visit(lines=(line(place_of_service="00"),)),
        ),
    ),
    Row(
        id="CLM51",
        ack="A7:126",
        carc=("16",),
        rarc=("N258",),
        name="country-unknown",
        refs=refs.countries,
        sets=("country",),
        source=Source("ISO", "3166-1: alpha-2 country codes"),
        what="An address has an unknown country code.",
        why="countries are the two letters of ISO 3166; the United States may be left out.",
        fix="correct the code.",
        passes=(with_address(country="CA", state="ON", zip="K1A 0B1"),),
        fails=(with_address(country="ZX"),),
    ),
    Row(
        id="CLM52",
        ack="A7:228",
        carc=("16",),
        rarc=("MA30",),
        name="bill-type-not-in-force",
        refs=refs.bill_type,
        sets=("bill_type",),
        source=UNIFORM_BILL,
        what="The type of bill is not valid.",
        why="facility, kind of care and frequency make up the type of bill, and payers process by it.",
        fix="correct the facility type or the frequency.",
        settings=INSTITUTIONAL,
        passes=(stay("I50.20"),),
        fails=(OUTPATIENT.evolve(facility_type="10"),),
        whole=False,
    ),
    Row(
        id="CLM53",
        ack="A7:460",
        carc=("16",),
        rarc=("M44", "M45", "M49"),
        name="uniform-code-not-in-force",
        refs=refs.uniform_codes,
        sets=("condition_code", "occurrence_code", "value_code", "admission_source"),
        source=UNIFORM_BILL,
        what="A condition, occurrence or value code or a source of admission is not valid.",
        why="each is a code of the uniform bill: two characters, of the source one.",
        fix="correct the code.",
        settings=(Setting.PROFESSIONAL, *INSTITUTIONAL),
        applies_to=("condition_codes", "occurrences", "occurrence_spans", "value_codes", "admission_source"),
        passes=(stay("I50.20", condition_codes=("09",)),),
        fails=(stay("I50.20", condition_codes=("9",)), visit(condition_codes=("9",))),
    ),
    Row(
        id="CLM54",
        ack="A7:521",
        carc=("16",),
        rarc=("N4",),
        name="adjustment-reason-not-in-force",
        refs=refs.reasons,
        sets=("adjustment_reason",),
        source=Source("X12", "External code source 139: claim adjustment reason codes"),
        what="The reason of another payer's adjustment is not valid.",
        why="payers read from the reason who owes what was not paid; the list is judged on the day the claim is sent.",
        fix="copy the reason from the remittance.",
        applies_to="other_payers",
        passes=(visit(other_payers=(other("80", Adjustment("CO", "45", "20")),)),),
        fails=(visit(other_payers=(other("80", Adjustment("CO", "X045", "20")),)),),
    ),
)


class TaxonomyOfSet(CodeOfSet):
    """The row of the taxonomies of providers."""

    def concerns_provider(self, provider: Provider | ProviderIdentity, /) -> bool:
        """Whether a provider has a taxonomy."""
        return isinstance(provider, Provider) and bool(provider.taxonomy)


class CountryOfSet(CodeOfSet):
    """The row of the countries of addresses."""

    def concerns_address(self, address: Address, /) -> bool:
        """Whether an address names a country."""
        return bool(address.country)


OF_VALUES = {"taxonomy": TaxonomyOfSet, "country": CountryOfSet}
CODE_SET_EDITS = {edit.id: edit for edit in (OF_VALUES.get(row.sets[0], CodeOfSet)(row) for row in ROWS)}

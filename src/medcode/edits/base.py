"""An edit: one rule over one claim, with its source, its reason, its fix and its examples.

An edit is a class in a file of its own, or one row of a table behind a class. Its docstring has a
first line that says what is wrong, a `Why:` and a `Fix:`; the documentation and `explain` show the
same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Never, TypeAlias, TypeVar

import attrs

from medcode.claims.model.claim import Claim
from medcode.codesets.code import Code
from medcode.discreet import discreet, discreetly, is_word
from medcode.edits.entity import with_entity
from medcode.edits.features import ANY
from medcode.edits.setting import Setting
from medcode.edits.tables import NO_TABLES
from medcode.findings import Finding, Location, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from medcode.claims.model.adjudication import ProviderIdentity
    from medcode.claims.model.party import Address, Contact, Provider
    from medcode.codesets.code import Malformed
    from medcode.codesets.concept import Status
    from medcode.edits.concern import LineKey
    from medcode.edits.context import Context
    from medcode.edits.tables import Tables
    from medcode.findings import Fix, Source

__all__ = ["ANYWHERE", "AnyEdit", "Edit", "initials_of"]

_LONG_CODES = (".drug.code", "npi")
"""Where a code of many digits belongs, so that one of the wrong length is shown."""

C_contra = TypeVar("C_contra", bound=Claim, contravariant=True)

ANYWHERE = tuple(Setting)


class Edit(Generic[C_contra]):
    """The base of every edit; its parameter is the kind of claim that its settings let through.

    `since` and `until` are the first and last day the rule is in force, by the day the claim is
    judged on. `requires` names what must be known of a claim (see `medcode.edits.requirements`); where
    that is missing, the answer is `not_checked`. `yields_to` names edits that say the same with more
    authority: where one of them runs on a claim, this one does not; a rule of structure named there
    takes this one's place in a file, at the element where it speaks. An `opt_in` edit runs only when
    it is selected by name; one `over_batch` compares
    the claims of a batch and of the history, and its examples fail together.
    `applies_to` names what a claim must have for the rule to mean anything (see
    `medcode.edits.features`), of several names one: any other claim passes without being looked at. An edit
    that looks at codes, addresses, providers or lines one by one may say which of them it could find anything
    on, by `concerns_code` and its siblings: it is called only for claims with
    such a value. `initials` are the first characters of the codes that `concerns_code` could be true of, where that
    is not any, and `code_flags` the flags of which such a code has one. `segments` are those of a file whose absence the edit finds: one that the structure finds
    missing, or whose qualifier it refuses, is not found to be missing as well. `tables` names the code
    sets that an answer rests on; `example_tables` are the user's tables of the examples.

    `ack` is the 277CA status that a payer's front end answers with: category, claim status code and,
    where the code asks for one, entity (left out where it is the party at the place of the finding). `ack_source`
    is a public text that relates the status to the rule; without one the status is what the lists of codes make
    likely. `no_ack` says why there is none. `carc` and `rarc` are the claim adjustment reason and remark codes that
    a remittance would likely carry instead.
    """

    id: str
    name: str
    snip: int
    source: Source
    severity: Severity = Severity.ERROR
    since: date | None = None
    until: date | None = None
    settings: tuple[Setting, ...] = ANYWHERE
    requires: tuple[str, ...] = ()
    yields_to: tuple[str, ...] = ()
    applies_to: str | tuple[str, ...] = ANY
    initials: frozenset[str] | None = None
    code_flags: frozenset[str] | None = None
    segments: frozenset[str] = frozenset()
    tables: tuple[str, ...] = ()
    opt_in: bool = False
    over_batch: bool = False
    ack: str | None = None
    ack_source: Source | None = None
    no_ack: str | None = None
    carc: tuple[str, ...] = ()
    rarc: tuple[str, ...] = ()
    example_tables: Tables = NO_TABLES
    passes: tuple[Claim, ...] = ()
    fails: tuple[Claim, ...] = ()

    _severities: ClassVar[dict[Outcome, Severity]] = {
        Outcome.BYPASSED: Severity.INFO,
        Outcome.NOT_CHECKED: Severity.INFO,
    }

    @property
    def family(self) -> str:
        """The letters that begin the id, such as MCE."""
        return self.id.rstrip("0123456789")

    def check(self, claim: C_contra, context: Context[C_contra], /) -> Iterable[Finding]:
        """Yield what is wrong with the claim; no finding means that it passes."""
        raise NotImplementedError

    # What an edit may say of a value, for whatever claim; it defines one of these, or several, or none.

    def concerns_code(self, _code: Code | Malformed, _status: Status, _flags: frozenset[str], /) -> bool:
        """Whether a code of the claim itself is one that the edit could find anything on.

        `status` and `flags` are what its table says of it on the day that it is judged on.
        """
        return True

    def concerns_address(self, _address: Address, /) -> bool:
        """Whether an address is one that the edit could find anything on."""
        return True

    def concerns_provider(self, _provider: Provider | ProviderIdentity, /) -> bool:
        """Whether a provider of the claim or of a line is one that the edit could find anything on."""
        return True

    def concerns_contact(self, _contact: Contact, /) -> bool:
        """Whether a contact of a provider or a person is one that the edit could find anything on."""
        return True

    def concerns_modifiers(self, _modifiers: tuple[str, ...], /) -> bool:
        """Whether the modifiers of a line are such that the edit could find anything on it."""
        return True

    def concerns_line(self, _line: LineKey, /) -> bool:
        """Whether a line is one that the edit could find anything on, by what recurs of it."""
        return True

    @classmethod
    def concerns_claim(cls, _context: Context[C_contra], /) -> bool:
        """Whether any edit of the class could find anything on a claim; asked once for all of them."""
        return True

    def missing_tables(self, _tables: Tables, _setting: Setting) -> str | None:
        """Return why the edit can answer for no claim of a setting with the tables at hand, or None."""
        return None

    def fail(self, path: str | None, code: str | None, message: str, *, fix: Fix | None = None) -> Finding:
        """Return a finding: the rule is broken at a place of the claim."""
        return self._finding(Outcome.FAIL, path, code, message, fix)

    def bypass(self, path: str | None, code: str | None, message: str) -> Finding:
        """Return a finding: the rule would be broken, but the claim says why that is allowed."""
        return self._finding(Outcome.BYPASSED, path, code, message)

    def unchecked(self, path: str | None, code: str | None, message: str) -> Finding:
        """Return a finding: the rule could not be applied, why, and what would change that."""
        return self._finding(Outcome.NOT_CHECKED, path, code, message)

    def _finding(
        self, outcome: Outcome, path: str | None, code: str | None, message: str, fix: Fix | None = None
    ) -> Finding:
        is_code = isinstance(code, Code) and not is_word(code)
        text = None if code is None else str.__str__(code)
        if text is not None and not is_code and not (text.isdigit() and (path or "").endswith(_LONG_CODES)):
            written = getattr(code, "dotted", text)
            message = discreetly(discreetly(message, text), written)
            fix = attrs.evolve(fix, text=discreetly(discreetly(fix.text, text), written)) if fix else None
            text = discreet(text)
        fails = outcome is Outcome.FAIL
        severity = self.severity if fails else self._severities[outcome]
        ack = with_entity(self.ack, path) if self.ack and fails else None
        return Finding(
            self.id,
            self.name,
            message,
            severity,
            outcome,
            self.snip,
            Location(path),
            text,
            self.source,
            fix,
            ack,
        )

    def __repr__(self) -> str:
        """Show id and name."""
        return f"<Edit {self.id} {self.name}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by id: the registry holds the rest."""
        from medcode.edits.registry import edit

        return edit, (self.id,)


def initials_of(codes: Iterable[str]) -> frozenset[str]:
    """Return the first characters of codes.

    >>> sorted(initials_of(["I10", "E119", "I110"]))
    ['E', 'I']
    """
    return frozenset(code[0] for code in codes)


AnyEdit: TypeAlias = Edit[Never]
"""An edit of whatever kind of claim; only the engine, which knows the claim's setting, calls it."""

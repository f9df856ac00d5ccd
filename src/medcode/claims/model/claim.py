"""The claims themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from medcode.claims.model.base import PHI, Money, Part, optional_money
from medcode.claims.model.diagnosis import Diagnosis, diagnoses
from medcode.claims.model.line import ProfessionalLine
from medcode.claims.model.party import Dependent, Payer, Provider, Subscriber
from medcode.codesets.base import Malformed

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Claim", "ProfessionalClaim"]


def lines(values: Iterable[ProfessionalLine]) -> tuple[ProfessionalLine, ...]:
    """Take in service lines, in claim order."""
    return tuple(values)


@attrs.frozen(repr=False, kw_only=True)
class Claim(Part):
    """What the three kinds of claim share.

    `control_number` is the provider's own number of the claim (patient control number).
    `frequency` is the claim frequency code: 1 original, 7 replacement, 8 void.
    `extras` are segments of a file that its guide has no place for, as they stood;
    `origin`, of a claim that was read, knows where in the file each part came from.
    """

    guide: ClassVar[str]

    control_number: str = attrs.field(metadata=PHI)
    billing_provider: Provider
    subscriber: Subscriber
    payer: Payer
    dependent: Dependent | None = None
    frequency: str = "1"
    provider_signature: str | None = "Y"
    accepts_assignment: str | None = "A"
    benefits_assigned: str | None = "Y"
    release_of_information: str | None = "Y"
    extras: tuple[str, ...] = attrs.field(default=(), metadata=PHI)
    origin: Any = attrs.field(default=None, eq=False, metadata=PHI)

    @property
    def patient(self) -> Subscriber | Dependent:
        """Who was treated: the dependent if there is one, else the subscriber."""
        return self.dependent or self.subscriber


@attrs.frozen(repr=False, kw_only=True)
class ProfessionalClaim(Claim):
    """A professional claim: what the CMS-1500 form and the 837P carry.

    `place_of_service` is where the patient was seen; a line names its own only where it differs.
    `stated_total` is the total a file gave, kept only where it is not the sum of its lines.
    """

    guide: ClassVar[str] = "005010X222A1"

    place_of_service: str = "11"
    diagnoses: tuple[Diagnosis, ...] = attrs.field(converter=diagnoses)
    lines: tuple[ProfessionalLine, ...] = attrs.field(converter=lines)
    stated_total: Money | None = attrs.field(default=None, converter=optional_money)

    def __attrs_post_init__(self) -> None:
        """Turn pointers that are given as codes into numbers."""
        if any(isinstance(p, str) for line in self.lines for p in line.diagnosis_pointers):
            object.__setattr__(self, "lines", tuple(self._numbered(line) for line in self.lines))

    def _numbered(self, line: ProfessionalLine) -> ProfessionalLine:
        codes = [str(diagnosis.code) for diagnosis in self.diagnoses]
        plain = [str(p).replace(".", "").upper() for p in line.diagnosis_pointers]
        return line.evolve(
            diagnosis_pointers=tuple(
                p if isinstance(p, (int, Malformed)) else codes.index(c) + 1 if c in codes else Malformed(p)
                for p, c in zip(line.diagnosis_pointers, plain, strict=True)
            )
        )

    @property
    def total(self) -> Decimal:
        """The sum of the line charges in US dollars; lines without a readable charge count nothing."""
        return sum((line.charge for line in self.lines if isinstance(line.charge, Decimal)), Decimal())

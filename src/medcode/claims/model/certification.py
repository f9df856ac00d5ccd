"""What a provider certifies about the patient's condition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.claims.model.base import PHI, Part, all_of, part, texts

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Accident", "Certification", "SpinalManipulation"]


@part
class Certification(Part):
    """Conditions that apply, or (`certified` N) do not.

    The codes of `conditions` depend on what is certified: an ambulance trip (01 04 05 06 07 08
    09 12), lenses (L1 to L5), an EPSDT referral (AV NU S2 ST), equipment (38 ZV). `category` is
    for lenses alone: E1 spectacle lenses, E2 contact lenses, E3 frames.

    >>> Certification(("01", "06"))
    Certification(conditions=('01', '06'))
    """

    conditions: tuple[str, ...] = attrs.field(converter=texts)
    certified: str = "Y"
    category: str | None = attrs.field(default=None, kw_only=True)


def to_certifications(values: Iterable[Certification]) -> tuple[Certification, ...]:
    """Return certifications as a tuple, in claim order. Raises TypeError for anything else."""
    return all_of(Certification, values)


@part(kw_only=True)
class SpinalManipulation(Part):
    """The condition that spinal manipulation treats.

    `condition` is A acute, C chronic, D non-acute, E non-life threatening, F routine,
    G symptomatic, M acute manifestation of a chronic condition.
    """

    condition: str
    description: str | None = attrs.field(default=None, metadata=PHI)
    description2: str | None = attrs.field(default=None, metadata=PHI)


@part
class Accident(Part):
    """The cause of the condition: AA a car accident, EM employment, OA another accident.

    `state` is where a car accident happened (two letters), `country` where that was abroad. An
    institutional claim has only the state.

    >>> Accident(["AA"], state="CA")
    Accident(causes=('AA',), state='CA')
    """

    causes: tuple[str, ...] = attrs.field(default=(), converter=texts)
    state: str | None = attrs.field(default=None, kw_only=True)
    country: str | None = attrs.field(default=None, kw_only=True)

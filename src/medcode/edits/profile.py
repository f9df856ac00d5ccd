"""A profile: which edits run on a payer's claims, and the severity of each.

Profiles are data. `PROFILES` has those that ship; a user's own is a `Profile`, or a TOML file:

    name = "acme"
    base = "commercial"
    ignore = ["ICD13"]
    also = ["use-additional"]

    [severities]
    ICD02 = "error"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from medcode.files import opened_text
from medcode.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Self

    from medcode.edits.tables import Tables

__all__ = ["DEFAULT", "PROFILES", "Profile", "concerning", "profile_of"]


def words(value: Iterable[str]) -> tuple[str, ...]:
    """Return selectors as a tuple; one may be passed alone."""
    return (value,) if isinstance(value, str) else tuple(value)


@attrs.frozen
class Profile:
    """Edits by id, name, family or SNIP type; `also` names opt-in edits that run too.

    `severities` sets the severity of edits, by id or name.
    """

    name: str
    text: str = ""
    select: tuple[str, ...] = attrs.field(default=(), converter=words)
    ignore: tuple[str, ...] = attrs.field(default=(), converter=words)
    also: tuple[str, ...] = attrs.field(default=(), converter=words)
    severities: Mapping[str, Severity] = attrs.field(factory=dict, hash=False)

    @classmethod
    def from_toml(cls, path: Path | str) -> Self:
        """Read a profile. Raises ValueError for an unknown field, base or severity."""
        from medcode.toml_lines import toml_table

        with opened_text(path) as file:
            data = toml_table(file.read())
        unknown = data.keys() - {"base", *(field.name for field in attrs.fields(cls))}
        if unknown or "name" not in data:
            raise ValueError(
                f"unknown field of a profile: {', '.join(sorted(unknown))}"
                if unknown
                else "a profile must have a name"
            )
        base = profile_of(data.pop("base", "default"))
        weights = {rule: Severity(weight) for rule, weight in data.get("severities", {}).items()}
        return cls(
            name=data["name"],
            text=data.get("text", base.text),
            select=data.get("select", base.select),
            ignore=(*base.ignore, *words(data.get("ignore", ()))),
            also=(*base.also, *words(data.get("also", ()))),
            severities={**base.severities, **weights},
        )


OF_MEDICARE = (
    *("CLM13", "CLM27", "MCE11", "MCE17", "MCE18", "PFS"),
    *("CLM84", "CLM86"),
    *("AMB01", "AMB04", "DAY", "ICD20", "MOD04", "MSP", "NBN", "OBS", "ORD", "VAX"),
)
"""Rules of Medicare only: timely filing, its numbers, coverage, fee schedule, codes of its bills, modifiers, days and orders."""

DEFAULT = Profile("default", "Every edit that is not opt-in.")

PROFILES = {
    each.name: each
    for each in (
        DEFAULT,
        Profile("medicare_part_a", "Hospital stays and other institutions, paid by Medicare."),
        Profile(
            "medicare_outpatient",
            "Outpatient bills of hospitals and other institutions, as Medicare's own editor (IOCE) judges them.",
            also=("OCE",),
        ),
        Profile(
            "medicare_part_b",
            "Practitioners and suppliers, paid by Medicare.",
            severities={"ICD13": Severity.WARNING, "CLM43": Severity.ERROR},
        ),
        Profile(
            "medicaid",
            "State plans; drugs need their drug code, and many go by CMS's last sex lists.",
            ignore=OF_MEDICARE,
            also=("SEX02", "CLM45"),
        ),
        Profile(
            "commercial",
            "Commercial plans; many still go by CMS's last sex lists.",
            ignore=OF_MEDICARE,
            also=("SEX02",),
        ),
        Profile(
            "workers_comp",
            "Injuries at work; NCCI and Medicare's rules do not bind, and the accident's day is asked for.",
            ignore=(*OF_MEDICARE, "NCCI"),
            also=("CLM79",),
        ),
    )
}


OVER_BATCH = ("CLM07", "HIS")
"""Edits that compare claims; they run where a history is given."""

BY_TABLE = {
    "procedure_ages": ("AGE03",),
    "procedure_sex": ("SEX03",),
    "revenue_procedures": ("CLM46",),
    "procedure_places": ("CLM47",),
    "necessity": ("CLM48",),
    "procedure_drugs": ("CLM80",),
    "single_dose": ("MOD09",),
    "policies": ("POL",),
    "payer_rules": ("PAY",),
}
"""Edits that a table of the user decides; they run where the table is passed."""


def concerning(profile: Profile, tables: Tables, *, history: bool) -> Profile:
    """Return a profile with the edits that the user's own tables decide and, with a history, those that compare claims."""
    also = [each for table, edits in BY_TABLE.items() if getattr(tables, table) for each in edits]
    also += OVER_BATCH if history else ()
    return attrs.evolve(profile, also=(*profile.also, *also)) if also else profile


def profile_of(profile: Profile | str) -> Profile:
    """Return a profile, or the one of a name. Raises ValueError, with the names there are, for an unknown one.

    >>> profile_of("commercial").also
    ('SEX02',)
    """
    if isinstance(profile, Profile):
        return profile
    if profile not in PROFILES:
        raise ValueError(f"unknown profile {profile!r}; expected one of {', '.join(PROFILES)}")
    return PROFILES[profile]

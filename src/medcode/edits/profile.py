"""A profile: which edits a payer's claims meet, and how much each of them weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.findings import Severity

__all__ = ["DEFAULT", "Profile"]


@attrs.frozen
class Profile:
    """Edits by id, name, family or SNIP type; an opt-in edit runs where it is named by id or name.

    `severities` gives edits another weight, by id.
    """

    name: str
    text: str = ""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    severities: Mapping[str, Severity] = attrs.field(factory=dict, hash=False)


DEFAULT = Profile("default", "Every edit that is not opt-in.")

"""Which edits run: by id, name, family or SNIP type, by profile, and by date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from medcode.edits.base import Edit
    from medcode.edits.profile import Profile
    from medcode.edits.registry import Registry

__all__ = ["chosen"]


def chosen(
    edits: Registry, wanted: Iterable[str], ignore: Iterable[str], profile: Profile, on: date | None
) -> tuple[Edit[Any], ...]:
    """Give the edits that are wanted and not ignored, in the order they run.

    Nothing wanted means what the profile wants. `on` leaves out edits that are not in force on a day.
    """
    tokens = tuple(wanted) or profile.select
    takes = [matcher(edits, token) for token in (*tokens, *profile.also)]
    drops = [matcher(edits, token) for token in (*ignore, *profile.ignore)]
    named = {edits.named(token).id for token in (*tokens, *profile.also) if is_one(edits, token)}
    named |= {id_ for token in (*tokens, *profile.also) for id_ in opt_in_family(edits, token)}
    return tuple(
        edit
        for edit in edits.values()
        if ((not tokens and not edit.opt_in) or any(take(edit) for take in takes))
        and (not edit.opt_in or edit.id in named)
        and not any(drop(edit) for drop in drops)
        and in_force(edit, on)
    )


def matcher(edits: Registry, token: str) -> Callable[[Edit[Any]], bool]:
    """Give the test for one word of a selection; ValueError for a word that names nothing."""
    word = token.upper()
    if word.startswith("SNIP") and word[4:].lstrip(":-").isdigit():
        snip = int(word[4:].lstrip(":-"))
        return lambda edit: edit.snip == snip
    if any(edit.family == word for edit in edits.values()):
        return lambda edit: edit.family == word
    one = edits.named(token)
    return lambda edit: edit is one


def is_one(edits: Registry, token: str) -> bool:
    """Say whether a word names a single edit."""
    return token.upper() in edits or any(edit.name == token.lower() for edit in edits.values())


def opt_in_family(edits: Registry, token: str) -> tuple[str, ...]:
    """Return the ids of a family all of whose edits are opt-in: its name asks for them all."""
    family = [edit for edit in edits.values() if edit.family == token.upper()]
    return tuple(edit.id for edit in family) if all(edit.opt_in for edit in family) else ()


def in_force(edit: Edit[Any], on: date | None) -> bool:
    """Say whether an edit is in force on a day; any is where no day is asked for."""
    return on is None or not ((edit.since and on < edit.since) or (edit.until and on > edit.until))

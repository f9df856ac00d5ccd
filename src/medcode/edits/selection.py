"""Which edits run: by id, name, family or SNIP type, by profile, and by date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from medcode.edits.base import AnyEdit
    from medcode.edits.profile import Profile
    from medcode.edits.registry import Registry

__all__ = ["chosen"]


def chosen(
    edits: Registry, selected: Iterable[str], ignore: Iterable[str], profile: Profile, on: date | None
) -> tuple[AnyEdit, ...]:
    """Return the edits that are selected and not ignored, in the order they run.

    Without a selection that of the profile counts. `on` leaves out edits that are not in force on a day.
    """
    tokens = tuple(selected) or profile.select
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


def matcher(edits: Registry, token: str) -> Callable[[AnyEdit], bool]:
    """Return the test for one selector. Raises ValueError for an unknown one."""
    word = token.upper()
    snip = whole(word[4:].lstrip(":-")) if word.startswith("SNIP") else None
    if snip is not None:
        return lambda edit: edit.snip == snip
    if any(edit.family == word for edit in edits.values()):
        return lambda edit: edit.family == word
    one = edits.named(token)
    return lambda edit: edit is one


def is_one(edits: Registry, token: str) -> bool:
    """Whether a selector names a single edit."""
    return token.upper() in edits or any(edit.name == token.lower() for edit in edits.values())


def opt_in_family(edits: Registry, token: str) -> tuple[str, ...]:
    """Return the ids of a family all of whose edits are opt-in: its name asks for them all."""
    family = [edit for edit in edits.values() if edit.family == token.upper()]
    return tuple(edit.id for edit in family) if all(edit.opt_in for edit in family) else ()


def in_force(edit: AnyEdit, on: date | None) -> bool:
    """Whether an edit is in force on a day; without a day every edit is."""
    return on is None or not ((edit.since and on < edit.since) or (edit.until and on > edit.until))

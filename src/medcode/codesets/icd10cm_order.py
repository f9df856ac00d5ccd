"""The order of ICD-10-CM's tabular list where it is not that of the alphabet.

The list places most codes in the order of their characters, digits before letters. The exceptions are
categories and subcategories with a letter that follow an older neighbor: C4A comes after C43 and before
C44, M1A after M08 and before M10, C84.Z after C84.7 and before C84.9.

Source: NCHS, ICD-10-CM tabular list, April 2026.

>>> sorted(["C44", "C4A", "C43"], key=sort_key)
['C43', 'C4A', 'C44']
"""

from __future__ import annotations

from functools import lru_cache

__all__ = ["LAST_OF_BLOCK", "sort_key"]

CATEGORY = 3  # characters

_LISTED = """
    C43 C4A  C75 C7A C7B  D36 D3A  J44 J4A  M08 M1A  Z36 Z3A
    C847 C84A C84Z  C916 C91A C91Z  C926 C92A C92Z  C933 C93Z  C966 C96A C96Z
    D462 D46A D46B D46C  D464 D46Z  D474 D47Z  F681 F68A  G403 G40A G40B G40C
    G437 G43A G43B G43C G43D  H931 H93A  I827 I82A I82B I82C  L984 L98A
    M3508 M350A M350B M350C  M797 M79A  N806 N80A N80B N80C N80D  N8038 N803A N803B N803C
    O091 O09A  O351 O35A O35B O35C O35D O35E O35F O35G O35H  P0417 P041A
    S060X1 S060XA  S061X8 S061XA  S062X8 S062XA  S06308 S0630A  S06318 S0631A  S06328 S0632A
    S06338 S0633A  S06348 S0634A  S06358 S0635A  S06368 S0636A  S06378 S0637A  S06388 S0638A
    S064X8 S064XA  S065X8 S065XA  S066X8 S066XA  S0682 S068A  S06818 S0681A  S06828 S0682A
    S068A8 S068AA  S06898 S0689A  S069X8 S069XA  T508 T50A T50B T50Z  T797 T79A  T804 T80A
    W44 W44A W44B W44C W44D W44E W44F W44G W44H
    Y937 Y93A Y93B Y93C Y93D Y93E Y93F Y93G Y93H Y93I Y93J Y93K Y93L  Y9368 Y936A  Z911 Z91A
"""
"""Groups of neighbors: a code, and those after it in the list that the alphabet would place later."""


def _follows(listed: str) -> dict[str, str]:
    """Return, for each code out of alphabetical order, the code that it follows."""
    found: dict[str, str] = {}
    for group in listed.replace("\n", "  ").split("  "):
        if codes := group.split():
            found |= dict.fromkeys(codes[1:], codes[0])
    return found


FOLLOWS = _follows(_LISTED)
LAST_OF_BLOCK = {("J40", "J4A"): "J47"}  # the block is named after a category listed in its middle
AFFECTED = frozenset(code[:CATEGORY] for code in FOLLOWS if len(code) > CATEGORY)


def sort_key(wire: str) -> str:
    """Return text that sorts as a code, in wire form, does in the tabular list.

    The key of a prefix is a prefix of the key, so that ranges can be compared by it.
    """
    category, rest = wire[:CATEGORY], wire[CATEGORY:]
    if len(category) < CATEGORY:
        return wire
    if category not in AFFECTED:
        return _placed(category) + rest
    return _placed(category) + "".join(_placed(wire[:end])[-2:] for end in range(CATEGORY + 1, len(wire) + 1))


@lru_cache(maxsize=1 << 12)
def _placed(prefix: str) -> str:
    """Return a prefix with the character that it follows, or a blank, before its last one.

    W44.A to W44.H come before W44.0: they follow the category itself.
    """
    before = FOLLOWS.get(prefix)
    if before is None:
        return f"{prefix} " if len(prefix) == CATEGORY else f"{prefix[-1]} "
    return before[: len(prefix) - 1] + (before[len(prefix) - 1 :] or " ") + prefix[-1]

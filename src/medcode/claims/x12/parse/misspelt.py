"""Which segment is meant by an id that a guide does not have: by its letters, else by its elements. And which guide.

An id that the standard has, though for other sets, is one of the guide only by both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.claims.x12.guides import guide
from medcode.claims.x12.guides.dictionary import OF_SETS, SEGMENTS
from medcode.claims.x12.guides.grammar import Composite, Segment, Usage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from medcode.claims.x12.guides.grammar import Row
    from medcode.claims.x12.text.lexer import RawSegment

__all__ = ["agreement", "best_of", "is_misspelling", "meanings_of"]

_OF_STANDARD = frozenset(SEGMENTS).union(*OF_SETS.values())

_SHORT = 2
"""An id of so many letters resembles others by chance: what its elements contradict is not meant."""

_SURE = 2
"""How many prescribed codes identify a segment whose id is beyond recognition."""


def meanings_of(elements: list[str], uses: Mapping[str, list[Segment]], component: str) -> list[str]:
    """Return the ids, among those with the uses given, that the first of some elements may stand for.

    >>> meanings_of(["NMI", "1"], {"NM1": [], "CAS": []}, ":"), meanings_of(["N1", "1"], {"NM1": []}, ":")
    (['NM1'], [])
    """
    id_ = elements[0]
    if len(elements) == 1:
        return []  # as where a text is cut within an id
    alike = [known for known in uses if is_misspelling(id_, known)]
    if alike and id_ not in _OF_STANDARD:
        texts = elements[1:]
        agreeing = [
            known
            for known in alike
            if any(_agreement(use.elements, texts, component) is not None for use in uses[known])
        ]
        if agreeing or len(id_) > _SHORT:
            return agreeing or alike
    return [
        known
        for known in (alike if id_ in _OF_STANDARD else uses)
        if any(agreement(use, elements, component) >= _SURE for use in uses[known])
    ]


def is_misspelling(text: str, id_: str) -> bool:
    """Whether a text is an id with one letter wrong, missing or too many, or two exchanged.

    >>> [is_misspelling(text, "NM1") for text in ("NMI", "NM", "NMM1", "MN1", "MN2")]
    [True, True, True, True, False]
    """
    if len(text) == len(id_):
        wrong = [at for at, (given, right) in enumerate(zip(text, id_, strict=True)) if given != right]
        exchanged = len(wrong) == len("ab") and sorted(text) == sorted(id_) and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or exchanged
    short, long = sorted((text, id_), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def agreement(use: Segment, elements: list[str], component: str) -> int:
    """Count the elements that are codes which a use prescribes; 0 if any contradicts it.

    >>> from medcode.claims.x12.guides.grammar import E, K, R, S, Segment
    >>> use = Segment("HL", "", "Level", R, 1, E("", R), E("", S), K("22"), E("", R, "0 1"))
    >>> agreement(use, ["XX", "2", "1", "22", "0"], ":"), agreement(use, ["XX", "2", "1", "22", "9"], ":")
    (2, 0)
    """
    texts = elements[1:]
    return _agreement(use.elements, texts, component) or 0


def best_of(named: list[str], first: RawSegment) -> str:
    """Return the first of some conventions whose guide the segment after ST agrees with most, such as by BHT01."""

    def agrees(convention: str) -> int:
        use = guide(convention).root.children[1]
        if not isinstance(use, Segment) or first.elements[:1] != [use.id]:
            return 0
        return agreement(use, first.elements, first.delimiters.component)

    return max(named, key=agrees)


def _agreement(row: Row, texts: list[str], component: str) -> int | None:
    if len(texts) > len(row):
        return None
    found = 0
    for at, element in enumerate(row):
        text = texts[at] if at < len(texts) else ""
        if not text:
            if element.usage is Usage.REQUIRED:
                return None
        elif element.usage is Usage.NOT_USED:
            return None
        elif isinstance(element, Composite):
            inner = _agreement(element.elements, text.split(component), component)
            if inner is None:
                return None
            found += inner
        elif element.codes is not None:
            if text not in element.codes:
                return None
            found += 1
    return found

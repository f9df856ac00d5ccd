"""What HI and CAS come to, whose texts recur as a whole: functions that are made once for each use of them."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.units.elements import SEPARATORS, CompositeSource, ElementSource
from medcode.claims.x12.units.objects import Unfit, Values
from medcode.claims.x12.units.source import NotPlain, Remembered
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medcode.claims.x12.codec.adjustments import AdjustmentsCodec
    from medcode.claims.x12.codec.health_codes import HealthCodesCodec

__all__ = ["adjustments", "health_codes"]

_ADJUSTMENTS, _LONGEST_ADJUSTMENTS = 4_096, 300
"""How many texts of CAS are remembered, and of how many characters; one of six reasons has some 200 at most."""

_KEPT = 256
"""For how many places of HI, and uses of CAS, in all guides functions are kept."""


@lru_cache(maxsize=_KEPT)
def adjustments(codec: AdjustmentsCodec) -> Remembered:
    """Return what the elements of CAS come to."""
    return Remembered(_adjustments_reader(codec), _ADJUSTMENTS)


def _adjustments_reader(codec: AdjustmentsCodec) -> Callable[[tuple[str, ...]], tuple[Any, ...]]:
    """Return the function of what the elements of CAS come to: most have one adjustment."""
    source = ElementSource()
    source.unless(f"sum(map(len, s)) < {_LONGEST_ADJUSTMENTS}")  # what is kept is bounded
    source.begin("if len(s) == 4 and s[2] and s[3]:")
    made = Values(codec._model, "o")
    texts = {"group": "s[1]", "reason": "s[2]", "amount": "s[3]"}
    source.put(made, {each: source.read(codec._readers[each], text) for each, text in texts.items()})
    source.line(f"return ({source.build(made)},)")
    source.end()
    source.line(f"made, more = {source.constant(codec.parse)}(s, '')")
    source.unless("not more")
    source.line("return tuple(made)")
    function: Callable[[tuple[str, ...]], tuple[Any, ...]] = source.function("read_adjustments", "s")
    return function


@lru_cache(maxsize=_KEPT)
def health_codes(codec: HealthCodesCodec, at: int) -> Mapping[str, Remembered]:
    """Return what the codes at a place of HI come to, by separator and text: values are shared."""
    return Memo(lambda component: Remembered(_health_code_reader(codec, at, component)), SEPARATORS)


def _health_code_reader(codec: HealthCodesCodec, at: int, component: str) -> Callable[[str], Any]:
    """Return the function of what the code at a place of HI comes to, by its text."""

    def other(text: str) -> Any:
        item, more = codec._item(at, text.split(component), component)
        if more or not text:
            raise NotPlain
        return item

    if codec._model is None:
        return other
    source = CompositeSource(component)
    made = Values(codec._model, "o")
    source.unless("n > 1 and t[1]")
    kinds: dict[Callable[[str], Any], set[str]] = {}
    for qualifier, read in codec.readers(at).items():
        kinds.setdefault(read, set()).add(qualifier)
    for word, (read, qualifiers) in zip(chain(["if"], repeat("elif")), kinds.items(), strict=False):
        source.begin(f"{word} t[0] in {source.constant(frozenset(qualifiers))}:")
        source.line(f"code = {source.read(read, 't[1]')}")
        source.end()
    source.line(f"else: raise {source.not_plain}")
    source.put(made, {"code": "code"})
    try:
        source.components(codec._row_codecs[at], made, 2)
    except Unfit:
        return other
    source.line(f"return {source.build(made)}")
    function: Callable[[str], Any] = source.function("read_health_code", "text")
    return function

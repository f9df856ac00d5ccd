"""What HI and CAS come to, whose texts recur as a whole: functions that are made once for each use of them."""

from __future__ import annotations

from functools import lru_cache
from itertools import chain, repeat
from typing import TYPE_CHECKING, Any

from medcode.claims.x12.codec.code_forms import CodeReader
from medcode.claims.x12.units.elements import SEPARATORS, CompositeSource, ElementSource
from medcode.claims.x12.units.objects import Unfit, Values
from medcode.claims.x12.units.source import NotPlain, Remembered
from medcode.codesets.code import LONGEST
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from medcode.claims.model.fields import ModelFields
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
    kinds: dict[Callable[[str], Any], set[str]] = {}
    for qualifier, read in codec.readers(at).items():
        kinds.setdefault(read, set()).add(qualifier)
    source = CompositeSource(component)
    if not component.isalnum():
        _plain_codes(source, codec._model, kinds)
    source.cut()
    made = Values(codec._model, "o")
    source.unless("n > 1 and t[1]")
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


def _plain_codes(source: CompositeSource, model: ModelFields, kinds: Mapping[Any, set[str]]) -> None:
    """Write what a code comes to that nothing follows, as in nearly all composites, without cutting them.

    For ICD-10-CM it is

        qualifier, _, code = text.partition(':')
        if code.isalnum() and len(code) <= 64:
            if qualifier in {'ABK', ...} and is_code(code):
                o = DraftDiagnosis()
                o.code = str.__new__(Icd10Cm, code)
                o.__class__ = Diagnosis
                return o
    """
    source.line(f"qualifier, _, code = text.partition({source.component!r})")
    source.begin(f"if code.isalnum() and len(code) <= {LONGEST}:")
    for read, qualifiers in kinds.items():
        if isinstance(read, CodeReader):
            matches, new, kind = (source.constant(each) for each in (read.matches, str.__new__, read.kind))
            source.begin(f"if qualifier in {source.constant(frozenset(qualifiers))} and {matches}(code):")
            made = Values(model, "o")
            source.put(made, {"code": f"{new}({kind}, code)"})
            source.line(f"return {source.build(made)}")
            source.end()
    source.line("pass")
    source.end()

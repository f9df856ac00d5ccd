"""The search of one code set: hits that are valid on a day, each with the reason why it matched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Generic

import attrs

from medcode.codesets import store
from medcode.codesets.concept import C, Status
from medcode.codesets.search.index import SearchIndex, kind_of
from medcode.codesets.search.lexicon import lexicon_of
from medcode.codesets.search.query import QueryReader
from medcode.codesets.search.ranking import Ranking
from medcode.codesets.search.words import NEGATED, words
from medcode.codesets.views import VALID
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from medcode.codesets.base import CodeSet
    from medcode.codesets.search.ranking import Match

__all__ = ["Finder", "Hit", "index_of"]

_LONGEST_CODE: Final = 14  # characters of a query that may be a code
_UNSPECIFIED: Final = "unspecified"
_RESIDUAL: Final = "09"  # last characters of residual codes, by the convention of the classification
_DEFAULT: Final = frozenset({"uncomplicated"})  # said of a disorder of which nothing more is known
_TITLES_KEPT: Final = 2_000  # whose words are kept at hand
_MOST_BELOW: Final = 60  # codes below a heading that are looked through for a side or an encounter


@attrs.frozen
class Hit(Generic[C]):
    """A code that a search found.

    `found_in` is the title or the inclusion term that matched; `matched` pairs what the query asks
    with the words of that text that answer it; `lexicon` holds the rows of the lexicon that were
    used. A code that was itself typed has the kind `code`, its neighbors have `neighbor`.

    >>> from medcode import icd10cm
    >>> icd10cm.search("migrane", limit=1)[0].why
    "inclusion term 'Migraine NOS': migrane → migraine"
    """

    code: C
    title: str | None
    score: float = attrs.field(repr=lambda score: f"{score:.2f}")
    found_in: str = attrs.field(repr=False)
    kind: str = attrs.field(repr=False)
    matched: tuple[tuple[str, str], ...] = attrs.field(repr=False, default=())
    lexicon: tuple[str, ...] = attrs.field(repr=False, default=())

    @property
    def why(self) -> str:
        """Why the hit matched, in one line."""
        pairs = ", ".join(asked if asked == found else f"{asked} → {found}" for asked, found in self.matched)
        used = f" (lexicon: {'; '.join(self.lexicon)})" if self.lexicon else ""
        return f"{self.kind} '{self.found_in}'" + (f": {pairs}" if pairs else "") + used


class Finder(Generic[C]):
    """The search of one code set: its index, its lexicon, and the rules of what may be found."""

    def __init__(self, code_set: CodeSet[C]) -> None:
        self._code_set = code_set
        self._index: SearchIndex = index_of(code_set)
        lexicon = lexicon_of(code_set.name)
        self._reader = QueryReader(self._index, lexicon)
        self._ranking = Ranking(self._index, lexicon)
        self._forms_of = Memo(_forms_of, _TITLES_KEPT)

    def find(self, query: str, limit: int, on: date, within: str, *, billable: bool) -> Iterator[Hit[C]]:
        """Yield the hits valid on a day, best first; `limit` is how many the caller is going to take."""
        table, day = self._code_set.table, self._code_set.table.statuses[on]
        inside = self._code_set.reference(within) if within else None

        def allowed(code: str) -> bool:
            return day[table.lookup[code]] in VALID and (inside is None or inside.covers(code))

        seen: set[str] = set()
        for hit in self._typed(query, on) or self._worded(query, 4 * limit, on, allowed if inside else None):
            if allowed(hit.code):
                for code in self._billable(hit.code, on) if billable else [hit.code]:
                    if code not in seen:
                        seen.add(code)
                        yield attrs.evolve(hit, code=code, title=self._code_set.concept(code, on).title)

    def _billable(self, code: C, on: date) -> Iterator[C]:
        for below in (code, *self._code_set.descendants(code, on)):
            if self._code_set.status(below, on) is Status.BILLABLE:
                yield below

    # A code as the query.

    def _typed(self, query: str, on: date) -> Sequence[Hit[C]]:
        """Return the code that was typed, with what is around it; nothing if the query is not a code."""
        code_set = self._code_set
        wire = code_set.code_type.normal(query[:_LONGEST_CODE])
        if wire is None or len(query) > _LONGEST_CODE:
            return ()
        if wire in code_set:
            return [
                self._hit_of_code(code, "code" if code == wire else "neighbor", on)
                for code in self._near(wire, on)
            ]
        above = next(
            (wire[:length] for length in range(len(wire) - 1, 2, -1) if wire[:length] in code_set), None
        )
        if above is None or wire.isalpha():
            return ()
        if not (near := code_set.children(above, on)):
            return [self._hit_of_code(code, "neighbor", on) for code in self._near(above, on)]
        near = tuple(sorted(near, key=lambda code: _apart(code, wire)))
        return [
            self._hit_of_code(code, "neighbor", on) for code in (*near, code_set.code_type.trusted(above))
        ]

    def _near(self, wire: str, on: date) -> Iterator[C]:
        """Yield a code, or its successors if it is not valid any more, then the codes below and beside it."""
        code_set = self._code_set
        yield code_set.code_type.trusted(wire)
        if code_set.status(wire, on) not in VALID and (successors := getattr(code_set, "successors", None)):
            yield from successors(wire, on)
        yield from code_set.children(wire, on)
        if parent := code_set.parent(wire):
            yield from sorted(code_set.children(parent, on), key=lambda code: _apart(code, wire))
            yield parent

    def _hit_of_code(self, code: C, kind: str, on: date) -> Hit[C]:
        title = self._code_set.concept(code, on).title
        return Hit(code, title, 1.0 if kind == "code" else 0.5, title or code.dotted, kind)

    # Words.

    def _worded(
        self, text: str, depth: int, on: date, allowed: Callable[[str], bool] | None
    ) -> Iterator[Hit[C]]:
        query = self._reader.read(text)
        kinds = {
            kind: frozenset(form for form in query.forms if kind_of(form) == kind)
            for kind in ("side", "encounter")
        }
        for match in self._ranking.best(query, depth, allowed):
            hit = self._hit(match)
            for asked in filter(None, kinds.values()):
                hit = self._narrowed(hit, asked, query.forms, on)
            if not self._index.has_below(hit.code):
                hit = self._narrowed(hit, query.forms - self._forms(hit.code, on), query.forms, on)
            if (code := self._default(hit.code, query.forms, on)) != hit.code:
                yield attrs.evolve(hit, code=code, kind=f"{hit.kind} of {hit.code.dotted}")
            yield hit

    def _hit(self, match: Match) -> Hit[C]:
        code = self._index.codes[match.number]
        text = self._code_set.texts_of(code)[match.number - self._index.first(code)]
        written = {word.form: word.written for word in words(text.text)}
        pairs = []
        for unit, symbols in match.answers:
            forms = map(self._index.word, symbols)
            pairs.append((unit.asked, " ".join(dict.fromkeys(written[form] for form in forms))))
        rows = tuple(unit.row for unit, _ in match.answers if unit.row)
        return Hit(
            self._code_set.code_type.trusted(code),
            None,
            match.score,
            text.text,
            text.kind,
            tuple(pairs),
            rows,
        )

    def _narrowed(self, hit: Hit[C], asked: frozenset[str], query: frozenset[str], on: date) -> Hit[C]:
        """Return the code below a hit that adds nothing but the side or the encounter that was asked for.

        A text such as an inclusion term may belong to a heading, whose codes have a side; 7th characters
        are not in the index at all, so that all they say (a stage, an eye) is looked for here.
        """
        below = self._code_set.descendants(hit.code, on)
        title = self._forms(hit.code, on)
        if not 0 < len(below) <= _MOST_BELOW or asked & title:
            return hit
        forms = {code: self._forms(code, on) for code in below}
        code = max(below, key=lambda code: (len(forms[code] & query), -len(forms[code] - query - title)))
        return attrs.evolve(hit, code=code) if forms[code] & asked else hit

    def _default(self, code: C, query: frozenset[str], on: date) -> C:
        """Return the code below a heading that is coded where nothing more is known; else the code itself.

        That is the one whose title adds to the heading's only that something is unspecified or absent. There
        is none where the query says anything that tells the codes below from one another.
        """
        title = self._forms(code, on)
        added = {below: self._forms(below, on) - title for below in self._code_set.children(code, on)}
        if any(form.removeprefix(NEGATED) in query for forms in added.values() for form in forms):
            return code
        found = [below for below in added if all(map(_adds_nothing, added[below]))]
        if not found:
            found = [below for below in added if _UNSPECIFIED in added[below] and below[-1] in _RESIDUAL]
        if not found:
            return code
        return self._default(min(found, key=lambda below: len(added[below])), query, on)

    def _forms(self, code: C, on: date) -> frozenset[str]:
        return self._forms_of[self._code_set.concept(code, on).title or ""]


def index_of(code_set: CodeSet[C]) -> SearchIndex:
    """Return the index of a code set's texts: as shipped, or built where the user's releases change them."""
    if code_set.search_table is None or code_set._merged is not None:  # noqa: SLF001  # this is part of the set
        return SearchIndex.of(code_set.texts())
    return SearchIndex.read(store.shipped(code_set.search_table))


def _forms_of(title: str) -> frozenset[str]:
    return frozenset(word.form for word in words(title))


def _adds_nothing(form: str) -> bool:
    return form.startswith(NEGATED) or form in _DEFAULT or kind_of(form) == "filler"


def _apart(code: str, wire: str) -> tuple[int, str]:
    """Return how far a code is from another one beside it, for sorting."""
    at = next(
        (at for at, (one, other) in enumerate(zip(code, wire, strict=False)) if one != other), len(wire)
    )
    return abs(ord(code[at : at + 1] or "0") - ord(wire[at : at + 1] or "0")), code

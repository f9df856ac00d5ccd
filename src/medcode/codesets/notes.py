"""The notes of ICD-10-CM's tabular list: what a code includes, what it excludes, and what to code with it.

Chapters, blocks, categories and codes have notes, which apply to everything below; the notes of a code
are its own and those it inherits, nearest first. They are those of the April 2026 list, whatever the day.

Source: NCHS, ICD-10-CM tabular list of diseases and injuries.

>>> from medcode import icd10cm
>>> [str(reference) for note in icd10cm.notes("E11.9").excludes1 for reference in note.references][:3]
['E11.A', 'E08', 'E09']
>>> icd10cm.notes("E11.9").excludes1[-1].owner
'chapter 4'
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, cached_property
from typing import TYPE_CHECKING

import attrs

from medcode.codesets import store
from medcode.codesets.references import Reference, parse_references
from medcode.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from medcode.codesets.search import Text

__all__ = ["Block", "Chapter", "Note", "NoteBook", "Notes", "notebook"]

NOTES_KEPT = 4000  # codes whose gathered notes are kept at hand

_SEARCHED = frozenset({"includes", "inclusion_terms"})
_SEVENTH = "seventh"
_UNPARSED = frozenset({"includes", "inclusion_terms", "text", "seventh_note"})
_NOT_SEVENTH = re.compile(
    r"7th characters (?P<characters>\w(?: and \w)*) do not apply to codes in category (?P<category>\w+)"
    r" with 6th character (?P<sixth>.*)"
)


@attrs.frozen
class Chapter:
    """A chapter of the tabular list: its number, its categories and its title."""

    number: str
    first: str
    last: str
    title: str

    @property
    def name(self) -> str:
        """Its range of categories, as a search or a value set takes it."""
        return f"{self.first}-{self.last}"


@attrs.frozen
class Block:
    """A block of categories, such as E08-E13; some blocks hold blocks."""

    name: str
    title: str

    @property
    def span(self) -> tuple[str, str]:
        """The first and the last category."""
        first, _, last = self.name.partition("-")
        return first, last or first


@attrs.frozen
class Note:
    """One line of a note: who it belongs to, what it says and the codes it names.

    `owner` is a code in wire form, or `block E08-E13`, or `chapter 4`. `parsed` is False where the
    text says more than `references` do, or where there is nothing but text.
    """

    kind: str
    owner: str
    text: str
    references: tuple[Reference, ...] = ()
    parsed: bool = False

    @property
    def if_applicable(self) -> bool:
        """Whether the note says that it holds only if applicable."""
        return "if applicable" in self.text or "if known" in self.text

    @property
    def leads_in(self) -> bool:
        """Whether the line introduces the ones after it."""
        return self.text.endswith(":")

    def covers(self, code: str) -> bool:
        """Return whether the note names a code, or a code above it."""
        return any(reference.covers(code) for reference in self.references)


@attrs.frozen
class Notes:
    """The notes that hold for a code, by kind; the nearest first, inherited ones included."""

    code: str
    includes: tuple[Note, ...] = ()
    inclusion_terms: tuple[Note, ...] = ()
    excludes1: tuple[Note, ...] = ()
    excludes2: tuple[Note, ...] = ()
    code_first: tuple[Note, ...] = ()
    use_additional: tuple[Note, ...] = ()
    code_also: tuple[Note, ...] = ()
    text: tuple[Note, ...] = ()
    seventh_note: tuple[Note, ...] = ()
    seventh_characters: Mapping[str, str] = attrs.field(factory=dict)

    def __str__(self) -> str:
        """List the notes as the tabular list does."""
        titles = {field.name: field.name.replace("_", " ") for field in attrs.fields(Notes)}
        lines = []
        for kind in _KINDS:
            notes: tuple[Note, ...] = getattr(self, kind)
            lines += [f"{titles[kind]} ({note.owner}): {note.text}" for note in notes]
        lines += [f"7th character {key}: {meaning}" for key, meaning in self.seventh_characters.items()]
        return "\n".join(lines)


_KINDS = tuple(
    field.name for field in attrs.fields(Notes) if field.name not in {"code", "seventh_characters"}
)


class NoteBook:
    """All notes of one release, by owner; loaded on first use."""

    def __init__(self, raw: store.RawTable) -> None:
        self.release = raw.release
        self.chapters = tuple(Chapter(*fields) for fields in raw.header["chapters"])
        self._raw = raw
        self._kinds: Sequence[str] = raw.header["kinds"]
        self._notes = Memo(self._gather, NOTES_KEPT)
        self._blocks = Memo(self._blocks_of, NOTES_KEPT)
        self._made: dict[int, Note] = {}

    def of(self, code: str) -> Notes:
        """Return the notes of a code in wire form."""
        return self._notes[code]

    def of_kind(self, kind: str, code: str) -> tuple[Note, ...]:
        """Return the notes of one kind that hold for a code in wire form, nearest first, which is quicker than all of them."""
        return tuple([note for owner in self.holders(code) for note in self.owned(kind, owner)])

    def owned(self, kind: str, owner: str) -> tuple[Note, ...]:
        """Return the notes of one kind that a code in wire form, a block or a chapter has itself."""
        if owner not in self.owners(kind):
            return ()
        number, kinds = self._kinds.index(kind), self._raw.numbers("kind")
        return tuple([self._note(row) for row in self._rows[owner] if kinds[row] == number])

    def owners(self, kind: str) -> frozenset[str]:
        """Return the codes in wire form, blocks and chapters that have notes of a kind themselves."""
        return self._owners_of.get(kind, frozenset())

    @cached_property
    def _owners_of(self) -> Mapping[str, frozenset[str]]:
        """Who has notes of a kind."""
        found: dict[str, set[str]] = {}
        kinds = self._raw.numbers("kind")
        for owner, kind in zip(self._raw.texts("owner"), kinds, strict=True):
            found.setdefault(self._kinds[kind], set()).add(owner)
        return {kind: frozenset(owners) for kind, owners in found.items()}

    def terms(self) -> Iterator[Text]:
        """Return the inclusion terms of codes, for the search."""
        from medcode.codesets.search import Text

        kinds, texts = self._raw.numbers("kind"), self._raw.texts("text")
        searched = {self._kinds.index(kind) for kind in _SEARCHED}
        for owner, kind, text in zip(self._raw.texts("owner"), kinds, texts, strict=True):
            if kind in searched and " " not in owner:
                yield Text(owner, text, "inclusion term")

    def terms_of(self, code: str) -> Iterator[Text]:
        """Yield the inclusion terms of one code, in their order."""
        from medcode.codesets.search import Text

        kinds, texts = self._raw.numbers("kind"), self._raw.texts("text")
        for row in self._rows.get(code, ()):
            if self._kinds[kinds[row]] in _SEARCHED:
                yield Text(code, texts[row], "inclusion term")

    def chapter(self, code: str) -> Chapter | None:
        """Return the chapter of a code in wire form."""
        at = bisect_right(self._starts, code[:3]) - 1
        return self._by_start[at] if at >= 0 and code[:3] <= self._by_start[at].last else None

    def blocks(self, code: str) -> tuple[Block, ...]:
        """Return the blocks of a code, the narrowest first."""
        return self._blocks[code[:3]]

    def _blocks_of(self, category: str) -> tuple[Block, ...]:
        nearest = self._block_of.get(category)
        if nearest is None:
            return ()
        wider = [block for block, reference in self._wide if reference.covers(category)]
        return nearest, *sorted(wider, key=lambda block: _width(block.span))

    @cached_property
    def _block_of(self) -> Mapping[str, Block]:
        return {
            category: Block(name, title)
            for name, title, categories in self._raw.header["blocks"]
            for category in categories
        }

    @cached_property
    def _wide(self) -> Sequence[tuple[Block, Reference]]:
        blocks = [
            Block(name, title) for name, title, categories in self._raw.header["blocks"] if not categories
        ]
        return [(block, Reference(*block.span)) for block in blocks]

    @cached_property
    def _by_start(self) -> Sequence[Chapter]:
        return sorted(self.chapters, key=lambda chapter: chapter.first)

    @cached_property
    def _starts(self) -> Sequence[str]:
        return [chapter.first for chapter in self._by_start]

    @cached_property
    def _rows(self) -> Mapping[str, Sequence[int]]:
        rows: dict[str, list[int]] = {}
        for row, owner in enumerate(self._raw.texts("owner")):
            rows.setdefault(owner, []).append(row)
        return rows

    def holders(self, code: str) -> Iterator[str]:
        """Yield whose notes hold for a code in wire form, nearest first: codes, blocks and the chapter, with notes or without."""
        for length in range(len(code), 2, -1):
            yield code[:length]
        for block in self.blocks(code):
            yield f"block {block.name}"
        if chapter := self.chapter(code):
            yield f"chapter {chapter.number}"

    def _gather(self, code: str) -> Notes:
        found: dict[str, list[Note]] = {kind: [] for kind in _KINDS}
        seventh: Mapping[str, str] = {}
        for owner in self.holders(code):
            notes, own_seventh = self._own(owner)
            for note in notes:
                found[note.kind].append(note)
            seventh = seventh or own_seventh
        by_kind = {kind: tuple(notes) for kind, notes in found.items()}
        return Notes(code, **by_kind, seventh_characters=_applying(seventh, code, found["text"]))

    def _own(self, owner: str) -> tuple[Sequence[Note], Mapping[str, str]]:
        """Return the notes and the 7th characters of an owner."""
        kinds, texts = self._raw.numbers("kind"), self._raw.texts("text")
        rows = self._rows.get(owner, ())
        seventh = {row for row in rows if self._kinds[kinds[row]] == _SEVENTH}
        notes = [self._note(row) for row in rows if row not in seventh]
        return notes, {texts[row][0]: texts[row][2:] for row in rows if row in seventh}

    def _note(self, row: int) -> Note:
        """Return the note of a row, read when it is first asked for."""
        if row not in self._made:
            raw = self._raw
            kind = self._kinds[raw.numbers("kind")[row]]
            self._made[row] = _note(kind, raw.texts("owner")[row], raw.texts("text")[row])
        return self._made[row]


def _note(kind: str, owner: str, text: str) -> Note:
    if kind in _UNPARSED:
        return Note(kind, owner, text)
    references, whole = parse_references(text)
    return Note(kind, owner, text, references, parsed=bool(references) and whole)


def _applying(seventh: Mapping[str, str], code: str, texts: Sequence[Note]) -> Mapping[str, str]:
    """Return the 7th characters without those that a note rules out for the code (S06)."""
    barred: set[str] = set()
    for note in texts:
        if (found := _NOT_SEVENTH.match(note.text)) and code.startswith(found["category"]):
            sixths = re.findall(r"\b([0-9]) - ", found["sixth"])
            barred |= set(found["characters"].split(" and ")) if code[5:6] in sixths else set()
    return {key: meaning for key, meaning in seventh.items() if key not in barred}


def _width(span: tuple[str, str]) -> int:
    first, last = (ord(category[0]) * 36 * 36 + int(category[1:], 36) for category in span)
    return last - first


@cache
def notebook() -> NoteBook:
    """Return the notes that ship with medcode."""
    return NoteBook(store.shipped("icd10cm_notes"))

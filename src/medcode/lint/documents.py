"""YAML: its scalars and the keys they stand under. Needs PyYAML, the extra `yaml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import attrs

from medcode.lint.names import SYSTEM, joined
from medcode.lint.pragma import Misread
from medcode.lint.words import CODE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["yaml_texts"]

_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")  # an anchor, a tag
_WORD = re.compile(r"""[^\s,;|"'()\[\]{}=:]+""")


@attrs.define
class _Node:
    """A mapping or sequence that is open: the name it is given to, and of a mapping the key at hand and its code system."""

    given: str
    mapping: bool = False
    key: str | None = None
    system: str | None = None

    @property
    def outer(self) -> str:
        return self.given if self.system is None else joined(self.given, self.system)

    @property
    def label(self) -> str:
        return self.outer if self.key is None else joined(self.outer, self.key)

    def take(self, value: str) -> None:
        """Read a key, or finish a value."""
        if self.mapping:
            self.key = value if self.key is None else None


def yaml_texts(text: str) -> Iterator[tuple[int, str, str | None]]:
    r"""Yield each scalar of a document with its offset and name; a block of text yields its words.

    Raises Misread for what is not YAML, and where PyYAML is not installed.

    >>> list(yaml_texts("dx:\n  - I10\n  - 'I11'\n"))
    [(8, 'I10', '/dx'), (17, 'I11', '/dx')]
    """
    try:
        import yaml
    except ImportError:
        raise Misread("reading YAML needs PyYAML: pip install 'medcode[yaml]'") from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = tuple(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Misread("not valid YAML", mark.line + 1 if mark else None) from None
    return _scalars(text, events)


def _scalars(text: str, events: Iterable[Any]) -> Iterator[tuple[int, str, str | None]]:
    stack = [_Node("")]
    for event in events:
        kind, node = type(event).__name__, stack[-1]
        if kind in {"MappingStartEvent", "SequenceStartEvent"}:
            stack.append(_Node(node.label, mapping=kind == "MappingStartEvent"))
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            stack.pop()
            stack[-1].take("")
        elif kind == "AliasEvent":
            node.take("")
        elif kind == "ScalarEvent":
            yield from _scalar(text, event, node)
            node.take(event.value)


def _scalar(text: str, event: Any, node: _Node) -> Iterator[tuple[int, str, str | None]]:
    start, end = event.start_mark.index, event.end_mark.index
    if event.style in {"|", ">"}:
        yield from ((start + found.start(), found[0], None) for found in _WORD.finditer(text[start:end]))
    elif node.key is not None and SYSTEM.fullmatch(node.key):
        node.system = event.value
    elif not node.mapping or node.key is not None or CODE.fullmatch(event.value):  # codes may be keys
        properties = _PROPERTIES.match(text, start)
        start = properties.end() if properties else start
        quoted = int(event.style in {"'", '"'})
        yield start + quoted, text[start + quoted : end - quoted], node.label

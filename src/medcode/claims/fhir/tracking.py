"""A resource that remembers which of its values were read, so that the rest can be listed by path."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Tracked", "tracked", "unread_of"]

_SKIPPED = frozenset(["meta", "text"])
_SILENT = frozenset(
    [
        "resourceType",
        "id",
        "display",
        "fullUrl",
        "type",
        "timestamp",
        "use",
        "version",
        "userSelected",
        "status",
        "active",
        "priority",
        "created",
        "responsible",
        "focal",
        "sequence",
        "language",
        "rank",
        "currency",
        "unit",
        "system",
        "text",
        "url",
        "reference",
        "outcome",
    ]
)
"""Elements that say nothing of their own: they name, number or describe what is beside them."""

_NAMING = frozenset(["code", "identifier", "reference", "system"])
"""What a display may stand beside: all that a coding or a reference is known by."""

_CONSTANT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Claim": frozenset(["priority"]),
        "ExplanationOfBenefit": frozenset(["priority"]),
        "Condition": frozenset(["category"]),
        "Encounter": frozenset(["class", "period"]),
    }
)
"""What resources have because FHIR requires it; a claim has no field for it."""


class Tracked(dict[str, Any]):
    """A table that notes the keys of the values that were read with `get`."""

    def __init__(self, table: dict[str, Any]) -> None:
        super().__init__({key: tracked(value) for key, value in table.items()})
        self.read: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        """Return a value and note that it was read."""
        self.read.add(key)
        return super().get(key, default)


def tracked(value: Any) -> Any:
    """Return a value of JSON with its tables tracked."""
    if isinstance(value, dict):
        return Tracked(value)
    return [tracked(each) for each in value] if isinstance(value, list) else value


def unread_of(value: Any, path: str) -> list[str]:
    """Return the paths of what was not read: of a whole part where nothing of it was, else of what is inside it."""
    return [] if _untouched(value) is None else list(_unread(value, path))


def _unread(value: Any, path: str) -> Iterator[str]:
    if _untouched(value):
        yield path
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from unread_of(each, f"{path}[{number}]")
    else:
        constant = _CONSTANT.get(str(dict.get(value, "resourceType")), frozenset())
        for key, each in value.items():
            if (
                key in constant
                or (key in _SKIPPED and isinstance(each, Tracked))
                or (key == "type" and "value" in value.read)
            ):
                continue  # the type of an identifier goes with its value
            if isinstance(each, (Tracked, list)) and any(_tables(each)):
                # one coding of a concept is enough: the others translate it
                yield from (
                    [] if key == "coding" and not _untouched(each) else unread_of(each, f"{path}.{key}")
                )
            elif key not in value.read and _says_something(key, value):
                yield f"{path}.{key}"


def _untouched(value: Any) -> bool | None:
    """Whether nothing of a value was read; None where it holds nothing that could be."""
    found = list(_leaves(value))
    return None if not found else not any(found)


def _leaves(value: Any) -> Iterator[bool]:
    """Yield, for each value that says something, whether it was read."""
    for table in _tables(value):
        constant = _CONSTANT.get(str(dict.get(table, "resourceType")), frozenset())
        for key, each in table.items():
            if key in constant:
                continue
            if any(_tables(each)):
                if key not in _SKIPPED:
                    yield from _leaves(each)
            elif _says_something(key, table):
                yield key in table.read


def _says_something(key: str, table: Tracked) -> bool:
    """Whether a value has a meaning of its own; a display has where nothing beside it names what it is of."""
    return key not in _SILENT or (key == "display" and not _NAMING & table.keys())


def _tables(value: Any) -> Iterator[Tracked]:
    if isinstance(value, Tracked):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _tables(each)

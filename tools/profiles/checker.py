"""Checks resources against profiles: cardinality, fixed values, patterns, slices, required bindings, invariants.

What a profile says of the types of FHIR themselves is left to a validator of resources such as fhirkit-rs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tools.profiles.elements import tree_of
from tools.profiles.expressions import Invariants

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from tools.profiles.elements import Element
    from tools.profiles.packages import Definitions

__all__ = ["Checker", "Issue"]

_FHIR = "http://hl7.org/fhir/StructureDefinition/"
_OPEN = {"Resource", "Extension"}
"""Types that may hold anything."""


class Issue(NamedTuple):
    """A rule of a profile that a resource breaks, and where."""

    path: str
    rule: str

    def __str__(self) -> str:
        """Return the path and the rule in one line."""
        return f"{self.path}: {self.rule}"


class Checker:
    """Checks resources against the profiles that they name in `meta.profile`; against FHIR's own where they name none.

    What is inside a type is checked against the type's own definition where a profile does not go into it.
    """

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._trees: dict[str, Element | None] = {}
        self._resolve: Callable[[str], Any] = lambda _: None
        self.invariants = Invariants(definitions, lambda reference: self._resolve(reference))  # noqa: PLW0108  # it changes with each resource
        self._root: Any = None

    def check(self, resource: Any, resolve: Callable[[str], Any]) -> list[Issue]:
        """Return what a resource breaks; `resolve` follows a reference to a resource or returns None."""
        self._resolve, self._root = resolve, resource
        found: dict[Issue, None] = {}
        for url in resource.get("meta", {}).get("profile") or [_FHIR + resource["resourceType"]]:
            if tree := self._tree(url):
                found |= dict.fromkeys(self._value(resource, tree, resource["resourceType"]))
            else:
                found[Issue(resource["resourceType"], f"unknown profile {url}")] = None
        return list(found)

    def check_bundle(self, bundle: Any) -> list[Issue]:
        """Return what the resources of a bundle break; references are followed by `fullUrl`."""
        entries = {each["fullUrl"]: each["resource"] for each in bundle["entry"]}
        return [issue for each in entries.values() for issue in self.check(each, entries.get)]

    def _tree(self, url: str) -> Element | None:
        name = url.split("|", maxsplit=1)[0]
        if name not in self._trees:
            profile = self._definitions.get(name)
            has = profile and "snapshot" in profile
            self._trees[name] = tree_of(profile) if has else None
        return self._trees[name]

    def _value(self, value: Any, node: Element, path: str) -> Iterator[Issue]:
        """Yield what a value breaks of an element: of itself, then of what is inside it."""
        for kind, expected in node.fixed():
            if not (value == expected if kind == "fixed" else _has(value, expected)):
                yield Issue(path, f"{kind} value {expected}")
        binding = node.rules.get("binding", {})
        if binding.get("strength") == "required" and self._is_outside(value, binding.get("valueSet", "")):
            yield Issue(path, f"required binding {binding['valueSet']}")
        for rule in node.rules.get("constraint", ()):
            typed = re.sub(r"\[\d+\]", "", path)
            judged = rule["severity"] == "error" and isinstance(value, dict)
            if judged and not self.invariants.holds(rule, value, typed, self._root):
                yield Issue(path, f"invariant {rule['key']}")
        if isinstance(value, dict):
            yield from self._target(value, node, path)
            for child in (node.children or self._inside(node, path)).values():
                yield from self._child(value, child, path)

    def _inside(self, node: Element, path: str) -> Mapping[str, Element]:
        """Return what is inside a value by its type: the only one, or the one in the name of the value."""
        kinds = [each["code"] for each in node.types]
        last = path.rpartition(".")[2]
        kind = next(
            (each for each in kinds if len(kinds) == 1 or re.search(rf"{each}(\[\d+\])?$", last)), None
        )
        tree = self._tree(_FHIR + kind) if kind and kind not in _OPEN else None
        return tree.children if tree else {}

    def _child(self, parent: Any, child: Element, path: str) -> Iterator[Issue]:
        values = list(_values(parent, child, path))
        yield from _count(len(values), child, f"{path}.{child.name}")
        if child.rules["max"] == "0":
            return
        counts = dict.fromkeys(map(id, child.slices), 0)
        for kind, value, place in values:
            if kind and child.types and kind not in {each["code"] for each in child.types}:
                yield Issue(place, f"type {kind} is not allowed")
            if value is None:  # a primitive with nothing but an extension
                continue
            yield from self._value(value, child, place)
            matched = next((each for each in child.slices if self._is_in(value, kind, each, child)), None)
            if matched is not None:
                counts[id(matched)] += 1
                yield from self._value(value, matched, place)
            elif child.rules.get("slicing", {}).get("rules") == "closed":
                yield Issue(place, "in no slice, and no other is allowed")
        for each in child.slices:
            yield from _count(counts[id(each)], each, f"{path}.{child.name}:{each.rules['sliceName']}")

    def _is_in(self, value: Any, kind: str, sliced: Element, whole: Element) -> bool:
        discriminators = whole.rules["slicing"].get("discriminator", ())
        return all(self._distinguishes(each, value, kind, sliced) for each in discriminators)

    def _distinguishes(self, discriminator: Any, value: Any, kind: str, sliced: Element) -> bool:
        path = discriminator["path"]
        if discriminator["type"] == "type":
            return kind in {each["code"] for each in sliced.types}
        if path == "url" and (profiles := [url for each in sliced.types for url in each.get("profile", ())]):
            return value.get("url") in {url.split("|")[0] for url in profiles}
        node = sliced.at(path)
        found = [value]
        for name in path.split(".") if path != "$this" else ():
            found = [each for part in found if isinstance(part, dict) for each in _listed(part.get(name))]
        return node is not None and any(self._meets(each, node) for each in found)

    def _meets(self, value: Any, node: Element) -> bool:
        """Whether a value is what tells a slice from others: its fixed value, or its required binding."""
        rules = list(node.fixed())
        if rules:
            return all(value == want if kind == "fixed" else _has(value, want) for kind, want in rules)
        inner = [each for each in node.own.values() if list(each.fixed()) or each.own]
        if inner:
            return isinstance(value, dict) and all(
                any(self._meets(part, each) for part in _listed(value.get(each.name))) for each in inner
            )
        binding = node.rules.get("binding", {})
        return binding.get("strength") == "required" and not self._is_outside(value, binding["valueSet"])

    def _is_outside(self, value: Any, value_set: str) -> bool:
        """Whether a code, a coding or a concept has no code of a value set as far as that is known."""
        if isinstance(value, str):
            return self._definitions.holds(value_set, None, value) is False
        if not isinstance(value, dict):
            return False
        codings = value.get("coding", []) if "system" not in value else [value]
        known = (
            self._definitions.holds(value_set, each.get("system", ""), each.get("code", ""))
            for each in codings
        )
        return not any(each is not False for each in known)

    def _target(self, value: Any, node: Element, path: str) -> Iterator[Issue]:
        allowed = {
            url for each in node.types if each["code"] == "Reference" for url in each.get("targetProfile", ())
        }
        target = self._resolve(value.get("reference", "")) if allowed else None
        if target is None:
            return
        kinds = {self._type_of(url) for url in allowed}
        if not kinds & {None, "Resource", target["resourceType"]}:
            yield Issue(path, f"reference to a {target['resourceType']}")

    def _type_of(self, url: str) -> str | None:
        profile = self._definitions.get(url)
        return profile["type"] if profile else None


def _count(count: int, node: Element, path: str) -> Iterator[Issue]:
    if count < node.rules["min"]:
        yield Issue(path, f"at least {node.rules['min']}, not {count}")
    if node.rules["max"] != "*" and count > int(node.rules["max"]):
        yield Issue(path, f"at most {node.rules['max']}, not {count}")


def _values(parent: Any, child: Element, path: str) -> Iterator[tuple[str, Any, str]]:
    """Yield the values of an element of several types with their type, and of others without; each with its path."""
    name = child.name.removesuffix("[x]")
    keys = [name]
    if child.name.endswith("[x]"):
        keys = list(
            dict.fromkeys(each.lstrip("_") for each in parent if re.fullmatch(rf"_?{name}[A-Z]\w+", each))
        )
    for key in keys:
        kind = key.removeprefix(name)
        kind = _PRIMITIVES.get(kind, kind)
        value = parent.get(key)
        if value is None and f"_{key}" in parent:
            yield kind, None, f"{path}.{key}"
        elif isinstance(value, list):
            yield from ((kind, each, f"{path}.{key}[{number}]") for number, each in enumerate(value))
        elif value is not None:
            yield kind, value, f"{path}.{key}"


_PRIMITIVES = {
    name[0].upper() + name[1:]: name
    for name in ["boolean", "integer", "string", "decimal", "uri", "url", "canonical", "base64Binary", "instant", "date", "dateTime", "time", "code", "oid", "id", "markdown", "unsignedInt", "positiveInt", "uuid"]
}  # fmt: skip


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _has(value: Any, pattern: Any) -> bool:
    """Whether a value has everything that a pattern has."""
    if isinstance(pattern, dict):
        return isinstance(value, dict) and all(_has(value.get(key), each) for key, each in pattern.items())
    if isinstance(pattern, list):
        return isinstance(value, list) and all(any(_has(one, each) for one in value) for each in pattern)
    return bool(value == pattern)

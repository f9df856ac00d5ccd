"""The invariants of profiles, by fhirpathpy with what it lacks: `memberOf`, `resolve`, and variables.

Source: FHIR R4, FHIRPath (section 2.9).
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import fhirpathpy
from fhirpathpy.engine.nodes import ResourceNode
from fhirpathpy.models import models

if TYPE_CHECKING:
    from collections.abc import Callable

    from tools.profiles.packages import Definitions

__all__ = ["Invariants"]

BASE = ("dom-", "ele-", "ext-")
"""Invariants of FHIR itself, which a validator of resources judges."""

log = logging.getLogger(__name__)
_create_node: Any = ResourceNode.create_node  # it has no types


class Invariants:
    """Judges invariants; `resolve` follows a reference to a resource or returns None."""

    def __init__(self, definitions: Definitions, resolve: Callable[[str], Any]) -> None:
        self._definitions = definitions
        self._resolve = resolve
        self._compiled: dict[str, Any] = {}
        self._table = {
            "userInvocationTable": {
                "memberOf": {"fn": self._member_of, "arity": {1: ["String"]}},
                "resolve": {"fn": self._resolved, "arity": {0: []}},
            }
        }
        self.judged: dict[str, int] = {}
        """How often each invariant was evaluated."""
        self.stuck: dict[str, str] = {}
        """The invariants that could not be evaluated, and why."""

    def holds(self, rule: Any, value: Any, path: str, root: Any) -> bool:
        """Whether an invariant holds of a value at a path of a resource; True where it cannot be evaluated."""
        key, expression = rule["key"], rule.get("expression")
        if not expression or key.startswith(BASE):
            return True
        compiled = self._compiled.get(expression)
        if compiled is None:
            compiled = self._compiled[expression] = fhirpathpy.compile(expression, models["r4"], self._table)
        node = _create_node(value, path)
        try:
            found = compiled(node, {"resource": root, "rootResource": root, "context": value})
        except Exception as error:  # noqa: BLE001  # fhirpathpy raises plain exceptions for what it lacks
            self.stuck.setdefault(key, str(error))
            log.debug("%s: %s", key, error)
            return True
        self.judged[key] = self.judged.get(key, 0) + 1
        return bool(found != [False])

    def _member_of(self, values: list[Any], url: str) -> list[bool]:
        return [self._is_member(value, url) for value in values]

    def _is_member(self, value: Any, url: str) -> bool:
        data = getattr(value, "data", value)
        codings = data.get("coding", [data]) if isinstance(data, dict) else [{"code": data}]
        return any(
            self._definitions.holds(url, each.get("system"), each.get("code", "")) is not False
            for each in codings
        )

    def _resolved(self, values: list[Any]) -> list[Any]:
        found = (self._resolve(getattr(each, "data", each).get("reference", "")) for each in values)
        return [_create_node(each, each["resourceType"]) for each in found if each]

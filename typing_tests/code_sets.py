"""Code sets come from the package by name, typed as sets."""

from __future__ import annotations

from typing import assert_type

from medcode.codesets import ValueSet, place_of_service
from medcode.codesets.base import CodeSet, Concept
from medcode.codesets.place_of_service import PlaceOfService

assert_type(place_of_service, CodeSet[PlaceOfService])
assert_type(place_of_service["11"], Concept[PlaceOfService])
assert_type("E11.9" in ValueSet("E11"), bool)

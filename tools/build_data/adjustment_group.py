"""Builds `adjustment_group`: the claim adjustment groups, titles in our own words."""

from __future__ import annotations

from tools.build_data.listed import listed_table

SOURCES = ()
FIRST = 20030101
HEADER = {
    "name": "adjustment_group",
    "publisher": "X12",
    "edition": "005010",
    "license": "facts, written by hand",
}
GROUPS = """\
CO for the provider to bear, by contract
CR correction of an earlier decision
OA other
PI for the provider to bear, at the payer's initiative
PR for the patient to pay
"""


def build() -> dict[str, bytes]:
    """Return the table file."""
    return {"adjustment_group": listed_table(HEADER, FIRST, GROUPS)}

"""Builds `states`: the postal abbreviations of US states, territories and military posts, by hand."""

from __future__ import annotations

from tools.build_data.listed import listed_table

SOURCES = ()
FIRST = 20030101
HEADER = {
    "name": "states",
    "publisher": "USPS",
    "edition": "Publication 28",
    "license": "public domain (US government work)",
}
STATES = """\
AA Armed Forces Americas
AE Armed Forces Europe, Middle East, Africa and Canada
AK Alaska
AL Alabama
AP Armed Forces Pacific
AR Arkansas
AS American Samoa
AZ Arizona
CA California
CO Colorado
CT Connecticut
DC District of Columbia
DE Delaware
FL Florida
FM Federated States of Micronesia
GA Georgia
GU Guam
HI Hawaii
IA Iowa
ID Idaho
IL Illinois
IN Indiana
KS Kansas
KY Kentucky
LA Louisiana
MA Massachusetts
MD Maryland
ME Maine
MH Marshall Islands
MI Michigan
MN Minnesota
MO Missouri
MP Northern Mariana Islands
MS Mississippi
MT Montana
NC North Carolina
ND North Dakota
NE Nebraska
NH New Hampshire
NJ New Jersey
NM New Mexico
NV Nevada
NY New York
OH Ohio
OK Oklahoma
OR Oregon
PA Pennsylvania
PR Puerto Rico
PW Palau
RI Rhode Island
SC South Carolina
SD South Dakota
TN Tennessee
TX Texas
UT Utah
VA Virginia
VI Virgin Islands
VT Vermont
WA Washington
WI Wisconsin
WV West Virginia
WY Wyoming
"""


def build() -> dict[str, bytes]:
    """Return the table file."""
    return {"states": listed_table(HEADER, FIRST, STATES)}

"""The rules of structure that medcode holds X12 to, each with the answer a 999 or TA1 gives.

SNIP 1 is the standard's own syntax, SNIP 2 what the implementation guide adds. `segment`,
`element`, `set`, `group` and `interchange` name the acknowledgment segment that carries `code`.
"""

from __future__ import annotations

import attrs

from medcode.findings import Severity, Source

__all__ = ["RULES", "Rule"]

STANDARD = Source("ASC X12", "X12 EDI standard", edition="005010")
GUIDE = Source("ASC X12", "Implementation guide", edition="005010")
ACKNOWLEDGMENT = Source("ASC X12", "Implementation acknowledgment", edition="005010X231A1")


@attrs.frozen
class Rule:
    """One rule: its id, its name, its SNIP type, and where and how an acknowledgment answers it."""

    id: str
    name: str
    snip: int
    level: str
    code: str
    severity: Severity = Severity.ERROR

    @property
    def source(self) -> Source:
        """The document the rule comes from."""
        return STANDARD if self.snip == 1 else GUIDE

    @property
    def ack(self) -> str:
        """The answer to expect, such as `999 IK403 7`."""
        return f"{_FIELDS[self.level]} {self.code}"


_FIELDS = {
    "interchange": "TA1 TA105",
    "group": "999 AK905",
    "set": "999 IK502",
    "segment": "999 IK304",
    "element": "999 IK403",
}

_TABLE = """
X001 interchange-trailer-missing       1 interchange 023
X002 interchange-control-mismatch      1 interchange 001
X003 interchange-group-count           1 interchange 021
X004 interchange-header-element        1 interchange 024
X005 interchange-delimiters            1 interchange 026
X006 interchange-header-missing        1 interchange 022
X007 interchange-duplicate             1 interchange 025
X008 text-between-segments             1 interchange 022
X011 group-trailer-missing             1 group       3
X012 group-control-mismatch            1 group       4
X013 group-set-count                   1 group       5
X014 group-header-element              1 group       1
X015 group-version-unsupported         1 group       2
X021 set-unsupported                   1 set         1
X022 set-trailer-missing               1 set         2
X023 set-control-mismatch              1 set         3
X024 set-segment-count                 1 set         4
X025 set-control-number                1 set         7
X026 set-convention-unsupported        2 set         I6
X027 set-control-duplicate             1 set         23
X028 set-convention-mismatch           2 set         I6
X031 segment-unrecognised              1 segment     1
X032 segment-unexpected                1 segment     2
X033 segment-missing                   2 segment     3
X034 loop-too-often                    2 segment     4
X035 segment-too-often                 2 segment     5
X036 segment-out-of-order              1 segment     7
X037 loop-missing                      2 segment     I7
X038 segment-empty                     1 segment     1
X039 segment-not-due                   2 segment     I9
X040 segment-due                       2 segment     I6
X041 segment-not-used                  2 segment     I4
X042 segment-of-another-set            1 segment     6
X051 element-missing                   2 element     1
X052 element-missing-with-another      1 element     2
X053 element-too-many                  1 element     3
X054 element-too-short                 1 element     4
X055 element-too-long                  1 element     5
X056 element-characters                1 element     6
X057 element-code                      2 element     7
X058 element-date                      1 element     8
X059 element-time                      1 element     9
X060 element-excluded-by-another       1 element     10
X062 element-repeated                  1 element     12
X063 component-too-many                1 element     13
X064 element-not-used                  2 element     I10
X065 element-due                       2 element     I9
X066 element-not-due                   2 element     I13
X067 subscriber-and-dependent          2 element     I13
X071 hierarchy-number                  1 element     7
X072 hierarchy-parent                  1 element     7
X073 hierarchy-child                   1 element     7
X074 line-number                       2 element     7
X081 trailing-separators               1 element     3
X082 number-form                       1 element     6
X083 language-characters               1 element     6
X084 trailing-spaces                   1 element     6
X091 component-separator               1 element     6
X092 delimiter-in-data                 1 element     6
X093 malformed-value                   2 element     7
X094 value-without-place               2 element     I10
X095 text-cut                          1 interchange 023
X096 interchange-authorization-qualifier 1 interchange 010
X097 interchange-security-qualifier    1 interchange 012
X098 interchange-sender-qualifier      1 interchange 005
X099 interchange-receiver-qualifier    1 interchange 007
X100 interchange-date                  1 interchange 014
X101 interchange-time                  1 interchange 015
X102 interchange-version               1 interchange 017
X103 interchange-control-number        1 interchange 018
X104 interchange-acknowledgment-request 1 interchange 019
X105 interchange-usage                 1 interchange 020
X106 interchange-trailer-element       1 interchange 022
X107 group-control-number              1 group       6
X108 group-control-duplicate           1 group       19
X109 group-empty                       1 group       5
X110 group-trailer-element             1 group       1
"""

_WARNINGS = {"X028", "X067", "X081", "X082", "X083", "X084"}


def _rules() -> dict[str, Rule]:
    rules = {}
    for line in filter(None, _TABLE.split("\n")):
        id_, name, snip, level, code = line.split()
        severity = Severity.WARNING if id_ in _WARNINGS else Severity.ERROR
        rules[name] = Rule(id_, name, int(snip), level, code, severity)
    return rules


RULES = _rules()
"""Every rule of structure by its name."""

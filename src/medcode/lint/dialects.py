"""How the languages that lists are written in mark comments, texts and names: tables for `scanner`.

A pattern finds the next thing of interest: a `comment` to pass over, a `text`, a `name` that something is
given to or compared with, `open` and `close` of a bracket, a `comma`, a `stop` that ends what a name holds
for, and where a statement ends with it a line end (`newline`).
"""

from __future__ import annotations

import re

__all__ = ["AFTER", "DIALECTS"]

_ESCAPED = r'"(?>[^"\\\n]+|\\.)*+"' + r"|'(?>[^'\\\n]+|\\.)*+'"
_TRIPLE = r'"""(?>[^"\\]+|\\.|"(?!""))*+"""' + r"|'''(?>[^'\\]+|\\.|'(?!''))*+'''"
_LONG_TEXT = rf"(?P<text>{_TRIPLE}|(?!\"\"\"|''')(?:{_ESCAPED}))"
_OPEN_END = r"(?P<open_end>\"\"\".*|'''.*|[\"'][^\n]*)"  # a text that never ends holds no codes
_BRACKETS = r"(?P<open>[(\[{])|(?P<close>[)\]}])|(?P<comma>,)"

_METHODS = r"\.(?:isin|is_in|eq|ne|like|startswith|str\.startswith|contains)\("
AFTER = (
    r"(?:::\s*\w+)?(?:"  # a cast
    r"\s*(?:==?|!=|<>|<-|:(?!:)|%in%)"  # given, or compared
    r"|\s+(?:NOT\s+)?(?:IN|LIKE|ILIKE|BETWEEN)\b"
    rf"|{_METHODS})"
)
"""What stands behind a name that codes belong to; behind a text that is a name a bracket may close first."""

_NAME = (
    rf"(?<![\w.$])(?!NOT\b)(?P<name>[A-Za-z_][\w.$]*?)(?=(?:{AFTER})|\)\s*(?:=|<>|(?:NOT\s+)?(?:IN|LIKE)\b))"
)


def _dialect(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE | re.DOTALL)


_JSON = _dialect(r'(?P<text>"(?>[^"\\]+|\\.)*+")', _BRACKETS)
_PYTHON = _dialect(
    r"(?P<comment>\#[^\n]*|(?<=\w):\s*[a-z_][\w.]*(?=\s*=[^=]))",  # an annotation names no codes
    _LONG_TEXT,
    _OPEN_END,
    r"(?P<stop>;|\b(?:and|or|if|else|elif|for|return|raise|assert)\b)",
    _NAME,
    _BRACKETS,
    r"(?P<newline>\n)",
)
_R = _dialect(
    r"(?P<comment>\#[^\n]*)",
    rf"(?P<text>{_ESCAPED})",
    _OPEN_END,
    r"(?P<stop>;|&&?|\|\|?|\belse\b)",
    _NAME,
    _BRACKETS,
    r"(?P<newline>\n)",
)
_TOML = _dialect(
    r"(?P<comment>\#[^\n]*)",
    _LONG_TEXT,
    _OPEN_END,
    r"(?P<table>(?<![^\n])[ \t]*\[\[?(?P<table_name>[^\[\]\n,]+)\]\]?[ \t]*(?=[\#\r\n]|$))",
    r"(?<![\w.-])(?P<name>[\w-][\w.-]*?)(?=\s*=)",
    _BRACKETS,
    r"(?P<newline>\n)",
)
_SQL = _dialect(
    r"(?P<comment>--[^\n]*|/\*(?:.*?\*/|.*)|\{\#(?:.*?\#\}|.*)|::\s*\w+)",
    r"(?P<insert>\bINSERT\s+INTO\s+[^\s(]+\s*\((?P<columns>[^)]{0,4000})\)\s*VALUES\b)",
    r"(?P<between>\bBETWEEN\s+'(?P<low>[^']{0,20})'\s+AND\s+'(?P<high>[^']{0,20})')",
    r"""(?P<text>'(?>[^']+|'')*+'|"[^"\n]*"|`[^`\n]*`)""",
    r"(?P<stop>;|\b(?:AND|OR|WHEN|THEN|ELSE|END|SELECT|FROM|WHERE|SET|ON|HAVING|UNION|BY)\b)",
    _NAME,
    _BRACKETS,
)

DIALECTS = {".json": _JSON, ".py": _PYTHON, ".r": _R, ".toml": _TOML, ".sql": _SQL}

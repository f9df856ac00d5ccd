"""A claim laid out as its paper form, for a notebook: each box with its field and value, the lines as a table.

Identifying values are hidden unless they are asked for. Findings stand at their fields.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.missing import FORMS, boxes
from medcode.claims.model.base import DateRange, Part
from medcode.codesets.base import Code
from medcode.discreet import discreet
from medcode.markup import html_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from medcode.claims.model.claim import Claim
    from medcode.claims.model.line import Line
    from medcode.findings import Finding

__all__ = ["HIDDEN", "as_html", "as_text", "is_hidden", "with_cents"]

HIDDEN = "…"
"""What is shown instead of a value that identifies a person."""
_MOST_LINES = 50
_COLUMNS = ("service_date", "revenue_code", "procedure", "diagnosis_pointers", "quantity", "charge")
_FINDINGS = "findings"


def as_html(claim: Claim, *, phi: bool = False, findings: Iterable[Finding] = ()) -> str:
    """Return a claim as HTML: the boxes of its form that hold something, then its lines.

    `phi=True` shows names, ids, dates, addresses, sex and payer, and texts where codes should be. `findings` are of this claim alone; one that is about
    none of the fields shown stands below.

    >>> from medcode.claims import ProfessionalClaim
    >>> claim = ProfessionalClaim.from_dict({
    ...     "control_number": "A1", "billing_provider": {"organization": "CLINIC"},
    ...     "subscriber": {"last_name": "DOE"}, "payer": {"organization": "PLAN"},
    ...     "diagnoses": ["I10"], "lines": [{"charge": "90", "procedure": "99213"}],
    ... })
    >>> "<td>21</td><td>diagnoses</td><td>I10</td>" in as_html(claim), "DOE" in as_html(claim)
    (True, False)
    """
    said: defaultdict[str, list[str]] = defaultdict(list)
    for finding in findings:
        said[finding.location.path or ""].append(f"{finding.rule} {finding.message}")
    rows = []
    for path, box, name in boxes(type(claim)):
        if not path.startswith("lines"):  # their columns are a table of their own
            value, found = _shown(claim, path, phi=phi), _taken(said, path)
            if value or found:
                rows.append((box, name, value, found))
    form, count = FORMS[type(claim)], len(claim.lines)
    lines = [_line(number, line, said, phi=phi) for number, line in enumerate(claim.lines[:_MOST_LINES], 1)]
    columns = [name for name in ("line", *_COLUMNS, _FINDINGS) if any(line[name] for line in lines)]
    cells = [[line[name] for name in columns] for line in lines]
    head = ("box", "field", "value", _FINDINGS)
    caption = f"{form}, {count} line{'s' * (count != 1)}, ${with_cents(claim.total)}"
    parts = [html_table(caption, head, rows)]
    parts.append(html_table("Lines", [name.replace("_", " ") for name in columns], cells))
    if count > _MOST_LINES:
        parts.append(f"<p>and {count - _MOST_LINES} more</p>")
    if left := [text for texts in said.values() for text in texts]:
        parts.append("<ul>" + "".join(f"<li>{escape(text)}</li>" for text in left) + "</ul>")
    return "".join(parts)


def _shown(part: Part, path: str, *, phi: bool) -> str:
    """Return the value at a path as text, or an empty text if it is not set."""
    value, hidden = _reach(part, path)
    return HIDDEN if hidden and not phi and value not in {None, ""} else as_text(value, phi=phi)


def _line(number: int, line: Line, said: dict[str, list[str]], *, phi: bool) -> dict[str, str]:
    """Return the cells of a line by the names of their columns."""
    shown = {name: _shown(line, name, phi=phi) for name in _COLUMNS}
    if isinstance(line.charge, Decimal):
        shown["charge"] = with_cents(line.charge)
    return {"line": str(number), **shown, _FINDINGS: _taken(said, f"lines[{number - 1}]")}


def _taken(said: dict[str, list[str]], path: str) -> str:
    """Return the findings at a path and below it."""
    below = [each for each in said if each == path or each.startswith((f"{path}.", f"{path}["))]
    return "; ".join(text for each in below for text in said.pop(each))


def _reach(part: Any, path: str) -> tuple[Any, bool]:
    """Return the value at a path, and whether it identifies a person."""
    hidden = False
    for name in path.split("."):
        field = attrs.fields_dict(type(part)).get(name) if isinstance(part, Part) else None
        hidden = hidden or bool(field and is_hidden(field))
        part = getattr(part, name, None)
    return part, hidden


def is_hidden(field: attrs.Attribute[Any]) -> bool:
    """Whether a field is about a person, so that its value is shown only to whoever asks."""
    return bool(field.metadata.get("phi") or field.metadata.get("quiet"))


def as_text(value: Any, *, phi: bool) -> str:
    """Return a value as people write it.

    Without `phi` a text that is no code shows by its length and kind, and a part without what is about a person.
    """
    if isinstance(value, tuple):
        return ", ".join(as_text(each, phi=phi) for each in value)
    if isinstance(value, DateRange):
        return f"{value.start} to {value.end}"
    if isinstance(value, Part):
        return " ".join(_values(value, phi=phi))
    if isinstance(value, Code):
        return value.dotted
    if isinstance(value, str):
        return value if phi or value == HIDDEN else discreet(value)
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def with_cents(value: Decimal) -> str:
    """Return an amount with its cents; one with more digits, or that is not a number, unchanged.

    >>> with_cents(Decimal(5)), with_cents(Decimal("1.005"))
    ('5.00', '1.005')
    """
    text = f"{value:f}"
    return f"{value:.2f}" if re.fullmatch(r"-?\d{1,15}(\.\d)?", text) else text


def _values(part: Part, *, phi: bool) -> Iterator[str]:
    for field in attrs.fields(type(part)):
        value = getattr(part, field.name)
        if value != field.default and value not in {None, ()}:
            yield HIDDEN if is_hidden(field) and not phi else as_text(value, phi=phi)

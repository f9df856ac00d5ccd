"""show what a code means and whether it is billable on a date

Examples:
  medcode lookup E11.9
  medcode lookup M54.5 --on 2021-10-01
  medcode lookup 11 --set place_of_service --format json
  cut -d, -f1 codes.csv | medcode lookup --set icd10cm -
"""

from __future__ import annotations

import json
import sys
import warnings
from itertools import chain
from typing import TYPE_CHECKING, Any

from medcode.cli.formats import add_format
from medcode.cli.options import Unusable, add_config, add_day, code_set
from medcode.cli.screen import indented, say
from medcode.errors import CoverageWarning

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from medcode.codesets.base import CodeSet, Concept

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "codes", nargs="+", metavar="CODE",
        help="with or without dot, in any case; - reads standard input, one code a line",
    )  # fmt: skip
    parser.add_argument("--set", metavar="NAME", help="the code set (default: every set that has the code)")
    add_day(parser, "the date to check the code on")
    add_config(parser)
    add_format(parser, findings=False)


def run(args: argparse.Namespace) -> int:
    """Show each code in each set whose format it has; return 1 if a code is in no table."""
    from medcode.cli.settings import day_for

    on = day_for(args)
    results = (_looked_up(code, args.set, on) for code in _codes(args.codes))
    if args.format == "json":
        known = _show_json(list(results), alone=len(args.codes) == 1 and args.codes != ["-"])
    else:
        known = [_show(result, args.set, first=not number) for number, result in enumerate(results)]
    return 0 if all(known) else 1


def _codes(words: list[str]) -> Iterator[str]:
    for word in words:
        if word == "-":
            yield from _lines()
        else:
            yield word


def _lines() -> Iterator[str]:
    try:
        yield from filter(None, map(str.strip, sys.stdin))
    except UnicodeDecodeError:
        raise Unusable("-: not UTF-8 text") from None


def _looked_up(code: str, name: str | None, on: date | None) -> dict[str, Any]:
    """Return what the sets that have the code say about it, those where it has ended last; else what each set says.

    `unchecked` names the sets that may have it too, but for which no table is loaded.
    """
    found = list(_found(code, name, on))
    known = sorted(filter(_is_known, found), key=_is_retired)
    unchecked = [each["label"] for each in found if known and each.get("remedy")]
    return {"code": code, "found": known or found, "unchecked": unchecked}


def _is_known(about: dict[str, Any]) -> bool:
    return about["status"] not in {"unknown", "not_checked"}


def _is_retired(about: dict[str, Any]) -> bool:
    return str(about["status"]) == "deleted"


def _show_json(results: list[dict[str, Any]], *, alone: bool) -> list[bool]:
    """Print one JSON document, a list unless a single code was given; return for each whether a table has it."""
    print(json.dumps(results[0] if alone else results, indent=2))
    return [any(map(_is_known, result["found"])) for result in results]


def _show(result: dict[str, Any], name: str | None, *, first: bool) -> bool:
    """Print one code as soon as it is read; return whether a table has it."""
    found, retired = (
        [each for each in result["found"] if _is_retired(each) is ended] for ended in (False, True)
    )
    parts = [*map(_text, found)]
    if result["unchecked"]:
        which = "Also well formed" if found else f"{result['code']} is well formed"
        also = f"{which}, but no table is loaded: {', '.join(result['unchecked'])}"
        parts.append("\n".join(indented(also, "", "  ")))
    shown = "\n\n".join((*parts, *map(_text, retired))) or _shapeless(result["code"], name)
    say(shown if first else f"\n{shown}")
    return any(map(_is_known, result["found"]))


def _shapeless(code: str, name: str | None) -> str:
    """Return why no set can have the code, with what may have been meant."""
    from medcode.codesets import CODE_SETS

    if name:
        lines = [code_set(name).code_type.why_not(code)]
    else:
        lines = [f"{code!r} does not have the format of any code set."]
        for each in CODE_SETS.values():
            kind = each.code_type
            if kind.wire(code) and not kind.private:  # its check digit is wrong
                lines.append(kind.why_not(code))
            elif (guess := kind.guess(code)) and guess in each:
                lines.append(f"did you mean {guess.dotted} ({kind.label})?")
    rows = (indented(line, "  " if number else "", "  ") for number, line in enumerate(lines))
    return "\n".join(chain.from_iterable(rows))


def _found(code: str, name: str | None, on: date | None) -> Iterator[dict[str, Any]]:
    from medcode.codesets import CODE_SETS

    for each in (code_set(name),) if name else CODE_SETS.values():
        if each.code_type.normal(code):  # its format fits; else the table need not be read
            with warnings.catch_warnings():  # each answer names its day, also where it is a table's last
                warnings.simplefilter("ignore", CoverageWarning)
                yield _about(each, code, str(each.status(code, on)), on)


def _about(known: CodeSet[Any], code: str, status: str, on: date | None) -> dict[str, Any]:
    about = {
        "set": known.name,
        "label": known.code_type.label,
        "code": known.code_type(code).dotted,
        "status": status,
        "on": str(known.day(on)),
    }
    if status == "not_checked" and (command := known.owner(code).load_command):
        about["remedy"] = command
    if code in known:
        return about | _concept(known, known.concept(code, on))
    near = known.near(known.code_type(code)) if status == "unknown" else ()
    return about | {"near": [known.code_type.trusted(text).dotted for text in near]} if near else about


def _concept(known: CodeSet[Any], concept: Concept[Any]) -> dict[str, Any]:
    successors = getattr(known, "successors", None) if concept.end else None
    return {
        "title": concept.title,
        "note": concept.note,
        "billable": concept.to_dict()["billable"],
        "start": str(concept.start),
        "end": concept.end and str(concept.end),
        "successors": [code.dotted for code in successors(concept.code)] if successors else [],
        "release": str(known.releases[0]),
    }


def _text(about: dict[str, Any]) -> str:
    rows = indented(f"{about['code']}  {about.get('title') or about['label']}", "", "  ")
    format_only = about["status"] == "not_checked" and code_set(about["set"]).code_type.format_only
    status = FORMAT_ONLY if format_only else _STATUSES[about["status"]].format(on=about["on"])
    rows += indented(f"{about['label']}: {status}", "  ", "    ")
    if about.get("note"):
        rows += indented(about["note"], "  ", "    ")
    if "near" in about:
        rows += indented(f"near it: {', '.join(about['near'])}", "  ", "    ")
    if about.get("start"):
        rows += indented(
            f"from {about['start']}" + (f" to {about['end']}" if about["end"] else ""), "  ", "    "
        )
    if about.get("successors"):
        rows += indented(f"now: {', '.join(about['successors'])}", "  ", "    ")
    if "release" in about:
        rows += indented(about["release"], "  ", "    ")
    if "remedy" in about:
        rows += indented(f"to load one: {about['remedy']}", "  ", "    ")
    return "\n".join(rows)


FORMAT_ONLY = "valid; the format, with any check digit, is all that can be checked"
_STATUSES = {
    "billable": "billable on {on}",
    "header": "a heading, not billable on {on}",
    "not_yet": "not yet valid on {on}",
    "deleted": "no longer valid on {on}",
    "unknown": "not in any table",
    "out_of_range": "unknown: the table does not cover {on}",
    "not_checked": "well formed, but no table is loaded",
}

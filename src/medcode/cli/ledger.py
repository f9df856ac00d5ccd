"""show what became of each claim: sent, rejected, paid, denied

Takes 837 files and the answers to them (TA1, 999, 277CA, 277, 835) in any
order. With --db they are added to a file that keeps the ledger for the next
time. The exit code is 1 if an answer fits no claim or a remittance does not
add up.

Examples:
  medcode ledger sent.837 answers/*
  medcode ledger --db 2026.ledger new.835
  medcode ledger --db 2026.ledger --claim 26463774
  medcode ledger --db 2026.ledger --format csv > claims.csv
"""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING, Any

from medcode.cli.input import on_disk
from medcode.cli.options import Files, Unusable, add_day
from medcode.cli.screen import indented, printable, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from decimal import Decimal

    from medcode.claims.ledger import Ledger, LedgerEntry

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "files",
        nargs="*",
        action=Files,
        metavar="FILE",
        help="837, TA1, 999, 277CA, 277 and 835 files; - is standard input",
    )
    parser.add_argument(
        "--db", metavar="LEDGER", help="keep the ledger in this file (SQLite); without it nothing is kept"
    )
    parser.add_argument("--claim", metavar="NUMBER", help="the history of the claim with this control number")
    parser.add_argument(
        "--format", choices=("text", "csv", "json"), default="text", help="text, csv or json (default: text)"
    )
    add_day(parser, "count open days to a date")


def run(args: argparse.Namespace) -> int:
    """Add the files, and show the ledger or one claim of it."""
    from medcode.claims.ledger import Ledger
    from medcode.errors import X12Error

    if not (args.files or args.db):
        raise Unusable("name the files to add, or a ledger with --db")
    with Ledger(args.db) as ledger:
        for file in args.files:
            try:
                with on_disk(file) as path:
                    ledger.add(path)
            except X12Error as error:
                raise Unusable(f"{file}: {error}") from None
        if args.claim is not None:
            return _show_claim(ledger, args.claim)
        {"text": _text, "csv": _csv, "json": _json}[args.format](ledger, args)
        return int(bool(ledger.unmatched) or ledger.totals().difference != 0)


def _csv(ledger: Ledger, args: argparse.Namespace) -> None:
    from medcode.claims.ledger import COLUMNS

    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in ledger.rows(args.on):
        writer.writerow(
            {key: printable(each) if isinstance(each, str) else each for key, each in row.items()}
        )


def _json(ledger: Ledger, args: argparse.Namespace) -> None:
    from attrs import asdict

    data = {
        "claims": list(ledger.rows(args.on)),
        "unmatched": [
            {"by": each.by, "date": each.date, "match": each.match.kind, "why": each.why, "candidates": each.candidates}
            for each in ledger.unmatched
        ],
        "totals": asdict(ledger.totals()),
    }  # fmt: skip
    print(json.dumps(data, default=str, indent=2))


def _text(ledger: Ledger, args: argparse.Namespace) -> None:
    rows = list(ledger.rows(args.on))
    print(f"{'claim':<20} {'state':<10} {'days':>4} {'charge':>12} {'paid':>12} {'balance':>12}")
    for row in rows:
        say(
            f"{row['control_number']:<20} {row['state']:<10} {row['days_open']:>4}"
            f" {_money(row['charge'])} {_money(row['paid'])} {_money(row['balance'])}"
        )
        for part in indented(row["next_step"], "    ", "    "):
            say(part)
    totals, lost = ledger.totals(), ledger.unmatched
    print(f"{len(rows)} claims{_money(totals.charge, 41)} {_money(totals.paid)}")
    print(f"provider adjustments {_money(totals.provider_adjusted, 41)}")
    print(f"payments received    {_money(totals.received, 41)}")
    if totals.difference:
        print(f"does not add up by   {_money(totals.difference, 41)}")
    for each in lost:
        day = f" of {each.date}" if each.date else ""
        for part in indented(f"{each.by}{day} fits no claim ({each.match.kind}): {each.why}", "", "    "):
            say(part)


def _money(amount: Decimal, width: int = 12) -> str:
    return f"{amount:>{width},.2f}"


def _show_claim(ledger: Ledger, number: str) -> int:
    """Print the history of each claim with a control number."""
    found = ledger.find(number)
    if not found:
        print("No claim of the ledger has this control number.")
    for entry in found:
        for line in _history(entry):
            say(line)
    return int(not found)


def _history(entry: LedgerEntry) -> Iterator[str]:
    yield f"{entry.control_number}: {entry.state}"
    for event in entry.events:
        amount: Any = (
            event.amount
            if event.amount is not None
            else event.paid
            if event.paid is not None
            else event.charge
        )
        shown = f" {amount:,.2f}" if amount is not None else ""
        differs = f" (differs: {', '.join(event.match.differences)})" if event.match.differences else ""
        who = f" {event.payer}" if event.payer else ""
        yield f"  {event.date!s:<10} {event.by:<5} {event.kind}{shown}{who}{differs}"
        for problem in event.problems:
            yield from indented(str(problem), "               ", "                 ")
        payment = event.payment
        for each in payment.all_adjustments() if payment else ():
            yield f"               {each.group} {each.reason} {each.amount}"
    yield f"  paid {entry.paid:,.2f}, written off {entry.written_off:,.2f}, balance {entry.balance:,.2f}"
    yield from indented(entry.next_step, "  ", "  ")

"""list tables, add your own releases, fetch what publishers offer openly

A release is kept in the folder of MEDCODE_DATA, else where the platform keeps
a user's data, and is used from then on. Its layout is recognised; say --set
and --from where a file does not tell.

Examples:
  medcode data list
  medcode data add HCPC2026_JAN_ANWEB.txt
  medcode data add my-cpt.csv --set cpt --from 2026-01-01
  medcode data fetch hcpcs
"""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from medcode.cli.formats import add_format
from medcode.cli.input import on_disk
from medcode.cli.options import Unusable, day, hint
from medcode.cli.progress import progress
from medcode.cli.screen import indented, say

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from medcode.codesets.loaders import LoadOptions

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the actions and their arguments."""
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)

    def action(name: str, meaning: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = actions.add_parser(name, help=meaning, description=meaning)
        return added

    listing = action("list", "every table: days, source, hash, license")
    add_format(listing, findings=False)
    listing.set_defaults(action=_list)
    adding = action("add", "load files in the layout of their publisher, or a plain list")
    adding.add_argument(
        "files", metavar="FILE", nargs="+", help="the parts of one table together; - is standard input"
    )
    _add_options(adding)
    adding.set_defaults(action=_add)
    checking = action(
        "check", "check files of your own tables: coverage policies, rules of payers, lists by procedure"
    )
    checking.add_argument(
        "files", metavar="FILE", nargs="+", help="a TOML or CSV file; - is TOML on standard input"
    )
    checking.set_defaults(action=_check)
    fetching = action("fetch", "fetch what a publisher offers openly, and load it")
    fetching.add_argument("name", metavar="NAME", help="icd10cm, icd10pcs, hcpcs, taxonomy, ndc, pprrvu …")
    fetching.add_argument("--url", help="the address of another release")
    fetching.add_argument("--accept", action="store_true", help="accept the publisher's notice unasked")
    _add_options(fetching)
    fetching.set_defaults(action=_fetch)


def _add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--set", metavar="NAME", help="the code set or table, where the file does not tell")
    parser.add_argument("--from", metavar="DATE", dest="start", type=day, help="first day that it covers")
    parser.add_argument("--to", metavar="DATE", dest="end", type=day, help="last day that it covers")
    parser.add_argument("--edition", metavar="TEXT", help="what the publisher calls the release")
    parser.add_argument("--partial", action="store_true", help="it lists only a part of the codes")


def run(args: argparse.Namespace) -> int:
    """Run the action."""
    action: Callable[[argparse.Namespace], int] = args.action
    return action(args)


def _options(args: argparse.Namespace) -> LoadOptions:
    from medcode.codesets.loaders import LoadOptions

    return LoadOptions(
        set=args.set, start=args.start, end=args.end, edition=args.edition, partial=args.partial
    )


def _add(args: argparse.Namespace) -> int:
    with ExitStack() as stack:
        return _load([stack.enter_context(on_disk(file)) for file in args.files], _options(args))


def _load(files: Iterable[str | Path], options: LoadOptions) -> int:
    from medcode.codesets import loaders, user

    made = loaders.load(files, options)
    for table, path in zip(made, user.add(made), strict=True):
        say("\n".join(indented(f"{table.name}: {table.rows:,} rows in {path}", "", "  ")))
        for note in table.notes:
            say("\n".join(indented(note, "  ", "    ")))
    return 0


def _check(args: argparse.Namespace) -> int:
    from medcode.edits.own.reading import TableFault, read_tables

    try:
        with ExitStack() as stack:
            tables = read_tables(*(stack.enter_context(on_disk(file)) for file in args.files))
    except TableFault as fault:
        say(str(fault))
        return 1
    except OSError as error:
        raise Unusable(f"{error.filename}: {error.strerror}") from None
    for name, count in tables.own().items():
        say(f"{name}: {count:,}")
    return 0


def _fetch(args: argparse.Namespace) -> int:
    from medcode.codesets import clock
    from medcode.codesets.fetching import FetchError, fetched
    from medcode.codesets.offers import OFFERS, PAGES, load_command

    if args.name in PAGES and args.name not in OFFERS:
        tables = (name for name, offer in OFFERS.items() if args.name in offer.tables)
        fetch = next((f"it comes with {name}: medcode data fetch {name}" for name in tables), "")
        by_hand = f"download it by hand: {PAGES[args.name]} and load it: {load_command(args.name)}"
        raise Unusable(f"{args.name} has no address to fetch; {fetch or by_hand}")
    if args.name not in OFFERS:
        raise Unusable(f"{args.name!r} cannot be fetched{hint(args.name, dict.fromkeys([*OFFERS, *PAGES]))}")
    offer = OFFERS[args.name]
    if offer.notice and not (args.accept or _accepted(offer.notice)):
        print("medcode: nothing was fetched", file=sys.stderr)
        return 1
    url = args.url or offer.url(clock.today())
    guess = "" if args.url else f"; the address is a guess by its pattern, seen for {offer.seen}"
    try:
        with progress("MB") as bar, fetched(url, bar.at) as path:
            bar.hide()
            return _load([path], _options(args))
    except FetchError as error:
        raise Unusable(f"{error}{guess}; to download it by hand: {offer.page}") from None


def _accepted(notice: str) -> bool:
    """Show a notice and ask; where nobody can answer, it is not accepted."""
    print("\n".join(indented(notice, "", "")), file=sys.stderr)
    if not sys.stdin.isatty():
        print("medcode: accept this notice with --accept", file=sys.stderr)
        return False
    print("Do you accept this? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in {"y", "yes"}


def _list(args: argparse.Namespace) -> int:
    tables = [*_shipped(), *_own()]
    if args.format == "json":
        print(json.dumps({"tables": tables}, indent=2))
        return 0
    for table in tables:
        start, end = table["start"] or "…", table["end"] or "…"
        head = f"{table['name']} {table['edition']}, {start} to {end}, {table['rows']:,} rows"
        say("\n".join(indented(head, "", "  ")))
        for line in (
            f"source: {table['source']}",
            f"license: {table['license']}",
            f"sha256: {table['sha256']}",
        ):
            say("\n".join(indented(line, "  ", "    ")))
    return 0


def _shipped() -> Iterable[dict[str, Any]]:
    import tomllib
    from importlib.resources import files

    text = files("medcode.codesets").joinpath("data", "SOURCES.toml").read_text(encoding="utf-8")
    for name, table in tomllib.loads(text).items():
        yield {
            "name": name,
            "edition": table["release"],
            "start": str(table["start"]) if "start" in table else None,
            "end": str(table["end"]) if "end" in table else None,
            "rows": table["rows"],
            "partial": False,
            "publisher": table["publisher"],
            "source": f"{table['publisher']}, shipped with medcode",
            "license": table["license"],
            "sha256": table["sha256"],
        }


def _own() -> Iterable[dict[str, Any]]:
    from medcode.codesets import user

    for path, header in user.headers():
        yield _own_table(path, header)


def _own_table(path: Path, header: Mapping[str, Any]) -> dict[str, Any]:
    from medcode.codesets import store

    start, end = (None if day is None else str(store.day(day)) for day in header["coverage"])
    files = ", ".join(
        f"{source['file']} (sha256 {source['sha256'][:12]})" for source in header.get("source", ())
    )
    return {
        "name": header["name"],
        "edition": header["edition"],
        "start": start,
        "end": end,
        "rows": header["rows"],
        "partial": header.get("partial", False),
        "publisher": header["publisher"],
        "source": ", ".join(filter(None, (header["publisher"], files and f"from {files}", f"in {path}"))),
        "license": header["license"],
        "sha256": header["sha256"],
    }

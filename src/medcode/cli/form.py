"""draw claims on their paper forms, with findings at the boxes

Professional claims are drawn on a CMS-1500, institutional ones on a UB-04,
dental ones on the ADA form: the forms' box numbers on a grid of our own, for a
person to check and not to be sent. The name of the output says the kind:
.html, .pdf or .svg. The drawing shows patient data.

Examples:
  medcode form claims.837 -o claims.pdf
  medcode form claims.837 --claim 3 -o claim.svg
  medcode form visit.toml -o visit.html
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.cli.input import on_disk
from medcode.cli.options import Unusable, add_day, add_rules, count
from medcode.cli.output import write
from medcode.files import opened

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from medcode.claims.model import Claim

__all__ = ["add_arguments", "run"]

_BEGINNING = 1_000  # bytes, by which a visit is told from an 837
_MOST = 500  # claims; more are not for a person to check


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument(
        "file", metavar="FILE", help="an 837 file, or a visit as TOML or JSON; - is standard input"
    )
    parser.add_argument(
        "-o", "--output", metavar="OUT", required=True, help="the file to write: .html, .pdf or .svg"
    )
    parser.add_argument(
        "--claim", type=count, metavar="N", help="only this claim of the file, counted from 1"
    )
    add_rules(parser)
    add_day(parser, "judge the claims as sent on a date")


def run(args: argparse.Namespace) -> int:
    """Draw the claims."""
    from medcode.claims.forms import KINDS, draw
    from medcode.cli.settings import rules_for, settings_for
    from medcode.errors import X12Error

    rules = rules_for(args, settings_for(args, [args.file]))
    kind = Path(args.output).suffix.removeprefix(".").lower()
    if kind not in KINDS:
        raise Unusable(f"{args.output}: the name must end in {', '.join(f'.{each}' for each in KINDS)}")
    first = args.claim - 1 if args.claim else 0
    try:
        with on_disk(args.file) as path:
            claims = list(islice(_claims(args.file, path), first, first + 1 if args.claim else _MOST + 1))
    except X12Error as error:
        raise Unusable(f"{args.file}: {error}") from None
    if not claims:
        raise Unusable(
            f"{args.file}: {f'there is no claim {args.claim}' if args.claim else 'no claims in this file'}"
        )
    if len(claims) > _MOST:
        raise Unusable(f"{args.file}: more than {_MOST} claims; choose one with --claim")
    title = "Claims" if args.file == "-" else Path(args.file).name
    findings = rules.scrub(claims).findings
    write(draw(claims, kind, title=title, phi=True, findings=findings), args.output)
    return 0


def _claims(name: str, path: Path) -> Iterator[Claim]:
    """Yield the claims of an 837, or of a visit by the name of its file, or by how standard input begins."""
    from medcode.claims.submission import Submission
    from medcode.claims.x12 import iter_claims

    if Path(name).suffix.lower() in {".toml", ".json"}:
        yield from Submission.load(path).claims
    elif name == "-" and (text := _visit(path)) is not None:
        read = Submission.from_json if text.startswith("{") else Submission.from_toml
        yield from read(text).claims
    else:
        yield from iter_claims(path)


def _visit(path: Path) -> str | None:
    """Return the text of standard input if it is a visit: a JSON object, or TOML, which has a field in its first line."""
    with opened(path) as file:
        begins = file.read(_BEGINNING).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not (begins.startswith((b"{", b"[", b"#")) or b"=" in begins.partition(b"\n")[0]):
        return None
    return path.read_text(encoding="utf-8-sig").lstrip()

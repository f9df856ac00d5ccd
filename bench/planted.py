"""Single defects planted in claims: what medcode finds, and what other validators do, in one run.

usage: python bench/planted.py

Each failing example of an edit is written as an 837 of its own and given to all. medcode has found a
defect when `scrub` reports its rule at a segment of the file; pyx12 when its 999 holds an error, and
x12sdk when its models refuse the file. `cannot` says that they refuse the plain example too (neither
knows dental claims). A validator that is not installed is left out and named.
"""

from __future__ import annotations

import io
import logging
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from medcode import scrub
from medcode.claims import x12
from medcode.edits import EDITS
from medcode.edits.examples import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from medcode.claims import Claim

PAGE = Path(__file__).parent.parent / "docs" / "edits" / "planted.md"
INTRODUCTION = """`bench/planted.py` writes this page: each failing example of an edit, as a file of its own, is given to\nmedcode and to other validators in one run. `cannot` marks a kind of claim that a validator does not know."""
ENVELOPE = x12.Envelope(sender="SUB", receiver="PAYER", control_number=1)


def text_of(claim: Claim) -> str:
    """Write a claim, right or wrong, as a file."""
    return x12.dumps([claim], envelope=ENVELOPE, check=False)


def pyx12_errors(text: str) -> set[str]:
    """Give the error segments of pyx12's 999; it has no map of dental claims."""
    import pyx12.errors
    import pyx12.params
    import pyx12.x12n_document

    out = io.StringIO()
    try:
        pyx12.x12n_document.x12n_document(pyx12.params.params(), io.StringIO(text), fd_997=out, fd_html=None)
    except pyx12.errors.EngineError:
        return {"no map"}
    segments = out.getvalue().replace("\n", "").split("~")
    return {segment for segment in segments if segment.startswith(("IK3", "IK4"))}


def x12sdk_errors(text: str) -> set[str]:
    """Give the kind of error with which x12sdk's models refuse a file."""
    from x12sdk.io import X12ModelReader

    with tempfile.NamedTemporaryFile("w", suffix=".837") as file:
        file.write(text)
        file.flush()
        try:
            with X12ModelReader(file.name) as reader:
                for _ in reader.models():
                    pass
        except Exception as error:  # noqa: BLE001  # whatever it raises is its answer
            return {type(error).__name__}
    return set()


PEERS: dict[str, Callable[[str], set[str]]] = {"pyx12": pyx12_errors, "x12sdk": x12sdk_errors}


@cache
def usual(peer: str, kind: type[Any], text: str) -> frozenset[str]:
    """Give what a peer says of the plain example of a kind of claim."""
    del kind
    return frozenset(PEERS[peer](text))


def sees(peer: str, claim: Claim) -> str:
    """Say whether a peer refuses a claim and takes the plain one of its kind; it may take neither."""
    if usual(peer, type(claim), text_of(plain(claim))):
        return "cannot"
    return "yes" if PEERS[peer](text_of(claim)) else "no"


def row(edit: Any, claim: Claim, peers: list[str]) -> list[str]:
    """Give one defect's line of the table."""
    findings = [f for f in scrub(text_of(claim), tables=edit.given).findings if f.rule == edit.id]
    at = findings[0].location if findings else None
    mine = f"{at.segment} at {at.position}" if at and at.segment else "no"
    kind = type(claim).__name__.removesuffix("Claim").lower()
    return [
        edit.id,
        edit.name,
        kind,
        str(edit.snip),
        mine,
        *(sees(peer, claim) for peer in peers),
    ]


def main() -> None:
    """Plant every defect, ask everybody, write the page and print the sums."""
    logging.disable(logging.CRITICAL)
    peers = [name for name in PEERS if find_spec(name)]
    absent = [name for name in PEERS if name not in peers]
    planted = [
        (edit, claim)
        for edit in EDITS.values()
        if not edit.opt_in and not edit.over_batch
        for claim in edit.fails
    ]
    rows = [row(edit, claim, peers) for edit, claim in planted]
    columns = ["medcode", *peers]
    found = [sum(each[4 + at] not in {"no", "cannot"} for each in rows) for at in range(len(columns))]
    sums = ", ".join(f"{name} {number}" for name, number in zip(columns, found, strict=True))
    print(
        f"{len(rows)} defects planted; found by {sums}"
        + (f"; not installed: {', '.join(absent)}" if absent else "")
    )
    head = ["rule", "defect", "claim", "SNIP", *columns]
    lines = "\n".join(f"| {' | '.join(each)} |" for each in [head, ["---"] * len(head), *rows])
    said = f"Of {len(rows)} single defects found: {sums}."
    PAGE.write_text(f"# Planted defects\n\n{INTRODUCTION}\n\n{said}\n\n{lines}\n")


if __name__ == "__main__":
    main()

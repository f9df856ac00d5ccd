"""Pages that the registries write: one for each code set, edit, guide and command, and one for the rules of structure.

They are written anew at every build: what is registered is documented, and nothing else is; the words are those of the modules themselves.
"""

from __future__ import annotations

import io
import shutil
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docs._ext.accessible import label_pages
from docs._ext.diagrams import DiagramDirective
from docs._ext.element_map import FILTER, element_map_index, element_map_page
from docs._ext.navigation import share_navigation
from docs._ext.patient_year import PatientYearDirective
from docs._ext.pictures import PictureDirective
from docs._ext.situations import situations

from medcode.claims.x12.guides import conventions, guide
from medcode.claims.x12.guides.grammar import MANY, Segment
from medcode.claims.x12.validate.rule_explanation import explain_rule
from medcode.claims.x12.validate.rules import RULES
from medcode.cli import COMMANDS, main
from medcode.codesets import CODE_SETS
from medcode.edits import EDITS, explain
from medcode.frames.x12 import schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinx.application import Sphinx

    from medcode.claims.x12.guides.grammar import Guide, Loop
    from medcode.codesets.base import CodeSet

FAMILIES = {
    "AGE": "age and procedure or diagnosis",
    "AMB": "ambulance",
    "CLM": "claims of every kind",
    "DAY": "days of a stay",
    "DEN": "teeth",
    "HIS": "claims before this one",
    "ICD": "diagnoses and inpatient procedures",
    "MCE": "Medicare Code Editor",
    "MOD": "modifiers",
    "MSP": "Medicare as secondary payer",
    "NBN": "newborns",
    "NCCI": "National Correct Coding Initiative",
    "OBS": "observation",
    "OCE": "outpatient code editor",
    "ORD": "orders",
    "PAY": "a payer's own rules",
    "PFS": "Medicare's physician fee schedule",
    "POL": "coverage policies",
    "SEX": "sex and procedure or diagnosis",
    "SIT": "situational parts of the guides",
    "VAX": "vaccines",
}
USAGE = {"R": "required", "S": "situational", "N": "not used"}


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """Lay out rows as a Markdown table."""
    return "".join(f"| {' | '.join(map(cell, row))} |\n" for row in (head, ("---",) * len(head), *rows))


def cell(value: object) -> str:
    """Write a value so that it stays in its cell."""
    return str(value).replace("|", "\\|")


def code_set_page(name: str, code_set: CodeSet[Any]) -> str:
    """Describe a code set: the words of its module, its type, and the tables in force."""
    module = sys.modules[f"medcode.codesets.{name}"]
    kind = code_set.code_type
    facts = (
        ("type", f"`medcode.codesets.{name}.{kind.__name__}`"),
        ("format", kind.expected),
        ("valid samples", " ".join(map(code_span, kind.good))),
        ("invalid samples", " ".join(map(code_span, kind.bad))),
        ("judged on", f"day of {code_set.judged_on}"),
        *(("table", release) for release in code_set.releases),
        *(("table", source) for source in (table_source(code_set),) if not code_set.releases),
    )
    api = f"```{{eval-rst}}\n.. automodule:: {module.__name__}\n   :members:\n   :show-inheritance:\n```\n"
    return f"# {code_set.code_type.label}\n\n{table(('', ''), facts)}\n{api}"


def code_span(text: str) -> str:
    """Return text as inline code."""
    return f"`{text}`"


def table_source(code_set: CodeSet[Any]) -> str:
    """Return where the table of a code set comes from."""
    if code_set.releases:
        return "ships, a part of the set" if code_set.releases[0].partial else "ships"
    return (
        f"yours: `{code_set.load_command}`" if code_set.load_command else "none: the format alone is checked"
    )


def code_set_table() -> str:
    """Return a table of all code sets, each with the first line of its module."""
    rows = (
        (f"[{name}]({name}.md)", found.code_type.label, purpose(name), table_source(found))
        for name, found in CODE_SETS.items()
    )
    return table(("name", "code set", "what it says", "table"), rows)


def purpose(name: str) -> str:
    """Return what a code set is for: the first line of its module, without its name."""
    first = (sys.modules[f"medcode.codesets.{name}"].__doc__ or "").partition("\n")[0]
    return first.partition(": ")[2].rstrip(".")


def guide_page(found: Guide) -> str:
    """Describe a guide: every loop and segment in its order."""
    also = f" Also read with this table: {', '.join(found.also)}." if found.also else ""
    intro = f"Transaction set {found.transaction}, functional group {found.group}.{also}"
    rows = guide_rows(found.root, 0)
    columns = ("loop", "segment", "what", "usage", "repeat", "when")
    return f"# {found.id}: {found.title}\n\n{intro}\n\n{table(columns, rows)}"


def guide_rows(loop: Loop, depth: int) -> Iterator[tuple[object, ...]]:
    """Yield a row for a loop and each of its parts."""
    for part in loop.children:
        repeat = "any" if part.repeat == MANY else part.repeat
        rest = (part.title, USAGE[part.usage], repeat, part.when)
        if isinstance(part, Segment):
            qualifiers = " ".join(sorted(part.qualifiers or ()))
            yield ("", f"`{part.id} {qualifiers}`".replace(" `", "`"), *rest)
        else:
            yield (f"{'· ' * depth}**{part.id}**", "", *rest)
            yield from guide_rows(part, depth + 1)


def structure_page() -> str:
    """List the rules of structure, each with what it means, its fix, and the answer to expect."""
    columns = ("id", "name", "SNIP", "severity", "answer", "what", "fix")
    rows = (
        (each.id, f"`{each.name}`", each.snip, each.severity, each.ack, each.what, each.fix)
        for each in map(explain_rule, RULES)
    )
    intro = (
        "What `validate`, `scrub` and `medcode check` check in the text of a file, SNIP types 1 and 2. "
        "The answer is the element and code of the 999 or TA1."
    )
    field = FILTER.format(label="Find a rule", example="count")
    return f"# Rules of structure\n\n{intro}\n\n{field}{table(columns, rows)}"


def situations_page() -> str:
    """List the rules between segments, and every situational part of the guides with what decides it."""
    between = (
        (
            edit.id,
            f"`{edit.name}`",
            ", ".join(edit.settings),
            edit.severity,
            edit.source,
            explain(edit.id).what,
        )
        for edit in EDITS.values()
        if edit.family == "SIT"
    )
    found = situations()
    parts = (
        (each.guides, f"`{each.place}`", each.what, each.when, ", ".join(each.rules) or each.why_not)
        for each in found
    )
    decided = sum(bool(each.rules) for each in found)
    rules = table(("id", "name", "claims", "severity", "source", "what"), between)
    return (
        f"## Rules between segments\n\n{rules}\n## Situational parts of the guides\n\n"
        f"P is the 837P, I the 837I, D the 837D. Of {len(found)} situational parts, {decided} are decided by a rule.\n\n"
        f"{table(('guides', 'place', 'what', 'due when', 'decided by, or why not'), parts)}"
    )


def write_edits(folder: Path) -> None:
    """Write a page for each edit, and one that lists them all by family.

    The pages are in no table of contents: the theme repeats that on every page of the site, and hundreds of entries
    there cost most of a build and help nobody. Their list, the search and the links of SARIF lead to them.
    """
    folder.mkdir(parents=True)
    for name in EDITS:
        page = f"---\norphan: true\n---\n\n[All edits](index.md)\n\n{explain(name).to_markdown()}"
        (folder / f"{name}.md").write_text(page, encoding="utf-8")
    (folder / "index.md").write_text(edits_page(), encoding="utf-8")


def edits_page() -> str:
    """List the edits, family by family."""
    by_family: dict[str, list[tuple[str, ...]]] = {}
    for id_, edit in EDITS.items():
        row = (f"[{id_}]({id_}.md)", f"`{edit.name}`", str(edit.severity), explain(id_).what)
        by_family.setdefault(edit.family, []).append(row)
    sections = (
        f"## {family}: {FAMILIES[family]}\n\n{table(('id', 'name', 'severity', 'what it finds'), rows)}"
        for family, rows in by_family.items()
    )
    intro = f"The {len(EDITS)} edits that `check` and `scrub` run. Name one, or its family, in `select` or `ignore`."
    field = FILTER.format(label="Find an edit", example="modifier")
    return f"# Edits\n\n{intro}\n\n{field}" + "\n".join(sections)


def command_page(name: str) -> str:
    """Show what a command says of itself."""
    out = io.StringIO()
    with redirect_stdout(out), suppress(SystemExit):  # argparse leaves the program once it has helped
        main([name, "--help"])
    return f"# medcode {name}\n\n```text\n{out.getvalue()}```\n"


def table_page(name: str, schema: Any) -> str:
    """List the columns of a table of claims: type, meaning, and whether it identifies a person."""
    rows = ((f"`{field.name}`", f"`{shown(field.type)}`", marked(field), meaning(field)) for field in schema)
    return (
        f"# {name}\n\n{meaning(schema).capitalize()}.\n\n{table(('column', 'type', 'PHI', 'meaning'), rows)}"
    )


def shown(kind: Any) -> str:
    """Write a type; of a list of structs only the names of the fields, which tables of their own would describe."""
    inner = getattr(kind, "value_type", None)
    names = [field.name for field in inner] if inner is not None and inner.num_fields else []
    return f"list of {', '.join(names)}" if names else str(kind)


def marked(field: Any) -> str:
    """Return the mark of a column that identifies a person."""
    return "yes" if field.metadata[b"phi"] == b"true" else ""


def meaning(what: Any) -> str:
    """Return the meaning that the metadata of a column or table has."""
    return str(what.metadata[b"meaning"].decode())


def write(folder: Path, title: str, pages: dict[str, str], intro: str = "") -> None:
    """Write the pages of one registry, and their table of contents."""
    folder.mkdir(parents=True)
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    contents = "\n".join(pages)
    index = f"# {title}\n\n{intro}\n\n```{{toctree}}\n:maxdepth: 1\n{contents}\n```\n"
    (folder / "index.md").write_text(index, encoding="utf-8")


def generate(app: Sphinx) -> None:
    """Write all pages below docs/generated."""
    out = Path(app.srcdir) / "generated"
    shutil.rmtree(out, ignore_errors=True)
    pages = {name: code_set_page(name, found) for name, found in CODE_SETS.items()}
    write(out / "codesets", "Code sets", pages, code_set_table())
    write_edits(out / "edits")
    (out / "structure.md").write_text(structure_page(), encoding="utf-8")
    (out / "situations.txt").write_text(
        situations_page(), encoding="utf-8"
    )  # a part of docs/x12/situational-rules.md
    write(
        out / "tables", "Tables of claims", {name: table_page(name, each) for name, each in schemas().items()}
    )
    write(out / "commands", "Command line", {name: command_page(name) for name in COMMANDS})
    guides = {found.id: found for found in map(guide, conventions())}
    maps = {name: element_map_page(name) for name in guides}
    write(out / "map", "Fields, elements, boxes and edits", maps, element_map_index(maps))
    write(
        out / "guides", "Implementation guides", {name: guide_page(found) for name, found in guides.items()}
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Be a Sphinx extension."""
    app.connect("builder-inited", generate)
    app.connect("build-finished", label_pages)
    share_navigation(app)
    app.add_directive("diagram", DiagramDirective)
    app.add_directive("picture", PictureDirective)
    app.add_directive("patient-year", PatientYearDirective)
    return {"parallel_read_safe": True}

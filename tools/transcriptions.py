"""Read public transcriptions of the claim guides, which are in as many languages: loops, segments, elements.

Nothing of them is run: their tables are rewritten as Python's literals and calls, and only these are followed.
"""

from __future__ import annotations

import ast
import re
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import attrs
from lxml import etree

from medcode.claims.x12.guides.grammar import MANY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

EITHER = "optional"
"""The usage of what a transcription does not require, where it does not tell situational from not used."""


@attrs.frozen
class Part:
    """A loop, segment, element or component of a transcription; None for what it does not say."""

    id: str
    usage: str | None = None
    repeat: int | None = None
    codes: frozenset[str] | None = None
    parts: tuple[Part, ...] = ()


def value(node: ast.expr, names: dict[str, Any], call: Callable[..., Any]) -> Any:
    """Return what an expression of literals, names and calls is; `call` is asked what a call is."""
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return names.get(node.id, node.id)
        case ast.Attribute():
            return node.attr
        case ast.List() | ast.Tuple():
            return [value(each, names, call) for each in node.elts]
        case ast.Dict():
            return {
                value(key, names, call): value(of, names, call)
                for key, of in zip(node.keys, node.values, strict=True)
                if key
            }
        case ast.Call():
            given = [value(each, names, call) for each in node.args]
            return call(
                value(node.func, {}, call),
                given,
                {each.arg: value(each.value, names, call) for each in node.keywords},
            )
    raise ValueError(f"not an expression of a table: {ast.dump(node)[:80]}")


def assigned(text: str, names: dict[str, Any], call: Callable[..., Any]) -> dict[str, Any]:
    """Return `names` with what the assignments of a text in Python's syntax add to them."""
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            names[statement.targets[0].id] = value(statement.value, names, call)
    return names


def times(text: str) -> int | None:
    """Return a repeat that is written as a text; `>1` and `unbounded` are without limit."""
    return MANY if text in {">1", "unbounded"} else int(text) if text.isdigit() else None


def of_python(path: Path) -> list[Part]:
    """Return the loops of TigerShark's parsers in a folder."""

    def call(name: str, given: list[Any], facts: dict[str, Any]) -> Any:
        if name == "Properties":
            return facts
        id_, about, *parts = given
        codes = frozenset(about.get("codes") or ()) or None
        return Part(id_, about.get("req_sit"), times(about.get("repeat") or ""), codes, tuple(parts))

    files = sorted(path.rglob("*.py"), key=lambda each: (each.parent != path, each.name), reverse=True)
    names: dict[str, Any] = {}
    for _ in range(5):  # files use each other's loops; the order of their names is not that of their use
        for file in files:
            names = assigned(file.read_text("utf-8"), names, call)
    return [each for each in names.values() if isinstance(each, Part)]


def of_ruby(path: Path) -> list[Part]:
    """Return the loops of an implementation of stupidedi."""
    usages = {"Required": "R", "Situational": "S", "NotUsed": "N"}

    def call(name: str, given: list[Any], _facts: dict[str, Any]) -> Any:
        if name in {"bounded", "Values", "MaxLength", "MaxPrecision"}:
            return given[0] if name == "bounded" else (name, frozenset(given))
        parts = tuple(each for each in given if isinstance(each, Part))
        texts = [each for each in given if isinstance(each, str)]
        if name == "Segment":
            return Part(
                texts[0], usages[texts[2]], given[4] if isinstance(given[4], int) else MANY, None, parts
            )
        if name == "Element":
            codes = next((each[1] for each in given if isinstance(each, tuple) and each[0] == "Values"), None)
            return Part("", usages[texts[0]], None, codes, parts)
        numbers = [each for each in given if isinstance(each, int)]
        return Part(texts[0].split()[0], None, numbers[0] if numbers else MANY, None, parts)

    text = re.sub(r"^\s*(module .*|end|[bdres] = .*|#.*)$", "", path.read_text("utf-8"), flags=re.MULTILINE)
    text = re.sub(r"=\s*\n\s*", "= ", re.sub(r"\b[a-z]::", "", text)).replace("RepeatCount.", "")
    text = re.sub(r"\b(?:LoopDef|TableDef)\.\w+\(", "Loop(", text)
    return [each for each in assigned(dedent(text), {}, call).values() if isinstance(each, Part)]


def of_go(path: Path) -> list[Part]:
    """Return the loops of a rule of moov-io/x12; it does not say which elements it has no rule for."""
    text = re.sub(r"\[\]string\{([^}]*)\}", r"[\1]", path.read_text("utf-8"))
    text = re.sub(r"(?:map\[int\])?rules\.\w+\{", "{", text)
    text = re.sub(r"^var (\w+) =", r"\1 =", text, flags=re.MULTILINE)
    text = re.sub(
        r"\b([A-Z]\w+):", r'"\1":', re.sub(r"^(package|import|\s*//).*$", "", text, flags=re.MULTILINE)
    )
    usages = {"MASK_OPTIONAL": "S", "MASK_NOTUSED": "N"}

    def row(of: dict[str, Any]) -> Part:
        inner = of.get("Composite") or {}
        parts = tuple(row(inner[f"{at:02}"]) if f"{at:02}" in inner else Part("") for at in range(1, 13))
        usage = usages.get(of.get("Mask", ""), "R")
        codes = frozenset(of.get("AcceptValues") or ()) or None
        return Part("", usage, None, codes, parts if inner else ())

    def segment(of: dict[str, Any]) -> Part:
        rows = of.get("Elements") or {}
        parts = tuple(row(rows[f"{at:02}"]) if f"{at:02}" in rows else Part("") for at in range(1, 25))
        return Part(of["Name"], usages.get(of.get("Mask", ""), "R"), of.get("RepeatCount"), None, parts)

    def loop(of: dict[str, Any]) -> Part:
        count = of.get("RepeatCount")
        parts = [segment(each) for each in of["Segments"].values()]
        parts += [loop(each) for each in (of.get("Composite") or {}).values()]
        return Part(of["Name"], None, MANY if count == "GREATER_THAN_ONE" else count, None, tuple(parts))

    names = assigned(text, {}, lambda *_: None)
    return [loop(names["TransactionSetRule"]["Composite"])]


XS = "{http://www.w3.org/2001/XMLSchema}"


def of_schema(path: Path) -> list[Part]:
    """Return the loops of a BizTalk schema; what is not required is optional, for it does not say more."""
    root = etree.fromstring(path.read_bytes())
    tops = {each.get("name"): each for each in root.findall(f"{XS}element")}
    types = {each.get("name"): each for each in root.findall(f"{XS}simpleType")}

    def listed(node: etree._Element) -> frozenset[str] | None:
        kind = types.get(node.get("type") or "", node.find(f"{XS}simpleType"))
        found = [] if kind is None else [each.get("value") or "" for each in kind.iter(f"{XS}enumeration")]
        return frozenset(found) or None

    def inside(node: etree._Element) -> Iterator[Part]:
        for child in node.iterfind(f"{XS}complexType//{XS}element"):
            above = next(child.iterancestors(f"{XS}complexType"))
            if above.getparent() is not node:
                continue
            name = child.get("ref") or child.get("name") or ""
            top = tops.get(name, child) if child.get("ref") else child
            loop = re.fullmatch(r"TS837_(\d{4}[A-Z]*)_Loop1?", name)
            if loop is None and re.search(r"Loop(_\d+)?$", name):  # groups what may come in any order
                yield from inside(top)
                continue
            required = child.get("minOccurs") != "0"
            id_ = loop[1] if loop else name.partition("_")[0]
            codes = listed(top)
            yield Part(
                id_,
                "R" if required else EITHER,
                times(child.get("maxOccurs") or ""),
                codes if required else None,  # of what is not used, the whole list of the standard is given
                tuple(inside(top)),
            )

    return [Part("ST", "R", 1, None, tuple(inside(next(iter(tops.values())))))]


READERS = {"go": of_go, "python": of_python, "ruby": of_ruby, "schema": of_schema}

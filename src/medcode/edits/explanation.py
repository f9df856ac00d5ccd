"""What a rule means, for people: the same text for `explain`, the command line and the documentation."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import attrs

from medcode.edits.confirmed import is_confirmed
from medcode.edits.entity import ACCOMPANIED
from medcode.edits.examples import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from medcode.claims.model.claim import Claim
    from medcode.edits.base import AnyEdit

__all__ = ["Explanation", "explained"]


@attrs.frozen
class Explanation:
    """One rule: what is wrong, why that matters, how to fix it, who says so, and since when.

    `ack` is the 277CA status to expect, with the public text `ack_source` that relates it to the rule where there is
    one, or `no_ack` why there is none; `carc` and `rarc` are the reason and remark codes that a remittance would
    likely carry. `confirmed` says whether a public text confirms the source; else it is from practice. `passes` and
    `fails` are example claims as text.
    """

    id: str
    name: str
    what: str
    why: str
    fix: str
    source: str
    confirmed: bool
    severity: str
    snip: int
    since: str | None
    until: str | None
    settings: tuple[str, ...]
    opt_in: bool
    ack: str | None
    ack_source: str | None
    no_ack: str | None
    carc: tuple[str, ...]
    rarc: tuple[str, ...]
    passes: tuple[str, ...]
    fails: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        plain = attrs.asdict(self)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in plain.items()}

    @property
    def dates(self) -> str:
        """When the rule is in force, in words."""
        ends = (f"from {self.since}" if self.since else "", f"until {self.until}" if self.until else "")
        return " ".join(filter(None, ends)) or "always"

    @property
    def _answers(self) -> tuple[tuple[str, str], ...]:
        rows = (
            ("277CA", self._status),
            ("CARC, likely", ", ".join(self.carc)),
            ("RARC, likely", ", ".join(self.rarc)),
        )
        return tuple(row for row in rows if row[1])

    @property
    def _status(self) -> str:
        if self.ack is None:
            return self.no_ack or ""
        beside = " with a second status that names it" if self.ack.split(":")[1] in ACCOMPANIED else ""
        return f"{self.ack}{beside} ({self.ack_source or 'likely'})"

    @property
    def _cited(self) -> str:
        return self.source if self.confirmed else f"{self.source} (from practice; no public text confirms it)"

    def __str__(self) -> str:
        """Show it as plain text."""
        facts = (
            ("Why", self.why),
            ("Fix", self.fix),
            ("Source", self._cited),
            (
                "Severity",
                f"{self.severity}, SNIP type {self.snip}{', only when selected by name' * self.opt_in}",
            ),
            ("In force", self.dates),
            ("Claims", ", ".join(self.settings)),
            *self._answers,
            *(("Passes", example.replace("\n", ", ")) for example in self.passes[:1]),
            *(("Fails", example.replace("\n", ", ")) for example in self.fails[:1]),
        )
        return "\n".join(
            (f"{self.id} {self.name}: {self.what}", *(f"  {name}: {text}" for name, text in facts))
        )

    def to_markdown(self) -> str:
        """Show it as a page of the documentation."""
        rows = (
            ("Severity", f"{self.severity}{', only when selected by name' * self.opt_in}"),
            ("SNIP type", str(self.snip)),
            ("In force", self.dates),
            ("Claims", ", ".join(self.settings)),
            ("Source", self._cited),
            *self._answers,
        )
        table = "\n".join(f"| {name} | {text} |" for name, text in rows)
        examples = "".join(
            f"## {title}\n\n```text\n{text}\n```\n\n"
            for title, texts in (("Passes", self.passes), ("Fails", self.fails))
            for text in texts[:1]
        )
        head = f"# {self.id} {self.name}\n\n{self.what}\n\n{self.why}\n\n**Fix:** {self.fix}\n\n"
        return f"{head}| | |\n|---|---|\n{table}\n\n{examples}".rstrip() + "\n"


def explained(edit: AnyEdit) -> Explanation:
    """Return the explanation of an edit, in the words of its own docstring."""
    what, why, fix = parts(edit)
    return Explanation(
        id=edit.id,
        name=edit.name,
        what=what,
        why=why,
        fix=fix,
        source=str(edit.source),
        confirmed=is_confirmed(str(edit.source)),
        severity=str(edit.severity),
        snip=edit.snip,
        since=edit.since.isoformat() if edit.since else None,
        until=edit.until.isoformat() if edit.until else None,
        settings=tuple(map(str, edit.settings)),
        opt_in=edit.opt_in,
        ack=edit.ack,
        ack_source=str(edit.ack_source) if edit.ack_source else None,
        no_ack=edit.no_ack,
        carc=edit.carc,
        rarc=edit.rarc,
        passes=tuple(map(shown, edit.passes)),
        fails=tuple(map(shown, edit.fails)),
    )


def parts(edit: AnyEdit) -> tuple[str, str, str]:
    """Return the three parts of an edit's docstring, as sentences: what, why and fix; empty where it lacks one."""
    text = inspect.cleandoc(edit.__doc__ or "")
    found = re.fullmatch(r"(.*?)(?:\s*^Why: (.*?))?(?:\s*^Fix: (.*))?", text, re.DOTALL | re.MULTILINE)
    assert found  # noqa: S101  # every part may be empty, so the pattern fits any text
    what, why, fix = (re.sub(r"\s+", " ", part or "").strip() for part in found.groups())
    return what, _sentence(why), _sentence(fix)


def _sentence(text: str) -> str:
    """Return a text that begins in lower case after `Why:` or `Fix:` as it begins on its own."""
    return text[:1].upper() + text[1:]


def shown(claim: Claim) -> str:
    """Return an example claim as text: the fields in which it differs from the plain example of its kind."""
    usual = dict(leaves(plain(claim), ""))
    rows = [f"{path} = {value}" for path, value in leaves(claim, "") if usual.get(path) != value]
    return "\n".join(rows) or "the plain example claim"


def leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield the paths and values of a claim."""
    if isinstance(value, tuple):
        for number, each in enumerate(value):
            yield from leaves(each, f"{path}[{number}]")
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from leaves(getattr(value, field.name), f"{path}.{field.name}".lstrip("."))
    elif value is not None:
        yield path, str(value)

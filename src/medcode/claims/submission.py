"""Claims on their way to a payer: what is sent, and the envelope it is sent in.

As TOML a submission is one visit, its fields at the top, or several under `[[claims]]`; what
`[envelope]` says is optional.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from medcode.claims.model.base import Part, part
from medcode.claims.model.claim import Claim
from medcode.claims.plain import Problem, from_json, from_toml, read, to_json, to_plain
from medcode.claims.x12 import Envelope, dumps
from medcode.errors import VisitError
from medcode.files import opened_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from medcode.claims.plain import Reader

__all__ = ["Submission"]


def _claims(values: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(values)


@part
class Submission(Part):
    """One or more claims to one receiver.

    >>> Submission.from_toml("control_number = 7")
    Traceback (most recent call last):
        ...
    medcode.errors.VisitError: line 1: control_number: must be text, not a whole number: put it in quotes
    line 1: billing_provider: missing: a table (Provider) is required
    line 1: subscriber: missing: a table (Subscriber) is required
    line 1: payer: missing: a table (Payer) is required
    line 1: diagnoses: missing: a list is required
    line 1: lines: missing: a list is required
    """

    claims: tuple[Claim, ...] = attrs.field(converter=_claims)
    envelope: Envelope = attrs.field(factory=Envelope, kw_only=True)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read plain data; VisitError names every field that is not right."""
        made: Self = read(data, cls._read)
        return made

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read TOML; VisitError names every field that is not right, and its line."""
        made: Self = from_toml(text, cls._read)
        return made

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read JSON; VisitError names every field that is not right."""
        made: Self = from_json(text, cls._read)
        return made

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Read a file: JSON where its name ends so, else TOML. Raises OSError, VisitError."""
        path = Path(path)
        made = cls.from_json if path.suffix == ".json" else cls.from_toml
        try:
            with opened_text(path) as file:
                text = file.read()
        except UnicodeDecodeError:
            raise VisitError(Problem("", "not UTF-8 text")) from None
        return made(text)

    @classmethod
    def _read(cls, reader: Reader, data: Mapping[str, Any]) -> Any:
        if not isinstance(data, Mapping):
            return reader.report("", "must be a table")
        rest = {key: data[key] for key in data if key not in {"claims", "envelope"}}
        envelope = reader.part(Envelope, data.get("envelope", {}), "envelope")
        if "claims" in data:
            claims = cls._several(reader, data["claims"])
            for key in rest:
                reader.report(key, "this is a field of a claim: put it under [[claims]]")
        else:
            claims = [reader.claim(rest, "")]
        return None if reader.problems else cls(claims, envelope=envelope)

    @staticmethod
    def _several(reader: Reader, data: Any) -> list[Any]:
        if isinstance(data, (list, tuple)):
            return [reader.claim(each, f"claims[{at}]") for at, each in enumerate(data)]
        reader.report("claims", "must be a list: [[claims]]")
        return []

    def to_dict(self) -> dict[str, Any]:
        """Return the submission as plain values."""
        return {"claims": to_plain(self.claims), "envelope": to_plain(self.envelope)}

    def to_json(self) -> str:
        """Return the submission as JSON text."""
        return to_json(self)

    def to_x12(self, *, check: bool = True) -> str:
        """Write it as X12; with `check`, what breaks the guide raises `Rejected` with every finding."""
        return dumps(self.claims, self.envelope, check=check)

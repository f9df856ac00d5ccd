"""A baseline: known findings, so that only new ones are reported.

A finding is known by its file, rule and code, and by how often they occur together, never by its line: a
file may grow and be sorted anew. One occurrence more is a new finding, one less is said to be gone.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from medcode.errors import MedcodeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from medcode.findings import Finding

__all__ = ["Baseline", "BaselineError"]

_VERSION = 1
Key = tuple[str, str, str]
"""File, rule and code."""


class BaselineError(MedcodeError, ValueError):
    """A baseline cannot be used."""


class Baseline:
    """Known findings with their numbers of occurrences; paths are relative to the baseline's folder."""

    def __init__(self, path: Path, counts: Mapping[Key, int] | None = None) -> None:
        self.path = path
        self._counts: Counter[Key] = Counter(counts or {})

    @classmethod
    def load(cls, path: Path) -> Baseline:
        """Read a baseline file. Raises BaselineError if it is not one."""
        try:
            given = json.loads(path.read_text(encoding="utf-8"))
            rows = given["findings"] if given["version"] == _VERSION else [given["version"]]
            counts = {(row["file"], row["rule"], row["code"]): int(row["count"]) for row in rows}
        except OSError as error:
            raise BaselineError(f"{path}: {error.strerror}; create it with --write-baseline") from None
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise BaselineError(f"{path}: not a baseline of this version of medcode") from None
        return cls(path, counts)

    def __str__(self) -> str:
        """Return the text of the file: one line a finding, sorted."""
        rows = [
            json.dumps({"file": file, "rule": rule, "code": code, "count": count}, ensure_ascii=False)
            for (file, rule, code), count in sorted(self._counts.items())
        ]
        body = ",\n".join(f"  {row}" for row in rows)
        comment = '"$comment": "medcode: set=none"'  # the codes named here are not those of a list
        return f'{{\n{comment},\n"version": {_VERSION},\n"findings": [\n{body}\n]}}\n'

    def new(self, file: str, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings of a file that are not in the baseline."""
        for finding in findings:
            key = self._key(file, finding)
            if self._counts[key] > 0:
                self._counts[key] -= 1
            else:
                yield finding

    def gone(self, files: Iterable[str]) -> Iterator[str]:
        """Yield what is in the baseline but was not found, in files that were read and in files that no longer exist.

        To be asked after `new` has seen every file.
        """
        seen = {self._name(file) for file in files}
        for (file, rule, code), left in sorted(self._counts.items()):
            if left > 0 and (file in seen or not (self.path.parent / file).exists()):
                times = f" ({left} times)" if left > 1 else ""
                yield f"{file}: {rule} {code} is gone{times}"

    def renewed(self, found: Mapping[str, Iterable[Finding]]) -> Baseline:
        """Return a baseline with what was found; files that were not read keep their entries."""
        seen = {self._name(file) for file in found}
        counts = Counter(
            {
                key: count
                for key, count in self._counts.items()
                if key[0] not in seen and (self.path.parent / key[0]).exists()
            }
        )
        counts.update(self._key(file, finding) for file, findings in found.items() for finding in findings)
        return Baseline(self.path, counts)

    def __len__(self) -> int:
        """Return the number of occurrences."""
        return self._counts.total()

    def _key(self, file: str, finding: Finding) -> Key:
        return self._name(file), finding.rule, finding.code or ""

    def _name(self, file: str) -> str:
        return Path(os.path.relpath(file, self.path.parent)).as_posix()

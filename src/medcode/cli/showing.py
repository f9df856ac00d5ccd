"""Show the results of files as they come, and return the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import FORMATS, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.cli.checked import Checked
    from medcode.cli.progress import Progress

__all__ = ["show"]


def show(
    checked: Iterable[Checked], form: str, progress: Progress, files: int, *, strict: bool = False
) -> int:
    """Show each file as soon as it is done, if the format allows it; return the exit code."""
    waiting: list[Checked] = []
    code = 0
    from attrs import evolve

    for number, done in enumerate(checked, 1):
        each = evolve(done, strict=strict)
        code = max(code, _code(each))
        if FORMATS[form].by_file:
            progress.hide()
            _print((each,), form, apart=bool(number > 1 and each.unit))
        else:
            waiting.append(each)
        progress.at(number, files)
    progress.hide()
    if not FORMATS[form].by_file:
        _print(tuple(waiting), form)
    return code


def _print(checked: tuple[Checked, ...], form: str, *, apart: bool = False) -> None:
    if output := shown(checked, form):
        print("\n" * (apart and form == "text") + output)


def _code(checked: Checked) -> int:
    """Return the exit code of a file: 2 if it could not be used, 1 if it is not ok, else 0."""
    if checked.error:
        return 2
    return int(any(map(checked.fails, checked.report.findings)))

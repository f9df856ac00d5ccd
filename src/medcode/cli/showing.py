"""Show the results of files as they come, and return the exit code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from medcode.cli.formats import FORMATS, shown
from medcode.cli.screen import say
from medcode.findings import Report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from medcode.cli.checked import Checked
    from medcode.cli.progress import Progress

__all__ = ["show"]


def show(  # noqa: PLR0913  # what the commands are asked for
    checked: Iterable[Checked],
    form: str,
    progress: Progress,
    files: int,
    *,
    strict: bool = False,
    explain: bool = False,
) -> int:
    """Show each file as soon as it is done, if the format allows it; return the exit code.

    With `explain`, the formats for people end with what each rule that was found means.
    """
    from attrs import evolve

    waiting: list[Checked] = []
    rules: dict[str, None] = {}
    code = 0
    by_file = FORMATS[form].by_file
    for number, done in enumerate(checked, 1):
        each = evolve(done, strict=strict)
        code = max(code, _code(each))
        rules |= dict.fromkeys(finding.rule for finding in each.report.findings)
        if by_file:
            progress.hide()
            _print((each,), form, "show_file", apart=bool(number > 1 and each.unit))
            waiting.append(evolve(each, report=Report(not_checked=each.report.not_checked)))
        else:
            waiting.append(each)
        progress.at(number, files)
    progress.hide()
    _print(
        tuple(waiting),
        form,
        "close" if by_file else "show",
        apart=files > 1 and any(each.unit for each in waiting),
    )
    if explain and rules and FORMATS[form].explains:
        from medcode.cli.explain import in_short

        say(f"\n{in_short(rules)}")
    return code


def _print(checked: tuple[Checked, ...], form: str, part: str, *, apart: bool) -> None:
    if output := shown(checked, form, part):
        print("\n" * (apart and form == "text") + output)


def _code(checked: Checked) -> int:
    """Return the exit code of a file: 2 if it could not be used, 1 if it is not ok, else 0."""
    if checked.error:
        return 2
    return int(any(map(checked.fails, checked.report.findings)))

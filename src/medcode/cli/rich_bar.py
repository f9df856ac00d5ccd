"""A progress bar drawn by rich, of the extra `cli`."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

__all__ = ["RichBar"]


class RichBar:
    """A bar with what is done in words and the time so far."""

    def __init__(self) -> None:
        self._progress = Progress(
            BarColumn(),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
        )
        self._task = self._progress.add_task("", total=None)

    def draw(self, done: int, total: int | None, said: str) -> None:
        """Show how much of the total is done, and say it in words."""
        self._progress.update(self._task, completed=done, total=total, description=said)
        self._progress.start()

    def clear(self) -> None:
        """Remove the bar."""
        self._progress.stop()

"""How long work tells how far it is: a bar on a terminal, plain lines elsewhere.

Both write to standard error, so that standard output holds the result alone.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Final, Protocol, Self

if TYPE_CHECKING:
    from types import TracebackType

    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from testigo.cli.voice import Voice
    from testigo.core import Message

QUIET_SECONDS: Final = 5.0  # between two lines about the same step


class ShownProgress(Protocol):
    """A progress that is shown while its block lasts."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def __call__(self, step: Message, done: int, total: int | None) -> None:
        """Take note of how far the work is."""
        ...


def show_progress(voice: Voice) -> ShownProgress:
    """Return a bar when a person looks on, lines otherwise."""
    return ProgressBar(voice) if sys.stderr.isatty() else ProgressLines(voice)


class ProgressLines:
    """One line for each step, and one now and then while a step takes long."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._step = ""
        self._told = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing to clean up."""

    def __call__(self, step: Message, done: int, total: int | None) -> None:
        """Print when the step is new, or was last spoken of some seconds ago."""
        said = self._voice.put(step)
        now = time.monotonic()
        if said != self._step:
            print(f"- {said}", file=sys.stderr, flush=True)
        elif now - self._told >= QUIET_SECONDS:
            far = f"{done} / {total}" if total else f"{done}"
            print(f"  {said}: {far}", file=sys.stderr, flush=True)
        else:
            return
        self._step, self._told = said, now


class ProgressBar:
    """A bar for each step, drawn by rich."""

    def __init__(self, voice: Voice) -> None:
        self._voice = voice
        self._step = ""
        self._task: TaskID | None = None
        self._bars = _rich_progress()

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is None:
            self._finish()
        self._bars.stop()

    def __call__(self, step: Message, done: int, total: int | None) -> None:
        """Draw; a new step begins a new bar and fills the one before."""
        said = self._voice.put(step)
        if self._task is None or said != self._step:
            self._finish()
            self._task = self._bars.add_task(said, total=total, completed=done)
            self._step = said
        else:
            self._bars.update(self._task, completed=done, total=total)

    def _finish(self) -> None:
        if self._task is not None:
            self._bars.update(self._task, total=1, completed=1)


def _rich_progress() -> RichProgress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description}", markup=False),  # a bracket in a step is a bracket
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True, emoji=False, highlight=False),
    )

"""From the command typed to the exit code; whatever goes wrong becomes a sentence with a mend."""

from __future__ import annotations

import errno
import os
import sys
import warnings
from typing import TYPE_CHECKING, Final

from testigo.cli.as_typed import NAME, as_started
from testigo.cli.language import choose_language, take_language
from testigo.cli.voice import Voice, prepare_streams
from testigo.core import Message, StorageError, TestigoError

if TYPE_CHECKING:
    from collections.abc import Sequence

DEBUG: Final = "TESTIGO_DEBUG"
STOPPED: Final = 130
DEFECT: Final = 1


def main() -> None:
    """Run what was typed and leave with its exit code (docs/reference/commands.md)."""
    prepare_streams()
    if not sys.warnoptions and not os.environ.get(DEBUG):
        warnings.simplefilter("ignore")  # of the libraries, to their programmers
    sys.exit(run_command(sys.argv[1:], program=as_started(sys.argv[0])))


def run_command(typed: Sequence[str], *, program: str = NAME) -> int:
    """Run one command and return its exit code; never raises, never shows a traceback.

    Parameters
    ----------
    typed
        The words after the program.
    program
        What was typed to start it; the commands that are printed begin so.
    """
    voice = Voice(program=program)
    try:
        asked, arguments = take_language(typed)
        voice = Voice(asked or choose_language(arguments, os.environ), program)
        return _run(arguments or ["--help"], voice)
    except BrokenPipeError:
        return _reader_left()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  # the last place to be kind
        if os.environ.get(DEBUG):
            import traceback

            traceback.print_exc()
        return _tell(voice, error)


def _run(arguments: list[str], voice: Voice) -> int:
    import typer
    from typer.exceptions import TyperException

    from testigo.cli.application import application
    from testigo.cli.usage import explain_usage_error

    command = typer.main.get_command(application)
    try:
        with command.make_context("testigo", arguments, obj=voice) as context:
            command.invoke(context)
    except typer.Exit as left:
        return left.exit_code
    except TyperException as error:
        raise explain_usage_error(error) from error
    sys.stdout.flush()
    return 0


def _tell(voice: Voice, error: BaseException) -> int:
    """Print the sentence that an error becomes, and return its exit code."""
    if isinstance(error, TestigoError):
        voice.remark(error.in_language(voice.language))
        return error.exit_code
    if isinstance(error, KeyboardInterrupt):
        voice.remark(
            Message("Stopped. Nothing is left half-written; type the same command to go on.")
        )
        return STOPPED
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryException":
        voice.remark(
            Message("There is not enough memory: close other programs, or use a larger computer.")
        )
        return StorageError.exit_code
    if isinstance(error, OSError) and error.errno is not None:
        voice.remark(_of_the_computer(error))
        return StorageError.exit_code
    voice.remark(_defect(error))
    return DEFECT


def _of_the_computer(error: OSError) -> Message:
    where = {"path": error.filename if error.filename is not None else "?"}
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        return Message("The disk is full: make room and type the same command again.")
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return Message(
            "{path} cannot be opened: close it in other programs, or ask for the right to it.",
            where,
        )
    if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.EISDIR}:
        return Message("{path} is not there, or is not what it should be.", where)
    return Message(
        "The computer refused: {why} ({path}).", {"why": error.strerror or error.errno, **where}
    )


def _defect(error: BaseException) -> Message:
    """Name the kind and the place only: the words of a stranger's error may hold data."""
    place = "?"
    step = error.__traceback__
    while step is not None:
        name = str(step.tb_frame.f_globals.get("__name__", ""))
        if name.startswith("testigo."):
            place = f"{name}:{step.tb_lineno}"
        step = step.tb_next
    return Message(
        "This is a defect of Testigo, not of your data ({kind} in {place}). Please report it with "
        "these words; {debug}=1 shows more, which may hold data: read it before you send it.",
        {"kind": type(error).__name__, "place": place, "debug": DEBUG},
    )


def _reader_left() -> int:
    """Leave quietly when the reader of our output has gone, as after `| head`."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, sys.stdout.fileno())
    return 0

"""What was typed wrongly, said in the reader's language, with the mend."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from testigo.cli.manual import PLACES
from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from typer.exceptions import TyperException


def explain_usage_error(error: TyperException) -> UsageError:
    """Turn what typer found wrong into a sentence of ours.

    typer tells the kinds apart by classes that it keeps to itself, so they are known by name.
    """
    kind = type(error).__name__
    hint = Message("`{command} --help` shows how it is used.", {"command": _command_of(error)})
    if kind == "MissingParameter":
        return UsageError(Message("{what} is missing.", {"what": _parameter_of(error)}), hint)
    if kind == "NoSuchOption":
        name = getattr(error, "option_name", "")
        known = sorted(getattr(error, "possibilities", None) or ())
        near = difflib.get_close_matches(name, known, n=1, cutoff=0)
        return UsageError(
            Message("There is no option {name}.", {"name": name}), _did_you_mean(near) or hint
        )
    if kind == "BadOptionUsage":
        name = getattr(error, "option_name", "")
        return UsageError(Message("Option {name} needs a value.", {"name": name}), hint)
    return UsageError(Message("The command cannot be read: {why}", {"why": error.message}), hint)


def unknown_command(given: str, known: Iterable[str]) -> UsageError:
    """Say that a command does not exist, and which is near."""
    names = list(known)
    near = difflib.get_close_matches(given, names, n=1)
    return UsageError(
        Message("There is no command {given!r}.", {"given": given}),
        _did_you_mean(near) or Message("There are: {names}.", {"names": ", ".join(names)}),
    )


def surplus_arguments(given: Sequence[str]) -> UsageError:
    """Say that there are more arguments than the command takes."""
    return UsageError(
        Message("{given!r} is one argument too many.", {"given": given[0]}),
        Message("Put a name with spaces in it between double quotes."),
    )


def _did_you_mean(near: Sequence[str]) -> Message | None:
    return Message("Did you mean {name}?", {"name": near[0]}) if near else None


def _parameter_of(error: TyperException) -> Message | str:
    parameter = getattr(error, "param", None)
    if parameter is None:
        return "?"
    if parameter.param_type_name == "option":
        return str(parameter.opts[0])
    return PLACES[parameter.metavar]


def _command_of(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    return str(context.command_path) if context is not None else "testigo COMMAND"

"""Help pages in the reader's language, each with an example and the exit codes."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Any, Final

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from testigo.cli.manual import (
    ABOUT,
    EXIT_CODES,
    HELP_OPTION,
    LANGUAGE_OPTION,
    MANUAL,
    PLACES,
    VERSION_OPTION,
)
from testigo.cli.usage import surplus_arguments, unknown_command
from testigo.cli.voice import voice_of
from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.cli.voice import Voice

WIDEST: Final = 92
Entry = tuple[str, Message | str]


class SpokenCommand(TyperCommand):
    """A command whose help speaks the reader's language."""

    allow_extra_args = True  # so that we are the ones to say which is too many

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  # typer keeps this class to itself
        """Return the page."""
        return command_page(self, voice_of(ctx))

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  # idem
        """Read the arguments; refuse those too many."""
        rest: list[str] = super().parse_args(ctx, args)
        if rest:
            raise surplus_arguments(rest)
        return rest


class SpokenGroup(TyperGroup):
    """All commands together."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  # typer keeps this class to itself
        """Return the first page."""
        return first_page(voice_of(ctx))

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  # idem
        """Find a command; say what there is when there is none of that name."""
        if cmd_name not in self.commands and not cmd_name.startswith("-"):
            raise unknown_command(cmd_name, self.commands)
        return super().get_command(ctx, cmd_name)


def first_page(voice: Voice) -> str:
    """Return what `testigo --help` prints."""
    commands: list[Entry] = [(name, page.summary) for name, page in MANUAL.items()]
    starts: list[Entry] = [
        (example.command, example.meaning)
        for name in ("demo", "rates")  # they need nothing of one's own
        for example in MANUAL[name].examples[:1]
    ]
    return "\n\n".join(
        [
            voice.put(Message("testigo COMMAND ...")),
            _paragraph(voice.put(ABOUT)),
            _section(voice, Message("To begin"), starts, aside=False),
            _section(voice, Message("Commands"), commands),
            _section(voice, Message("Options"), [*_SHARED, ("--version", VERSION_OPTION)]),
            _exit_codes(voice),
            _paragraph(
                voice.put(Message("`testigo COMMAND --help` explains a command.")),
            ),
        ]
    )


def command_page(command: TyperCommand, voice: Voice) -> str:
    """Return what `testigo COMMAND --help` prints."""
    page = MANUAL[command.name or ""]
    arguments: list[Entry] = []
    options: list[Entry] = []
    for parameter in command.params:
        shown = (_as_typed(parameter, voice), page.parameters[parameter.name])
        (arguments if isinstance(parameter, TyperArgument) else options).append(shown)
    examples: list[Entry] = [(example.command, example.meaning) for example in page.examples]
    return "\n\n".join(
        [
            usage(command, voice),
            _paragraph(voice.put(page.summary)),
            *(_paragraph(voice.put(detail)) for detail in page.details),
            _section(
                voice,
                Message("Example") if len(examples) == 1 else Message("Examples"),
                examples,
                aside=False,
            ),
            _section(voice, Message("Arguments"), arguments),
            _section(voice, Message("Options"), [*options, *_SHARED]),
            _exit_codes(voice),
        ]
    )


def usage(command: TyperCommand, voice: Voice) -> str:
    """Return the form of a command: `testigo rates FILE --count COLUMN [--json]`."""
    parts = [f"testigo {command.name}"]
    for parameter in command.params:
        typed = _as_typed(parameter, voice)
        parts.append(typed if parameter.required else f"[{typed}]")
    return textwrap.fill(
        " ".join(part.replace(" ", "\0") for part in parts),
        _width(),
        subsequent_indent="    ",
        break_on_hyphens=False,
    ).replace("\0", " ")


_SHARED: Final[tuple[Entry, ...]] = (("--lang es|en", LANGUAGE_OPTION), ("-h, --help", HELP_OPTION))


def _as_typed(parameter: Any, voice: Voice) -> str:  # noqa: ANN401  # argument or option of typer
    if isinstance(parameter, TyperOption):
        place = PLACES.get(parameter.metavar or "", "")
        return f"{parameter.opts[0]} {voice.put(place)}".strip()
    return voice.put(PLACES[parameter.metavar])


def _exit_codes(voice: Voice) -> str:
    codes: list[Entry] = [(str(code), meaning) for code, meaning in EXIT_CODES.items()]
    return _section(voice, Message("Exit codes"), codes)


def _section(voice: Voice, title: Message, entries: Sequence[Entry], *, aside: bool = True) -> str:
    """Lay out a titled list; `aside` puts the explanation beside the word, else below it."""
    lines = [voice.put(title) + ":"]
    column = max(len(word) for word, _ in entries) + 4 if entries else 0
    for word, meaning in entries:
        said = voice.put(meaning)
        if aside:
            filled = textwrap.fill(said, _width(), initial_indent=" " * column,
                                   subsequent_indent=" " * column)  # fmt: skip
            lines.append(f"  {word}".ljust(column) + filled[column:])
        else:
            lines += [f"  {word}", textwrap.indent(_paragraph(said), "    ")]
    return "\n".join(lines)


def _paragraph(text: str) -> str:
    return textwrap.fill(text, _width() - 4)


def _width() -> int:
    return max(50, min(WIDEST, shutil.get_terminal_size((WIDEST, 24)).columns))

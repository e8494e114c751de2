"""All commands together; the libraries that do the work are imported when one is called."""

from __future__ import annotations

from typing import Annotated

import typer

from testigo import __version__
from testigo.cli.estimate_command import estimate
from testigo.cli.example_commands import demo
from testigo.cli.file_commands import rates
from testigo.cli.folder_commands import check, explain, init, run
from testigo.cli.help_page import SpokenCommand, SpokenGroup
from testigo.cli.review_command import review
from testigo.cli.simulate_command import simulate

application = typer.Typer(
    name="testigo",
    cls=SpokenGroup,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _print_version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit


@application.callback()
def _testigo(
    *,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Hold the commands together; the option does its own work."""
    del version


for _command in (init, check, run, explain, review, demo, simulate, rates, estimate):
    application.command(name=_command.__name__, cls=SpokenCommand)(_command)

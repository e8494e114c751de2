"""The command line: what a person types, and what the program answers in their language."""

from testigo.cli.entry import main

__all__ = ["main"]

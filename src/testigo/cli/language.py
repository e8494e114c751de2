"""Which language to speak: as asked, else as the computer does, else as the observatory does."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from testigo.core import LANGUAGES, Language, Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OPTION: Final = "--lang"
VARIABLE: Final = "TESTIGO_LANG"
FOLDER_COMMANDS: Final = frozenset({"check", "run", "explain", "review"})


def take_language(arguments: Sequence[str]) -> tuple[Language | None, list[str]]:
    """Take `--lang xx` out of the arguments, wherever it stands.

    Raises
    ------
    UsageError
        For a language we do not speak, or none.

    Examples
    --------
    >>> take_language(["run", "--lang", "es", "mexico"])
    ('es', ['run', 'mexico'])
    """
    asked: Language | None = None
    rest: list[str] = []
    given = iter(arguments)
    for argument in given:
        if argument == OPTION:
            asked = _known(next(given, ""), OPTION)
        elif argument.startswith(f"{OPTION}="):
            asked = _known(argument.removeprefix(f"{OPTION}="), OPTION)
        else:
            rest.append(argument)
    return asked, rest


def choose_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Choose when no `--lang` was given.

    In this order: TESTIGO_LANG, the computer's language, the first language of the observatory
    the command is about, English.
    """
    if environment.get(VARIABLE):
        return _known(environment[VARIABLE], VARIABLE)
    return language_of_system(environment) or _language_of_folder(arguments) or "en"


def language_of_system(environment: Mapping[str, str]) -> Language | None:
    """Return the computer's language when it is one of ours."""
    names = [environment.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    if sys.platform == "win32":
        import locale

        names.append(locale.getlocale()[0] or "")
    spoken = next((name for name in names if name), "").lower()
    if spoken.startswith(("es_", "es-", "es.", "spanish")) or spoken == "es":
        return "es"
    if spoken.startswith(("en_", "en-", "en.", "english")) or spoken == "en":
        return "en"
    return None


def _known(given: str, where: str) -> Language:
    for language in LANGUAGES:
        if given == language:
            return language
    raise UsageError(
        Message(
            "{where} = {given!r} is not a language of Testigo.", {"where": where, "given": given}
        ),
        Message("Write {where} es (Spanish) or {where} en (English).", {"where": where}),
    )


def _language_of_folder(arguments: Sequence[str]) -> Language | None:
    if not arguments or arguments[0] not in FOLDER_COMMANDS:
        return None
    folder = next((one for one in arguments[1:] if not one.startswith("-")), os.curdir)
    try:
        text = Path(folder, "testigo.toml").read_text(encoding="utf-8-sig")
        first = tomllib.loads(text)["observatory"]["languages"][0]
    except (OSError, ValueError, LookupError, TypeError):
        return None  # the command itself will say what is wrong with the file
    return next((language for language in LANGUAGES if language == first), None)

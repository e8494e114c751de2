"""`testigo init`: a new observatory whose testigo.toml is its own manual."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from testigo.core import LANGUAGES, Message, UsageError
from testigo.observatory.arguments import as_argument
from testigo.observatory.configuration import FILE_NAME
from testigo.observatory.keys import KEYS, SECTIONS, Key
from testigo.publication import told_as_storage_error, write_bytes

if TYPE_CHECKING:
    from pathlib import Path

HAND_TABLES: Final = {
    "place_aliases.csv": "source,parent_text,area_text,area\n",
    "code_maps.csv": "source,field,given,ours\n",
    "overrides.csv": "table,rule,where,reason,signed_by,signed_on\n",
    "link_decisions.csv": (
        "source_a,record_a,source_b,record_b,decision,signed_by,signed_on,reason\n"
    ),
    "review_answers.csv": "sheet,reviewer,pair,stratum,answer,reason\n",
    "review_sheets.csv": "sheet,parent,kept_share,stratum,linked,low,high,pairs,known_same\n",
    "events.csv": "date,es,en\n",
}
PRIVATE: Final = "# Private: never put these under version control.\nstore/\nsources/\n"


def start_observatory(folder: Path, *, name: str) -> tuple[Path, ...]:
    """Make the folders and files of a new observatory.

    Parameters
    ----------
    folder
        Made when it is not there; must not hold an observatory yet.
    name
        Of the observatory.

    Returns
    -------
    tuple of Path
        What was made, in order.

    Raises
    ------
    UsageError
        When `folder` already has a testigo.toml.
    StorageError
        When it cannot be written.
    """
    if (folder / FILE_NAME).exists():
        raise UsageError(
            Message("{folder} already holds an observatory.", {"folder": folder}),
            Message("Nothing was changed. Check it with: testigo check {folder}",
                    {"folder": as_argument(folder)}),
        )  # fmt: skip
    made = []
    with told_as_storage_error(folder):
        for part in ("sources", "hand"):
            (folder / part).mkdir(parents=True, exist_ok=True)
            made.append(folder / part)
        texts = {f"hand/{file}": text for file, text in HAND_TABLES.items()}
        texts |= {".gitignore": PRIVATE, FILE_NAME: manual(name)}
        for file, text in texts.items():
            if not (folder / file).exists():
                write_bytes(folder / file, text.encode("utf-8"))
                made.append(folder / file)
    return tuple(made)


def manual(name: str) -> str:
    """Write a testigo.toml that explains each of its keys in Spanish and English."""
    parts = [
        "# Testigo: este archivo dice qué se entrega y qué se hace con ello.",
        "# Testigo: this file says what is delivered and what is done with it.",
        "# Quite el # de lo que necesite. / Take away the # of what you need.",
    ]
    for section in SECTIONS:
        header = f"[[{section}]]" if SECTIONS[section] else f"[{section}]"
        parts += ["", header if section == "observatory" else f"# {header}"]
        for key in KEYS:
            if key.section == section:
                parts += _lines(key, name)
    return "\n".join(parts) + "\n"


def _lines(key: Key, name: str) -> list[str]:
    meanings = [f"# {key.name}: {key.meaning.in_language(language)}" for language in LANGUAGES]
    if key.path == "observatory.name":
        return [*meanings, f"name = {json.dumps(name, ensure_ascii=False)}"]
    if key.allowed:
        meanings.append(f"#   {' | '.join(key.allowed)}")
    return [*meanings, f"# {key.name} = {key.example}"]

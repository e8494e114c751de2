"""What the observatory says of its languages holds for everything that it publishes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from testigo.observatory import run_observatory

if TYPE_CHECKING:
    from pathlib import Path

    from testigo.core import Message


def silent(step: Message, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


def in_english_only(folder: Path) -> None:
    path = folder / "testigo.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("[areas]", 'languages = ["en"]\n\n[areas]', 1), encoding="utf-8", newline="\n"
    )


def test_the_data_package_speaks_first_the_first_language(observatory: Path) -> None:
    in_english_only(observatory)
    run_observatory(observatory, progress=silent)
    package = json.loads((observatory / "output" / "datapackage.json").read_text(encoding="utf-8"))

    assert package["languages"] == ["en"]
    assert package["title"] == "Trial"


def test_a_renamed_folder_gets_its_own_commands(observatory: Path) -> None:
    run_observatory(observatory, progress=silent)
    renamed = observatory.replace(observatory.with_name("renamed"))
    run_observatory(renamed, progress=silent)
    page = (renamed / "output" / "report" / "index.html").read_text(encoding="utf-8")

    assert "testigo explain renamed" in page
    assert "testigo explain trial" not in page

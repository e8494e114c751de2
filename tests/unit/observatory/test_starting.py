"""`testigo init` writes the manual of testigo.toml; a key that it leaves out fails here."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from testigo.core import ConfigurationError, UsageError
from testigo.observatory import CONFIGURATION_KEYS, read_configuration, start_observatory
from testigo.observatory.keys import KEYS, SECTIONS


def test_init_explains_every_key(tmp_path: Path) -> None:
    start_observatory(tmp_path / "new", name="Nuestro «observatorio»")
    text = (tmp_path / "new" / "testigo.toml").read_text(encoding="utf-8")

    assert {key for key in CONFIGURATION_KEYS if f"# {key.split('.')[1]}: " not in text} == set()
    assert tomllib.loads(text) == {"observatory": {"name": "Nuestro «observatorio»"}}


def test_the_next_command_says_what_is_missing(tmp_path: Path) -> None:
    start_observatory(tmp_path, name="x")
    with pytest.raises(ConfigurationError, match="nothing to read"):
        read_configuration(tmp_path)


def test_every_example_in_the_manual_can_be_read(tmp_path: Path) -> None:
    """All examples together, uncommented, are a testigo.toml without a mistake."""
    lines = []
    for section, repeats in SECTIONS.items():
        lines.append(f"[[{section}]]" if repeats else f"[{section}]")
        lines += [f"{key.name} = {key.example}" for key in KEYS if key.section == section]
    text = "\n".join(lines).replace('subset_of = "inegi"', 'subset_of = "police"')
    text = text.replace('["inegi", "police"]', '["police"]').replace('"inegi", "press"', '"police"')
    text = text.replace('["police", "forensic", "press", "ngo"]', '["police"]')
    text = text.replace('rates_source = "inegi"', 'rates_source = "police"')
    (tmp_path / "testigo.toml").write_text(text, encoding="utf-8")

    assert read_configuration(tmp_path).sources[0].id == "police"


def test_an_observatory_is_never_overwritten(tmp_path: Path) -> None:
    start_observatory(tmp_path, name="x")
    with pytest.raises(UsageError, match="already holds an observatory"):
        start_observatory(tmp_path, name="y")


def test_hand_made_tables_that_are_there_are_kept(tmp_path: Path) -> None:
    (tmp_path / "hand").mkdir()
    (tmp_path / "hand" / "events.csv").write_text("mine", encoding="utf-8")
    start_observatory(tmp_path, name="x")
    assert (tmp_path / "hand" / "events.csv").read_text(encoding="utf-8") == "mine"

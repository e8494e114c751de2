"""The trained model is a file that can be read, versioned and used again."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from testigo.core import InputFileError
from testigo.linkage import link_victims, read_model, simulate_lists, write_model
from testigo.linkage.training import default_model

LISTS = ("police", "forensic", "press", "ngo")


def test_a_model_comes_back_as_it_was_written(tmp_path) -> None:
    path = write_model(default_model(), tmp_path / "model.json")

    again = read_model(path)

    for name, shares in default_model().levels.items():
        assert np.allclose(again.levels[name], shares)
    assert again.pairs_per_record == default_model().pairs_per_record


def test_a_model_says_how_many_decisions_taught_it(tmp_path) -> None:
    path = write_model(replace(default_model(), decisions=12), tmp_path / "model.json")
    assert read_model(path).decisions == 12

    older = json.loads(path.read_text(encoding="utf-8"))
    del older["trained_on_decisions"]
    path.write_text(json.dumps(older), encoding="utf-8")
    assert read_model(path).decisions == 0


def test_a_model_used_again_links_as_before(tmp_path) -> None:
    lists = simulate_lists(800, seed=3)
    first = link_victims(lists, LISTS)
    path = write_model(first.model, tmp_path / "model.json")

    again = link_victims(lists, LISTS, model=read_model(path))

    assert again.links.equals(first.links)


def test_the_file_holds_no_word_of_a_record(tmp_path) -> None:
    lists = simulate_lists(300, seed=4)
    path = write_model(link_victims(lists, LISTS).model, tmp_path / "model.json")
    text = path.read_text(encoding="utf-8").lower()

    for name in set(lists["surnames"].to_pylist()) - {None}:
        assert f'"{name.lower()}"' not in text


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: "{",
        lambda content: json.dumps({"version": 1}),
        lambda content: json.dumps(content | {"version": 99}),
        lambda content: json.dumps(
            content | {"comparisons": {name: {} for name in content["comparisons"]}}
        ),
        lambda content: "[]",
    ],
    ids=["cut", "empty", "version", "no shares", "a list"],
)
def test_a_file_that_is_no_model_is_refused_in_one_sentence(tmp_path, damage) -> None:
    path = write_model(default_model(), tmp_path / "model.json")
    path.write_text(damage(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")

    with pytest.raises(InputFileError, match=r"model\.json") as caught:
        read_model(path)

    assert caught.value.hint is not None


def test_a_missing_model_is_refused(tmp_path) -> None:
    with pytest.raises(InputFileError, match="none"):
        read_model(tmp_path / "none.json")

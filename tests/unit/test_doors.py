"""What a door names is public; nothing becomes public unseen."""

from __future__ import annotations

import importlib
from inspect import isclass, isfunction, ismodule

import pytest

ROOMS = ("core", "records", "linkage", "estimation", "publication", "observatory")


@pytest.mark.parametrize("room", ROOMS)
def test_door_lists_what_is_public(room: str) -> None:
    door = importlib.import_module(f"testigo.{room}")
    names = {name for name in vars(door) if not name.startswith("_")}
    rooms_own = {name for name in names if not ismodule(getattr(door, name))}

    assert set(door.__all__) == rooms_own
    assert len(door.__all__) == len(set(door.__all__))


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_public_says_what_it_is(room: str) -> None:
    door = importlib.import_module(f"testigo.{room}")
    public = [getattr(door, name) for name in door.__all__]
    silent = [
        thing for thing in public if (isclass(thing) or isfunction(thing)) and not thing.__doc__
    ]

    assert silent == []

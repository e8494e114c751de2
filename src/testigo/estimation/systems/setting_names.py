"""What people call the settings of a sweep of assumptions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from testigo.core import Message, Number, Speaking
from testigo.estimation.systems.method_names import METHOD_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from testigo.core import Language


@dataclass(frozen=True, slots=True)
class JoinedNames:
    """Names in a row."""

    names: tuple[object, ...]
    between: str = ", "

    def in_language(self, language: Language) -> str:
        """Say them."""
        return self.between.join(
            each.in_language(language) if isinstance(each, Speaking) else str(each)
            for each in self.names
        )


def name_setting(row: Mapping[str, Any], *, named: Callable[[str], object] = str) -> Message:
    """Say in a few words what is moved in a row of `SENSITIVITY`.

    Parameters
    ----------
    row
        Its kind and setting.
    named
        What a list is called.
    """
    kind, setting = str(row["kind"]), str(row["setting"])
    if kind == "method":
        return METHOD_NAMES[setting]
    told: object = setting
    if kind in {"list_left_out", "lists_merged"}:
        told = JoinedNames(tuple(named(each) for each in setting.split("+")), " + ")
    elif kind == "highest_order":
        told = read_ratio(setting)
    return replace(_SETTINGS[kind], values={"setting": told})


def read_ratio(setting: str) -> Number:
    """Read an odds ratio, with as many decimals as it was written with."""
    return Number(float(setting), len(setting.partition(".")[2]))


_SETTINGS: Final[Mapping[str, Message]] = {
    "main": Message("the estimate"),
    "highest_order": Message("odds ratio of all lists: {setting}"),
    "list_left_out": Message("without {setting}"),
    "lists_merged": Message("{setting} as one list"),
    "classes": Message("{setting} groups of people"),
    "prior": Message("expecting up to 5 times the recorded"),
}

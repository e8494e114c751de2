"""Reading hand/claims.toml: statements of a text that the rules recompute."""

from __future__ import annotations

import difflib
import re
import tomllib
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message
from testigo.records.consistency.arithmetic import decimals_of
from testigo.records.consistency.model import (
    QUALIFIERS,
    RULE_CODES,
    Claim,
    ConsistencyRule,
    MonthSpan,
    Parameter,
    ParameterKind,
)
from testigo.records.consistency.rules import CONSISTENCY_RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

COMMON: Final = ("rule", "where", "table")  # keys of every claim
_LARGEST: Final = 10**15  # beyond it a number is a slip of the keyboard
_MOST_DECIMALS: Final = 9
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def read_claims(path: Path) -> tuple[Claim, ...]:
    """Read and check the claims of an observatory.

    Parameters
    ----------
    path
        hand/claims.toml, a list of `[[claim]]` tables with the keys rule, where, table and the
        parameters of the rule (docs/reference/consistency-rules.md).

    Returns
    -------
    tuple of Claim
        In the order of the file; numbers with the digits as written.

    Raises
    ------
    ConfigurationError
        When the file is no TOML, or a claim has an unknown rule or key, lacks a parameter, or
        gives one of the wrong type; says the file, the number of the claim and the mend.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise ConfigurationError(
            Message("{file} is not in UTF-8.", {"file": path.name}),
            Message("Save it again as UTF-8."),
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            Message("{file} is not valid TOML: {why}.", {"file": path.name, "why": error}),
            Message(
                "Texts stand between quotes, lists between [ and ], each claim below [[claim]]."
            ),
        ) from None
    surplus = sorted(document.keys() - {"claim"})
    claims = document.get("claim", [])
    if surplus or not isinstance(claims, list):
        raise ConfigurationError(
            Message(
                "{file}: {key} stands outside a claim.",
                {"file": path.name, "key": surplus[0] if surplus else "claim"},
            ),
            Message("Begin each claim with the line [[claim]], in double brackets."),
        )
    return tuple(
        _claim(_Place(path.name, number), given) for number, given in enumerate(claims, start=1)
    )


class _Place:
    """Where a claim stands, to say what is wrong with it."""

    def __init__(self, file: str, number: int) -> None:
        self.file = file
        self.number = number

    def refuse(self, what: Message, mend: Message) -> ConfigurationError:
        return ConfigurationError(
            Message(
                "{file}, claim {number}: {what}",
                {"file": self.file, "number": self.number, "what": what},
            ),
            mend,
        )


def _claim(place: _Place, given: Mapping[str, object]) -> Claim:
    rule = _rule(place, given)
    for name in ("where", "table"):
        if not isinstance(given.get(name), str) or not str(given[name]).strip():
            raise place.refuse(
                Message("{key} is missing or blank.", {"key": name}),
                Message('Write where = "place in the text" and table = "source or table".'),
            )
    _check_keys(place, given, rule)
    parameters = {
        parameter.name: _value(place, parameter, given[parameter.name])
        for parameter in rule.parameters
        if parameter.name in given
    }
    _check_lists(place, rule, parameters)
    return Claim(
        rule=rule.code,
        where=str(given["where"]).strip(),
        table=str(given["table"]).strip(),
        parameters=MappingProxyType(parameters),
    )


def _rule(place: _Place, given: Mapping[str, object]) -> ConsistencyRule:
    code = given.get("rule")
    for known in RULE_CODES:
        if code == known and CONSISTENCY_RULES[known].parameters:
            return CONSISTENCY_RULES[known]
    if code in RULE_CODES:
        raise place.refuse(
            Message("rule {rule} reads deliveries, not claims.", {"rule": code}),
            Message("Rules that read claims: {rules}.", {"rules": _listed(_claimable())}),
        )
    raise place.refuse(
        Message("rule = {given!r} is not a rule.", {"given": code}),
        Message("Rules that read claims: {rules}.", {"rules": _listed(_claimable())}),
    )


def _claimable() -> list[str]:
    return [code for code, rule in CONSISTENCY_RULES.items() if rule.parameters]


def _check_keys(place: _Place, given: Mapping[str, object], rule: ConsistencyRule) -> None:
    known = [*COMMON, *(parameter.name for parameter in rule.parameters)]
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            raise place.refuse(
                Message("{rule} has no key {key}.", {"rule": rule.code, "key": key}),
                Message("Did you mean {near}?", {"near": near[0]})
                if near
                else Message("Its keys: {keys}.", {"keys": _listed(known)}),
            )
    for parameter in rule.parameters:
        if parameter.required and parameter.name not in given:
            raise place.refuse(
                Message("{rule} needs {key}.", {"rule": rule.code, "key": parameter.name}),
                Message("{key}: {meaning}", {"key": parameter.name, "meaning": parameter.meaning}),
            )


def _check_lists(place: _Place, rule: ConsistencyRule, parameters: Mapping[str, object]) -> None:
    """Refuse lists that leave the rule without anything to count."""
    for name, value in parameters.items():
        if isinstance(value, tuple) and not value:
            raise place.refuse(
                Message("{key} is an empty list.", {"key": name}),
                Message("Write what the text lists, between [ and ]."),
            )
    lengths = {len(value) for value in parameters.values() if isinstance(value, tuple)}
    if rule.code == "C05" and not lengths:
        raise place.refuse(
            Message("C05 needs items or values."),
            Message('Write items = ["first", "second"] or values = [60, 56].'),
        )
    if rule.code in {"C05", "C23"} and len(lengths) > 1:
        raise place.refuse(
            Message("the lists {keys} are not equally long.", {"keys": _list_names(parameters)}),
            Message("Each item has one value, each count one unit."),
        )


def _list_names(parameters: Mapping[str, object]) -> str:
    return _listed(name for name, value in parameters.items() if isinstance(value, tuple))


def _value(place: _Place, parameter: Parameter, given: object) -> object:
    read = _READERS[parameter.kind]
    try:
        value = read(given)
    except (TypeError, ValueError, InvalidOperation):
        raise place.refuse(
            Message("{key} = {given} will not do.", {"key": parameter.name, "given": given}),
            _MENDS[parameter.kind],
        ) from None
    numbers = value if isinstance(value, tuple) else (value,)
    if parameter.positive and any(isinstance(one, Decimal) and one <= 0 for one in numbers):
        raise place.refuse(
            Message("{key} = {given} is not above zero.", {"key": parameter.name, "given": given}),
            Message("Write a number greater than zero."),
        )
    return value


def _number(given: object) -> Decimal:
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise TypeError
    number = Decimal(given)
    if not number.is_finite() or abs(number) > _LARGEST or decimals_of(number) > _MOST_DECIMALS:
        raise ValueError
    return Decimal(f"{number:f}")  # 1e3 is 1000, also when it is shown


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError
    return given.strip()


def _flag(given: object) -> bool:
    if not isinstance(given, bool):
        raise TypeError
    return given


def _qualifier(given: object) -> str:
    if given not in QUALIFIERS:
        raise ValueError
    return str(given)


def _month(given: object) -> MonthSpan:
    found = _MONTH.fullmatch(_text(given))
    if found is None:
        raise ValueError
    month = int(found[1]) * 12 + int(found[2]) - 1
    return MonthSpan(month, month)


def _months(given: object) -> MonthSpan:
    parts = _text(given).split("/")
    first, last = _month(parts[0]), _month(parts[-1])
    if len(parts) > 2 or last.last < first.first:  # noqa: PLR2004  # first/last
        raise ValueError
    return MonthSpan(first.first, last.last)


def _several(read: Callable[[object], object]) -> Callable[[object], tuple[object, ...]]:
    def read_all(given: object) -> tuple[object, ...]:
        if not isinstance(given, list):
            raise TypeError
        return tuple(read(one) for one in given)

    return read_all


_READERS: Final[Mapping[ParameterKind, Callable[[object], object]]] = {
    "number": _number,
    "numbers": _several(_number),
    "text": _text,
    "texts": _several(_text),
    "month": _month,
    "months": _months,
    "flag": _flag,
    "qualifier": _qualifier,
}
_MENDS: Final[Mapping[ParameterKind, Message]] = {
    "number": Message("Write a number without quotes or thousands mark, for instance 21046."),
    "numbers": Message("Write a list of numbers, for instance [300, 320, 50]."),
    "text": Message("Write a text between quotes."),
    "texts": Message('Write a list of texts, for instance ["police", "forensic"].'),
    "month": Message('Write a month between quotes, for instance "2012-03".'),
    "months": Message('Write first and last month between quotes, for instance "2012-01/2012-08".'),
    "flag": Message("Write true or false, without quotes."),
    "qualifier": Message("Write one of: {qualifiers}.", {"qualifiers": ", ".join(QUALIFIERS)}),
}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)

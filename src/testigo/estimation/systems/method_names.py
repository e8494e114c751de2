"""What people call the methods."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

METHOD_NAMES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "latent-class": Message("latent class model"),
        "graphs": Message("decomposable graphs averaged"),
        "log-linear": Message("best log-linear model"),
        "sparse": Message("sparse log-linear model"),
        "lower-bound": Message("lower bound"),
        "independence": Message("independent lists"),
        "envelope": Message("range of the models compared"),
    }
)

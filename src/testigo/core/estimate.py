"""A number that is not known exactly: its draws, or a point with an interval, and its verdict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from testigo.core.errors import UncertainOrderError, UsageError
from testigo.core.messages import Message
from testigo.core.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import xarray
    from numpy.typing import ArrayLike, NDArray

DRAW = "draw"


@dataclass(frozen=True, slots=True)
class Bounds:
    """A point and an interval from a formula, where there are no draws.

    Attributes
    ----------
    point, low, high
        In the unit of the estimate.
    level
        Coverage of [low, high], between 0 and 1.
    """

    point: float
    low: float
    high: float
    level: float


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """How many, and how sure.

    Two estimates have no order, because their draws overlap: comparing them is refused. Sums and
    differences go draw by draw, never by interval ends.

    Attributes
    ----------
    draws
        Dimensions are the strata, then `draw`; None where a formula gave `bounds`.
    unit
        What is counted (`victims`).
    method
        Stable name of the method (`latent-class`).
    verdict
        Whether it may be published, and why.
    bounds
        None where there are draws.

    Examples
    --------
    >>> Estimate.from_draws([4, 5, 6, 7, 8], unit="victims", method="by hand").median
    6.0
    """

    draws: xarray.DataArray | None
    unit: str
    method: str
    verdict: Verdict = field(default_factory=Verdict)
    bounds: Bounds | None = None

    @classmethod
    def from_draws(
        cls, draws: ArrayLike, *, unit: str, method: str, verdict: Verdict | None = None
    ) -> Estimate:
        """Make an estimate of draws of shape (draw,)."""
        import numpy as np
        import xarray as xr

        values = np.asarray(draws, dtype=np.float64)
        if values.ndim != 1 or not values.size or not np.isfinite(values).all():
            raise UsageError(Message("An estimate needs finite draws in one dimension."))
        return cls(xr.DataArray(values, dims=(DRAW,)), unit, method, verdict or Verdict())

    @classmethod
    def from_bounds(
        cls, bounds: Bounds, *, unit: str, method: str, verdict: Verdict | None = None
    ) -> Estimate:
        """Make an estimate of a point and an interval."""
        return cls(None, unit, method, verdict or Verdict(), bounds)

    @property
    def median(self) -> float:
        """The middle draw of the sum over strata, or the point."""
        if self.bounds is not None:
            return self.bounds.point
        import numpy as np

        return float(np.median(self.total()))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return the central interval of the sum over strata.

        Raises
        ------
        UsageError
            For another level than the one of the bounds, where there are no draws.
        """
        if self.bounds is not None:
            if level != self.bounds.level:
                raise UsageError(
                    Message("This method gives its interval at one level only."),
                    Message("Ask for it with the level when you estimate."),
                )
            return self.bounds.low, self.bounds.high
        import numpy as np

        low, high = np.quantile(self.total(), [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)

    def probability(self, predicate: Callable[[NDArray[np.float64]], NDArray[np.bool_]]) -> float:
        """Return the share of draws of which `predicate` holds."""
        import numpy as np

        return float(np.mean(predicate(self.total())))

    def total(self) -> NDArray[np.float64]:
        """Return the draws summed over strata, shape (draw,)."""
        import numpy as np

        draws = self._needed()
        strata = [name for name in draws.dims if name != DRAW]
        return np.asarray(draws.sum(strata) if strata else draws, dtype=np.float64)

    def __add__(self, other: Estimate) -> Estimate:
        return self._joined(other, 1)

    def __sub__(self, other: Estimate) -> Estimate:
        return self._joined(other, -1)

    def __lt__(self, other: object) -> NoReturn:
        raise UncertainOrderError(
            Message("Two estimates have no order, because their draws overlap."),
            Message(
                "To ask how sure it is that b exceeds a: (b - a).probability(lambda x: x > 0). "
                "To sort a table, use .median."
            ),
        )

    __le__ = __gt__ = __ge__ = __lt__

    def _joined(self, other: Estimate, sign: int) -> Estimate:
        if self.unit != other.unit:
            raise UsageError(
                Message(
                    "{first} and {second} cannot be added.",
                    {"first": self.unit, "second": other.unit},
                ),
                Message("Convert one of the two first."),
            )
        mine, theirs = self.total(), other.total()
        size = min(len(mine), len(theirs))
        reasons = (*self.verdict.reasons, *other.verdict.reasons)
        return Estimate.from_draws(
            mine[:size] + sign * theirs[:size],
            unit=self.unit,
            method=self.method,
            verdict=Verdict(reasons),
        )

    def _needed(self) -> xarray.DataArray:
        if self.draws is None:
            raise UsageError(
                Message("The method {method} gives no draws.", {"method": self.method}),
                Message("Use latent-class or graphs."),
            )
        return self.draws

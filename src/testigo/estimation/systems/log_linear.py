"""Hierarchical log-linear models of the overlaps: fit, standard error, and the best by BIC.

Cells are Poisson; the cell of the unseen is left out and then foretold (Fienberg 1972, Biometrika
59, 591-603; Rivest and Baillargeon 2007, Biometrics 63, 999-1006). A model is written by its
largest terms: `("123", "14", "34")`, lists numbered from 1; beyond nine lists with dots between.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

MOST_LISTS_FOR_ALL: Final = 5  # thousands of models at five lists, millions at six
FITTED_TWICE: Final = 1e-9
MOST_STEPS: Final = 100
LARGEST_TERM: Final = 15.0  # an odds ratio beyond exp(15) has run to infinity
Term = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LogLinearFit:
    """One log-linear model.

    Attributes
    ----------
    terms
        Its largest terms, lists numbered from 1.
    observed
        n.
    total
        Estimate of N; the observed plus the foretold unseen.
    standard_error
        Of `total`, delta method, conditional on the model (Sandland and Cormack 1984).
    low, high
        Log-normal interval of the unseen (Chao 1987), at `level`.
    level
        Coverage, between 0 and 1.
    bic
        -2 log likelihood + parameters x log n; the smallest is best.
    converged
        False when a coefficient ran to infinity or the algorithm did not settle.
    """

    terms: tuple[str, ...]
    observed: int
    total: float
    standard_error: float
    low: float
    high: float
    level: float
    bic: float
    converged: bool


def log_linear(
    histories: CaptureHistories, terms: Sequence[str] | None = None, *, level: float = 0.95
) -> LogLinearFit:
    """Fit one hierarchical model; independence of all lists when `terms` is not given.

    Raises
    ------
    UsageError
        For a term that names a list that is not there, or the term of all lists, under which the
        data say nothing of the unseen.
    """
    lists = len(histories.lists)
    wanted = [_read_term(text, lists) for text in terms or ()]
    if any(len(term) == lists for term in wanted):
        raise UsageError(
            Message("Under the model with the term of all lists the unseen can be any number."),
            Message("Leave that term out."),
        )
    generators = _largest([*wanted, *((j,) for j in range(lists))])
    return _fit(histories, _all_patterns(lists), generators, level)


def fit_hierarchical(
    histories: CaptureHistories, *, level: float = 0.95
) -> tuple[LogLinearFit, ...]:
    """Fit every hierarchical model that keeps the term of each list; the best by BIC first.

    Models of which a coefficient runs to infinity come last.

    Raises
    ------
    UsageError
        For more than five lists.
    """
    lists = len(histories.lists)
    if lists > MOST_LISTS_FOR_ALL:
        raise UsageError(
            Message(
                "All hierarchical models are tried for up to {most} lists; there are {lists}.",
                {"most": MOST_LISTS_FOR_ALL, "lists": lists},
            ),
            Message("Use --method sparse, or leave lists out."),
        )
    table = _all_patterns(lists)
    fits = [_fit(histories, table, model, level) for model in hierarchical_models(lists)]
    return tuple(sorted(fits, key=lambda fit: (not fit.converged, fit.bic)))


def hierarchical_models(lists: int) -> Iterator[tuple[Term, ...]]:
    """Give the largest terms of every hierarchical model without the term of all lists.

    Examples
    --------
    >>> [sum(1 for _ in hierarchical_models(lists)) for lists in (3, 4)]
    [8, 113]
    """

    def grow(order: int, present: frozenset[Term]) -> Iterator[frozenset[Term]]:
        if order == lists:
            yield present
            return
        allowed = [
            term
            for term in combinations(range(lists), order)
            if all(part in present for part in combinations(term, order - 1))
        ]
        for many in range(len(allowed) + 1):
            for chosen in combinations(allowed, many):
                if chosen:
                    yield from grow(order + 1, present | frozenset(chosen))
                else:
                    yield present

    for terms in grow(2, frozenset((j,) for j in range(lists))):
        yield _largest(terms)


def _largest(terms: Sequence[Term] | frozenset[Term]) -> tuple[Term, ...]:
    distinct = {tuple(sorted(term)) for term in terms}
    top = [one for one in distinct if not any(set(one) < set(other) for other in distinct)]
    return tuple(sorted(top, key=lambda term: (-len(term), term)))


def _all_patterns(lists: int) -> NDArray[np.int64]:
    numbers = np.arange(1, 2**lists)[:, None]
    return (numbers >> np.arange(lists)[::-1]) & 1


def _fit(
    histories: CaptureHistories, table: NDArray[np.int64], generators: tuple[Term, ...],
    level: float,
) -> LogLinearFit:  # fmt: skip
    counts = histories.cells()[1:].astype(np.float64)
    terms = sorted(
        {part for term in generators for size in range(1, len(term) + 1)
         for part in combinations(term, size)}
    )  # fmt: skip
    design = np.column_stack(
        [np.ones(len(table)), *(table[:, list(term)].all(axis=1) for term in terms)]
    ).astype(np.float64)
    found = fit_poisson(design, counts)
    return summarise(histories.observed, found, counts, _written(generators), level)


@dataclass(frozen=True, slots=True)
class PoissonFit:
    """Coefficients (intercept first), fitted means, and the covariance of the coefficients."""

    coefficients: NDArray[np.float64]
    means: NDArray[np.float64]
    covariance: NDArray[np.float64]
    converged: bool


def fit_poisson(design: NDArray[np.float64], counts: NDArray[np.float64]) -> PoissonFit:
    """Fit a Poisson log-linear model by iterated weighted least squares.

    Parameters
    ----------
    design
        Shape (cell, coefficient), first column ones.
    counts
        Shape (cell,).
    """
    means = counts + 0.5
    deviance = np.inf
    converged = False
    for _ in range(MOST_STEPS):
        working = np.log(means) + (counts - means) / means
        coefficients = _solve_weighted(design, means, working)
        means = np.exp(np.clip(design @ coefficients, -50.0, 50.0))
        logs = np.log(np.where(counts > 0, counts, 1.0) / means)
        new = 2.0 * float((np.where(counts > 0, counts * logs, 0.0) - counts + means).sum())
        if abs(new - deviance) < FITTED_TWICE * (abs(new) + 0.1):
            converged = True
            break
        deviance = new
    information = (design * means[:, None]).T @ design
    covariance = np.asarray(np.linalg.pinv(information, hermitian=True), dtype=np.float64)
    settled = converged and bool(np.abs(coefficients[1:]).max(initial=0.0) < LARGEST_TERM)
    return PoissonFit(coefficients, means, covariance, settled)


def _solve_weighted(
    design: NDArray[np.float64], weights: NDArray[np.float64], target: NDArray[np.float64]
) -> NDArray[np.float64]:
    weighted = design * weights[:, None]
    left, right = weighted.T @ design, weighted.T @ target
    try:
        return np.asarray(np.linalg.solve(left, right), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(left, right)[0], dtype=np.float64)


def summarise(
    observed: int, found: PoissonFit, counts: NDArray[np.float64], terms: tuple[str, ...],
    level: float, *, mean_only: bool = False,
) -> LogLinearFit:  # fmt: skip
    """Turn a Poisson fit into an estimate of N with its interval.

    With `mean_only` the interval is of the unseen cell's mean, without its own Poisson noise.
    """
    from scipy.special import gammaln, ndtri

    unseen = float(np.exp(min(found.coefficients[0], 50.0)))
    error = float(np.sqrt(unseen + unseen**2 * max(found.covariance[0, 0], 0.0)))
    relative = np.sqrt(np.log1p((error / max(unseen, 1e-9)) ** 2))
    if mean_only:
        relative = np.sqrt(max(found.covariance[0, 0], 0.0))
    spread = np.exp(ndtri((1 + level) / 2) * relative)
    likelihood = float((counts * np.log(found.means) - found.means - gammaln(counts + 1)).sum())
    return LogLinearFit(
        terms=terms,
        observed=observed,
        total=observed + unseen,
        standard_error=error,
        low=observed + unseen / float(spread),
        high=observed + unseen * float(spread),
        level=level,
        bic=float(-2.0 * likelihood + len(found.coefficients) * np.log(observed)),
        converged=found.converged,
    )


def _written(generators: tuple[Term, ...]) -> tuple[str, ...]:
    mark = "." if any(max(term) > 8 for term in generators) else ""  # noqa: PLR2004
    return tuple(mark.join(str(j + 1) for j in term) for term in generators)


def _read_term(text: str, lists: int) -> Term:
    parts = text.split(".") if "." in text else list(text)
    numbers = [int(part) - 1 if part.isdigit() else -1 for part in parts]
    if not parts or any(not 0 <= number < lists for number in numbers):
        raise UsageError(
            Message(
                "{given} is not a term of {lists} lists.", {"given": repr(text), "lists": lists}
            ),
            Message("Write the numbers of the lists, for instance 12 for the first two."),
        )
    return tuple(sorted(set(numbers)))

"""What the methods answer when lists copy from each other: the table of lists-that-copy.md.

    python tools/simulate_copied_lists.py

5,000 people. List A finds each with probability 0.25, B and C with 0.15 by their own work. Then B
copies a share of A's names, and C as large a share of the names of A and B together. For each share
40 tables are drawn (seed 20261121); printed are the median of the answers and how often the 95 %
interval held 5,000. The latent class model answers once, on the table that is expected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.estimation import CaptureHistories, estimate_total

if TYPE_CHECKING:
    from numpy.typing import NDArray

PEOPLE = 5_000
FOUND = (0.25, 0.15, 0.15)
SHARES = (0.0, 0.1, 0.25, 0.5, 0.75)
TABLES = 40
SEED = 20_261_121
FAST = ("independence", "log-linear", "graphs", "sparse", "lower-bound")
LISTS = ("A", "B", "C")
PATTERNS = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)][1:])


def expect(share: float) -> NDArray[np.float64]:
    """Probability of each of the seven patterns, shape (7,)."""
    chances = []
    for a, b, c in PATTERNS:
        of_a = FOUND[0] if a else 1 - FOUND[0]
        finds_b = FOUND[1] + (1 - FOUND[1]) * share * a
        finds_c = FOUND[2] + (1 - FOUND[2]) * share * (a or b)
        chances.append(of_a * (finds_b if b else 1 - finds_b) * (finds_c if c else 1 - finds_c))
    return np.array(chances)


def without_third_order(counts: NDArray[np.float64]) -> float:
    """Return the people on no list if all three lists together depend on each other no further."""
    cell = dict(zip(map(tuple, PATTERNS.tolist()), counts, strict=True))
    single = cell[1, 0, 0] * cell[0, 1, 0] * cell[0, 0, 1]
    return float(cell[1, 1, 1] * single / (cell[1, 1, 0] * cell[1, 0, 1] * cell[0, 1, 1]))


def measure(share: float, rng: np.random.Generator) -> dict[str, tuple[float, float]]:
    """Median answer and share of intervals that hold the truth, by method."""
    answers: dict[str, list[tuple[float, bool]]] = {method: [] for method in FAST}
    for _ in range(TABLES):
        chances = expect(share)
        counts = rng.multinomial(PEOPLE, [*chances, 1 - chances.sum()])[:-1]
        table = CaptureHistories.of(LISTS, PATTERNS, counts)
        for method in FAST:
            found = estimate_total(table, seed=1, method=method)  # type: ignore[arg-type]
            low, high = found.interval()
            answers[method].append((found.median, low <= PEOPLE <= high))
    return {
        method: (float(np.median([m for m, _ in each])), float(np.mean([h for _, h in each])))
        for method, each in answers.items()
    }


def main() -> None:
    """Print the table of the page."""
    print(f"| copied | on a list | same table, other truth | {' | '.join(FAST)} | latent class |")
    print("| ---: |" + " ---: |" * (len(FAST) + 3))
    rng = np.random.default_rng(SEED)
    for share in SHARES:
        counts = np.round(PEOPLE * expect(share))
        table = CaptureHistories.of(LISTS, PATTERNS, counts)
        found = estimate_total(table, seed=1)
        low, high = found.interval()
        reasons = " ".join(reason.code for reason in found.verdict.reasons)
        told = [f"{median:,.0f} ({held:.0%})" for median, held in measure(share, rng).values()]
        latent = f"{found.median:,.0f} [{low:,.0f}, {high:,.0f}] {found.verdict.status} {reasons}"
        everybody = counts.sum() + without_third_order(counts)
        cells = [f"{share:.0%}", f"{counts.sum():,.0f}", f"{everybody:,.0f}", *told, latent]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

"""Are the draws of the latent class model from its posterior: measured on tables from its prior.

Simulation-based calibration (Talts, Betancourt, Simpson, Vehtari and Gelman 2018,
arXiv:1804.06788). Classes, capture probabilities and N are drawn from the prior (N with density
1/N from 100 to 5,000), then the table. Given the table the true N is one more draw of the
posterior within these ends, so its rank among the draws is uniform: a bowl says that intervals are
too narrow, a hill too wide, a slope that they lie to one side. Tables are used when they show 50
people or more, which looks at the table only and keeps ranks uniform. The plain Gibbs sampler
answers the same tables, and the two sets of draws are compared. From the root of the repository:

    python tools/calibrate_sampler.py fit FILE.jsonl [TABLES_OF_EACH [EARLIER.jsonl]]
    python tools/calibrate_sampler.py page FILE.jsonl

`fit` adds to the file, so that a stopped run goes on; a table takes some five seconds. What the
plain Gibbs sampler drew is taken from a file of an earlier edition, where one is given: it stays.
"""

# ruff: noqa: PLR2004  # numbers of made populations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from testigo.estimation import CaptureHistories, fit_latent_class
from testigo.estimation.systems.diagnostics import effective_draws
from testigo.estimation.systems.gibbs import MOST_TIMES, sample_gibbs

SEED = 20_261_123
LISTS = (3, 4, 6)
FEWEST, MOST = 100, 5_000
LEAST_SEEN = 50
LEAST_INSIDE = 100  # draws within the ends, to rank among
TABLES = 200
BLOCKS = 12  # patience, of 30 by default: what is not done by then is seen from its R-hat
LEVELS = (0.5, 0.8, 0.95)
BINS = 10
PLAIN = 500  # draws of the plain sampler that are kept, at even ranks
SAMPLERS = {"smc": "replicates (the default)", "gibbs": "plain Gibbs, one chain"}
DOCS = Path(__file__).resolve().parent.parent / "docs"
TEMPLATE = Path(__file__).with_name("calibrate_sampler_page.md")
PAGE = DOCS / "explanation" / "sampler-calibration.md"
PICTURE = DOCS / "images" / "rank-histograms.svg"
Row = dict[str, Any]


def classes_for(lists: int) -> int:
    """K, as `fit_latent_class` takes it when not told."""
    return min(2**lists - 1, 10)


def draw_table(rng: np.random.Generator, lists: int) -> tuple[CaptureHistories | None, int]:
    """Draw everything from the prior: the table, None when it shows too few, and N."""
    people = int(np.exp(rng.uniform(np.log(FEWEST), np.log(MOST + 1))))
    alpha = max(rng.gamma(0.25, 4.0), 1e-12)
    sticks = np.r_[rng.beta(1.0, alpha, classes_for(lists) - 1), 1.0]
    weights = sticks * np.r_[1.0, np.cumprod(1.0 - sticks[:-1])]
    chance = rng.random((len(weights), lists))
    held = rng.random((people, lists)) < chance[rng.choice(len(weights), people, p=weights)]
    seen = held[held.any(axis=1)].astype(np.int64)
    if len(seen) < LEAST_SEEN:
        return None, people
    names = [f"list {place + 1}" for place in range(lists)]
    return CaptureHistories.of(names, seen, np.ones(len(seen))), people


def cases(many: int) -> Iterator[tuple[int, int, CaptureHistories, int]]:
    """Give lists, number, table and N of each table that shows enough."""
    for number in range(many):
        for lists in LISTS:
            rng = np.random.default_rng([SEED, lists, number])
            table, people = draw_table(rng, lists)
            while table is None:
                table, people = draw_table(rng, lists)
            yield lists, number, table, people


def answer(
    lists: int, number: int, table: CaptureHistories, people: int, earlier: Row | None
) -> Row:
    """Let both samplers answer one table, the plain one if an earlier edition did not."""
    rng = np.random.default_rng([SEED, lists, number, 1])
    begun = time.process_time()
    fit = fit_latent_class(table, seed=number, most_blocks=BLOCKS)
    seconds = time.process_time() - begun
    plain = earlier["plain"] if earlier else run_plain(table, number, classes_for(lists))
    end = min(MOST, (1 + MOST_TIMES) * table.observed)  # the plain sampler's own end
    draws = {"smc": fit.draws.ravel(), "gibbs": np.array(plain["draws"], float)}
    worth = {"smc": min(fit.effective, fit.draws.size), "gibbs": plain["worth"]}
    return {
        "lists": lists, "number": number, "people": people, "observed": table.observed,
        "r_hat": fit.r_hat, "effective": worth, "seconds": seconds,
        "smc": judge(draws["smc"], people, MOST, rng),
        "gibbs": judge(draws["gibbs"], people, end, rng) if people <= end else None,
        "same": compare(draws, worth, end), "plain": plain,
    }  # fmt: skip


def run_plain(table: CaptureHistories, seed: int, classes: int) -> Row:
    """Run the plain Gibbs sampler; keep draws at even ranks, and how many they are worth."""
    drawn = sample_gibbs(table, seed=seed, classes=classes, samples=2_000, thinning=20)
    chain = np.log(drawn - table.observed + 0.5)
    places = ((np.arange(PLAIN) + 0.5) * len(drawn) / PLAIN).astype(int)
    kept = [int(each) for each in np.sort(drawn)[places]]
    return {"draws": kept, "worth": effective_draws(chain[None, None, :])}


def judge(draws: NDArray[np.float64], people: int, end: int, rng: np.random.Generator) -> Row:
    """Rank the truth among the draws within the ends, and say which intervals hold it."""
    inside = draws[(draws >= FEWEST) & (draws <= end)]
    if len(inside) < LEAST_INSIDE:
        return {"inside": len(inside)}
    ties = rng.random()  # whole numbers tie; a rank by chance among ties keeps it uniform
    rank = np.mean(inside < people) + ties * np.mean(inside == people)
    held = [bool((1 - level) / 2 <= rank <= (1 + level) / 2) for level in LEVELS]
    return {"inside": len(inside), "rank": float(rank), "held": held}


def compare(draws: dict[str, NDArray[np.float64]], worth: dict[str, float], end: int) -> Row | None:
    """Kolmogorov and Smirnov's two-sample test, with as many draws as these are worth."""
    inside = {each: drawn[drawn <= end] for each, drawn in draws.items()}
    if min(map(len, inside.values())) < LEAST_INSIDE:
        return None
    one, two = (worth[each] * len(inside[each]) / len(draws[each]) for each in draws)
    distance = float(stats.ks_2samp(inside["smc"], inside["gibbs"]).statistic)
    root = np.sqrt(one * two / (one + two))
    return {"distance": distance, "p": float(stats.kstwobign.sf(distance * root))}


def fit_all(path: Path, many: int, earlier: list[Row]) -> None:
    """Answer what the file does not have yet."""
    done = {(row["lists"], row["number"]) for row in read(path)} if path.exists() else set()
    known = {(row["lists"], row["number"]): row for row in earlier}
    with path.open("a", encoding="utf-8", newline="\n") as stream:
        for case in cases(many):
            if case[:2] not in done:
                stream.write(json.dumps(answer(*case, known.get(case[:2]))) + "\n")
                stream.flush()


def read(path: Path) -> list[Row]:
    """Rows of the file of answers."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def page(rows: list[Row]) -> str:
    """Write what was found as Markdown."""
    sets = {f"{lists} lists": [row for row in rows if row["lists"] == lists] for lists in LISTS}
    sets["**all**"] = rows
    agreed = {"R-hat at most 1.01": [row for row in rows if row["r_hat"] <= 1.01],
              "R-hat above": [row for row in rows if row["r_hat"] > 1.01]}  # fmt: skip
    head = ["tables", "ranked", "chi-square p", *(f"{level:.0%} intervals" for level in LEVELS)]
    tested = [row for row in rows if row["same"]]
    return TEMPLATE.read_text(encoding="utf-8").format(
        tables=len(rows),
        each=len(rows) // len(LISTS),
        blocks=BLOCKS,
        seconds=f"{np.mean([row['seconds'] for row in rows]):.1f}",
        slowest=f"{max(row['seconds'] for row in rows):.0f}",
        agreed=f"{len(agreed['R-hat at most 1.01'])} of {len(rows)}",
        default=table_of(head, [line(*one, "smc") for one in (sets | agreed).items()]),
        plain=table_of(head, [line(*one, "gibbs") for one in sets.items()]),
        same=table_of(
            ["tables", "compared", "p below 0.05", "p below 0.001", "distance, median and largest"],
            [line_of_test(*one) for one in (sets | agreed).items()],
        ),
        expected=f"{0.05 * len(tested):.0f}",
    )


def line(name: str, rows: list[Row], sampler: str) -> list[str]:
    """Tell the ranks of one set of tables."""
    judged = [row[sampler] for row in rows if row[sampler] and "rank" in row[sampler]]
    if not judged:
        return [name, "0", *["–"] * (1 + len(LEVELS))]
    counts, _ = np.histogram([each["rank"] for each in judged], BINS, (0, 1))
    held = np.sum([each["held"] for each in judged], axis=0)
    return [name, str(len(judged)), f"{stats.chisquare(counts).pvalue:.2f}",
            *(told(int(many), len(judged)) for many in held)]  # fmt: skip


def told(many: int, whole: int) -> str:
    """Write a share with its exact 95 % interval."""
    low, high = stats.binomtest(many, whole).proportion_ci(0.95)
    return f"{many / whole:.1%} ({low:.0%} to {high:.0%})"


def line_of_test(name: str, rows: list[Row]) -> list[str]:
    """Tell the two-sample tests of one set of tables."""
    found = [row["same"] for row in rows if row["same"]]
    if not found:
        return [name, "0", "–", "–", "–"]
    p, distance = (np.array([each[what] for each in found]) for what in ("p", "distance"))
    return [name, str(len(found)), f"{np.sum(p < 0.05)} ({np.mean(p < 0.05):.0%})",
            str(np.sum(p < 0.001)), f"{np.median(distance):.3f}, {distance.max():.3f}"]  # fmt: skip


def table_of(head: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def picture(rows: list[Row]) -> str:
    """Draw the ranks as bars, with the band that 99 of 100 bars of uniform ranks stay in."""
    wide, high, parts = 250, 130, []
    for across, (sampler, name) in enumerate(SAMPLERS.items()):
        for down, lists in enumerate([*([each] for each in LISTS), LISTS]):
            ranks = [row[sampler]["rank"] for row in rows if row["lists"] in lists
                     and row[sampler] and "rank" in row[sampler]]  # fmt: skip
            title = f"{', '.join(map(str, lists))} lists, {name}"
            parts.append(panel(ranks, title, across * wide + 10, down * high + 10))
    size = f"{2 * wide + 10} {(len(LISTS) + 1) * high + 10}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" font-family="sans-serif" '
        f'font-size="11" role="img">\n<title>Ranks of the true N among the draws</title>\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{"".join(parts)}</svg>\n'
    )


def panel(ranks: list[float], title: str, left: int, top: int) -> str:
    """Draw one histogram, 230 by 90 under its title."""
    counts, _ = np.histogram(ranks, BINS, (0, 1))
    low, high = stats.binom.interval(0.99, len(ranks), 1 / BINS)
    scale = 90 / max(2.5 * len(ranks) / BINS, counts.max(), 1)
    floor, each = top + 108, 230 / BINS
    bars = "".join(
        f'<rect x="{left + place * each + 0.5:.1f}" y="{floor - count * scale:.1f}" '
        f'width="{each - 1:.1f}" height="{count * scale:.1f}" fill="#3b6ea5"/>\n'
        for place, count in enumerate(counts)
    )
    return (
        f'<text x="{left}" y="{top + 10}">{title}: {len(ranks)} tables</text>\n'
        f'<rect x="{left}" y="{floor - high * scale:.1f}" width="230" '
        f'height="{(high - low) * scale:.1f}" fill="#ddd"/>\n{bars}'
    )


if __name__ == "__main__":
    if sys.argv[1] == "fit":
        many = int(sys.argv[3]) if len(sys.argv) > 3 else TABLES
        fit_all(Path(sys.argv[2]), many, read(Path(sys.argv[4])) if len(sys.argv) > 4 else [])
    else:
        found = read(Path(sys.argv[2]))
        PAGE.write_text(page(found), encoding="utf-8", newline="\n")
        PICTURE.write_text(picture(found), encoding="utf-8", newline="\n")

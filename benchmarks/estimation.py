"""CPU seconds to a trusted estimate: four replicates that agree, 1,000 effective draws.

The peer is LCMCR 0.4.14 on the machine of the shared study: CPU seconds for the same number of
draws of one chain, without any check that chains agree. It is not run here.

The strata alone, a thousand or some other number:

    python benchmarks/estimation.py [STRATA]
"""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "mse"
TABLES = (  # table, classes, bound, seconds of LCMCR
    ("kosovo_1999", 10, 15, 8),
    ("uk_slavery_2013_5lists", 10, 15, 7),
    ("synthetic_large_500k", 10, 30, 30),
    ("co_recruit_men_1999_R1", 15, 60, 200),
    ("scot_pwid_2006", 10, 15, None),
    ("australia_slavery", 10, 3, None),  # 414 people on four lists, as a stratum may have
)
CODE = """
import csv, sys, time
import numpy as np
from testigo.estimation import CaptureHistories
from testigo.estimation.systems import latent_class
bring, warm = latent_class.bring_to_data, []
def bring_and_look(*arguments):
    found = bring(*arguments)
    warm.append(time.process_time())
    return found
latent_class.bring_to_data = bring_and_look
with open(sys.argv[1], encoding="utf-8", newline="") as stream:
    header, *rows = list(csv.reader(stream))
cells = np.array(rows, dtype=int)
table = CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])
fit = latent_class.fit_latent_class(table, seed=1, classes=int(sys.argv[2]))
end = time.process_time()
print(end, fit.r_hat, fit.effective, np.median(fit.draws), fit.effective / (end - warm[-1]))
"""
# 30 to 500 people of two classes on four lists, as strata of real work have them.
STRATA = """
import sys, time
import numpy as np
from testigo.estimation import CaptureHistories, LinkedHistories, estimate_strata
def make(number):
    rng = np.random.default_rng([77, number])
    people = int(rng.uniform(30, 500))
    chance = np.stack([rng.uniform(0.2, 0.6, 4), rng.uniform(0.1, 0.4, 4)])
    held = rng.random((people, 4)) < chance[(rng.random(people) < 0.6).astype(int)]
    held = held[held.any(axis=1)].astype(int)
    return LinkedHistories(CaptureHistories.of(
        "abcd", held, np.ones(len(held)), stratum=[("area", str(number))]))
strata = [make(number) for number in range(*map(int, sys.argv[1:]))]
found = estimate_strata(strata, seed=1, workers=2)
answered = [high is not None for high in found.table["high"].to_pylist()][-len(strata):]
print(time.process_time(), sum(answered))
"""
MANY, ALONE = 1_000, 20  # strata in one call; so many of them in a process of their own
BOTH_CORES = 1.5  # CPU seconds in a second of the clock, at least


def measure() -> list[dict[str, object]]:
    """Estimate each table in a process of its own; start-up counts, compilation does not."""
    if not DATA.is_dir():
        return []
    estimate("snowshoe_hare", 2)  # compiles once and keeps it on disk
    return [*(line(*each) for each in TABLES), *compare_strata()]


def compare_strata(many: int = MANY) -> list[dict[str, object]]:
    """Measure many strata in one call against as many times one, each in a process of its own."""
    time_strata(0, 1)  # compiles once and keeps it on disk
    cpu, wall, answered = time_strata(0, many)
    alone = [time_strata(first, first + 1) for first in range(0, many, -(-many // ALONE))]
    one_cpu, one_wall, _ = (many * sum(each) / len(alone) for each in zip(*alone, strict=True))
    what = f"{many:,} strata of 30 to 500 people on four lists in one call, {answered:,} answered"
    peer = f"{many:,} times the mean of {len(alone)} strata, each in its own process"
    return [
        {
            "what": f"{what}: CPU seconds",
            "seconds": cpu,
            "peer": peer,
            "peer_seconds": one_cpu,
            "ratio": cpu / one_cpu,
            "bound": f"< {many:,} times one, CPU",
            "met": cpu < one_cpu,
        },
        {
            "what": f"the same: seconds by the clock, {cpu / wall:.2f} CPU seconds in each",
            "seconds": wall,
            "peer": peer,
            "peer_seconds": one_wall,
            "ratio": wall / one_wall,
            "bound": f"both cores: >= {BOTH_CORES} CPU seconds a second",
            "met": cpu / wall >= BOTH_CORES,
        },
    ]


def time_strata(first: int, end: int) -> tuple[float, float, int]:
    """Return CPU seconds and seconds by the clock, start included, and strata with an answer."""
    command = [sys.executable, "-c", STRATA, str(first), str(end)]
    begun = time.perf_counter()
    ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    wall = time.perf_counter() - begun
    cpu, answered = ran.stdout.split()
    return float(cpu), wall, int(answered)


def line(name: str, classes: int, bound: float, peer: float | None) -> dict[str, object]:
    """Measure one table."""
    seconds, r_hat, effective, median, rate = estimate(name, classes)
    trusted = r_hat <= 1.01 and effective >= 1_000
    return {
        "what": f"{name}: N = {median:,.0f}, R-hat {r_hat:.3f}, {effective:,.0f} effective draws, "
        f"{rate:,.0f} a second once warm",
        "seconds": seconds,
        "peer": "LCMCR, one chain (measured elsewhere)" if peer else None,
        "peer_seconds": peer,
        "ratio": seconds / peer if peer else None,
        "bound": f"< {bound} s CPU, trusted",
        "met": trusted and seconds < bound,
    }


def estimate(name: str, classes: int) -> tuple[float, float, float, float, float]:
    """Return CPU seconds, R-hat, effective draws, median, and draws a second once warm."""
    path = DATA / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        if next(csv.reader(stream))[-1] != "count":
            raise ValueError(name)
    command = [sys.executable, "-c", CODE, str(path), str(classes)]
    ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    seconds, r_hat, effective, median, rate = (float(word) for word in ran.stdout.split())
    return seconds, r_hat, effective, median, rate


if __name__ == "__main__":
    from run import table

    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # as run.py has it
    print("\n".join(table(compare_strata(*map(int, sys.argv[1:2])))))

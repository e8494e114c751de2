"""CPU seconds to a trusted estimate: four replicates that agree, 1,000 effective draws.

The peer is LCMCR 0.4.14 on the machine of the shared study: CPU seconds for the same number of
draws of one chain, without any check that chains agree. It is not run here.
"""

import csv
import subprocess
import sys
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
# 250 to 1,300 people of two classes on four lists; CPU seconds with the start and without it.
STRATA = """
import sys, time
import numpy as np
from testigo.estimation import CaptureHistories, LinkedHistories, estimate_strata
def make(number):
    rng = np.random.default_rng([77, number])
    people = int(rng.uniform(250, 1_300))
    chance = np.stack([rng.uniform(0.2, 0.6, 4), rng.uniform(0.1, 0.4, 4)])
    held = rng.random((people, 4)) < chance[(rng.random(people) < 0.6).astype(int)]
    held = held[held.any(axis=1)].astype(int)
    return LinkedHistories(CaptureHistories.of(
        "abcd", held, np.ones(len(held)), stratum=[("area", str(number))]))
strata = [make(number) for number in range(*map(int, sys.argv[1:]))]
start = time.process_time()
estimate_strata(strata, seed=1, workers=2)
print(time.process_time(), time.process_time() - start)
"""
MANY, ALONE = 40, 8  # strata in one call; every fifth of them in a process of its own


def measure() -> list[dict[str, object]]:
    """Estimate each table in a process of its own; start-up counts, compilation does not."""
    if not DATA.is_dir():
        return []
    estimate("snowshoe_hare", 2)  # compiles once and keeps it on disk
    return [*(line(*each) for each in TABLES), compare_strata()]


def compare_strata() -> dict[str, object]:
    """Measure many strata in one call against as many times one."""
    together, _ = time_strata(0, MANY)
    alone = [time_strata(number, number + 1) for number in range(0, MANY, MANY // ALONE)]
    one, calls = (sum(each) / ALONE for each in zip(*alone, strict=True))
    return {
        "what": f"{MANY} strata of some 570 people on four lists in one call; the peer is {MANY} "
        f"times one ({one:.2f} s, of which {one - calls:.2f} s to start)",
        "seconds": together,
        "peer": f"{MANY} times one, each in its own process",
        "peer_seconds": MANY * one,
        "ratio": together / (MANY * one),
        "bound": f"< {MANY} times one, CPU",
        "met": together < MANY * one,
    }


def time_strata(first: int, end: int) -> tuple[float, float]:
    """Return CPU seconds for these strata, with the start of the program and without."""
    command = [sys.executable, "-c", STRATA, str(first), str(end)]
    ran = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    whole, call = map(float, ran.stdout.split())
    return whole, call


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

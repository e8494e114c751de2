"""Each method on the six made tables whose truth is known, case by case.

The tables are those of the shared study (synthetic_*_101, PROVENANCE.md there). Writes
docs/explanation/battery.md. From the root of the repository:

    python tools/measure_battery.py FOLDER_OF_TABLES
"""

import csv
import sys
from pathlib import Path

import numpy as np

from testigo.core import Estimate
from testigo.estimation import CaptureHistories, estimate_total

PAGE = Path(__file__).resolve().parent.parent / "docs" / "explanation" / "battery.md"
TEMPLATE = Path(__file__).with_name("measure_battery_page.md")
METHODS = ("latent-class", "graphs", "log-linear", "sparse", "lower-bound", "independence")
SEEDS = (1, 2, 3)
CASES = {  # people; LCMCR and dga without the graph of all pairs, of the shared study
    "lc2_hard": ("two classes", "1,677 [1,433, 2,034]", "1,574"),
    "independent": ("independent lists", "1,453 [1,409, 1,519]", "1,452"),
    "rasch": ("nobody as easy to list as another (Rasch)", "4,270 [4,065, 4,562]", "4,170"),
    "loglin_pair": ("one pair of lists attracts", "3,961 [3,217, 5,131]", "4,017"),
    "highest_order": ("the highest-order term", "3,818 [2,650, 6,758]", "3,896"),
    "sparse6": ("six lists that hold few", "2,913 [2,455, 3,522]", "–"),
}


def read(path: Path) -> CaptureHistories:
    """Read a table of patterns."""
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=np.int64)
    return CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])


def told(found: Estimate, truth: int) -> str:
    """Write an estimate, whether it held the truth, and what the gate said."""
    if not np.isfinite(found.median):
        return f"– ({reasons(found)})"
    low, high = found.interval()
    missed = "" if low <= truth <= high else " **missed**"
    return f"{found.median:,.0f} [{low:,.0f}, {high:,.0f}]{missed} ({reasons(found)})"


def reasons(found: Estimate) -> str:
    """Write the verdict with its codes."""
    codes = ", ".join(f"`{each.code}`" for each in found.verdict.reasons)
    return f"{found.verdict.status}: {codes}" if codes else found.verdict.status


def main(folder: Path) -> None:
    """Answer every case by every method and write the page."""
    with (folder / "synthetic_truth_101.csv").open(encoding="utf-8", newline="") as stream:
        truths = {row["name"]: int(row["true_N"]) for row in csv.DictReader(stream)}
    first, others, spread, held = [], [], [], dict.fromkeys(METHODS, 0)
    answered = dict.fromkeys(METHODS, 0)
    for case, (people, peer, graphs) in CASES.items():
        table, truth = read(folder / f"synthetic_{case}_101.csv"), truths[f"synthetic_{case}_101"]
        found = {each: estimate_total(table, seed=SEEDS[0], method=each) for each in METHODS}
        for method, each in found.items():
            if np.isfinite(each.median):
                low, high = each.interval()
                answered[method] += 1
                held[method] += bool(low <= truth <= high)
        again = [estimate_total(table, seed=seed).median for seed in SEEDS[1:]]
        medians = [found["latent-class"].median, *again]
        spread.append(100 * np.ptp(medians) / np.mean(medians))
        first.append([people, f"{truth:,}", f"{table.observed:,}",
                      told(found["latent-class"], truth), peer])  # fmt: skip
        others.append([people, *(told(found[each], truth) for each in METHODS[1:]), graphs])
    text = TEMPLATE.read_text(encoding="utf-8").format(
        first=laid_out(["people", "truth", "recorded", "Testigo, latent class", "LCMCR"], first),
        others=laid_out(["people", *METHODS[1:], "dga"], others),
        held=", ".join(f"{each} {held[each]} of {answered[each]}" for each in METHODS),
        spread=f"{max(spread):.1f}",
    )
    PAGE.write_text(text, encoding="utf-8", newline="\n")


def laid_out(head: list[str], rows: list[list[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

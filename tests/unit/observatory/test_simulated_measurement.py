"""From `testigo simulate` over a run to a measure of linkage, as SOURCES.md tells it."""

from __future__ import annotations

import csv
import re

from testigo.linkage import LinkageQuality
from testigo.observatory import run_observatory, simulate_observatory

SNIPPET = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def quiet(step, done, total) -> None:
    """Nobody listens."""


def test_linkage_is_measured_as_sources_md_says(tmp_path, monkeypatch) -> None:
    """The floor is that of the four lists of another generator: F1 .92, B-cubed .955."""
    made = simulate_observatory(tmp_path / "invented", records=2_000, seed=11)
    run_observatory(made.folder, only="link", progress=quiet)

    (code,) = SNIPPET.findall((made.folder / "SOURCES.md").read_text(encoding="utf-8"))
    monkeypatch.chdir(made.folder)
    printed: list[LinkageQuality] = []
    exec(code, {"print": printed.append})  # noqa: S102  # our own text

    (quality,) = printed
    with (made.folder / "truth" / "records.csv").open(encoding="utf-8") as stream:
        victims = [row["victim_id"] for row in csv.DictReader(stream)]
    sizes = [victims.count(victim) for victim in set(victims)]
    assert quality.true_pairs == sum(size * (size - 1) // 2 for size in sizes)
    assert quality.f1 >= 0.92
    assert quality.b3_f1 >= 0.955


def test_the_manual_tells_the_same_snippet(root, tmp_path) -> None:
    made = simulate_observatory(tmp_path / "invented", records=50)
    page = (root / "docs" / "how-to" / "simulate-lists.md").read_text(encoding="utf-8")

    assert SNIPPET.findall(page) == SNIPPET.findall(
        (made.folder / "SOURCES.md").read_text(encoding="utf-8")
    )

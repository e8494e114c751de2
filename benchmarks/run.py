"""Run every benchmark, print a table, and keep it in docs/benchmarks.md with the computer.

usage: python benchmarks/run.py [NAME ...]        (make bench)

A benchmark is a module of this folder with `measure() -> list[dict]`. Each dict says `what` was
measured, `seconds` (or another `unit`), a named `peer` measured in the same run, its
`peer_seconds`, the `ratio` of both, the `bound` that was promised, and whether it was `met`.
"""

import importlib.util
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
ONE = "--one"  # measure one benchmark and print JSON; for our own use
TOOLS = {"run", "timing"}
HEADER = ["what", "measured", "peer", "peer took", "ratio", "bound", "met"]
ABOUT = """# Benchmarks

How fast Testigo is, on one computer, each time against a named peer in the same run: seconds alone
say more about the computer than about the program. Made by `make bench`; do not edit.
"""


def main(names: list[str]) -> int:
    """Measure, print, keep; 1 when a bound was not met."""
    if names[:1] == [ONE]:
        print(json.dumps(measured_here(HERE / f"{names[1]}.py")))
        return 0
    found: list[dict[str, object]] = []
    busy = other_work()
    for path in sorted(HERE.glob("*.py")):
        if path.stem in TOOLS or (names and path.stem not in names):
            continue
        print(f"- {path.stem}", flush=True)
        found += measured_apart(path)
    lines = table(found)
    print("\n".join(lines))
    if not names:
        PAGE.write_text(page(lines, busy), encoding="utf-8", newline="\n")
    return 0 if all(one["met"] for one in found) else 1


def measured_apart(path: Path) -> list[dict[str, object]]:
    """Run one benchmark in a process of its own, so that none leaves its memory to the next."""
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # small matrices gain nothing from two
    done = subprocess.run(
        [sys.executable, __file__, ONE, path.stem], stdout=subprocess.PIPE, check=True,
        env=one_thread,
    )  # fmt: skip
    return list(json.loads(done.stdout))


def measured_here(path: Path) -> list[dict[str, object]]:
    """Run one benchmark module."""
    sys.path.insert(0, str(HERE))
    spec = importlib.util.spec_from_file_location(f"benchmark_{path.stem}", path)
    if spec is None or spec.loader is None:
        return []
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.measure())


def table(found: list[dict[str, object]]) -> list[str]:
    """Lay out the results as a Markdown table."""
    rows = [HEADER, ["---"] * len(HEADER), *(cells(one) for one in found)]
    return ["| " + " | ".join(row) + " |" for row in rows]


def cells(one: dict[str, object]) -> list[str]:
    """Write one result."""
    unit = str(one.get("unit", "s"))
    return [
        str(one["what"]),
        figure(one["seconds"], unit),
        str(one.get("peer") or "–"),
        figure(one.get("peer_seconds"), unit),
        figure(one.get("ratio"), ""),
        str(one["bound"]),
        "yes" if one["met"] else "**no**",
    ]


def figure(value: object, unit: str) -> str:
    """Write a number with three digits that matter."""
    return f"{value:.3g} {unit}".strip() if isinstance(value, (int, float)) else "–"


def page(lines: list[str], busy: str) -> str:
    """Write the page: results and the computer, without its name."""
    computer = [
        f"* processor: {processor()}, {os.cpu_count()} cores",
        f"* memory: {memory_in_gib()} GiB",
        f"* system: {platform.system()} {platform.machine()}, Python {platform.python_version()}",
        f"* day: {datetime.now(UTC).date().isoformat()}",
        f"* {busy}",
    ]
    return "\n".join([ABOUT, *lines, "", "Measured on:", "", *computer, ""])


def other_work() -> str:
    """Say how busy the computer is before we begin: what others do makes every time longer."""
    if not hasattr(os, "getloadavg"):
        return "other work on the computer: unknown"
    return f"other work on the computer when we began: {os.getloadavg()[0]:.1f} processes at once"


def processor() -> str:
    """Return the model of the processor."""
    information = Path("/proc/cpuinfo")
    if information.is_file():
        for line in information.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def memory_in_gib() -> str:
    """Return the memory of the computer, rounded."""
    try:
        return str(round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30))
    except (AttributeError, ValueError, OSError):
        return "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

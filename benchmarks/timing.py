"""How a program is timed: wall clock and peak memory of a process of its own."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Timed:
    """What one process took.

    Attributes
    ----------
    seconds
        Wall clock.
    gigabytes
        Peak resident memory; None where the system does not tell.
    """

    seconds: float
    gigabytes: float | None


def timed(*arguments: str, folder: Path | None = None) -> Timed:
    """Run `python ARGUMENTS` and time it; raise when it fails."""
    begun = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as process:
        errors = process.stderr.read() if process.stderr else b""
        status, memory = _wait(process)
    seconds = time.perf_counter() - begun
    if status != 0:
        raise RuntimeError(errors.decode("utf-8", errors="replace"))
    return Timed(seconds, memory)


def best(*arguments: str, times: int = 5) -> float:
    """Seconds of the fastest of several runs: the one least disturbed by others."""
    return min(timed(*arguments).seconds for _ in range(times))


def _wait(process: subprocess.Popen[bytes]) -> tuple[int, float | None]:
    if not hasattr(os, "wait4"):
        return process.wait(), None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB elsewhere
    return process.returncode, usage.ru_maxrss * unit / 1e9

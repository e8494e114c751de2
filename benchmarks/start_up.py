"""`testigo --help` against a Python that does nothing."""

from timing import best

BOUND = 0.4  # seconds; design.md 7


def measure() -> list[dict[str, object]]:
    """Time the help in both languages."""
    nothing = best("-c", "pass")
    results = []
    for language in ("en", "es"):
        seconds = best("-m", "testigo.cli", "--help", "--lang", language)
        results.append(
            {
                "what": f"`testigo --help --lang {language}`",
                "seconds": seconds,
                "peer": '`python -c "pass"`',
                "peer_seconds": nothing,
                "ratio": seconds / nothing,
                "bound": f"< {BOUND} s",
                "met": seconds < BOUND,
            }
        )
    return results

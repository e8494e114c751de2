"""Bare numbers in a column of dates: whether they are dates is for the whole column to say.

43532 is a spreadsheet's day number and 202003 a month; but 12020 is January 2020 without its
slash, and 190212 a day of 2012 or of 2019. Such a number is read as a date only where most of
the file's dates are written so, or the others are dates, and where its year agrees with theirs.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

EARLIEST_GUESS: Final = 1950  # an older year out of a bare number is a slip, not a date
WIDEST_GAP: Final = 5  # years without a date, beyond which a year does not follow from the others
_FORMS: Final = {
    "day number": re.compile(r"\d{5}(?:\.\d+)?"),
    "year and month": re.compile(r"\d{6}(?:\.0)?"),
    "year, point, month": re.compile(r"\d{4}\.(?!0$)\d{1,2}"),
}


def doubtful_form(text: str) -> str | None:
    """Return how a bare number is written that may be a date; None for any other text.

    Examples
    --------
    >>> [doubtful_form(text) for text in ("43532.75", "202003", "2020.05", "2020.0", "2020-05")]
    ['day number', 'year and month', 'year, point, month', None, None]
    """
    plain = text.strip()
    return next((name for name, form in _FORMS.items() if form.fullmatch(plain)), None)


def bare_guesses(
    places: Collection[int], forms: Mapping[int, str], years: Mapping[int, int]
) -> frozenset[int]:
    """Return which bare numbers of a column must not be read as dates.

    Parameters
    ----------
    places
        Positions of the texts of one file that state anything.
    forms
        How each doubtful text is written, by position.
    years
        The year that each text would mean, by position; those not read are left out.

    Examples
    --------
    >>> forms = {0: "day number", 1: "day number"}
    >>> sorted(bare_guesses(range(3), forms, {0: 2019, 1: 1985, 2: 2019}))  # 43532, 31122, an ISO
    [1]
    """
    doubtful = [place for place in places if place in forms]
    if not doubtful:
        return frozenset()
    written = Counter(forms[place] for place in doubtful)
    usual = {form for form, count in written.items() if 2 * count > len(places)}
    evidence = [
        years[place]
        for place in places
        if place in years and (place not in forms or forms[place] in usual)
    ]
    span = _main_stretch(evidence)
    if span is None:
        return frozenset(doubtful)
    first, last = max(span[0] - 1, EARLIEST_GUESS), span[1] + 1
    return frozenset(
        place for place in doubtful if place in years and not first <= years[place] <= last
    )


def _main_stretch(years: Collection[int]) -> tuple[int, int] | None:
    """Return the first and last year of the stretch in which most dates lie; None: there is none.

    Years before `EARLIEST_GUESS` may stand in undoubted dates, and make stretches of their own.
    """
    counts = Counter(years)
    if not counts:
        return None
    stretches = [[min(counts)]]
    for before, after in pairwise(sorted(counts)):
        if after - before > WIDEST_GAP:
            stretches.append([])
        stretches[-1].append(after)
    main = max(stretches, key=lambda stretch: sum(counts[year] for year in stretch))
    if 2 * sum(counts[year] for year in main) <= counts.total():
        return None
    return main[0], main[-1]

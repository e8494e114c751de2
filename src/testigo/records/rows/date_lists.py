"""The dates of a plain list of texts, for rooms that read tables of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from testigo.records.rows.date_order import decide_order
from testigo.records.rows.dates import NOT_UNDERSTOOD, UNKNOWN_DATE, numeric_parts, read_date
from testigo.records.rows.doubtful_dates import bare_guesses, doubtful_form
from testigo.records.rows.values import STATED, statuses_of, tidy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.records.rows.dates import DateReading


def read_dates(texts: Sequence[str | None]) -> list[DateReading]:
    """Read the texts of one column of dates; blank or "S/D" is unknown, and no problem.

    Parameters
    ----------
    texts
        Those of the whole column (the distinct ones are enough), because only together do they
        tell whether the day or the month comes first.

    Examples
    --------
    >>> [str(one.first) for one in read_dates(["03/04/2020", "25/12/2020", "ene-2020"])]
    ['2020-04-03', '2020-12-25', '2020-01-01']
    >>> read_dates(["2020-13-01"])[0].problem
    <ReasonCode.DATE_IMPOSSIBLE: 'date_impossible'>
    """
    plain = [tidy(text or "") for text in texts]
    stated = (statuses_of(pa.array(plain, pa.string())) == STATED).tolist()
    parts = {found for text in plain if (found := numeric_parts(text))}
    order = decide_order(sorted(parts)).order
    readings = [
        read_date(text, order) if said else UNKNOWN_DATE
        for text, said in zip(plain, stated, strict=True)
    ]
    years = {place: one.first.year for place, one in enumerate(readings) if one.first}
    forms = {place: form for place in years if (form := doubtful_form(plain[place]))}
    guesses = bare_guesses([place for place, said in enumerate(stated) if said], forms, years)
    return [
        NOT_UNDERSTOOD if place in guesses else reading for place, reading in enumerate(readings)
    ]

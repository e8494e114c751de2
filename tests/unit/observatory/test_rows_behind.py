"""Row numbers are written as ranges that a person can find in the file."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from testigo.observatory.rows_behind import ranges


@given(rows=st.lists(st.integers(1, 60), max_size=30))
def test_ranges_hold_exactly_the_rows(rows: list[int]) -> None:
    told: set[int] = set()
    for part in filter(None, ranges(np.array(rows, dtype=np.int64)).split(", ")):
        first, _, last = part.partition("-")
        told |= set(range(int(first), int(last or first) + 1))
    assert told == set(rows)

"""The order in which a population table lists its rows changes no denominator and no rate."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from testigo.core import Area, AreaCatalogue, Text
from testigo.estimation import rate_by_area, read_population
from testigo.records import COUNTS, Source

PARENTS = {f"0{parent}0{area}": f"0{parent}" for parent in (1, 2) for area in (1, 2, 3)}
CATALOGUE = AreaCatalogue(
    {"XX": Area("XX", "Todo", "whole", None)}
    | {code: Area(code, code, "parent", "XX") for code in ("01", "02")}
    | {code: Area(code, code, "area", parent) for code, parent in PARENTS.items()}
)
POLICE = Source("police", Text("p", "p"), "tallies", "criminal_justice", ("x",), {})

rows = st.lists(
    st.tuples(
        st.sampled_from([*PARENTS, "01"]),
        st.sampled_from([2009, 2010]),
        st.sampled_from(["Hombre", "Mujer", "Total"]),
        st.integers(0, 10**7).map(lambda number: number / 7),
    ),
    unique_by=lambda row: row[:3],
    min_size=1,
    max_size=20,
)


@settings(max_examples=25)
@given(rows=rows, seed=st.integers(0, 2**16))
def test_shuffled_rows_give_the_same_table(rows, seed, tmp_path_factory):
    shuffled = random.Random(seed).sample(rows, len(rows))  # noqa: S311  # no secret
    folder = tmp_path_factory.mktemp("population")
    counts = COUNTS.table(
        [
            {"source": "police", "area_level": "area", "area": area, "period": "2010",
             "victims": number * 7, "months_covered": 12}
            for number, area in enumerate(PARENTS)
        ]
    )  # fmt: skip
    tables = []
    for name, each in (("a", rows), ("b", shuffled)):
        path = folder / name / "population.csv"
        path.parent.mkdir()
        lines = ["code,year,sex,people", *(",".join(map(str, row)) for row in each)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        columns = {"area": "code", "year": "year", "sex": "sex", "value": "people"}
        people = read_population(path, series="s", columns=columns, catalogue=CATALOGUE)
        tables.append((people, rate_by_area(counts, people, [POLICE])))

    for first, second in zip(*tables, strict=True):
        assert isinstance(first, pa.Table)
        assert first.equals(second)

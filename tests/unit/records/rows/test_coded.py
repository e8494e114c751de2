from __future__ import annotations

import numpy as np
import pyarrow as pa

from testigo.records.rows.coded import blank_column, combine, encode, refine, stacked


def column(*cells):
    return encode(pa.chunked_array([list(cells)], pa.string()))


def test_texts_are_trimmed_and_blank_ones_are_blank():
    coded = column(" a", "a ", "  ", None, "b", "\u00a0")

    assert coded.values() == ["a", "b"]
    assert coded.codes.tolist() == [0, 0, -1, -1, 1, -1]
    assert coded.blank.tolist() == [False, False, True, True, False, True]


def test_chunks_share_their_texts():
    coded = encode(pa.chunked_array([["a", "b"], ["b", None]]))

    assert coded.codes.tolist() == [0, 1, 1, -1]


def test_answers_are_spread_over_rows():
    coded = column("a", None, "b", "a")

    assert coded.spread(np.array([1, 2]), blank=9).tolist() == [1, 9, 2, 1]
    assert coded.take(pa.array(["x", None])).to_pylist() == ["x", None, None, "x"]
    assert coded.rows_of(np.array([True, False])).tolist() == [True, False, False, True]


def test_texts_said_alike_become_one():
    coded = column("a", "b", "c", None).renamed({"b": "a", "c": ""})

    assert coded.values() == ["a"]
    assert coded.codes.tolist() == [0, 0, -1, -1]


def test_columns_of_several_files_are_laid_below_one_another():
    coded = stacked([column("a", None), column("b", "a"), blank_column(1)])

    assert coded.values() == ["a", "b"]
    assert coded.codes.tolist() == [0, -1, 1, 0, -1]
    assert len(stacked([]).codes) == 0


def test_combinations_are_found_however_many_texts_there_are():
    many = [str(number % 1_500) for number in range(3_000)]
    combined = combine([column(*many), column(*reversed(many)), column(*["x", None] * 1_500)])

    rebuilt = [tuple(combined.parts[code]) for code in combined.codes]
    assert len(set(rebuilt)) == len(combined.parts) == 1_500
    assert combined.parts[combined.codes[1]].tolist()[2] == -1


def test_groups_are_split_by_a_further_column():
    split = refine(np.array([1, 0, 1, 1]), column("a", "a", None, "a"))
    assert split[0] == split[3]
    assert len(set(split.tolist())) == 3

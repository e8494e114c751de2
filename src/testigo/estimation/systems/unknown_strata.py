"""People whose stratum nobody wrote down, put into strata by chance, several times over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.core import Message, UsageError
from testigo.estimation.systems.linked_tables import COUNT, DRAW

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

Row = tuple[str, ...]
Counts = dict[tuple[Row, tuple[int, ...]], int]


def spread_unknown(
    table: pa.Table, *, lists: Sequence[str], strata: Sequence[str], replicates: int, seed: int
) -> pa.Table:
    """Spread the people of unknown stratum over the known strata, in replicates.

    It assumes that among people on the same lists (and with the same known part of the stratum)
    those of unknown stratum are like the others. Shares are drawn (Dirichlet) before the people
    are, so that replicates differ by as much as is not known. People whose known part fits no
    known stratum stay unknown. When not asked for, the unknown are a stratum of their own.

    Parameters
    ----------
    table
        As `split_histories` takes it.
    lists, strata
        Names of columns.
    replicates
        How many; with linkage draws each replicate takes the next draw, in turn.
    seed
        Of the spreading.

    Returns
    -------
    pyarrow.Table
        Columns `strata`, lists, `draw` (1 to `replicates`), `count`: for `split_histories`.

    Raises
    ------
    UsageError
        When there is no known stratum at all, or fewer than two replicates.
    """
    import pyarrow as pa

    if replicates < 2:  # noqa: PLR2004
        raise UsageError(Message("Fewer than two replicates cannot show what is not known."))
    tables = _counts_by_draw(table, lists, strata)
    streams = np.random.SeedSequence(seed).spawn(replicates)
    rows: list[dict[str, object]] = []
    for number, stream in enumerate(streams):
        spread = _spread(tables[number % len(tables)], np.random.default_rng(stream))
        for (stratum, held), people in sorted(spread.items()):
            row: dict[str, object] = dict(zip(lists, held, strict=True))
            row |= {name: value or None for name, value in zip(strata, stratum, strict=True)}
            rows.append(row | {DRAW: number + 1, COUNT: people})
    fields = [(name, pa.string()) for name in strata] + [(name, pa.int8()) for name in lists]
    return pa.Table.from_pylist(
        rows, schema=pa.schema([*fields, (DRAW, pa.int64()), (COUNT, pa.int64())])
    )


def _counts_by_draw(table: pa.Table, lists: Sequence[str], strata: Sequence[str]) -> list[Counts]:
    """Return the counts of each draw; the best partition is used only where there are no draws."""
    columns = [table[name].to_pylist() for name in (*strata, *lists, COUNT)]
    draws = table[DRAW].to_pylist() if DRAW in table.column_names else [0] * table.num_rows
    wanted = sorted({draw for draw in draws if draw > 0}) or [0]
    found: dict[int, Counts] = {draw: {} for draw in wanted}
    for draw, *values, people in zip(draws, *columns, strict=True):
        if draw in found:
            stratum = tuple("" if each is None else str(each) for each in values[: len(strata)])
            key = (stratum, tuple(int(each) for each in values[len(strata) :]))
            found[draw][key] = found[draw].get(key, 0) + int(people)
    return list(found.values())


def _spread(counts: Counts, rng: np.random.Generator) -> Counts:
    sizes: dict[Row, int] = {}
    for (stratum, _), people in sorted(counts.items()):
        if all(stratum):
            sizes[stratum] = sizes.get(stratum, 0) + people
    if not sizes:
        raise UsageError(Message("No row says its stratum, so nobody can be put into one."))
    found: Counts = {key: people for key, people in counts.items() if all(key[0])}
    for (stratum, held), people in sorted(counts.items()):
        fits = [] if all(stratum) else [each for each in sizes if _may_be(stratum, each)]
        if not fits:
            found.setdefault((stratum, held), people)
            continue
        # One person's worth by the sizes of the strata, for patterns that nobody there has.
        whole = sum(sizes[each] for each in fits)
        alike = [counts.get((each, held), 0) + sizes[each] / whole for each in fits]
        moved = rng.multinomial(people, rng.dirichlet(alike))
        for each, many in zip(fits, moved.tolist(), strict=True):
            found[each, held] = found.get((each, held), 0) + many
    return {key: people for key, people in found.items() if people}


def _may_be(partly: Row, whole: Row) -> bool:
    return all(not one or one == other for one, other in zip(partly, whole, strict=True))

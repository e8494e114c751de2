"""Hiding cells in each published table: the value, and whatever it could be worked out from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import MONTH_LETTERS, UNKNOWN_MARK
from testigo.estimation import ESTIMATES, FEW_VICTIMS, SENSITIVITY
from testigo.publication.cells import Shown, among, choose_hidden, is_month_of_part
from testigo.publication.deliveries import redact_file_rows
from testigo.publication.estimate_cells import (
    redact_estimated_rates,
    redact_estimates,
    redact_sensitivity,
)
from testigo.publication.findings import redact_cells, redact_findings
from testigo.publication.hidden_strata import choose_hidden_strata
from testigo.publication.link_cells import redact_links
from testigo.publication.quality_shares import redact_quality
from testigo.publication.schemas import AREAS, PUBLISHED, SUPPRESSED, VALUE_STATUS
from testigo.publication.smoothing import smooth_again
from testigo.publication.splits import choose_hidden_splits
from testigo.records import COUNTS, DELIVERIES, REASONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue
    from testigo.records import Source

    Flags = NDArray[np.bool_]
    Work = Callable[[pa.Table], pa.Table]

_RATE: Final = ("rate", "rate_low", "rate_high")
_TELL_THE_COUNT: Final = r"\b(fewer_than_20_victims|age_often_unknown)\b ?"


def redact(
    tables: Mapping[str, pa.Table],
    *,
    sources: Sequence[Source],
    catalogue: AreaCatalogue,
    k: int,
    strata: pa.Table | None = None,
) -> dict[str, pa.Table]:
    """Hide cells in all tables after one decision, taken on the counts.

    Parameters
    ----------
    tables
        Those of `PUBLISHED`, by name, as their rooms give them.
    sources, catalogue
        As in `protect`.
    k
        Smallest count that is shown, beside zero.
    strata
        The values of each stratum of the estimates; it is not published.

    Returns
    -------
    dict
        The same tables with the columns of `PUBLISHED`.
    """
    public = frozenset(source.id for source in sources if source.published)
    counts = tables.get("counts", COUNTS.arrow.empty_table())
    shown = choose_hidden(counts, public=public, silent=_silent(sources), catalogue=catalogue, k=k)
    blanked = _counts(counts, shown)
    files = redact_file_rows(
        tables.get("deliveries", DELIVERIES.arrow.empty_table()),
        tables.get("reasons", REASONS.arrow.empty_table()),
        shown,
        frozenset(one.id for one in sources if one.kind != "records" and not one.published),
    )
    rare = _rare_names(counts, public, catalogue, k)
    work: dict[str, Work] = {
        "counts": lambda _: blanked,
        "rates": lambda table: _rates(table, shown, blanked),
        "standardised_rates": lambda table: _standardised_rates(table, shown, catalogue),
        "convergence": lambda table: _convergence(table, shown),
        "quality": lambda table: redact_quality(table, shown, catalogue, files.partly_hidden),
        "printed_rates": lambda table: _printed_rates(table, shown),
        "deliveries": lambda _: files.deliveries,
        "reasons": lambda _: files.reasons,
        "consistency": lambda table: redact_findings(table, shown, catalogue, files.partly_hidden),
        "consistency_cells": lambda table: redact_cells(
            table, shown, {source.id: source for source in sources}, catalogue
        ),
        "areas": lambda table: _with_seen(table, counts),
        **_work_on_estimates(tables, counts, shown, strata, catalogue=catalogue, rare=rare),
    }
    done = {name: work[name](table) if name in work else table for name, table in tables.items()}
    return {
        name: _without(table, rare).select(PUBLISHED[name].arrow.names)
        for name, table in done.items()
    }


def _work_on_estimates(
    tables: Mapping[str, pa.Table],
    counts: pa.Table,
    shown: Shown,
    strata: pa.Table | None,
    *,
    catalogue: AreaCatalogue,
    rare: frozenset[str],
) -> dict[str, Work]:
    """Say how the tables of linked lists and estimates are redacted, by name."""
    links = redact_links(tables["links"], shown) if "links" in tables else None
    estimates = tables.get("estimates", ESTIMATES.arrow.empty_table())
    hidden = choose_hidden_strata(
        estimates, counts, shown, links=links, strata=strata, catalogue=catalogue, rare=rare
    )
    return {
        "links": lambda table: table if links is None else links,
        "estimates": lambda table: redact_estimates(table, hidden, ESTIMATES),
        "sensitivity": lambda table: redact_sensitivity(table, hidden, SENSITIVITY),
        "estimated_rates": lambda table: redact_estimated_rates(table, hidden),
    }


def _rare_names(
    counts: pa.Table, public: frozenset[str], catalogue: AreaCatalogue, k: int
) -> frozenset[str]:
    """Return the places that no catalogue knows and that hold fewer than k victims in all.

    Such a name is a text out of a delivery: it could be anything, a person's name included.
    """
    years = counts.filter(pc.less(pc.utf8_length(counts["period"]), MONTH_LETTERS))
    sums = years.group_by(["area", "source"]).aggregate([("victims", "sum")])
    known = {*catalogue.areas, *(UNKNOWN_MARK + code for code in catalogue.areas), UNKNOWN_MARK}
    names = set(sums["area"].to_pylist()) - known
    for area, source, victims in zip(
        *(sums[name].to_pylist() for name in ("area", "source", "victims_sum")), strict=True
    ):
        if source in public or victims >= k:
            names.discard(area)
            names.discard(UNKNOWN_MARK + area)
    return frozenset(names)


def _without(table: pa.Table, names: frozenset[str]) -> pa.Table:
    """Leave out the rows that name some places."""
    if not names:
        return table
    if "area" in table.column_names:
        found = pc.is_in(table["area"], value_set=pa.array(sorted(names), pa.string()))
        table = table.filter(pc.invert(found))
    for told in ("where", "explanation") if "explanation" in table.column_names else ():
        pattern = "|".join(re.escape(name) for name in sorted(names))
        table = table.filter(pc.invert(pc.match_substring_regex(table[told], pattern)))
    return table


def _with_seen(areas: pa.Table, counts: pa.Table) -> pa.Table:
    """Add the places that the counts name and no catalogue lists."""
    seen = counts.group_by(["area_level", "area"]).aggregate([])
    new = seen.join(areas.select(["area_level", "area"]), ["area_level", "area"], None, "left anti")
    if not new.num_rows:
        return areas
    new = new.append_column("name", new["area"])
    new = new.append_column("parent", pa.nulls(new.num_rows, pa.string()))
    return AREAS.checked(pa.concat_tables([areas, new.select(areas.column_names)]))


def _silent(sources: Sequence[Source]) -> frozenset[str]:
    """Return the sources in which a month without a line is a month without victims."""
    return frozenset(one.id for one in sources if one.silence_is_zero)


def _counts(table: pa.Table, shown: Shown) -> pa.Table:
    public = table.filter(pa.array(among(table["source"], shown.public)))
    table = pa.concat_tables([public, shown.cells])
    hidden = shown.hides(table, "victims")
    return _with_status(_blank(table, hidden, "victims"), hidden)


def _rates(table: pa.Table, shown: Shown, counts: pa.Table) -> pa.Table:
    hidden = shown.hides(table, "victims")
    status = _status_of_rates(table)
    if hidden.any():
        table = _replace(table, "rate_shrunken", smooth_again(table, hidden, counts))
        table = _refused(_blank(table, hidden, "victims", *_RATE), hidden)
    return _without_hidden_months(_with_status(table, hidden, status), hidden)


def _without_hidden_months(table: pa.Table, hidden: Flags) -> pa.Table:
    """Leave out hidden months of parts: a line would tell them from months without victims."""
    return table.filter(pc.invert(pa.array(hidden & is_month_of_part(table))))


def _status_of_rates(table: pa.Table) -> pa.Array:
    """Tell a question without sense (no place, no victims) from one without an answer."""
    senseless = pc.match_substring_regex(table["reasons"], r"\b(area_unknown|unit_is_not_victim)\b")
    no_rate = pc.is_null(table["rate"])
    why = pc.if_else(senseless, "not_applicable", "not_estimable")
    return pc.if_else(no_rate, why, "stated")


def _refused(table: pa.Table, hidden: Flags) -> pa.Table:
    """Say `refuse` with the reason `suppressed`; drop the reasons that tell about the count."""
    mask = pa.array(hidden)
    kept = pc.replace_substring_regex(table["reasons"], _TELL_THE_COUNT, "")
    said = pc.utf8_trim_whitespace(pc.binary_join_element_wise(SUPPRESSED, kept, " "))
    table = _replace(table, "reasons", pc.if_else(mask, said, table["reasons"]))
    return _replace(table, "verdict", pc.if_else(mask, "refuse", table["verdict"]))


def _standardised_rates(table: pa.Table, shown: Shown, catalogue: AreaCatalogue) -> pa.Table:
    """Hide counts as everywhere, and of private sources the rates that few victims make.

    A standardised rate is a weighted sum of counts by age: with few victims and all its digits
    it tells their ages.
    """
    hidden = choose_hidden_splits(table, shown, catalogue)
    private = ~among(table["source"], shown.public)
    few = private & (hidden | (table["victims"].to_numpy() < FEW_VICTIMS))
    status = pc.if_else(pc.is_null(table["rate"]), "not_estimable", "stated")
    for name in _RATE:
        rounded = pc.if_else(pa.array(private), pc.round(table[name], 1), table[name])
        table = _replace(table, name, rounded)
    table = _refused(table, few)
    table = _blank(table, few, *_RATE)
    table = _blank(table, hidden, "victims", "victims_age_unknown", "crude_rate")
    return _with_status(table, few, status)


def _convergence(table: pa.Table, shown: Shown) -> pa.Table:
    hidden_a = shown.hides(table, "count_a", source="source_a")
    hidden_b = shown.hides(table, "count_b", source="source_b")
    hidden = hidden_a | hidden_b
    senseless = pc.equal(table["met"], "not_applicable")
    status = pc.if_else(senseless, "not_applicable", "stated")
    table = _blank(_blank(table, hidden_a, "count_a"), hidden_b, "count_b")
    table = _blank(table, hidden, "relative_difference", "ratio", "b_over_a")
    table = _replace(table, "met", pc.if_else(pa.array(hidden), SUPPRESSED, table["met"]))
    return _with_status(table, hidden, status)


def _printed_rates(table: pa.Table, shown: Shown) -> pa.Table:
    hidden = shown.hides(table, "victims")
    table = _blank(table, hidden, "victims", "rate", "implied_population")
    return _without_hidden_months(_with_status(table, hidden), hidden)


def _blank(table: pa.Table, hidden: Flags, *names: str) -> pa.Table:
    if not hidden.any():
        return table
    mask = pa.array(hidden)
    for name in names:
        column = table[name]
        nothing = pa.scalar(None, column.type)
        table = _replace(table, name, pc.if_else(mask, nothing, column))
    return table


def _replace(table: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column)


def _with_status(table: pa.Table, hidden: Flags, status: pa.Array | str = "stated") -> pa.Table:
    if isinstance(status, str):
        status = pa.repeat(pa.scalar(status), table.num_rows)
    return table.append_column(VALUE_STATUS, pc.if_else(pa.array(hidden), SUPPRESSED, status))

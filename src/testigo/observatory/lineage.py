"""`testigo explain`: from a published figure back to delivery, file hash and row numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from testigo.core import UNKNOWN_MARK, Message, Number, Period, UsageError
from testigo.estimation import RATE_REASONS
from testigo.observatory.configuration import read_configuration
from testigo.observatory.estimates_behind import explain_estimates
from testigo.observatory.links_behind import explain_links
from testigo.observatory.model import Explanation
from testigo.observatory.published_line import area_code, one_line, published, source_ids
from testigo.observatory.rows_behind import ROWS, check_adds_up, rows_behind
from testigo.observatory.run_state import ingest_step
from testigo.observatory.store import hash_of_file, read_store
from testigo.observatory.words import DATE_WORDS, PLACE_WORDS, UNIT_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from testigo.observatory.model import Configuration, PopulationConfiguration
    from testigo.observatory.store import Store
    from testigo.records import Source


def explain(
    folder: Path,
    *,
    table: str,
    area: str | None = None,
    period: str | None = None,
    source: str | None = None,
    population_series: str | None = None,
) -> Explanation:
    """Walk a published figure back to the rows behind it.

    Parameters
    ----------
    folder
        An observatory that has been run.
    table
        `rates`, `counts`, `standardised_rates`, `convergence`, `links` or
        `estimates`.
    area
        Code or name of the area; not for `links` and `estimates`.
    period
        As published: `2020` or `2020-03`; not for `links` and `estimates`.
    source, population_series
        Needed where more than one published line fits; for `convergence`, `source` is any of
        the two, or both joined by a comma.

    Raises
    ------
    UsageError
        When nothing, or more than one line, fits (the message lists what would), when there is
        no such day, month or year, or when area or period are missing.
    PromiseError
        When the rows no longer add up to the figure.
    """
    configuration = read_configuration(folder)
    if table == "links":
        return explain_links(folder, configuration)
    if table == "estimates":
        return explain_estimates(folder, configuration)
    area, period = _asked(area, period)
    lines = published(folder, table)
    code = area_code(folder, area)
    line = one_line(lines, code, period, source, population_series)
    named = _sources_of(configuration, line)
    figure = _figure(configuration, folder, table, line)
    if line.get("value_status") == "suppressed":
        why = Message("The figure is suppressed, so that nobody can be recognised by it.")
        return Explanation(figure, "suppressed", (why,), ROWS.empty_table(), line)
    store = read_store(folder)
    rows = pa.concat_tables(
        rows_behind(store, one, str(line.get("area_level")), code, period) for one in named
    )
    check_adds_up(line, rows)
    steps = (
        *(_numerator(one, rows) for one in named),
        *_denominator(configuration, line),
        *_calculation(line),
        *_balances(store, named),
        *_changed_files(folder, rows),
    )
    return Explanation(figure, "stated", steps, rows, line)


def _asked(area: str | None, period: str | None) -> tuple[str, str]:
    """Return area and period as they are published."""
    if area is None or period is None:
        raise UsageError(
            Message("To explain a figure, its area and period must be told."),
            Message("Add --area and --period, as in: --area 08037 --period 2020."),
        )
    return area, period if period == UNKNOWN_MARK else str(Period.parse(period))


def _sources_of(configuration: Configuration, line: Mapping[str, object]) -> list[Source]:
    return [source for source in configuration.sources if source.id in source_ids(line)]


def _figure(
    configuration: Configuration, folder: Path, table: str, line: Mapping[str, object]
) -> Message:
    areas = pq.read_table(folder / "output" / "tables" / "areas.parquet")
    names = dict(zip(areas["area"].to_pylist(), areas["name"].to_pylist(), strict=True))
    code = str(line["area"])
    place = {"area": names.get(code, code), "code": code, "period": line["period"]}
    named = {source.id: source.name for source in configuration.sources}
    if table == "convergence":
        values = place | {
            "name_a": named[str(line["source_a"])],
            "name_b": named[str(line["source_b"])],
            "count_a": _number(line["count_a"]),
            "count_b": _number(line["count_b"]),
        }
        return Message(
            "{area} ({code}), {period}: {count_a} according to {name_a}, "
            "{count_b} according to {name_b}",
            values,
        )
    values = place | {"name": named[str(line["source"])], "victims": _number(line["victims"])}
    if line.get("rate") is None:
        return Message("{area} ({code}), {period}, {name}: {victims}", values)
    values |= {
        "rate": _number(line["rate"], 1),
        "low": _number(line["rate_low"], 1),
        "high": _number(line["rate_high"], 1),
    }
    return Message(
        "{area} ({code}), {period}, {name}: {rate} per 100,000 residents a year "
        "({low} to {high}), from {victims} victims",
        values,
    )


def _number(value: object, decimals: int = 0) -> Number:
    return Number(float("nan") if value is None else float(str(value)), decimals)


def _numerator(source: Source, rows: pa.Table) -> Message:
    of_source = rows.filter(pc.equal(rows["source"], source.id))
    return Message(
        "Delivered by {name} ({id}). Files: {files}. Unit: {unit}. Date: {date}. "
        "Place: {place}.",
        {
            "name": source.name, "id": source.id, "files": of_source.num_rows,
            "unit": UNIT_WORDS[source.unit], "date": DATE_WORDS[source.date_basis],
            "place": PLACE_WORDS[source.place_basis],
        },
    )  # fmt: skip


def _denominator(configuration: Configuration, line: Mapping[str, object]) -> tuple[Message, ...]:
    return tuple(
        _residents(line, one, hash_of_file(configuration.folder / one.file))
        for one in configuration.population
        if one.series == line.get("population_series")
    )


def _residents(line: Mapping[str, object], series: PopulationConfiguration, sha: str) -> Message:
    values = {"name": series.name, "id": series.series, "file": series.file, "sha": sha}
    if line.get("population") is None:
        return Message(
            "Residents by age: series {name} ({id}), file {file} (SHA-256 {sha}).", values
        )
    return Message(
        "Population {population}, series {name} ({id}), file {file} (SHA-256 {sha}).",
        values | {"population": _number(line["population"])},
    )


def _calculation(line: Mapping[str, object]) -> tuple[Message, ...]:
    steps = []
    if line.get("rate") is not None and line.get("population") is not None:
        steps.append(
            Message(
                "Rate = 100,000 x {victims} / {population}; exact Poisson limits at {level}.",
                {
                    "victims": _number(line["victims"]),
                    "population": _number(line["population"]),
                    "level": Number(float(str(line["level"])), percent=True),
                },
            )
        )
    if line.get("rate") is not None and "standard" in line:
        steps.append(
            Message(
                "Rate = 100,000 x the sum, over the age groups, of the group's weight in "
                "{standard} x its victims / its residents; gamma limits of Fay and Feuer at "
                "{level}. Crude rate of the same victims: {crude}.",
                {
                    "standard": line["standard"],
                    "level": Number(float(str(line["level"])), percent=True),
                    "crude": _number(line["crude_rate"], 1),
                },
            )
        )
    if line.get("annualised"):
        steps.append(Message("A part of a year, scaled to a year (x 365.25 / days)."))
    return (*steps, *map(_reason, str(line.get("reasons") or "").split()))


def _reason(code: str) -> Message:
    rule = RATE_REASONS[code]
    values = {"sentence": rule.text, "code": code}
    if rule.status == "refuse":
        return Message("Not published: {sentence} ({code})", values)
    return Message("With a warning: {sentence} ({code})", values)


def _balances(store: Store, named: list[Source]) -> tuple[Message, ...]:
    return tuple(
        Message(
            "{file}, rows: delivered {delivered} = accepted {accepted} + excluded {excluded} + "
            "quarantined {quarantined}.",
            {
                "file": one["file"],
                "delivered": Number(one["rows_delivered"]),
                "accepted": Number(one["rows_accepted"]),
                "excluded": Number(one["rows_excluded"]),
                "quarantined": Number(one["rows_quarantined"]),
            },
        )
        for source in named
        for one in store.table(ingest_step(source), "deliveries").to_pylist()
    )


def _changed_files(folder: Path, rows: pa.Table) -> tuple[Message, ...]:
    changed = [
        line["file"]
        for line in rows.to_pylist()
        if not (folder / line["file"]).is_file()
        or hash_of_file(folder / line["file"]) != line["sha256"]
    ]
    return tuple(
        Message("{file} is no longer the file that was read; run the observatory again.",
                {"file": file})
        for file in changed
    )  # fmt: skip

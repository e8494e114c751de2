"""`testigo simulate`: an observatory of invented lists, with the truth beside it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message, Text, UsageError
from testigo.linkage import FOUR_LISTS, change_habits, simulate_killings
from testigo.observatory.configuration import FILE_NAME
from testigo.observatory.simulated_deliveries import FORMS, arrange_records, delivery_of, to_csv
from testigo.observatory.simulated_texts import describe_simulation, simulated_configuration
from testigo.observatory.starting import HAND_TABLES
from testigo.publication import told_as_storage_error, write_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from testigo.linkage import ListHabits, Simulated
    from testigo.observatory.model import Progress

FIRST_YEAR: Final = 2018
YEARS: Final = 5
_GROWTH: Final = 1.012  # of the residents, a year
_NAME: Final = Text(es="Territorio inventado", en="Invented territory")


@dataclass(frozen=True, slots=True)
class SimulatedFolder:
    """What was made.

    Attributes
    ----------
    folder
        The observatory.
    records
        List to its number of records, in their order.
    killed, recorded
        People who were killed, and of them those whom at least one list has.
    incidents
        In which they were killed.
    areas
        Of the territory.
    """

    folder: Path
    records: dict[str, int]
    killed: int
    recorded: int
    incidents: int
    areas: int


def simulate_observatory(
    folder: Path,
    *,
    records: int = 10_000,
    seed: int = 1,
    coverage: Sequence[float] | None = None,
    damage: float = 1.0,
    co_victims: float = 0.06,
    duplicates: float | None = None,
    dependence: float = 0.8,
    progress: Progress | None = None,
) -> SimulatedFolder:
    """Make an observatory whose lists are invented and whose truth is known.

    Parameters
    ----------
    folder
        Must not be there.
    records
        About how many, in all lists.
    seed
        The same seed and options make the same bytes.
    coverage
        Share of the victims in each list; one number for each list, one to four.
    damage
        What the chance of every slip is multiplied by.
    co_victims
        Share of incidents with more than one victim.
    duplicates
        Chance, in every list, that a victim is in it twice; None: each list has its own.
    dependence
        How unequally victims are recorded by all lists alike; 0: lists are independent.
    progress
        Told of each list.

    Raises
    ------
    UsageError
        When `folder` is there, or an option is not possible.
    StorageError
        When it cannot be written.
    """
    refuse_existing(folder)
    lists = change_habits(FOUR_LISTS, coverage=coverage, damage=damage, duplicates=duplicates)
    simulated = simulate_killings(
        records,
        seed=seed,
        lists=lists,
        co_victims=co_victims,
        dependence=dependence,
        first_year=FIRST_YEAR,
        years=YEARS,
        progress=_list_by_list(progress, len(lists)),
    )
    return write_simulation(folder, simulated, lists, seed=seed, progress=progress)


def write_simulation(
    folder: Path,
    simulated: Simulated,
    lists: Sequence[ListHabits],
    *,
    seed: int,
    name: Text = _NAME,
    progress: Progress | None = None,
) -> SimulatedFolder:
    """Write the folder of an observatory: deliveries, testigo.toml, and the truth apart.

    Parameters
    ----------
    folder
        Must not be there; it is whole or not there afterwards.
    simulated
        Lists, victims and territory.
    lists
        Habits that made them; their ids are among `FORMS`.
    seed
        That made them, to be told.
    name
        Of the observatory.
    progress
        Told of each list.

    Raises
    ------
    UsageError
        When `folder` is there.
    StorageError
        When it cannot be written.
    """
    refuse_existing(folder)
    unfinished = folder.with_name(f".{folder.name}.unfinished")
    with told_as_storage_error(folder):
        shutil.rmtree(unfinished, ignore_errors=True)
        try:
            made = _write_lists(unfinished, simulated, lists, progress)
            tables = {
                "sources/municipios.csv": simulated.areas.drop_columns(["residents"]),
                "sources/poblacion.csv": _population(simulated.areas),
                "truth/killed.csv": _killed(simulated.victims, list(made)),
            }
            for path, table in tables.items():
                write_bytes(unfinished / path, to_csv(table))
            texts = {f"hand/{file}": text for file, text in HAND_TABLES.items()}
            texts["SOURCES.md"] = describe_simulation(name, lists, seed=seed)
            texts[FILE_NAME] = simulated_configuration(name, lists)
            for path, text in texts.items():
                write_bytes(unfinished / path, text.encode("utf-8"))
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return SimulatedFolder(
        folder=folder,
        records=made,
        killed=len(simulated.victims),
        recorded=pc.sum(_any_of(simulated.victims.select(list(made)))).as_py() or 0,
        incidents=pc.count_distinct(simulated.victims["incident"]).as_py(),
        areas=len(simulated.areas),
    )


def refuse_existing(folder: Path) -> None:
    """Never write over something.

    Raises
    ------
    UsageError
        When there is something at `folder`.
    """
    if folder.exists():
        raise UsageError(
            Message("{folder} is already there.", {"folder": folder}),
            Message("Nothing was changed. Name a folder that is not there yet."),
        )


def _write_lists(
    folder: Path, simulated: Simulated, lists: Sequence[ListHabits], progress: Progress | None
) -> dict[str, int]:
    """Write deliveries and the truth about them; return the number of records of each list."""
    truth, counts = [], {}
    for done, habits in enumerate(lists):
        if progress is not None:
            progress(Message("Writing invented lists"), done, len(lists))
        own = arrange_records(simulated.records, habits.id)
        content = delivery_of(own, simulated.areas, habits.id)
        write_bytes(folder / "sources" / FORMS[habits.id].file, content)
        truth.append(_truth(own, habits.id))
        counts[habits.id] = len(own)
    write_bytes(folder / "truth" / "records.csv", to_csv(pa.concat_tables(truth)))
    return counts


def _truth(own: pa.Table, source: str) -> pa.Table:
    """Say of each record of a list whom it speaks of; rows are counted as in `links`."""
    count = len(own)
    columns: dict[str, Any] = {
        "source": pa.repeat(pa.scalar(source), count),
        "file": pa.repeat(pa.scalar(f"sources/{FORMS[source].file}"), count),
        "row": pa.array(range(2, count + 2), pa.int64()),
        "source_record_id": own["id"],
        "victim_id": own["victim"],
        "incident_id": own["incident"],
    }
    return pa.table(columns)


def _killed(victims: pa.Table, lists: Sequence[str]) -> pa.Table:
    """Count all who were killed, and those on a list, by municipality and year."""
    recorded = pc.cast(_any_of(victims.select(lists)), pa.int64())
    table = victims.select(["area", "year", "victim"]).append_column("recorded", recorded)
    counted = table.group_by(["area", "year"]).aggregate([("victim", "count"), ("recorded", "sum")])
    named = counted.rename_columns(["area", "year", "killed", "recorded"])
    return named.sort_by([("area", "ascending"), ("year", "ascending")])


def _any_of(held: pa.Table) -> pa.ChunkedArray:
    found = held.column(0)
    for column in held.columns[1:]:
        found = pc.or_(found, column)
    return found


def _population(areas: pa.Table) -> pa.Table:
    parts = [
        pa.table(
            {
                "municipio": areas["code"],
                "anio": pa.repeat(pa.scalar(FIRST_YEAR + year), len(areas)),
                "habitantes": pc.cast(
                    pc.round(pc.multiply(pc.cast(areas["residents"], pa.float64()), _GROWTH**year)),
                    pa.int64(),
                ),
            }
        )
        for year in range(YEARS)
    ]
    return pa.concat_tables(parts)


def _list_by_list(progress: Progress | None, lists: int) -> Any:  # noqa: ANN401  # or None
    if progress is None:
        return None
    return lambda done: progress(Message("Inventing lists"), done, lists)

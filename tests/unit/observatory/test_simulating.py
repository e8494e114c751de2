"""`testigo simulate`: a folder ready to run, the same for the same seed, whole or not there."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest

from testigo.core import UsageError
from testigo.linkage import FOUR_LISTS, simulate_killings
from testigo.observatory import read_configuration, simulate_observatory
from testigo.observatory.simulating import write_simulation


def contents(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A small one."""
    return simulate_observatory(
        tmp_path_factory.mktemp("made") / "invented", records=600, seed=3, co_victims=0.2
    )


def test_it_is_an_observatory_that_says_it_is_synthetic(made) -> None:
    given = read_configuration(made.folder)

    assert given.synthetic
    assert [source.id for source in given.sources] == ["police", "forensic", "press", "ngo"]
    assert given.linkage.sources == ("police", "forensic", "press", "ngo")
    for name in ("testigo.toml", "SOURCES.md"):
        first = (made.folder / name).read_text(encoding="utf-8").splitlines()[0]
        assert "sintéticos" in first.casefold()


def test_the_same_seed_makes_the_same_bytes(made, tmp_path) -> None:
    simulate_observatory(tmp_path / "again", records=600, seed=3, co_victims=0.2)
    simulate_observatory(tmp_path / "other", records=600, seed=4, co_victims=0.2)

    assert contents(tmp_path / "again") == contents(made.folder)
    assert contents(tmp_path / "other") != contents(made.folder)


def test_the_truth_speaks_of_every_record_and_lies_apart(made) -> None:
    truth = rows(made.folder / "truth" / "records.csv")
    delivered = {}
    for source in read_configuration(made.folder).sources:
        path = made.folder / source.files[0]
        lines = path.read_bytes().splitlines()[1:]
        delivered[source.id] = len(lines)
        written = path.read_bytes()
        assert b"victim_id" not in written

    assert Counter(row["source"] for row in truth) == delivered == made.records
    assert len({(row["source"], row["source_record_id"]) for row in truth}) == len(truth)
    assert len({row["victim_id"] for row in truth}) == made.recorded
    configured = (made.folder / "testigo.toml").read_text(encoding="utf-8")
    assert not re.search(r"^[^#]*truth", configured, re.MULTILINE)


def test_the_killed_are_all_counted(made) -> None:
    killed = rows(made.folder / "truth" / "killed.csv")

    assert sum(int(row["killed"]) for row in killed) == made.killed
    assert sum(int(row["recorded"]) for row in killed) == made.recorded < made.killed
    assert made.incidents < made.killed


def test_every_place_has_residents_in_every_year(made) -> None:
    areas = {row["code"] for row in rows(made.folder / "sources" / "municipios.csv")}
    residents = rows(made.folder / "sources" / "poblacion.csv")

    assert len(areas) == made.areas
    assert {(row["municipio"], row["anio"]) for row in residents} == {
        (area, str(year)) for area in areas for year in range(2018, 2023)
    }
    assert all(int(row["habitantes"]) >= 500 for row in residents)


def test_fewer_coverages_make_fewer_lists(tmp_path) -> None:
    made = simulate_observatory(tmp_path / "two", records=200, coverage=[0.6, 0.3], damage=0)

    assert list(made.records) == ["police", "forensic"]
    assert [one.id for one in read_configuration(made.folder).sources] == ["police", "forensic"]


def test_what_is_there_is_never_written_over(made) -> None:
    before = contents(made.folder)

    with pytest.raises(UsageError):
        simulate_observatory(made.folder, records=100)
    assert contents(made.folder) == before


def test_nothing_is_left_when_the_work_is_stopped(tmp_path) -> None:
    simulated = simulate_killings(100, seed=1)

    def stop(step, done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_simulation(tmp_path / "x", simulated, FOUR_LISTS, seed=1, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_gap_is_declared(tmp_path) -> None:
    import datetime as dt
    from dataclasses import replace

    gap = (dt.date(2020, 3, 1), dt.date(2020, 8, 31))
    lists = [*FOUR_LISTS[:3], replace(FOUR_LISTS[3], gap=gap)]
    write_simulation(tmp_path / "x", simulate_killings(300, seed=1, lists=lists), lists, seed=1)

    (span,) = read_configuration(tmp_path / "x").sources[3].reporting_gaps
    assert (span.first, span.last) == gap

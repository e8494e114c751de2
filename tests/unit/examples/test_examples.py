"""The bundled examples are whole, small, cited, and made by the scripts that say so."""

from __future__ import annotations

import csv
import importlib.util
import json
from importlib.resources import files
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import shapely

from testigo.observatory import lacks_deliveries, read_configuration

EXAMPLES = Path(str(files("testigo") / "examples"))
NAMES = ("cuatro-listas", "el-salvador", "mexico", "peru-truth-commission")
WITHOUT_DATA = "us-five-lists"
LARGEST = 6_000_000  # bytes of an example; the wheel may have 12 MB


def script(root, name):
    spec = importlib.util.spec_from_file_location(name, root / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_every_file_that_is_configured_is_there(name):
    configuration = read_configuration(EXAMPLES / name)

    patterns = [file for source in configuration.sources for file in source.files]
    patterns += [population.file for population in configuration.population]
    assert [each for each in patterns if not list((EXAMPLES / name).glob(each))] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_delivery_is_cited_with_its_licence(name):
    told = (EXAMPLES / name / "SOURCES.md").read_text(encoding="utf-8")

    delivered = [path.name for path in (EXAMPLES / name / "sources").iterdir()]
    assert [each for each in delivered if f"{each} |" not in told] == []


@pytest.mark.parametrize("name", NAMES)
def test_it_is_small(name):
    assert sum(path.stat().st_size for path in (EXAMPLES / name).rglob("*")) < LARGEST


def test_the_example_without_data_has_none_and_says_where_they_are():
    folder = EXAMPLES / WITHOUT_DATA
    told = (folder / "SOURCES.md").read_text(encoding="utf-8")
    files = [Path(file).name for one in read_configuration(folder).sources for file in one.files]

    assert lacks_deliveries(folder)
    assert not (folder / "sources").exists()
    assert len(files) == 5
    assert [file for file in files if f"| {file} |" not in told] == []


def test_an_example_with_data_lacks_none():
    assert not any(lacks_deliveries(EXAMPLES / name) for name in NAMES)


def test_no_alias_helps_the_press_to_match():
    """At least 95.3 % of the rows must match before any alias is added."""
    path = EXAMPLES / "mexico" / "hand" / "place_aliases.csv"

    assert path.read_text(encoding="utf-8") == "source,parent_text,area_text,area\n"


@pytest.mark.parametrize("name", NAMES)
def test_overrides_are_signed_by_a_role(name):
    with (EXAMPLES / name / "hand" / "overrides.csv").open(encoding="utf-8", newline="") as stream:
        lines = list(csv.DictReader(stream))

    assert all(line["reason"] and line["signed_by"] and line["signed_on"] for line in lines)


def test_events_are_told_in_both_languages():
    path = EXAMPLES / "mexico" / "hand" / "events.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        events = list(csv.DictReader(stream))

    assert [event["date"] for event in events] == sorted(event["date"] for event in events)
    assert all(event["es"] and event["en"] for event in events)


@pytest.fixture(scope="module")
def outlines():
    path = EXAMPLES / "mexico" / "sources" / "municipalities.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return dict(zip((each["properties"]["mun_code"] for each in features), shapes, strict=True))


def test_every_municipality_has_a_valid_outline(outlines):
    assert len(outlines) == 2_469
    assert all(shape.is_valid and not shape.is_empty for shape in outlines.values())


def test_neighbours_are_not_torn_apart(outlines):
    """Gaps and overlaps between the outlines are less than 0.1 % of the country."""
    shapes = list(outlines.values())
    together = shapely.union_all(shapes)
    overlaps = sum(shape.area for shape in shapes) - together.area
    holes = sum(shapely.Polygon(ring).area for part in together.geoms for ring in part.interiors)

    assert overlaps + holes < 0.001 * together.area


def test_el_salvador_is_the_table_that_the_script_holds(root, tmp_path):
    script(root, "build_example_el_salvador").build(tmp_path)

    name = "homicides_1995_2012.csv"
    bundled = EXAMPLES / "el-salvador" / "sources" / name
    assert (tmp_path / name).read_bytes() == bundled.read_bytes()


def test_four_lists_are_what_the_script_makes(root, tmp_path):
    """Every byte, with the numpy that is pinned: another may draw other numbers."""
    script(root, "build_example_cuatro_listas").build(tmp_path / "made")

    made, bundled = (
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }
        for folder in (tmp_path / "made", EXAMPLES / "cuatro-listas")
    )
    assert made == bundled


def test_four_lists_say_that_they_are_invented():
    folder = EXAMPLES / "cuatro-listas"

    assert read_configuration(folder).synthetic
    assert "existe ni existió" in (folder / "SOURCES.md").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.rglob("*")) < 900_000


def test_peru_is_the_table_of_overlaps(root, shared, tmp_path):
    table = shared / "mse" / "peru_cvr_1980_2000_by_stratum_agent.csv"
    script(root, "build_example_peru").build(table, tmp_path)

    bundled = EXAMPLES / "peru-truth-commission" / "sources"
    names = sorted(path.name for path in bundled.iterdir())
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    assert all((tmp_path / name).read_bytes() == (bundled / name).read_bytes() for name in names)


def test_peru_holds_counts_and_nothing_else():
    """24,692 people of the commission's Anexo 2; no column could hold a person."""
    bundled = EXAMPLES / "peru-truth-commission" / "sources"
    with (bundled / "overlaps.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))

    assert set(rows[0]) == {"zona", "actor", "cvr", "defensoria", "ong", "count"}
    assert sum(int(row["count"]) for row in rows) == 24_692
    assert {row["actor"] for row in rows} == {"Estado", "PCP-SL", "otros", "sin dato"}


@pytest.fixture(scope="module")
def made(root, shared, tmp_path_factory):
    """Sources of the Mexican example, made anew."""
    folder = tmp_path_factory.mktemp("made")
    script(root, "build_example_mexico").build(shared / "mexico", folder)
    return folder


def test_mexico_is_what_the_script_makes(made):
    """Contents, not bytes: another Parquet library writes its own name into the file."""
    bundled = EXAMPLES / "mexico" / "sources"

    names = sorted(path.name for path in made.iterdir())
    assert names == sorted(path.name for path in bundled.iterdir())
    for name in names:
        if name.endswith(".parquet"):
            assert pq.read_table(made / name).equals(pq.read_table(bundled / name)), name
    outlines = "municipalities.geojson"
    assert (made / outlines).read_bytes() == (bundled / outlines).read_bytes()


def test_mexico_keeps_every_row_of_every_count(root, shared):
    for name in script(root, "build_example_mexico").DELIVERIES:
        bundled = EXAMPLES / "mexico" / "sources" / f"{name}.parquet"
        delivered = shared / "mexico" / f"{name}.parquet"
        assert pq.read_metadata(bundled).num_rows == pq.read_metadata(delivered).num_rows


def test_the_same_data_make_the_same_bytes(root, shared, made, tmp_path):
    script(root, "build_example_mexico").build(shared / "mexico", tmp_path)

    for path in made.iterdir():
        assert path.read_bytes() == (tmp_path / path.name).read_bytes(), path.name

"""The catalogue of areas from GeoJSON and from tables."""

from __future__ import annotations

import gzip
import json

import pytest

from testigo.core import DEFAULT_LEVEL_NAMES, Area, InputFileError
from testigo.records import open_catalogue, read_catalogue

WHOLE = Area("MX", "México", "whole", None)
SQUARE = {"type": "Polygon", "coordinates": [[[-99, 19], [-98, 19], [-98, 20], [-99, 19]]]}
TABLE = (
    "clave,nombre,ent,entidad\n"
    "01001,Aguascalientes,01,Aguascalientes\n"
    "01002,Asientos,01,Aguascalientes\n"
    "02001,Ensenada,02,Baja California\n"
)
COLUMNS = {"code": "clave", "name": "nombre", "parent": "ent", "parent_name": "entidad"}


def feature(code, name, ent, entidad, geometry=SQUARE):
    properties = {"clave": code, "nombre": name, "ent": ent, "entidad": entidad}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features})


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="areas.csv", **columns):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        asked = COLUMNS | columns
        return read_catalogue(path, **asked, whole=WHOLE, level_names=DEFAULT_LEVEL_NAMES)

    return write_and_read


def test_a_table_gives_areas_their_parents_and_the_whole(read):
    catalogue = read(TABLE)
    assert catalogue.areas["01001"] == Area("01001", "Aguascalientes", "area", "01")
    assert catalogue.areas["02"] == Area("02", "Baja California", "parent", "MX")
    assert catalogue.whole == WHOLE
    assert [area.code for area in catalogue.of_level("area")] == ["01001", "01002", "02001"]
    assert catalogue.closed
    assert catalogue.outlines == {}


@pytest.mark.parametrize("pack", [str.encode, lambda text: gzip.compress(text.encode(), mtime=0)])
def test_geojson_gives_outlines_too(read, pack):
    text = geojson(feature("01001", "Aguascalientes", "01", "Aguascalientes"))
    catalogue = read(pack(text), "areas.geojson")
    assert catalogue.outlines == {"01001": SQUARE}
    assert catalogue.areas["01001"].parent == "01"


def test_codes_that_are_numbers_in_json_become_text(read):
    text = geojson(feature(5001, "Medellín", 5.0, "Antioquia"))
    catalogue = read(text)
    assert set(catalogue.areas) == {"5001", "5", "MX"}


def test_an_area_without_geometry_has_no_outline(read):
    text = geojson(feature("1", "x", "a", "A", None), feature("2", "y", "a", "A"))
    assert set(read(text).outlines) == {"2"}


def test_without_parent_areas_belong_to_the_whole(read):
    catalogue = read(TABLE, parent=None, parent_name=None)
    assert catalogue.areas["01001"].parent == "MX"
    assert catalogue.of_level("parent") == ()


def test_without_parent_name_larger_areas_are_called_by_their_code(read):
    assert read(TABLE, parent_name=None).areas["02"].name == "02"


def test_columns_are_found_whatever_their_dress(read):
    assert "01001" in read(TABLE.replace("clave", "CLAVE "), code="Clave").areas


def test_titles_and_notes_of_a_catalogue_are_not_areas(read):
    catalogue = read(f"CATÁLOGO 2020,,,\n{TABLE}TOTAL,,,3\nFuente: INEGI,,,\n")
    assert len(catalogue.of_level("area")) == 3


@pytest.mark.parametrize(
    ("content", "columns", "sentence"),
    [
        (TABLE, {"code": "cvegeo"}, "no column 'cvegeo'.\n  Its columns are: clave, nombre"),
        (geojson(feature("1", "x", "a", "A")), {"parent": "state"}, "property 'state'"),
        (TABLE + "01001,Otra,01,Aguascalientes\n", {}, "code 01001 stands in rows 2 and 5"),
        (TABLE + ",Otra,01,Aguascalientes\n", {}, "row 5 of the catalogue has no code"),
        (TABLE + "01003,,01,Aguascalientes\n", {}, "row 5 of the catalogue has no name"),
        (TABLE + "01003,Otra,01,Jalisco\n", {}, "code 01 is given two names"),
        (TABLE + "02,Otra,03,Jalisco\n", {}, "02 is the code of an area and of a larger area"),
        (TABLE + "MX,Otra,03,Jalisco\n", {}, "MX is the code of an area and of a larger area"),
        (TABLE + "01003,Otra,01,A,x,y\n", {}, "row 5: the row has more or fewer cells"),
        ("clave,nombre,ent,entidad\n", {}, "the catalogue holds no areas"),
        (geojson(), {}, "the catalogue holds no areas"),
        ('{"type": "Topology"}', {}, "not a GeoJSON collection"),
        ('{"features": [1]}', {}, "not a GeoJSON collection"),
        ('{"features": [', {}, "not a GeoJSON collection"),
        ('{"features":' + "[" * 99_999, {}, "not a GeoJSON collection"),
    ],
)
def test_what_cannot_be_a_catalogue_is_said_with_the_mend(read, content, columns, sentence):
    with pytest.raises(InputFileError, match=sentence) as caught:
        read(content, **columns)
    assert caught.value.hint is not None


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Polygon", "coordinates": [[[2_500_000.0, 1_200_000.0]]]},
        {"type": "Point", "coordinates": [-99, 19]},
        {"type": "Polygon", "coordinates": []},
        {"type": "MultiPolygon", "coordinates": [[["x", "y"]]]},
        {"type": ["Polygon"]},
        {"type": "Polygon", "coordinates": [[[-99, 19], [-98, None]]]},
        {"type": "Polygon", "coordinates": [[[-99, 19], [float("nan"), 2]]]},
        {"coordinates": [[[0, 0]]]},
    ],
)
def test_an_outline_that_cannot_be_drawn_is_said(read, geometry):
    with pytest.raises(InputFileError, match="outline of area 1 is not"):
        read(geojson(feature("1", "x", "a", "A", geometry)))


def test_the_mexican_catalogue_and_map_are_read(shared):
    folder = shared / "mexico"
    table = read_catalogue(
        folder / "municipality_catalogue_2020.csv.gz",
        code="mun_code",
        name="municipio_name",
        parent="state_code",
        parent_name="state_name",
        whole=WHOLE,
        level_names=DEFAULT_LEVEL_NAMES,
    )
    drawn = read_catalogue(
        folder / "municipalities_simplified.geojson.gz",
        code="mun_code",
        name="mun_code",
        parent=None,
        parent_name=None,
        whole=WHOLE,
        level_names=DEFAULT_LEVEL_NAMES,
    )
    assert (len(table.of_level("area")), len(table.of_level("parent"))) == (2_469, 32)
    assert len(drawn.outlines) == 2_469


def test_without_catalogue_every_place_is_an_area():
    catalogue = open_catalogue(WHOLE, DEFAULT_LEVEL_NAMES)
    assert not catalogue.closed
    assert catalogue.areas == {"MX": WHOLE}

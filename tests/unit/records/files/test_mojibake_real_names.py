"""The place names and categories of two countries, broken in every way we know, come out right."""

from __future__ import annotations

import pyarrow as pa
import pytest
from pyarrow import parquet

from testigo.records.files.mojibake import repair_accents

WAYS = [  # read as, was
    ("mac_roman", "cp1252"),
    ("cp1252", "cp850"),
    ("latin-1", "cp850"),
    ("latin-1", "mac_roman"),
    ("cp1252", "mac_roman"),
    ("cp850", "cp1252"),
    ("cp437", "cp1252"),
    ("mac_roman", "cp850"),
    ("cp850", "mac_roman"),
    ("cp1252", "utf-8"),
    ("latin-1", "utf-8"),
    ("mac_roman", "utf-8"),
    ("cp850", "utf-8"),
]
FILES = (
    "mexico/press_mun_day_2019_2021.parquet",
    "mexico/sesnsp_state_month_investigations_2015_2022.parquet",
    "mexico/population_municipality_census_1990_2020.parquet",
    "colombia/police_homicides_2003_2024.parquet",
)


@pytest.fixture(scope="module")
def names(shared):
    found = set()
    for file in FILES:
        table = parquet.read_table(shared / file)
        for column in table.columns:
            if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
                found |= {text for text in column.unique().to_pylist() if text}
    return {text for text in found if not text.isascii()}


def broken(names, read_as, was):
    pairs = {}
    for text in names:
        try:
            pairs[text.encode(was).decode(read_as)] = text
        except UnicodeError:  # some bytes mean nothing in some tables
            continue
    return pairs


def test_right_names_are_left_alone(names):
    assert repair_accents(names).texts == {}
    assert [name for name in sorted(names) if repair_accents({name}).texts] == []


@pytest.mark.parametrize(("read_as", "was"), WAYS)
def test_broken_names_come_out_right(names, read_as, was):
    given = broken(names, read_as, was)
    repair = repair_accents(given)
    assert {text: repair.texts.get(text, text) for text in given} == given
    assert len(given) > 1_400


@pytest.mark.parametrize(("read_as", "was"), WAYS)
def test_right_names_beside_broken_ones_are_left_alone(names, read_as, was):
    given = broken(names, read_as, was)
    repair = repair_accents(set(given) | names)
    assert not names & set(repair.texts)
    assert all(given[text] == mended for text, mended in repair.texts.items())


def test_the_misread_population_file_comes_out_as_the_census_spells(shared):
    """`population_municipality_age_sex_1990_2012` came with UTF-8 read as Latin-1."""
    name = "mexico/population_municipality_age_sex_1990_2012.parquet"
    given = set(parquet.read_table(shared / name)["municipality"].unique().to_pylist()) - {None}
    census = "mexico/population_municipality_census_1990_2020.parquet"
    right = set(parquet.read_table(shared / census)["municipality"].unique().to_pylist())
    repair = repair_accents(given)
    misread = {text for text in given if "Ã" in text}
    assert set(repair.texts) == misread
    assert len(misread) == 803
    assert sum(text in right for text in repair.texts.values()) >= 0.95 * len(misread)

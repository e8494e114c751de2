"""Why a delivered file cannot be read, and what to do about it: one sentence and one mend each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from testigo.core import InputFileError, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_ASK_AGAIN: Final = Message(
    "Open it to see whether it is whole; if not, download it or ask for it again."
)
_SAVE_AS: Final = Message("Open it in a spreadsheet program and save it as .xlsx or as CSV.")

_REFUSALS: Final[Mapping[str, tuple[Message, Message]]] = {
    "missing": (
        Message("{file}: there is no such file."),
        Message("Check the name, also upper and lower case, and the folder that it is in."),
    ),
    "not_a_file": (
        Message("{file} is not a file."),
        Message(
            "Give the name of a file; in testigo.toml also a pattern such as sources/police_*.csv."
        ),
    ),
    "unreadable": (
        Message("{file}: the file cannot be opened ({problem})."),
        Message("Close it in other programs and check that you may read it."),
    ),
    "changed": (
        Message("{file}: the file changed while it was being read."),
        Message("Wait until it is saved whole, and run again."),
    ),
    "empty": (
        Message("{file}: the file is empty."),
        _ASK_AGAIN,
    ),
    "too_large": (
        Message("{file}: the file is larger than {limit} {what} when unpacked."),
        Message("Split it into several files, for instance one for each year."),
    ),
    "binary": (
        Message("{file}: this is not a table but {kind}."),
        Message("Deliver CSV, XLSX, XLS or Parquet; if it is a report, ask for its data."),
    ),
    "archive": (
        Message("{file}: this is an archive that holds other files."),
        Message("Unpack it and put the tables that it holds into sources/."),
    ),
    "other_format": (
        Message("{file}: the contents are {kind}, which is not read directly."),
        _SAVE_AS,
    ),
    "damaged": (
        Message("{file}: the contents are {kind}, but cut short or damaged."),
        _ASK_AGAIN,
    ),
    "password": (
        Message("{file}: the workbook is protected by a password."),
        Message("Save it without a password, or ask for it so."),
    ),
    "no_sheet": (
        Message("{file}: there is no sheet {given!r}. Sheets: {sheets}."),
        Message("Write one of them as `sheet`, or leave `sheet` out."),
    ),
    "no_table": (
        Message("{file}: there is no table in it."),
        _ASK_AGAIN,
    ),
    "wrong_encoding": (
        Message("{file}: line {line} cannot be read as {encoding}."),
        Message("Leave `encoding` out, so that it is found by looking, or write another."),
    ),
    "unknown_encoding": (
        Message("{file}: the letters beyond a to z cannot be read in any usual encoding."),
        Message('Ask how it was saved and write it, for instance encoding = "cp1252".'),
    ),
    "no_header": (
        Message("{file}: row {row} was given as the header, but there is nothing in it."),
        Message("Write as `header_row` the row of the column names, or leave it out."),
    ),
    "nameless": (
        Message("{file}: from row {row} on, rows have {found} cells, but the header {names}."),
        Message("Add the missing column name to the header, so that no column shifts."),
    ),
    "not_geojson": (
        Message("{file}: this is JSON, but not a GeoJSON collection of areas."),
        Message("Export the areas as a GeoJSON FeatureCollection, or give a table without map."),
    ),
    "not_wgs84": (
        Message("{file}: the outline of area {code} is not in degrees of longitude and latitude."),
        Message("Export it again in WGS84 (EPSG:4326)."),
    ),
    "no_property": (
        Message("{file}: there is no property {given!r}. There are: {there}."),
        Message("Write one of them under [areas] in testigo.toml, as `{key}`."),
    ),
    "blank_code": (
        Message("{file}: row {row} of the catalogue has no {key}."),
        Message("Fill it in, or take the row out."),
    ),
    "repeated_code": (
        Message("{file}: the code {code} stands in rows {first} and {second}."),
        Message(
            "Each area has one row. Where the file has a row a year, make a catalogue of its own, "
            "one row an area; where it has outlines, join those in several parts."
        ),
    ),
    "code_of_two_levels": (
        Message("{file}: {code} is the code of an area and of a larger area that holds others."),
        Message("Codes must differ between levels; set another `parent` or `whole` code."),
    ),
    "two_parent_names": (
        Message("{file}: the code {code} is given two names, {first!r} and {second!r}."),
        Message("Check the catalogue's column of the larger areas' codes and names."),
    ),
    "no_areas": (
        Message("{file}: the catalogue holds no areas."),
        _ASK_AGAIN,
    ),
}


def refuse(file: object, reason: str, /, **values: object) -> InputFileError:
    """Return the error of one way in which a file cannot be read; the caller raises it."""
    message, hint = _REFUSALS[reason]
    said = {"file": file, **values}
    return InputFileError(replace(message, values=said), replace(hint, values=said))

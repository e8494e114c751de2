"""Outlines become map paper: projected, made lighter, drawn once for every language."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.publication.report.drawing import TITLE_MARK, Plot, render_svg
from testigo.publication.report.figures import Drawing
from testigo.publication.report.palette import OUTLINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    import altair as alt
    from markupsafe import Markup
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from testigo.core import AreaCatalogue

_AS_IS: Final = {"type": "identity", "scale": 1, "translate": [0, 0]}  # already in pixels
_WIDTH: Final = 760.0  # pixels
_HEIGHT: Final = 520.0
_COARSENESS: Final = 0.45  # pixels that a simplified border may be off
_FINE: Final = 10  # steps per pixel in the paths


@dataclass(frozen=True, slots=True)
class MapPaper:
    """Outlines in pixels, ready to be filled.

    Attributes
    ----------
    areas, parents
        Geometry by code; parents are made of their areas.
    width, height
        Of the paper, in pixels.
    """

    areas: Mapping[str, BaseGeometry]
    parents: Mapping[str, BaseGeometry]
    width: float
    height: float


def lay_out(catalogue: AreaCatalogue) -> MapPaper | None:
    """Project the outlines of a catalogue on an equal-area plane; None where there are none.

    Lambert's azimuthal projection around the middle of the territory, so that an area looks as
    large as it is.
    """
    import shapely
    from shapely.geometry import shape

    codes = sorted(code for code, outline in catalogue.outlines.items() if outline)
    if not codes:
        return None
    spherical = np.array([shape(catalogue.outlines[code]) for code in codes])
    flat = _flatten(spherical)
    left, top, right, bottom = shapely.total_bounds(flat)
    scale = min(_WIDTH / (right - left), _HEIGHT / (bottom - top))
    paper = shapely.transform(flat, lambda points: (points - (left, top)) * scale)
    light = _simplify(paper)
    areas = {
        code: geometry for code, geometry in zip(codes, light, strict=True) if not geometry.is_empty
    }
    return MapPaper(areas, _merge(areas, catalogue), (right - left) * scale, (bottom - top) * scale)


def _flatten(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    import shapely

    west, south, east, north = shapely.total_bounds(outlines)
    middle = math.radians((south + north) / 2)
    centre = math.radians((west + east) / 2)

    def project(points: NDArray[np.float64]) -> NDArray[np.float64]:
        along, up = np.radians(points[:, 0]) - centre, np.radians(points[:, 1])
        cosine = math.sin(middle) * np.sin(up) + math.cos(middle) * np.cos(up) * np.cos(along)
        stretch = np.sqrt(2 / (1 + cosine))
        x = stretch * np.cos(up) * np.sin(along)
        y = math.cos(middle) * np.sin(up) - math.sin(middle) * np.cos(up) * np.cos(along)
        return np.column_stack([x, -stretch * y])

    return np.asarray(shapely.transform(outlines, project))


def _simplify(outlines: NDArray[np.object_]) -> NDArray[np.object_]:
    """Drop points that no eye can see, and keep neighbours touching."""
    import shapely

    kinds = shapely.get_type_id(outlines)
    polygons = np.isin(kinds, [shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON])
    if polygons.all():
        return np.asarray(shapely.coverage_simplify(outlines, _COARSENESS))
    return np.asarray(shapely.simplify(outlines, _COARSENESS))


def _merge(areas: Mapping[str, BaseGeometry], catalogue: AreaCatalogue) -> dict[str, BaseGeometry]:
    import shapely

    members: dict[str, list[BaseGeometry]] = {}
    for code, geometry in areas.items():
        area = catalogue.areas.get(code)
        if area is not None and area.parent is not None:
            members.setdefault(area.parent, []).append(geometry)
    parents = {area.code for area in catalogue.of_level("parent")}
    return {code: shapely.unary_union(parts) for code, parts in members.items() if code in parents}


@dataclass(frozen=True, slots=True)
class MapEntry:
    """How one area is drawn: its fill, what a pointer over it tells, and a glyph, if any."""

    fill: str
    told: str
    glyph: str = ""


def draw_map(
    paper: MapPaper,
    outlines: Mapping[str, BaseGeometry],
    entries: Mapping[str, MapEntry],
    *,
    named_by: str,
    borders: Mapping[str, BaseGeometry] | None = None,
) -> Drawing:
    """Fill the outlines; one drawing for every language, because there are only names in it.

    Parameters
    ----------
    paper
        Gives the size.
    outlines
        What to fill, by code.
    entries
        Fill and text by code.
    named_by
        Ids of the elements that say what the map shows.
    borders
        Stronger lines on top.
    """
    import altair as alt
    from altair.utils.schemapi import debug_mode

    plot = Plot(paper.width, paper.height, projection=dict(_AS_IS))
    shapes = [
        _feature(outlines[code], fill=entry.fill, told=TITLE_MARK + entry.told)
        for code, entry in sorted(entries.items())
        if code in outlines
    ]
    with debug_mode(arg=False):
        plot.layers.append(
            plot.over(shapes)
            .mark_geoshape(stroke=OUTLINE, strokeWidth=0.25 if borders else 0.5)
            .encode(fill=alt.Fill("properties.fill:N", scale=None), description="properties.told:N")
        )
        plot.layers += _borders(plot, borders or {})
        plot.layers += _glyphs(plot, outlines, entries)
        return Drawing(None, "any", _tighten(render_svg(plot, named_by=named_by)))


def _feature(geometry: BaseGeometry, **properties: str) -> dict[str, object]:
    from shapely.geometry import mapping

    return {"type": "Feature", "geometry": mapping(geometry), "properties": properties}


def _borders(plot: Plot, borders: Mapping[str, BaseGeometry]) -> list[alt.Chart]:
    lines = [_feature(geometry) for _, geometry in sorted(borders.items())]
    look = {"filled": False, "stroke": "#3a3733", "strokeWidth": 0.7}
    return [plot.over(lines).mark_geoshape(**look)] if lines else []


def _glyphs(
    plot: Plot, outlines: Mapping[str, BaseGeometry], entries: Mapping[str, MapEntry]
) -> list[alt.Chart]:
    """Tell more from less by marks, where a grey printer cannot."""
    points = []
    for code, entry in sorted(entries.items()):
        if entry.glyph and code in outlines:
            spot = outlines[code].representative_point()
            points.append({"x": spot.x, "y": spot.y, "glyph": entry.glyph})
    if not points:
        return []
    base = plot.over(points).encode(longitude="x:Q", latitude="y:Q", text="glyph:N")
    return [
        base.mark_text(fontSize=13, stroke="#ffffff", strokeWidth=3),
        base.mark_text(fontSize=13),
    ]


_PATH: Final = re.compile(r'd="(M[MLZ0-9.,\-]*Z)"')
_COMMAND: Final = re.compile(r"([MLZ])([^MLZ]*)")


def _tighten(svg: Markup) -> Markup:
    """Write outlines in whole tenths of a pixel, each point from the one before."""
    return type(svg)(_PATH.sub(lambda found: f'd="{relative_path(found.group(1))}"', svg))


def relative_path(path: str) -> str:
    """Return a path of straight lines in relative steps.

    Examples
    --------
    >>> relative_path("M10,10L12.5,10L12.5,11Z")
    'm10 10 2.5 0 0 1z'
    """
    parts: list[str] = []
    at = (0, 0)
    start = at
    for command, numbers in _COMMAND.findall(path):
        if command == "Z":
            parts.append("z")
            at = start
            continue
        x, y = (round(float(number) * _FINE) for number in numbers.split(","))
        across, down = _tenths(x - at[0]), _tenths(y - at[1])
        joint = "" if down.startswith("-") else " "
        lead = "m" if command == "M" else "" if across.startswith("-") else " "
        parts.append(f"{lead}{across}{joint}{down}")
        at = (x, y)
        if command == "M":
            start = at
    return "".join(parts)


def _tenths(steps: int) -> str:
    whole, tenth = divmod(abs(steps), _FINE)
    sign = "-" if steps < 0 else ""
    if not tenth:
        return f"{sign}{whole}" if whole else "0"
    return f"{sign}{whole or ''}.{tenth}"

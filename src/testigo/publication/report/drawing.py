"""From an Altair chart to a small, plain SVG that carries no style, no id and no font of its own.

Vega writes for screens that it controls: full floats, a font on every letter, roles for each
axis. A page that holds a country in 5 MB needs none of it. The text stays text, in the fonts of
the reader's computer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from markupsafe import Markup

from testigo.publication.report.figures import Drawing, Width
from testigo.publication.report.palette import INK, MUTED, RULE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import altair as alt

    from testigo.core import Language

WIDTHS: Final[dict[Width, int]] = {"wide": 780, "narrow": 352}
TITLE_MARK: Final = "\u2063"  # invisible: a description that begins with it becomes a tooltip
_SVG: Final = "{http://www.w3.org/2000/svg}"
_FRACTION: Final = re.compile(r"-?\d*\.\d+(?:e[-+]?\d+)?")
_USELESS: Final = frozenset(
    {
        *("class", "role", "version", "font-family", "pointer-events", "stroke-miterlimit"),
        *("aria-hidden", "aria-label", "aria-roledescription", "stroke-dashoffset"),
    }
)
_PLAIN: Final = {"opacity": "1", "stroke-width": "1", "text-anchor": "start"}


@dataclass(slots=True)
class Plot:
    """A chart in the making: its rows stay outside, altair sees only their names.

    altair checks and copies every value that it is given, which takes seconds for a country;
    so it gets the grammar, and Vega gets the rows.

    Attributes
    ----------
    width, height
        Of the field between the axes, in pixels.
    layers
        From the bottom up.
    rows
        Data by name.
    projection
        Of the maps among the layers; None for charts.
    """

    width: float
    height: float
    layers: list[alt.Chart] = field(default_factory=list)
    rows: dict[str, Sequence[object]] = field(default_factory=dict)
    projection: dict[str, object] | None = None

    def over(self, rows: Sequence[object]) -> alt.Chart:
        """Begin a layer over some rows."""
        import altair as alt

        name = f"rows{len(self.rows)}"
        self.rows[name] = rows
        return alt.Chart(alt.NamedData(name=name))

    def to_dict(self, *, checked: bool = False) -> dict[str, object]:
        """Return the whole specification for Vega-Lite, held against its schema if asked."""
        import altair as alt

        chart = alt.layer(*self.layers).properties(width=self.width, height=self.height)
        if self.projection is not None:
            chart = chart.project(**self.projection)
        return {**chart.to_dict(validate=checked), "datasets": self.rows, "config": _config()}


def draw_variants(
    build: Callable[[Language | None, int], Plot],
    *,
    languages: Iterable[Language | None] = (None,),
    named_by: str,
) -> tuple[Drawing, ...]:
    """Draw a chart for a desk and for a phone, in each language in which it differs.

    Parameters
    ----------
    build
        Makes the chart for a language (None: no words in it) and a width in pixels.
    languages
        Languages to draw it in.
    named_by
        Ids of the elements that say what it shows.
    """
    from altair.utils.schemapi import debug_mode

    with debug_mode(arg=False):  # the tests check each chart against the schema; that takes time
        return tuple(
            Drawing(language, width, render_svg(build(language, pixels), named_by=named_by))
            for language in languages
            for width, pixels in WIDTHS.items()
        )


def render_svg(plot: Plot, *, named_by: str) -> Markup:
    """Return a plot as inline SVG whose text alternative is in the elements `named_by`."""
    import vl_convert

    root = ET.fromstring(vl_convert.vegalite_to_svg(plot.to_dict()))  # noqa: S314  # our own output
    width, height = root.get("width", "0"), root.get("height", "0")
    inner = "".join(_written(child) for child in _children(root))
    return Markup(
        '<svg viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-labelledby="{names}">{inner}</svg>'
    ).format(w=_short(width), h=_short(height), names=named_by, inner=Markup(inner))  # noqa: S704


def _config() -> dict[str, object]:
    text = {"labelFontSize": 12, "titleFontSize": 12, "labelColor": MUTED, "titleColor": MUTED}
    return {
        "background": None,
        "font": "sans-serif",
        "padding": 4,
        "view": {"stroke": None},
        "axis": {
            **text,
            "titleFontWeight": "normal",
            "gridColor": RULE,
            "domainColor": MUTED,
            "tickColor": MUTED,
            "labelPadding": 5,
        },
        "text": {"fontSize": 13, "color": INK},
        "legend": {"disable": True},
    }


def _written(element: ET.Element) -> str:
    """Write an element and what is in it; empty groups and hidden paths vanish."""
    tag = element.tag.removeprefix(_SVG)
    if element.get("display") == "none" or (tag == "path" and element.get("d") in {"", None}):
        return ""
    if "background" in element.get("class", ""):
        return ""
    inner = "".join(_written(child) for child in _children(element)) + _tooltip(element)
    inner += _escaped(element.text or "") if tag in {"text", "tspan"} else ""
    if tag == "g" and not inner:
        return ""
    attributes = _attributes(element)
    if tag == "g" and not attributes:
        return inner
    return f"<{tag}{attributes}>{inner}</{tag}>" if inner else f"<{tag}{attributes}/>"


def _children(element: ET.Element) -> list[ET.Element]:
    return [child for child in element if child.tag != f"{_SVG}defs"]


def _attributes(element: ET.Element) -> str:
    kept = {
        name: _short(value)
        for name, value in element.attrib.items()
        if name not in _USELESS and _PLAIN.get(name) != value and not name.startswith("{")
    }
    if kept.get("transform") in {"translate(0,0)", ""}:
        del kept["transform"]
    kept.pop("clip-path", None)
    return "".join(f' {name}="{_escaped(value)}"' for name, value in kept.items())


def _tooltip(element: ET.Element) -> str:
    label = element.get("aria-label", "")
    if not label.startswith(TITLE_MARK):
        return ""
    return f"<title>{_escaped(label.removeprefix(TITLE_MARK))}</title>"


def _short(value: str) -> str:
    """Round every fraction to one decimal, small ones to two."""
    return _FRACTION.sub(_rounded, value)


def _rounded(found: re.Match[str]) -> str:
    number = float(found.group())
    text = f"{number:.{1 if abs(number) >= 1 else 2}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text.replace("0.", ".", 1) if abs(number) < 1 else text


def _escaped(text: str) -> str:
    return str(Markup.escape(text))

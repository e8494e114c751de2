"""Legends, written in HTML so that one drawing serves both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from testigo.publication.report.figures import Key
from testigo.publication.report.palette import OUTLINE, PENTAGON, Mark, Shade, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from testigo.publication.report.evidence import Evidence

_SHAPES: Final = {  # on a field of 26 by 14, centred at 13, 7
    "circle": '<circle cx="13" cy="7" r="4"/>',
    "square": '<path d="M9 3h8v8h-8z"/>',
    "diamond": '<path d="M13 2l5 5-5 5-5-5z"/>',
    "triangle-up": '<path d="M13 2l5 9h-10z"/>',
    "triangle-down": '<path d="M13 12l5-9h-10z"/>',
    "triangle-right": '<path d="M18 7l-9 5v-10z"/>',
    "triangle-left": '<path d="M8 7l9-5v10z"/>',
    PENTAGON: '<path d="M13 2l5 3.6-1.9 5.9h-6.2l-1.9-5.9z"/>',
    "cross": '<path d="M11 2h4v3h3v4h-3v3h-4v-3h-3v-4h3z"/>',
}


def shade_swatch(fill: str) -> Markup:
    """Draw a small box of a map's fill."""
    return Markup(
        '<svg class="swatch" width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">'
        '<rect x=".5" y=".5" width="25" height="13" fill="{}" stroke="{}"/></svg>'
    ).format(fill, OUTLINE)


def mark_swatch(mark: Mark, *, hollow: bool = False, line: bool = False) -> Markup:
    """Draw the mark of a source, on its line when it is one."""
    dashes = " ".join(map(str, mark.dash))
    stroke = (
        Markup('<path d="M0 7h26" stroke="{}" stroke-width="2" stroke-dasharray="{}"/>').format(
            mark.colour, dashes
        )
        if line
        else ""
    )
    return Markup(
        '<svg class="swatch" width="26" height="14" viewBox="0 0 26 14" aria-hidden="true">'
        '{}<g fill="{}" stroke="{}" stroke-width="1.6">{}</g></svg>'
    ).format(
        stroke,
        "#ffffff" if hollow else mark.colour,
        mark.colour,
        Markup(_SHAPES[mark.shape]),  # noqa: S704
    )


def mark_keys(evidence: Evidence, sources: Iterable[str]) -> tuple[Key, ...]:
    """Return the marks of some sources."""
    return tuple(
        Key(mark_swatch(mark_of(evidence.places[source])), evidence.name(source))
        for source in sources
    )


def count_keys(drawn: Sequence[Shade], shades: Iterable[Shade]) -> tuple[Key, ...]:
    """Return the shades of a map with how many areas carry each.

    Unused special ones are left out, and the classes too when no area has a colour.

    Parameters
    ----------
    drawn
        Shade of each area.
    shades
        In the order of the legend.
    """
    used = [shade.code for shade in drawn]
    any_class = any(code.isdigit() for code in used)
    return tuple(
        Key(shade_swatch(shade.fill), shade.meaning, used.count(shade.code))
        for shade in shades
        if shade.code in used or (any_class and shade.code.isdigit())
    )

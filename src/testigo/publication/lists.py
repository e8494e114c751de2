"""The tables that explain the others: which areas there are, and what each source counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import UNKNOWN_MARK
from testigo.publication.schemas import AREAS, SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from testigo.core import AreaCatalogue
    from testigo.records import Source, Span


def describe_areas(catalogue: AreaCatalogue) -> pa.Table:
    """List the areas of a catalogue, and for each parent the place that is unknown within it.

    Returns
    -------
    pyarrow.Table
        Columns `AREAS`. The code of an unknown place is `?` and the parent's code; `?` alone
        when the parent is unknown too.
    """
    whole = catalogue.whole.code
    rows: list[dict[str, object]] = [
        {
            "area": area.code,
            "area_level": area.level,
            "name": area.name,
            "parent": None if area.level == "whole" else area.parent or whole,
        }
        for area in catalogue.areas.values()
    ]
    parents = [area.code for area in catalogue.of_level("parent")]
    rows += [_unknown("area", UNKNOWN_MARK + parent, parent) for parent in parents]
    rows.append(_unknown("area", UNKNOWN_MARK, UNKNOWN_MARK if parents else whole))
    rows += [_unknown("parent", UNKNOWN_MARK, whole)] if parents else []
    return AREAS.table(rows)


def _unknown(level: str, code: str, parent: str) -> dict[str, object]:
    return {"area": code, "area_level": level, "name": UNKNOWN_MARK, "parent": parent}


def describe_sources(sources: Sequence[Source]) -> pa.Table:
    """List the sources with what must be known to read their figures.

    Returns
    -------
    pyarrow.Table
        Columns `SOURCES`, by id.
    """
    return SOURCES.table([_source(source) for source in sources])


def _source(source: Source) -> dict[str, object]:
    listed = source.kind == "overlaps"
    return {
        "source": source.id,
        "name_es": source.name.es,
        "name_en": source.name.en,
        "kind": source.kind,
        "family": source.family,
        "unit": source.unit,
        "date_basis": None if listed else source.date_basis,
        "place_basis": None if listed else source.place_basis,
        "valid_from": source.valid.first if source.valid else None,
        "valid_to": source.valid.last if source.valid else None,
        "method_breaks": _spans(source.method_breaks),
        "reporting_gaps": _spans(source.reporting_gaps),
        "subset_of": source.subset_of,
        "published": source.published,
        "licence": source.licence or None,
        "url": source.url or None,
    }


def _spans(spans: Iterable[Span]) -> str | None:
    told = [f"{span.first}/{span.last} {span.note.es} | {span.note.en}" for span in spans]
    return "; ".join(told) or None

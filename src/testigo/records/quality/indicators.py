"""The quality indicators: what each measures, against which threshold, and whose criterion it is.

One list serves the table, the reference page (docs/reference/quality.md) and the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from testigo.core import Message
from testigo.records.quality.bogota import MISSING_THRESHOLDS

if TYPE_CHECKING:
    from collections.abc import Mapping

IndicatorUnit = Literal["share", "days", "months", "number", "yes = 1"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One way to look at the quality of a source.

    Attributes
    ----------
    code
        Stable; stands in the column `indicator`.
    label, meaning
        For people.
    unit
        Of the value.
    threshold
        The default for every field; None: the value is told and not judged.
    by_field
        Thresholds that depend on the field; a field that is not there is told and not judged.
    at_least
        Whether the value must reach the threshold; otherwise it must not exceed it.
    criterion
        B1 to B9 of the Bogotá Protocol; empty when it is not of the protocol.
    """

    code: str
    label: Message
    meaning: Message
    unit: IndicatorUnit
    threshold: float | None = None
    by_field: Mapping[str, float] | None = None
    at_least: bool = False
    criterion: str = ""

    def threshold_of(self, field: str) -> float | None:
        """Return what a value about this field is held against."""
        return self.threshold if self.by_field is None else self.by_field.get(field)

    def judge(self, value: float | None, field: str) -> str:
        """Return `yes`, `no`, `unknown` (no value) or `not_applicable` (no threshold)."""
        threshold = self.threshold_of(field)
        if threshold is None:
            return "not_applicable"
        if value is None:
            return "unknown"
        met = value >= threshold if self.at_least else value <= threshold
        return "yes" if met else "no"


_ALL: Final = (
    Indicator(
        "unit_is_victim",
        Message("counts victims"),
        Message("One record for each person killed, not for each file or incident."),
        "yes = 1",
        threshold=1,
        at_least=True,
        criterion="B1",
    ),
    Indicator(
        "minimum_field",
        Message("minimum field delivered"),
        Message("Whether the delivery has the field at all."),
        "yes = 1",
        threshold=1,
        at_least=True,
        criterion="B3",
    ),
    Indicator(
        "missing_share",
        Message("missing data"),
        Message(
            "Victims whose value is unknown or blank, of all; a code that says unknown counts"
            " as missing."
        ),
        "share",
        by_field=MISSING_THRESHOLDS,
        criterion="B4",
    ),
    Indicator(
        "not_collected_share",
        Message("not collected"),
        Message(
            "The delivery has no such column: nobody can know. A blank in a column is missing."
        ),
        "share",
    ),
    Indicator(
        "withheld_share",
        Message("withheld"),
        Message("Victims whose value the source holds and does not give."),
        "share",
    ),
    Indicator(
        "residual_category_share",
        Message("residual category"),
        Message("Victims under other or unspecified, of those with a stated value."),
        "share",
    ),
    Indicator(
        "coarse_date_share",
        Message("date without a day"),
        Message("Victims of whom only the month or the year is known, of those with a date."),
        "share",
    ),
    Indicator(
        "geocoded_share",
        Message("with coordinates"),
        Message("Victims with latitude and longitude."),
        "share",
    ),
    Indicator(
        "coarse_point_share",
        Message("coarse coordinates"),
        Message("Of those with coordinates: two decimals or fewer, a kilometre or worse."),
        "share",
    ),
    Indicator(
        "placeholder_point_share",
        Message("placeholder points"),
        Message(
            "Of those with coordinates: on a point that serves ten days or more, as the door of"
            " a police station or the centre of a municipality does."
        ),
        "share",
    ),
    Indicator(
        "heaping_share",
        Message("heaping"),
        Message(
            "Ages ending in 0 or 5 (about 20% would), dates on day 1 or 15 (about 7%), hours at"
            " 0 or 12 (about 8%): far more means that values were rounded or invented."
        ),
        "share",
    ),
    Indicator(
        "timeliness_median",
        Message("delay, median"),
        Message("Days from event to registration for half of the victims."),
        "days",
    ),
    Indicator(
        "timeliness_p90",
        Message("delay, nine of ten"),
        Message("Days from event to registration for nine victims of ten."),
        "days",
    ),
    Indicator(
        "quarantined_share",
        Message("rows in quarantine"),
        Message("Rows that wait for a mend, of the rows delivered."),
        "share",
    ),
    Indicator(
        "excluded_share",
        Message("rows excluded"),
        Message("Rows left out by a named rule, of the rows delivered."),
        "share",
    ),
    Indicator(
        "repeated_rows_share",
        Message("repeated rows"),
        Message("Rows that repeat another one, kept or not, of the rows delivered."),
        "share",
        criterion="B6",
    ),
    Indicator(
        "unmatched_places_share",
        Message("places not found"),
        Message("Rows whose place is not in the catalogue, of the rows delivered."),
        "share",
    ),
    Indicator(
        "missing_months",
        Message("months missing"),
        Message("Months without any row in which silence is a surprise, and not declared."),
        "months",
        threshold=0,
    ),
    Indicator(
        "missing_days",
        Message("days missing"),
        Message("Days without any row in which silence is a surprise, and not declared."),
        "days",
        threshold=0,
    ),
    Indicator(
        "reporting_gaps_declared",
        Message("reporting gaps declared"),
        Message("Stretches of time that the observatory knows were not reported."),
        "number",
    ),
    Indicator(
        "method_breaks_declared",
        Message("method breaks declared"),
        Message("Changes of method that the observatory knows of; figures across do not compare."),
        "number",
    ),
)
INDICATORS: Final[Mapping[str, Indicator]] = {indicator.code: indicator for indicator in _ALL}

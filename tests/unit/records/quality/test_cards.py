"""Quality: every indicator on a few rows whose value a reader can check by hand."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from testigo.core import Message, Text, UsageError
from testigo.records import (
    ACCEPTED,
    BOGOTA_CATEGORIES,
    DELIVERIES,
    FLAGS,
    INDICATORS,
    SET_ASIDE,
    UNMATCHED_PLACES,
    Ingested,
    Source,
    Span,
    describe_quality,
    quality_index,
)

if TYPE_CHECKING:
    from pathlib import Path

STATUSES = [name for name in ACCEPTED.arrow.names if name.endswith("_status")]
NOTE = Text(es="nota", en="note")


def source(**changes: object) -> Source:
    given: dict[str, object] = {
        "id": "police",
        "name": Text(es="Policía", en="Police"),
        "kind": "records",
        "family": "criminal_justice",
        "files": ("police.csv",),
        "columns": {"date": "fecha", "area": "municipio"},
    }
    return Source(**given | changes)


def victim(**changes: object) -> dict[str, object]:
    usual = {
        "source": "police",
        "file": "police.csv",
        "row": 1,
        "cell": 0,
        "count": 1,
        "date": date(2020, 3, 17),
        "date_precision": "day",
        "area": "0101",
        "parent": "01",
    }
    return dict.fromkeys(STATUSES, "not_collected") | usual | changes


def ingested(
    *rows: dict[str, object],
    set_aside: tuple[tuple[str, str], ...] = (),
    flagged: tuple[str, ...] = (),
    unmatched: int = 0,
    delivered: int | None = None,
    **changes: object,
) -> Ingested:
    total = len(rows) + len(set_aside) if delivered is None else delivered
    where = {"source": "police", "file": "police.csv"}
    return Ingested(
        source=source(**changes),
        accepted=pa.Table.from_pylist(list(rows), schema=ACCEPTED.arrow),
        set_aside=SET_ASIDE.table(
            [
                where | {"row": n, "placement": placement, "reason": reason, "mend": ""}
                for n, (placement, reason) in enumerate(set_aside)
            ]
        ),
        flags=FLAGS.table(
            [where | {"row": n, "reason": reason, "column": ""} for n, reason in enumerate(flagged)]
        ),
        deliveries=DELIVERIES.table(
            [
                where
                | {"sha256": "0", "rows_delivered": total, "rows_accepted": len(rows)}
                | {"rows_excluded": 0, "rows_quarantined": 0, "rows_flagged": len(flagged)}
                | {"count_accepted": len(rows)}
            ]
        ),
        unmatched_places=UNMATCHED_PLACES.table(
            [{"source": "police", "parent_text": "", "area_text": "Xyz", "rows": unmatched}]
            if unmatched
            else []
        ),
        notes=(Message("nothing"),),
    )


def card(*rows: dict[str, object], **given: object) -> dict[tuple[str, str, str], dict]:
    lines = describe_quality([ingested(*rows, **given)]).to_pylist()
    return {(line["indicator"], line["field"], line["period"]): line for line in lines}


def value(*rows: dict[str, object], indicator: str, field: str = "", period: str = "all", **given):
    found = card(*rows, **given).get((indicator, field, period))
    return None if found is None else (found["value"], found["met"])


def statuses(field: str, *given: str) -> list[dict[str, object]]:
    return [victim(**{f"{field}_status": each}) for each in given]


def test_unknown_and_blank_are_missing_of_all_victims() -> None:
    """domain.md 1.6: records whose field is unknown or blank, over n."""
    rows = statuses("sex", "stated", "stated", "stated", "unknown", "not_collected")

    assert value(*rows, indicator="missing_share", field="sex") == (2 / 5, "no")
    assert value(*rows, indicator="not_collected_share", field="sex") is None


def test_mostly_blank_ages_do_not_meet_the_protocol() -> None:
    rows = statuses("age", *["not_collected"] * 6, *["stated"] * 4)

    assert value(*rows, indicator="missing_share", field="age") == (0.6, "no")


def test_a_column_that_is_there_and_wholly_blank_is_wholly_missing() -> None:
    columns = {"date": "fecha", "area": "municipio", "sex": "sexo"}

    assert value(victim(), indicator="missing_share", field="sex", columns=columns) == (1, "no")


@pytest.mark.parametrize(
    ("field", "threshold"),
    [("sex", 5), ("age", 10), ("weapon", 10), ("hour", 20), ("location_type", 20)],
)
def test_missing_data_are_judged_just_at_and_just_above_the_threshold(
    field: str, threshold: int
) -> None:
    """Bogotá Protocol, B4, in per cent."""
    at = statuses(field, *["unknown"] * threshold, *["stated"] * (100 - threshold))
    above = statuses(field, *["unknown"] * (threshold + 1), *["stated"] * (99 - threshold))

    assert value(*at, indicator="missing_share", field=field)[1] == "yes"
    assert value(*above, indicator="missing_share", field=field)[1] == "no"


def test_a_withheld_value_is_not_missing() -> None:
    rows = statuses("weapon", "withheld", "stated")

    assert value(*rows, indicator="missing_share", field="weapon") == (0, "yes")
    assert value(*rows, indicator="withheld_share", field="weapon")[0] == 1 / 2


def test_a_field_never_collected_has_no_missing_share() -> None:
    found = card(victim())

    assert ("missing_share", "hour", "all") not in found
    assert found["not_collected_share", "hour", "all"]["value"] == 1
    assert found["minimum_field", "hour", "all"]["met"] == "no"


def test_shares_are_of_victims_and_by_year() -> None:
    """A row of nine victims weighs nine times as much as a row of one."""
    rows = [
        victim(sex_status="stated", count=9),
        victim(sex_status="unknown"),
        victim(sex_status="unknown", date=date(2021, 1, 1)),
    ]

    assert value(*rows, indicator="missing_share", field="sex")[0] == 2 / 11
    assert value(*rows, indicator="missing_share", field="sex", period="2020")[0] == 1 / 10
    assert value(*rows, indicator="missing_share", field="sex", period="2021")[0] == 1


def test_dates_and_places_can_be_missing_too() -> None:
    rows = [victim(), victim(area=None), victim(date=None, date_precision="unknown"), victim()]

    assert value(*rows, indicator="missing_share", field="date")[0] == 1 / 4
    assert value(*rows, indicator="missing_share", field="area")[0] == 1 / 4
    states = value(*rows, indicator="missing_share", field="parent", area_level="parent")
    assert states == (0, "yes")


def test_a_source_of_the_whole_has_no_place_to_miss() -> None:
    found = card(victim(area=None, parent=None), area_level="whole")

    assert not {field for indicator, field, _ in found if indicator == "missing_share"} - {"date"}


def test_dates_known_to_the_month_are_told() -> None:
    rows = [victim(), victim(date_precision="month", date=date(2020, 5, 1))]

    assert value(*rows, indicator="coarse_date_share", field="date")[0] == 1 / 2


@pytest.mark.parametrize(
    ("weapon", "vague"),
    [
        ("OTRO", True),
        ("Con otro elemento", True),
        ("No especificado", True),
        ("other", True),
        ("Y09", True),
        ("X95.9", True),
        ("Arma de fuego", False),
        ("Otrora", False),
        ("X93", False),
    ],
)
def test_residual_categories_are_recognised(weapon: str, *, vague: bool) -> None:
    rows = [victim(weapon=weapon, weapon_status="stated")]

    found = value(*rows, indicator="residual_category_share", field="weapon")
    assert found == (float(vague), "not_applicable")


def test_heaping_looks_only_at_what_is_stated_and_exact() -> None:
    rows = [
        victim(age=20, age_status="stated", date=date(2020, 1, 1)),
        victim(age=23, age_status="stated", date=date(2020, 5, 15)),
        victim(age=25, age_status="unknown", date=date(2020, 5, 1), date_precision="month"),
        victim(hour=0, hour_status="stated"),
        victim(hour=13, hour_status="stated"),
    ]

    assert value(*rows, indicator="heaping_share", field="age")[0] == 1 / 2
    assert value(*rows, indicator="heaping_share", field="date")[0] == 2 / 4
    assert value(*rows, indicator="heaping_share", field="hour")[0] == 1 / 2


def test_delay_is_the_median_and_the_ninth_decile_by_linear_interpolation() -> None:
    """Delays 0, 1, 2, 3, 4: Hyndman-Fan type 7 gives 2 and 3.6."""
    start = date(2020, 3, 1)
    rows = [victim(date=start, registration_date=start + timedelta(days=n)) for n in range(5)]

    assert value(*rows, indicator="timeliness_median", field="registration_date")[0] == 2
    late = value(*rows, indicator="timeliness_p90", field="registration_date", period="2020")
    assert late[0] == pytest.approx(3.6)


def test_a_point_used_on_ten_days_is_a_placeholder_and_a_massacre_is_not() -> None:
    station = [victim(lat=4.61234, lon=-74.08123, date=date(2020, 1, n)) for n in range(1, 11)]
    massacre = [victim(lat=4.59871, lon=-74.07712) for _ in range(10)]
    nowhere = [victim() for _ in range(5)]
    rows = station + massacre + nowhere

    assert value(*rows, indicator="geocoded_share")[0] == 20 / 25
    assert value(*rows, indicator="placeholder_point_share")[0] == 10 / 20
    assert value(*rows, indicator="coarse_point_share")[0] == 0


def test_two_decimals_are_a_coarse_point() -> None:
    rows = [victim(lat=4.61, lon=-74.08), victim(lat=4.61, lon=-74.0812)]

    assert value(*rows, indicator="coarse_point_share")[0] == 1 / 2


def test_rows_set_aside_are_shares_of_the_rows_delivered() -> None:
    given = {
        "set_aside": (
            ("quarantined", "date_impossible"),
            ("excluded", "out_of_scope"),
            ("excluded", "row_repeated"),
        ),
        "flagged": ("row_repeated_kept", "weekday_contradicts_date"),
        "unmatched": 2,
        "delivered": 10,
    }
    found = card(victim(), **given)

    shares = {key[:2]: line["value"] for key, line in found.items() if key[2] == "all"}
    assert shares["quarantined_share", ""] == shares["quarantined_share", "date_impossible"] == 0.1
    assert shares["excluded_share", ""] == 0.2
    assert shares["excluded_share", "out_of_scope"] == 0.1
    assert shares["repeated_rows_share", ""] == 0.2
    assert shares["unmatched_places_share", ""] == 0.2


@pytest.mark.parametrize(("unit", "met"), [("victim", "yes"), ("file", "no")])
def test_the_unit_of_record_is_the_victim(unit: str, met: str) -> None:
    assert value(victim(), indicator="unit_is_victim", unit=unit)[1] == met


def test_age_groups_are_enough_for_the_minimum_fields() -> None:
    rows = statuses("age_group", "stated")

    assert value(*rows, indicator="minimum_field", field="age")[1] == "yes"


def test_a_tally_is_not_asked_for_the_fields_of_a_register() -> None:
    found = card(victim(), kind="tallies")

    assert not {"minimum_field", "not_collected_share"} & {indicator for indicator, _, _ in found}


def busy(*months: int) -> list[dict[str, object]]:
    return [victim(date=date(2020, month, 1), date_precision="month", count=50) for month in months]


def test_a_silent_month_of_a_busy_source_is_missing() -> None:
    assert value(*busy(1, 2, 4), indicator="missing_months") == (1, "no")
    assert value(*busy(1, 2, 4), indicator="missing_months", period="2020") == (1, "no")
    assert value(*busy(1, 2, 3), indicator="missing_months") == (0, "yes")


def test_a_declared_gap_is_told_and_not_missing() -> None:
    gap = Span(date(2020, 3, 1), date(2020, 3, 31), NOTE)

    assert value(*busy(1, 2, 4), indicator="missing_months", reporting_gaps=(gap,))[0] == 0
    assert value(*busy(1), indicator="reporting_gaps_declared", reporting_gaps=(gap,))[0] == 1
    assert value(*busy(1), indicator="method_breaks_declared", method_breaks=(gap, gap))[0] == 2


def test_a_quiet_month_of_a_small_place_is_not_missing_unless_zeros_are_written() -> None:
    rows = [victim(date=date(2020, 1, 5)), victim(date=date(2020, 3, 5))]

    assert value(*rows, indicator="missing_months")[0] == 0
    assert value(*rows, indicator="missing_months", kind="tallies")[0] == 1


def test_a_silent_day_of_a_busy_daily_source_is_missing() -> None:
    rows = [victim(date=date(2020, 1, day), count=60) for day in (1, 2, 4, 5)]

    assert value(*rows, indicator="missing_days") == (1, "no")


def test_a_source_that_dates_by_month_has_no_missing_days() -> None:
    assert value(*busy(1, 3), indicator="missing_days") is None


def test_a_source_without_rows_still_gets_a_card() -> None:
    found = card()

    assert found["unit_is_victim", "", "all"]["met"] == "yes"
    assert ("excluded_share", "", "all") not in found


def test_every_indicator_is_met_by_some_row_of_these_tests_or_says_why_not() -> None:
    """What stands in the column `indicator` is always one of `INDICATORS`."""
    found = describe_quality([ingested(victim(), victim(sex_status="unknown"))])

    assert set(found["indicator"].to_pylist()) <= set(INDICATORS)


@pytest.mark.parametrize("scores", [{"definition": 3}, dict.fromkeys(BOGOTA_CATEGORIES, 11)])
def test_an_index_of_something_else_is_refused(scores: dict[str, float]) -> None:
    with pytest.raises(UsageError):
        quality_index(scores)


def test_the_manual_lists_every_indicator_with_its_unit_and_criterion(root: Path) -> None:
    text = (root / "docs" / "reference" / "quality.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines()]
    told = {row[0].strip("`"): (row[1], row[3]) for row in rows if len(row) == 5 and "`" in row[0]}

    assert told == {code: (each.criterion, each.unit) for code, each in INDICATORS.items()}


def test_the_manual_lists_every_threshold_of_missing_data(root: Path) -> None:
    text = (root / "docs" / "reference" / "quality.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `(\w+)` \| ([\d.]+) \|$", text, flags=re.MULTILINE)

    assert {field: float(share) for field, share in told} == INDICATORS["missing_share"].by_field

"""What each field that a delivered column may hold means, for people."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

FIELD_MEANINGS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "id": Message("Number of the record at the institution; it never leaves the store."),
        "given_names": Message("Given names of the victim; they never leave the store."),
        "surnames": Message("Surnames of the victim; they never leave the store."),
        "full_name": Message("Whole name of the victim; it never leaves the store."),
        "national_id": Message(
            "Number of the victim's identity document; compared in linkage, never published."
        ),
        "sex": Message("female, male or other; H, M, F, Hombre, Femenino ... are understood."),
        "age": Message("Age in completed years; months and days of a baby are 0."),
        "age_group": Message("Group of ages, as 15-19 or 85 y más."),
        "birth_year": Message("Year of birth; compared with the age, and never published."),
        "birth_date": Message("Day of birth; compared in linkage, and never published."),
        "date": Message("Day of the event, of death or of registration (see date_basis)."),
        "year": Message("Year, where the date stands in several columns or there are no days."),
        "month": Message("Month by number or name, beside the year."),
        "day": Message("Day of the month, beside year and month."),
        "hour": Message("Time of day; the hour is kept, 0 to 23."),
        "weekday": Message("Day of the week by name; compared with the date."),
        "death_date": Message("Day of death, where the date is another."),
        "registration_date": Message("Day of registration, where the date is another."),
        "area": Message("Code of the place in the catalogue (municipality)."),
        "area_name": Message("Name of the place, where there is no code, or beside it."),
        "parent": Message("Code of the place one level up (state, department)."),
        "parent_name": Message("Name of the place one level up."),
        "place": Message("What else is said of the place (district, street); never published."),
        "lat": Message("Latitude in degrees."),
        "lon": Message("Longitude in degrees."),
        "weapon": Message("Means or weapon, as delivered."),
        "location_type": Message("Kind of place (home, street), as delivered."),
        "occupation": Message("Occupation of the victim, as delivered."),
        "value": Message("The number that a row of tallies carries."),
        "rate": Message("A rate that the institution prints; recomputed and compared."),
        "population": Message("The residents on which a printed rate rests."),
    }
)

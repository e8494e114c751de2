"""Every key of testigo.toml, declared once: the reader checks by it, `init` and the docs print it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from testigo.core import LANGUAGES, Message
from testigo.estimation import METHODS
from testigo.records import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Mapping

KeyKind = Literal[
    "text", "bilingual", "integer", "number", "boolean", "texts", "mapping", "text_or_texts",
    "mapping_of_texts", "span", "spans", "whole", "level_names", "names",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """One key of testigo.toml.

    Attributes
    ----------
    section, name
        `sources` and `unit` for `[[sources]] unit = ...`.
    kind
        Form of its value.
    meaning
        What it says, for people.
    example
        As it would stand in the file, right of the `=`.
    allowed
        Every value that may stand there; empty when free.
    required
        Whether it must be given.
    spared
        Kinds of source that need not, and may not, give it all the same.
    """

    section: str
    name: str
    kind: KeyKind
    meaning: Message
    example: str
    allowed: tuple[str, ...] = ()
    required: bool = False
    spared: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Section and name: `sources.unit`."""
        return f"{self.section}.{self.name}"


SECTIONS: Final[Mapping[str, bool]] = MappingProxyType(
    {  # name to whether it may repeat, as in [[sources]]
        "observatory": False,
        "areas": False,
        "population": True,
        "sources": True,
        "linkage": False,
        "estimation": False,
        "rates": False,
        "report": False,
        "disclosure": False,
        "spark": False,
    }
)

KEYS: Final[tuple[Key, ...]] = (
    Key("observatory", "name", "bilingual", Message("Name of the observatory; one text, or one for each language."), '"Observatorio de la ciudad"', required=True),
    Key("observatory", "languages", "texts", Message("Languages of the report; the first is shown first."), '["es", "en"]', allowed=LANGUAGES),
    Key("observatory", "licence", "text", Message("Licence under which you publish what is made."), '"CC-BY-4.0"'),
    Key("observatory", "synthetic", "boolean", Message("Whether the data are invented, as in an exercise: every page then says so."), "false"),
    Key("areas", "file", "text", Message("Catalogue of areas: GeoJSON with outlines, or a table without. Without it the texts of the deliveries are used as they are."), '"sources/municipalities.geojson"'),
    Key("areas", "code", "text", Message("Column or property that holds the code of an area."), '"mun_code"'),
    Key("areas", "name", "text", Message("Column or property that holds its name."), '"name"'),
    Key("areas", "parent", "text", Message("Column or property that holds the code one level up (state, department)."), '"state"'),
    Key("areas", "parent_name", "text", Message("Column or property that holds the name one level up."), '"state_name"'),
    Key("areas", "whole", "whole", Message("Code and name of the whole territory."), '{ code = "MX", name = "México" }'),
    Key("areas", "levels", "level_names", Message("What people call each level."), '{ area = { es = "municipio", en = "municipality" }, parent = { es = "estado", en = "state" }, whole = { es = "país", en = "country" } }'),
    Key("population", "series", "text", Message("Short id of the series; each one gives a rate of its own."), '"census"', required=True),
    Key("population", "name", "bilingual", Message("Its name for people, with the office that made it."), '{ es = "Censo", en = "Census" }'),
    Key("population", "file", "text", Message("Table with the residents of each area and year."), '"sources/population.csv"', required=True),
    Key("population", "columns", "mapping", Message("Which column holds what: area or parent, year or date, value, and sex and age_group where there are any."), '{ area = "mun_code", year = "year", value = "population" }', required=True),
    Key("population", "keep", "mapping_of_texts", Message("Rows that count: column to the values wanted."), '{ sex = ["Total"] }'),
    Key("population", "month", "integer", Message("Month taken from a monthly series; 7 is mid-year."), "7"),
    Key("sources", "id", "text", Message("Short id of the source: letters, digits and underscores."), '"police"', required=True),
    Key("sources", "name", "bilingual", Message("Its name for people."), '{ es = "Policía Nacional", en = "National police" }', required=True),
    Key("sources", "kind", "text", Message("records: a row is about one victim. tallies: a row carries a number. overlaps: a list without a file of its own, a column of the table of [estimation]."), '"records"', allowed=("records", "tallies", "overlaps"), required=True),
    Key("sources", "family", "text", Message("Who speaks: the two families whose comparison tests both, another body of the State (ombudsman, truth commission), the press, civil society."), '"criminal_justice"', allowed=FAMILIES, required=True),
    Key("sources", "unit", "text", Message("What one count is of. Only victims have a rate."), '"victim"', allowed=("victim", "file", "incident")),
    Key("sources", "date_basis", "text", Message("Which date places a row in time."), '"event"', allowed=("event", "death", "registration")),
    Key("sources", "place_basis", "text", Message("Which place puts a row on the map."), '"event"', allowed=("event", "death", "residence")),
    Key("sources", "file", "text_or_texts", Message("Its deliveries: a file, a pattern (sources/police_*.xlsx), or a list of these."), '"sources/police_*.csv"', required=True, spared=("overlaps",)),
    Key("sources", "columns", "mapping", Message("Which delivered column holds what. Order, capitals and accents of the names do not matter."), '{ id = "rec_id", date = "fecha", area = "municipio", sex = "sexo", age = "edad" }', required=True, spared=("overlaps",)),
    Key("sources", "months", "texts", Message("For a wide table: the columns of the months, January first."), '["Enero", "Febrero", "Marzo"]'),
    Key("sources", "keep", "mapping_of_texts", Message("Rows in scope: column to the values that count; the others are excluded by the rule out_of_scope."), '{ subtipo = ["Homicidio doloso"] }'),
    Key("sources", "area_level", "text", Message("Level of the catalogue its places belong to."), '"area"', allowed=("area", "parent", "whole")),
    Key("sources", "code_length", "integer", Message("Digits of an area code; longer ones are cut, shorter ones padded with zeros."), "5"),
    Key("sources", "absent", "text", Message("What a missing cell means in a year that the source covers."), '"missing"', allowed=("zero", "missing")),
    Key("sources", "unknown_areas", "texts", Message("Patterns of codes or names that say: place unknown."), '["*999"]'),
    Key("sources", "header_row", "integer", Message("Row of the header, counted from 1; found by looking when it is not given."), "11"),
    Key("sources", "sheet", "text", Message("Sheet of a workbook."), '"Hoja1"'),
    Key("sources", "delimiter", "text", Message("Character between two values."), '";"'),
    Key("sources", "encoding", "text", Message("Encoding of a text file."), '"cp1252"'),
    Key("sources", "decimal", "text", Message("Decimal mark."), '","', allowed=(".", ",")),
    Key("sources", "date_order", "text", Message("Order of day, month and year, where the dates alone do not tell."), '"dmy"', allowed=("dmy", "mdy", "ymd")),
    Key("sources", "blank", "text", Message("What a blank value means; it is never taken for zero unless you say so."), '"not_collected"', allowed=("not_collected", "zero")),
    Key("sources", "repeated_rows", "text", Message("What becomes of a row that repeats another entirely; without it, it is kept and flagged, unless whole days repeat."), '"exclude"', allowed=("exclude", "keep")),
    Key("sources", "valid", "span", Message("Days for which the source speaks; rows outside are excluded."), '{ first = 2015-01-01, last = 2022-03-31, note = { es = "hasta marzo", en = "until March" } }'),
    Key("sources", "method_breaks", "spans", Message("Changes of method, shown wherever the series is."), '[{ first = 2015-01-01, last = 2015-01-01, note = { es = "nuevo método", en = "new method" } }]'),
    Key("sources", "reporting_gaps", "spans", Message("Times not reported, shown wherever the series is."), '[{ first = 2019-01-01, last = 2019-04-02, note = { es = "sin informe", en = "no report" } }]'),
    Key("sources", "subset_of", "text", Message("Id of the source that must never count fewer than this one."), '"inegi"'),
    Key("sources", "published", "boolean", Message("Whether the delivery is already public at this detail, so that its small cells expose nobody anew."), "false"),
    Key("sources", "personal_columns", "texts", Message("Columns with identifiers; never stored. Others are found by looking."), '["CEDULA"]'),
    Key("sources", "licence", "text", Message("Licence or terms of the delivery."), '"CC BY 4.0"'),
    Key("sources", "url", "text", Message("How to cite it, or where it can be found."), '"INEGI, Estadísticas de defunciones registradas"'),
    Key("linkage", "sources", "texts", Message("Lists whose records are linked into victims: sources of records, each row about one victim."), '["police", "forensic", "press", "ngo"]', required=True),
    Key("linkage", "draws", "integer", Message("Draws of the linkage, so that its doubt goes on into the estimates; 0: none."), "20"),
    Key("linkage", "seed", "integer", Message("Seed of the draws: the same seed gives the same figures."), "20261121"),
    Key("linkage", "model", "text", Message("A linkage model kept from an earlier run, used as it is; without it one is learned from the records."), '"hand/linkage_model.json"'),
    Key("linkage", "anew", "integer", Message("Any number; when it is changed, the next run compares all records anew and learns the model anew. Identifiers of victims are kept."), "1"),
    Key("estimation", "strata", "texts", Message("What the victims are split by before those on no list are estimated; strata that are alike within make better estimates."), '["parent", "year"]', allowed=("area", "parent", "year", "sex")),
    Key("estimation", "method", "text", Message("How those on no list are estimated."), '"latent-class"', allowed=METHODS),
    Key("estimation", "seed", "integer", Message("Seed of the estimates: the same seed gives the same figures."), "20261121"),
    Key("estimation", "level", "number", Message("Coverage of the intervals."), "0.95"),
    Key("estimation", "file", "text", Message("A table of overlaps instead of linked lists: a 0/1 column for each list, count, and columns of strata."), '"sources/overlaps.csv"'),
    Key("estimation", "sensitivity", "boolean", Message("Whether the estimate of all strata together is made again by other models, without each list, with lists joined and with other assumptions; what moves it is a reason of its verdict. It takes longer than the estimate itself."), "true"),
    Key("rates", "level", "number", Message("Coverage of the intervals."), "0.95"),
    Key("rates", "standard", "text", Message("Standard population for age-standardised rates."), '"who_2000_2025"'),
    Key("report", "period", "text", Message("Year of the main question; the last year that most sources cover when it is not given."), '"2020"'),
    Key("report", "sources", "texts", Message("Sources of the main question, in order; every one with that year when it is not given."), '["inegi", "police"]'),
    Key("report", "compare", "texts", Message("The two sources whose ratio is mapped: the second over the first."), '["inegi", "press"]'),
    Key("report", "rates_source", "text", Message("Source of the rates that are mapped."), '"inegi"'),
    Key("report", "rates_period", "text", Message("Year of the rates that are mapped."), '"2012"'),
    Key("report", "events", "text", Message("Table of events (date, es, en) to show beside the series, as hypotheses."), '"hand/events.csv"'),
    Key("report", "fate", "bilingual", Message("What befell those who are counted, where not all of them were killed: it ends the question of the page."), '{ es = "murieron o desaparecieron", en = "died or disappeared" }'),
    Key("report", "names", "names", Message("What people call words of the data in each language: the whole territory, columns of strata and their values."), '{ zona = { es = "zona", en = "zone" }, "sin dato" = { es = "sin dato", en = "unknown" } }'),
    Key("report", "strata_note", "bilingual", Message("What the strata mean and who says so; it stands beside them."), '"actor: a quién atribuyen la muerte quienes la denunciaron."'),
    Key("report", "published", "bilingual", Message("What others have published on the question, and where; it stands beside the answer."), '"La Comisión estimó 69 280 personas (61 007 a 77 552): Informe final, Anexo 2."'),
    Key("disclosure", "k", "integer", Message("A published cell that could point at somebody rests on at least so many victims; never less than 5."), "5"),
    Key("spark", "master", "text", Message("Where Spark runs, for --engine spark."), '"local[2]"'),
)  # fmt: skip

CONFIGURATION_KEYS: Final[Mapping[str, Message]] = MappingProxyType(
    {key.path: key.meaning for key in KEYS}
)

"""What an invented observatory says of itself: testigo.toml, and where its lists come from."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from testigo.observatory.simulated_deliveries import FORMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.core import Text
    from testigo.linkage import ListHabits

_HEAD: Final = """\
# DATOS SINTÉTICOS: nadie de quien aquí se habla existe ni existió.
# SYNTHETIC DATA: nobody spoken of here exists or ever did.
#
# Cámbielo y ejecute de nuevo: testigo run / Change it and run again: testigo run
# SOURCES.md dice cómo se hizo y cómo medir la vinculación contra truth/.
# SOURCES.md says how it was made and how to measure linkage against truth/.

[observatory]
name = {name}
languages = ["es", "en"]
synthetic = true             # cada página lo dice / every page says so
licence = "CC0-1.0"

# --- Un territorio que no existe; sus claves empiezan con Z ------------------------------------
# --- A territory that does not exist; its codes begin with Z -----------------------------------
[areas]
file = "sources/municipios.csv"
code = "code"
name = "name"
parent = "parent"
parent_name = "parent_name"
whole = {{ code = "ZZ", name = "Territorio inventado" }}
levels = {{ area = {{ es = "municipio", en = "municipality" }}, parent = {{ es = "provincia", en = "province" }}, whole = {{ es = "territorio", en = "territory" }} }}

[[population]]
series = "invented"
name = {{ es = "Población inventada", en = "Invented residents" }}
file = "sources/poblacion.csv"
columns = {{ area = "municipio", year = "anio", value = "habitantes" }}

# --- Listas / Lists ----------------------------------------------------------------------------
"""  # noqa: E501  # a line of TOML is a line
_TAIL: Final = """
# --- ¿Quién es quién? / Who is who? ------------------------------------------------------------
# Las listas se vinculan: qué registros hablan de la misma persona, y quiénes murieron en el mismo
# hecho. hand/link_decisions.csv guarda lo que decida una persona.
# The lists are linked: which records speak of one person, and who died in one incident.
# hand/link_decisions.csv keeps what a person decides.
[linkage]
sources = [{sources}]
draws = 20                   # más sorteos, más lento y más seguro / more draws: slower, surer

# --- ¿A cuántos no registró nadie? / How many were recorded by nobody? ---------------------------
[estimation]
strata = ["year"]
"""


def simulated_configuration(name: Text, lists: Sequence[ListHabits]) -> str:
    """Write testigo.toml."""
    parts = [_HEAD.format(name=_bilingual(name))]
    parts += ["\n".join(_source(habits)) + "\n" for habits in lists]
    sources = ", ".join(_quoted(habits.id) for habits in lists)
    return "\n".join(parts) + _TAIL.format(sources=sources)


def _source(habits: ListHabits) -> list[str]:
    form = FORMS[habits.id]
    columns = ", ".join(f"{field} = {_quoted(said)}" for field, said in form.columns.items())
    lines = [
        "[[sources]]",
        f"id = {_quoted(habits.id)}",
        f"name = {_bilingual(form.name)}",
        'kind = "records"',
        f"family = {_quoted(form.family)}",
        'unit = "victim"',
        f"date_basis = {_quoted(form.date_basis)}",
        'place_basis = "event"',
        f'file = "sources/{form.file}"',
        f"columns = {{ {columns} }}",
    ]
    if form.decimal != ".":
        lines.append(f"decimal = {_quoted(form.decimal)}")
    if form.date_order:
        lines.append(f"date_order = {_quoted(form.date_order)}")
    if habits.gap is not None:
        first, last = habits.gap
        note = '{ es = "No registró a nadie.", en = "It recorded nobody." }'
        lines.append(
            f"reporting_gaps = [{{ first = {first.isoformat()}, last = {last.isoformat()}, "
            f"note = {note} }}]"
        )
    return lines


def _bilingual(text: Text) -> str:
    return f"{{ es = {_quoted(text.es)}, en = {_quoted(text.en)} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


_SOURCES: Final = """\
# {title}: datos sintéticos · synthetic data

**Nadie de quien aquí se habla existe ni existió.** Los nombres se sacaron al azar de nombres
frecuentes y de apellidos frecuentes o compuestos de sílabas; los lugares, sus claves y sus
habitantes son inventados. Si alguien se llama así, es casualidad.

**Nobody spoken of here exists or ever did.** Names were drawn at random from common given names
and from surnames that are common or put together from syllables; places, their codes and their
residents are invented. If somebody bears such a name, it is chance.

| file | what it is |
| --- | --- |
{files}| municipios.csv | the invented territory |
| poblacion.csv | its invented residents, by year |

Testigo {version}, seed {seed}, CC0-1.0. Chances of each list (docs/how-to/simulate-lists.md
of Testigo says what each means):

| list | {habits} |
| --- |{rule}
{chances}
## La verdad aparte · The truth, apart

`truth/` no se lee en ninguna ejecución: `records.csv` dice de qué víctima y de qué hecho habla cada
registro; `killed.csv` cuenta a todos los asesinados, también a quienes no están en ninguna lista
(`recorded`: en al menos una).

`truth/` is read by no command: `records.csv` says of which victim and which incident each record
speaks; `killed.csv` counts all who were killed, also those on no list (`recorded`: on one or
more).

After `testigo run`, in this folder · Después de `testigo run`, en esta carpeta:

```python
import pyarrow.csv as csv
import pyarrow.parquet as parquet
from testigo.linkage import measure_linkage

links = parquet.read_table("store/links.parquet")
truth = csv.read_csv("truth/records.csv")
both = links.join(truth, ["source", "source_record_id"], right_suffix="_true", join_type="inner")
print(measure_linkage(both["victim_id"].to_pylist(), both["victim_id_true"].to_pylist()))
```
"""
_TOLD: Final = (
    "coverage", "duplicates", "nameless", "one_surname", "nickname", "damaged", "exchanged",
    "age_missing", "age_off", "late", "mistaken_date", "other_area", "placed", "located",
)  # fmt: skip


def describe_simulation(name: Text, lists: Sequence[ListHabits], *, seed: int) -> str:
    """Write SOURCES.md: what the files are, how they were made, how to measure linkage."""
    from testigo import __version__

    files = [f"| {FORMS[one.id].file} | {FORMS[one.id].name.en} |\n" for one in lists]
    chances = [
        f"| {one.id} | " + " | ".join(f"{getattr(one, told):g}" for told in _TOLD) + " |\n"
        for one in lists
    ]
    return _SOURCES.format(
        title=name.es,
        files="".join(files),
        version=__version__,
        seed=seed,
        habits=" | ".join(_TOLD),
        rule=" --- |" * len(_TOLD),
        chances="".join(chances),
    )

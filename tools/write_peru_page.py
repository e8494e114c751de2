"""Make the tables of docs/explanation/peru.md and docs/es/peru.md again, from the bundled example.

    python tools/write_peru_page.py [FOLDER]

FOLDER keeps the fits (store/fits of a run of the example will do), so that a second call is quick;
the first takes some ten CPU minutes. The prose of the two pages is written by people: what it
quotes is printed, to be read against it.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from peru_strata import (
    ROOT,
    TOO_LOW,
    Stratum,
    count_added,
    count_only_first,
    count_unseen,
    estimate_peru,
    sum_draws,
)
from testigo.core import Language, Number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from peru_strata import Peru

PAGES: Final[Mapping[Language, Path]] = {
    "en": ROOT / "docs/explanation/peru.md",
    "es": ROOT / "docs/es/peru.md",
}
ACTORS: Final = {
    "Estado": ("State", "Estado"),
    "PCP-SL": ("PCP-SL", "PCP-SL"),
    "otros": ("others", "otros"),
    "sin dato": ("unknown", "sin dato"),
}
IN_SUM: Final = ("in the sum only", "solo en la suma")
WHY: Final = {  # the first of these that refuses is told
    "too_few_on_several_lists": ("on several: {several}", "en varias: {several}"),
    "too_few_lists": ("lists: {lists}", "listas: {lists}"),
    "too_few_people": ("people: {people}", "personas: {people}"),
    "replicates_disagree": ("runs disagree", "corridas en desacuerdo"),
    "too_few_effective_draws": ("runs disagree", "corridas en desacuerdo"),
    "lists_not_connected": ("lists apart", "listas separadas"),
    "two_answers": ("two answers", "dos respuestas"),
    "interval_too_wide": ("interval too wide", "intervalo muy ancho"),
}
COMMISSION: Final = 69_280  # CVR 2003, Anexo 2
NO: Final = ("no", "no")
TOGETHER: Final = ("together", "en total")


def main(folder: Path) -> None:
    """Write the tables into both pages and print what the prose quotes."""
    peru = estimate_peru(folder)
    for language, page in PAGES.items():
        text = page.read_text(encoding="utf-8")
        text = _replace(text, "actors", _actors_table(peru, language))
        text = _replace(text, "ledger", _ledger_table(peru, language))
        text = _replace(text, "zones", _zones_table(peru, language))
        page.write_text(text, encoding="utf-8", newline="\n")
        print(page.relative_to(ROOT))
    _print_facts(peru)


def _replace(text: str, name: str, table: str) -> str:
    first, last = f"<!-- {name}: made by tools/write_peru_page.py -->", f"<!-- {name}: end -->"
    before, rest = text.split(first)
    return f"{before}{first}\n\n{table}\n\n{last}{rest.split(last)[1]}"


def _number(value: float | None, language: Language, decimals: int = 0) -> str:
    said = Number(float("nan") if value is None else value, decimals).in_language(language)
    return said.replace("\u202f", "\u00a0")  # of more fonts


def _answer(one: Stratum | None, language: Language) -> str:
    """People on a list, and the estimate with its interval, or why there is none."""
    if one is None:
        return "–"
    observed = _number(one.histories.observed, language)
    if one.median is not None:
        median, low, high = (_number(each, language) for each in (one.median, one.low, one.high))
        to = "–" if language == "es" else ", "
        return f"{observed}: {median} [{low}{to}{high}]{one.mark}"
    if one.standing == "in sum":
        return f"{observed}: {IN_SUM[language == 'es']}"
    return f"{observed}: {NO[language == 'es']} ({_why(one, language)})"


def _why(one: Stratum, language: Language) -> str:
    codes = [reason.code for reason in one.verdict.reasons if reason.status == "refuse"]
    code = next((code for code in WHY if code in codes), codes[0])
    sizes = (one.histories.patterns * one.histories.counts[:, None]).sum(axis=0)
    words = WHY.get(code, (code, code))[language == "es"]
    return words.format(
        several=one.histories.on_several,
        people=_number(one.histories.observed, language),
        lists=int((sizes >= 10).sum()),  # noqa: PLR2004  # as the gate counts them
    )


def _ledger_table(peru: Peru, language: Language) -> str:
    """From the people on a list to the commission's figure, step by step."""
    spanish = language == "es"
    on_list = sum(one.histories.observed for one in peru.strata.values())
    apart = count_unseen(list(peru.strata.values()))
    whole = [zone for zone, one in peru.zones.items() if one.draws is not None]
    within = [one for (zone, _), one in peru.strata.items() if (zone,) in whole]
    joining = count_unseen([peru.zones[zone] for zone in whole]) - count_unseen(within)
    rest = COMMISSION - on_list - apart - joining
    told = sum(one.draws is not None for one in peru.strata.values())
    steps = (
        (("people on at least one list", "personas en al menos una lista"), on_list),
        ((f"and on none, in the {told} strata that have an answer",
          f"y en ninguna, en los {told} estratos que tienen respuesta"), apart),
        ((f"what joining the actors adds, in the {len(whole)} zones where the joined table answers",
          (f"lo que agrega juntar a los actores, en las {len(whole)} zonas cuya tabla conjunta "
          "tiene respuesta")), joining),
        (("what is left: other models, other strata, zones without an answer",
          "lo que queda: otros modelos, otros estratos, zonas sin respuesta"), rest),
        (("the commission's estimate", "la estimación de la Comisión"), COMMISSION),
    )  # fmt: skip
    head = ("paso", "personas") if spanish else ("step", "people")
    lines = [f"| {head[0]} | {head[1]} |", "| --- | ---: |"]
    lines += [f"| {words[spanish]} | {_number(round(size), language)} |" for words, size in steps]
    return "\n".join(lines)


def _zones_table(peru: Peru, language: Language) -> str:
    spanish = language == "es"
    heads = ["zona" if spanish else "zone", *(names[spanish] for names in ACTORS.values())]
    heads += ["todos juntos", "la unión agrega"] if spanish else ["all together", "joining adds"]
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " --- |" * (len(heads) - 2) + " ---: |"]
    for (zone,), whole in peru.zones.items():
        cells = [_answer(peru.strata.get((zone, actor)), language) for actor in ACTORS]
        more = count_added(peru.of_zone(zone), whole)
        added = "–" if more is None else _number(round(more), language)
        lines.append(f"| {zone} | {' | '.join(cells)} | {_answer(whole, language)} | {added} |")
    return "\n".join(lines)


def _actors_table(peru: Peru, language: Language) -> str:
    spanish = language == "es"
    heads = (
        ("atribuidas a", "en una lista", "en dos o tres", "solo en la de la CVR", "tablas (zonas)",
         "estimación propia", "apoyada en otras", IN_SUM[1], "rechazadas")
        if spanish
        else ("attributed to", "on a list", "on two or three", "only on the CVR's list",
              "tables (zones)", "own estimate", "leaning on others", IN_SUM[0], "refused")
    )  # fmt: skip
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " ---: |" * (len(heads) - 1)]
    for actor, names in {**ACTORS, "": TOGETHER}.items():
        some = peru.of_actor(actor) if actor else list(peru.strata.values())
        told = [_number(each, language) for each in _counts(some)]
        lines.append(f"| {names[spanish]} | {' | '.join(told)} |")
    return "\n".join(lines)


def _counts(strata: Sequence[Stratum]) -> tuple[int, ...]:
    standings = Counter(one.standing for one in strata)
    return (
        sum(one.histories.observed for one in strata),
        sum(one.histories.on_several for one in strata),
        sum(count_only_first(one.histories) for one in strata),
        len(strata),
        *(standings[name] for name in ("own", "leans", "in sum", "refused")),
    )


def _print_facts(peru: Peru) -> None:
    for actor in ACTORS:
        some = peru.of_actor(actor)
        told = [one for one in some if one.draws is not None]
        _print_sum(f"{actor}: zones with an answer", told)
        _print_sum("  of which leaning", [one for one in told if one.standing != "own"])
        low = sum(TOO_LOW in {each.code for each in one.verdict.reasons} for one in told)
        print(f"  warned of {TOO_LOW}: {low}")
        print("  refused by:", Counter(reason.code for one in some for reason in one.verdict.reasons
                                       if reason.status == "refuse").most_common())  # fmt: skip
    _print_sum("joined: zones with an answer",
               [one for one in peru.zones.values() if one.draws is not None])  # fmt: skip
    refused = [one.histories.observed for one in peru.zones.values() if one.draws is None]
    print(f"joined: refused {len(refused)}, on a list {sum(refused)}")
    sizes = {zone: count_added(peru.of_zone(zone), one) for (zone,), one in peru.zones.items()}
    added = {zone: round(more) for zone, more in sizes.items() if more is not None}
    most = sorted(added, key=lambda zone: -added[zone])[:6]
    print(f"joining adds {sum(added.values())}; most:", {zone: added[zone] for zone in most})
    reasons = [(one.code, one.measured) for one in peru.pooled.reasons]
    print("pooled:", peru.pooled.status, reasons)


def _print_sum(words: str, told: Sequence[Stratum]) -> None:
    if told:
        low, median, high = np.quantile(sum_draws(told), (0.025, 0.5, 0.975))
        on_list = sum(one.histories.observed for one in told)
        print(f"{words} {len(told)}, on a list {on_list}: {median:.0f} [{low:.0f}, {high:.0f}]")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place))

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
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Language, Message, Number
from testigo.estimation import (
    CaptureHistories,
    LinkedHistories,
    estimate_strata,
    read_capture_histories,
)
from testigo.observatory.analyses import SEED
from testigo.observatory.fit_folder import FitFolder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.core import Verdict
    from testigo.estimation import FitCache, StrataEstimates

ROOT: Final = Path(__file__).resolve().parent.parent
EXAMPLE: Final = ROOT / "src/testigo/examples/peru-truth-commission/sources/overlaps.csv"
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
LEANING: Final = "leans_on_other_strata"
TOO_LOW: Final = "unequal_people"
IN_SUM: Final = ("in the sum only", "solo en la suma")
WHY: Final = {  # the first of these that refuses is told
    "too_few_on_several_lists": ("on several: {several}", "en varias: {several}"),
    "too_few_lists": ("lists: {lists}", "listas: {lists}"),
    "too_few_people": ("people: {people}", "personas: {people}"),
    "replicates_disagree": ("runs disagree", "corridas en desacuerdo"),
    "too_few_effective_draws": ("runs disagree", "corridas en desacuerdo"),
    "lists_not_connected": ("lists apart", "listas separadas"),
    "two_answers": ("two answers", "dos respuestas"),
}
COMMISSION: Final = 69_280  # CVR 2003, Anexo 2
NO: Final = ("no", "no")
TOGETHER: Final = ("together", "en total")


@dataclass(frozen=True)
class Stratum:
    """A table with what was answered.

    Attributes
    ----------
    draws
        Of all victims; None where nothing is told. With draws and without a median it is too
        small for a figure of its own, and counts in sums only.
    """

    histories: CaptureHistories
    verdict: Verdict
    median: float | None
    low: float | None
    high: float | None
    draws: np.ndarray | None

    @property
    def standing(self) -> str:
        """One of `own`, `leans`, `in sum`, `refused`."""
        if self.draws is None:
            return "refused"
        if self.median is None:
            return "in sum"
        return "leans" if LEANING in {one.code for one in self.verdict.reasons} else "own"

    @property
    def mark(self) -> str:
        """How the pages show the verdict of an estimate; nothing where it may be published."""
        codes = {one.code for one in self.verdict.reasons}
        if LEANING in codes:
            return " †"
        return " ≥" if TOO_LOW in codes else " °" if codes else ""


def main(folder: Path) -> None:
    """Write the tables into both pages and print what the prose quotes."""
    apart = read_capture_histories(EXAMPLE)
    joined = tuple(_join(apart, zone) for zone in dict.fromkeys(_zone(one) for one in apart))
    cache = FitFolder(folder)
    strata = _estimate(apart, cache, pool=True)
    zones = _estimate(joined, cache, pool=False)
    for language, page in PAGES.items():
        if page.is_file():
            text = page.read_text(encoding="utf-8")
            text = _replace(text, "actors", _actors_table(strata, language))
            text = _replace(text, "ledger", _ledger_table(strata, zones, language))
            text = _replace(text, "zones", _zones_table(strata, zones, language))
            page.write_text(text, encoding="utf-8", newline="\n")
            print(page.relative_to(ROOT))
    _print_facts(apart, strata, zones, cache)


def _zone(histories: CaptureHistories) -> str:
    return dict(histories.stratum)["zona"]


def _actor(histories: CaptureHistories) -> str:
    return dict(histories.stratum)["actor"]


def _join(tables: Sequence[CaptureHistories], zone: str | None) -> CaptureHistories:
    """Put the tables of a zone (None: of the country) into one."""
    chosen = [one for one in tables if zone in (None, _zone(one))]
    return CaptureHistories.of(
        chosen[0].lists,
        np.concatenate([one.patterns for one in chosen]),
        np.concatenate([one.counts for one in chosen]),
        stratum=[("zona", zone)] if zone else [],
    )


def _estimate(
    tables: Sequence[CaptureHistories], cache: FitCache, *, pool: bool
) -> dict[tuple[str, ...], Stratum]:
    found = estimate_strata(
        list(map(LinkedHistories, tables)),
        seed=SEED, pool=pool, workers=1, cache=cache, progress=_tell,
    )  # fmt: skip
    return {
        tuple(value for _, value in one.stratum): _stratum(one, found, place + 1)
        for place, one in enumerate(tables)
    }


def _stratum(histories: CaptureHistories, found: StrataEstimates, row: int) -> Stratum:
    line = found.table.slice(row, 1).to_pylist()[0]
    labels = found.draws["stratum"].values.tolist()
    label = LinkedHistories(histories).label
    draws = found.draws.values[labels.index(label)] if label in labels else None
    return Stratum(histories, found.verdicts[row], line["median"], line["low"], line["high"], draws)


def _tell(step: Message, done: int, total: int | None) -> None:
    if not done % 10:
        print(f"{step} {done} / {total}", file=sys.stderr)


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


def _sum(strata: Sequence[Stratum]) -> np.ndarray:
    drawn = [one.draws for one in strata if one.draws is not None]
    return np.asarray(np.sum(drawn, axis=0))


def _unseen(strata: Sequence[Stratum]) -> float:
    """Median of the victims on no list, over the strata that have an answer."""
    told = [one for one in strata if one.draws is not None]
    on_list = sum(one.histories.observed for one in told)
    return float(np.median(_sum(told))) - on_list if told else 0.0


def _ledger_table(
    strata: Mapping[tuple[str, ...], Stratum],
    zones: Mapping[tuple[str, ...], Stratum],
    language: Language,
) -> str:
    """From the people on a list to the commission's figure, step by step."""
    spanish = language == "es"
    on_list = sum(one.histories.observed for one in strata.values())
    apart = _unseen(list(strata.values()))
    whole = [zone for zone, one in zones.items() if one.draws is not None]
    within = [one for (zone, _), one in strata.items() if (zone,) in whole]
    joining = _unseen([zones[zone] for zone in whole]) - _unseen(within)
    rest = COMMISSION - on_list - apart - joining
    told = sum(one.draws is not None for one in strata.values())
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


def _added(parts: Sequence[Stratum], whole: Stratum) -> float | None:
    """People whom the zone's one table has beyond what its actors' tables have.

    An actor without an estimate counts with the people on its lists.
    """
    if whole.median is None:
        return None
    alone = sum(one.histories.observed if one.median is None else one.median for one in parts)
    return whole.median - alone


def _zones_table(
    strata: Mapping[tuple[str, ...], Stratum],
    zones: Mapping[tuple[str, ...], Stratum],
    language: Language,
) -> str:
    spanish = language == "es"
    heads = ["zona" if spanish else "zone", *(names[spanish] for names in ACTORS.values())]
    heads += ["todos juntos", "la unión agrega"] if spanish else ["all together", "joining adds"]
    lines = [f"| {' | '.join(heads)} |", "| --- |" + " --- |" * (len(heads) - 2) + " ---: |"]
    for (zone,), whole in zones.items():
        parts = [strata[zone, actor] for actor in ACTORS if (zone, actor) in strata]
        cells = [_answer(strata.get((zone, actor)), language) for actor in ACTORS]
        more = _added(parts, whole)
        added = "–" if more is None else _number(round(more), language)
        lines.append(f"| {zone} | {' | '.join(cells)} | {_answer(whole, language)} | {added} |")
    return "\n".join(lines)


def _actors_table(strata: Mapping[tuple[str, ...], Stratum], language: Language) -> str:
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
        some = [one for key, one in strata.items() if actor in ("", key[1])]
        told = [_number(each, language) for each in _counts(some)]
        lines.append(f"| {names[spanish]} | {' | '.join(told)} |")
    return "\n".join(lines)


def _counts(strata: Sequence[Stratum]) -> tuple[int, ...]:
    standings = Counter(one.standing for one in strata)
    return (
        sum(one.histories.observed for one in strata),
        sum(one.histories.on_several for one in strata),
        sum(_only_first(one.histories) for one in strata),
        len(strata),
        *(standings[name] for name in ("own", "leans", "in sum", "refused")),
    )


def _only_first(histories: CaptureHistories) -> int:
    alone = (histories.patterns == np.eye(1, len(histories.lists))).all(axis=1)
    return int(histories.counts[alone].sum())


def _print_facts(
    apart: Sequence[CaptureHistories],
    strata: Mapping[tuple[str, ...], Stratum],
    zones: Mapping[tuple[str, ...], Stratum],
    cache: FitCache,
) -> None:
    for actor in ACTORS:
        some = [one for key, one in strata.items() if key[1] == actor]
        told = [one for one in some if one.draws is not None]
        if told:
            _fact(f"{actor}: zones with an answer {len(told)}, on a list "
                  f"{sum(one.histories.observed for one in told)}", _sum(told))  # fmt: skip
        leaning = [one for one in told if one.standing != "own"]
        if leaning:
            _fact(f"  of which leaning {len(leaning)}, on a list "
                  f"{sum(one.histories.observed for one in leaning)}", _sum(leaning))  # fmt: skip
        low = sum(TOO_LOW in {each.code for each in one.verdict.reasons} for one in told)
        print(f"  warned of unequal_people: {low}")
        print("  refused by:", Counter(reason.code for one in some for reason in one.verdict.reasons
                                       if reason.status == "refuse").most_common())  # fmt: skip
    whole = [one for one in zones.values() if one.draws is not None]
    on_list = sum(one.histories.observed for one in whole)
    _fact(f"joined: zones with an answer {len(whole)}, on a list {on_list}", _sum(whole))
    refused = sum(one.histories.observed for one in zones.values()) - on_list
    print(f"joined: refused {len(zones) - len(whole)}, on a list {refused}")
    added = {
        zone: more
        for (zone,), one in zones.items()
        if (more := _added([each for key, each in strata.items() if key[0] == zone], one))
        is not None
    }
    most = sorted(added, key=lambda zone: -added[zone])[:6]
    print(f"joining adds {sum(added.values()):.0f}; most:", {z: round(added[z]) for z in most})
    (verdict,) = estimate_strata(
        [LinkedHistories(_join(apart, None))], seed=SEED, workers=1, cache=cache
    ).verdicts
    print("pooled:", verdict.status, [(one.code, one.measured) for one in verdict.reasons])


def _fact(words: str, draws: np.ndarray) -> None:
    low, median, high = np.quantile(draws, (0.025, 0.5, 0.975))
    print(f"{words}: {median:.0f} [{low:.0f}, {high:.0f}]")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(Path(place))

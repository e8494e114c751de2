"""Every printed rate is recomputed: C01 and C02, and its base, C08."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number
from testigo.records.consistency.answers import answer
from testigo.records.consistency.arithmetic import as_printed, decimals_of, half_step, plain
from testigo.records.consistency.implied_population import (
    ERROR_BEYOND,
    PER,
    SMOOTH,
    Jump,
    find_jumps,
)
from testigo.records.consistency.model import Claim, ConsistencyRule, Evidence, Finding, Parameter
from testigo.records.consistency.printed_series import (
    PrintedRate,
    PrintedSeries,
    read_printed_series,
)

if TYPE_CHECKING:
    from testigo.records.consistency.model import RuleCode
    from testigo.records.model import Severity


def check_rate_base(evidence: Evidence) -> list[Finding]:
    """C08: the rate is per 1,000 or per million, or the population in thousands."""
    series = read_printed_series(evidence)
    return [found for found in (_wrong_base(one) for one in series) if found is not None]


def check_stated_rate(claim: Claim) -> Finding:
    """C01 and C02 on a sentence: 100,000 x count / population is the rate it states."""
    count, population, rate = (claim.number(name) for name in ("count", "population", "rate"))
    decimals = decimals_of(rate)
    computed = PER * count / population
    values = {
        "count": as_printed(count),
        "population": as_printed(population),
        "computed": Number(float(computed), decimals),
        "rate": as_printed(rate),
    }
    found, expected = str(rate), plain(computed, decimals)
    if abs(rate - computed) <= half_step(rate):
        text = Message("{count} over {population} is {computed} per 100,000.", values)
        return answer(claim, "ok", found=found, expected=expected, explanation=text)
    deviation = abs(100 * math.log(rate / computed))
    text = Message(
        "{count} over {population} is {computed} per 100,000; the text says {rate}.", values
    )
    severity: Severity = "error" if deviation > ERROR_BEYOND else "warning"
    return answer(claim, severity, found=found, expected=expected, explanation=text)


def check_rates(evidence: Evidence) -> list[Finding]:
    """C01 and C02: count and printed rate imply a population that cannot be, or hardly."""
    findings = []
    for series in read_printed_series(evidence):
        if series.repeated:
            findings.append(_not_checked(series))
        recomputed = {} if _wrong_base(series) else _recompute(series)
        jumps = find_jumps(
            [rate.year for rate in series.rates],
            [rate.count for rate in series.rates],
            [rate.rate for rate in series.rates],
            decimals=series.decimals,
        )
        findings += recomputed.values()
        findings += [_jump_finding(series, jump) for jump in jumps if jump.year not in recomputed]
    return findings


def _jump_finding(series: PrintedSeries, jump: Jump) -> Finding:
    decimals = max(1, series.decimals)
    values = {
        "year": jump.year,
        "count": Number(jump.count),
        "rate": Number(jump.rate, series.decimals),
        "implied": Number(jump.implied),
        "trend": Number(jump.trend),
        "off": Number(jump.implied / jump.trend - 1, 1, percent=True),
        "repaired_rate": Number(jump.repaired_rate, decimals),
        "repaired_count": Number(jump.repaired_count),
    }
    return Finding(
        table=series.source,
        rule="C01" if jump.large else "C02",
        severity="error" if jump.large else "warning",
        where=series.where(jump.year),
        found=plain(jump.rate, series.decimals),
        expected=f"{plain(jump.repaired_rate, decimals)} / {plain(jump.repaired_count, 0)}",
        explanation=Message(
            "In {year}, {count} at a rate of {rate} imply {implied} residents, where the other"
            " years lead one to expect {trend} ({off}). Either the rate is wrong ({count} would"
            " give {repaired_rate}) or the count is ({rate} would need {repaired_count}, a partial"
            " year for instance). The table alone cannot say which; neither was corrected.",
            values,
        ),
    )


def _not_checked(series: PrintedSeries) -> Finding:
    return Finding(
        table=series.source,
        rule="C01",
        severity="info",
        where=series.label or "-",
        found=" ".join(str(year) for year in series.repeated),
        expected="1",
        explanation=Message(
            "These years carry several rates for the same place, so their rates were not checked:"
            " {years}.",
            {"years": ", ".join(str(year) for year in series.repeated)},
        ),
    )


def _recompute(series: PrintedSeries) -> dict[int, Finding]:
    """Compare printed rates with printed populations, where the source gives both."""
    findings = {}
    for printed in series.rates:
        if printed.population is None:
            continue
        computed = PER * printed.count / printed.population
        deviation = abs(100 * math.log(printed.rate / computed))
        if deviation > SMOOTH + 100 * 0.5 * 10.0**-series.decimals / printed.rate:
            findings[printed.year] = _recomputed_finding(
                series, printed, large=deviation > ERROR_BEYOND
            )
    return findings


def _recomputed_finding(series: PrintedSeries, printed: PrintedRate, *, large: bool) -> Finding:
    population = printed.population or math.nan
    decimals = max(1, series.decimals)
    rate, count = PER * printed.count / population, printed.rate * population / PER
    code: RuleCode = "C01" if large else "C02"
    return Finding(
        table=series.source,
        rule=code,
        severity="error" if large else "warning",
        where=series.where(printed.year),
        found=plain(printed.rate, series.decimals),
        expected=f"{plain(rate, decimals)} / {plain(count, 0)}",
        explanation=Message(
            "In {year}, {count} over the {population} residents that the source prints is"
            " {repaired_rate}, and it prints {rate} (which would need {repaired_count}). Neither"
            " was corrected.",
            {
                "year": printed.year,
                "count": Number(printed.count),
                "population": Number(population),
                "repaired_rate": Number(rate, decimals),
                "rate": Number(printed.rate, series.decimals),
                "repaired_count": Number(count),
            },
        ),
    )


def _wrong_base(series: PrintedSeries) -> Finding | None:
    """Find a series whose rates are all a power of ten away from count over population."""
    ratios = [
        printed.rate * printed.population / (PER * printed.count)
        for printed in series.rates
        if printed.population
    ]
    powers = {round(math.log10(ratio)) for ratio in ratios}
    if len(powers) != 1 or powers == {0}:
        return None
    power = powers.pop()
    first = next(printed for printed in series.rates if printed.population)
    decimals = max(1, series.decimals)
    computed = PER * first.count / (first.population or math.nan)
    return Finding(
        table=series.source,
        rule="C08",
        severity="error",
        where=series.label or "-",
        found=plain(first.rate, series.decimals),
        expected=plain(computed, decimals),
        explanation=Message(
            "In {year}, {count} over {population} residents is {computed} per 100,000, and the"
            " source prints {rate}; every year is off by a factor near {factor}. Either the rate"
            " is not per 100,000 or the population is in thousands or millions.",
            {
                "year": first.year,
                "count": Number(first.count),
                "population": Number(first.population or math.nan),
                "computed": Number(float(computed), decimals),
                "rate": Number(first.rate, series.decimals),
                "factor": Number(10.0**power, max(0, -power)),
            },
        ),
    )


_SENTENCE: Final = (
    Parameter("count", "number", Message("Victims in the text."), positive=True),
    Parameter("population", "number", Message("Residents in the text."), positive=True),
    Parameter(
        "rate", "number", Message("Rate per 100,000 in the text, with its digits."), positive=True
    ),
)
_NEEDS: Final = Message("A source of tallies by year with a `rate` column; six years or more.")

LARGE_JUMP: Final = ConsistencyRule(
    code="C01",
    title=Message("The population behind a rate is smooth"),
    checks=Message(
        "Divides each count by its printed rate; the population that follows must lie on the line"
        " of its five nearest years, within half a per cent and the rounding."
    ),
    severities=("error", "warning", "info"),
    needs=_NEEDS,
    parameters=_SENTENCE,
    check_evidence=check_rates,
    check_claim=check_stated_rate,
)
SMALL_JUMP: Final = ConsistencyRule(
    code="C02",
    title=Message("The population behind a rate is smooth, small deviation"),
    checks=Message("The same as C01, where the deviation is at most three per cent."),
    severities=("error", "warning"),
    needs=_NEEDS,
    parameters=_SENTENCE,
    check_evidence=check_rates,
    check_claim=check_stated_rate,
)

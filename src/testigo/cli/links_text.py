"""What `testigo run` says of linked lists and of those whom no list recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from testigo.cli.estimates_text import estimate_sentence
from testigo.core import Message, Number

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.cli.voice import Voice


def tell_links(voice: Voice, links: pa.Table) -> None:
    """Print how many people the linked records speak of, and how sure that is."""
    rows = links.to_pylist()
    lists = [row for row in rows if row["measure"] == "records" and " " not in row["lists"]]
    if not lists:  # the overlaps were delivered as a table; the estimate says how many they hold
        return
    totals = {row["measure"]: row for row in rows if row["measure"] in {"victims", "incidents"}}
    victims = totals["victims"]
    values: dict[str, Any] = {
        "lists": len(lists),
        "records": Number(sum(row["count"] for row in lists)),
        "victims": Number(victims["count"]),
        "incidents": Number(totals["incidents"]["count"]),
    }
    if victims["low"] is None:
        voice.tell(
            Message(
                "{lists} linked lists with {records} records speak of {victims} people in "
                "{incidents} incidents.",
                values,
            )
        )
        return
    values |= {
        "low": Number(victims["low"]),
        "high": Number(victims["high"]),
        "level": Number(victims["level"], percent=True),
    }
    voice.tell(
        Message(
            "{lists} linked lists with {records} records speak of about {victims} people "
            "({level} of the draws: {low} to {high}) in {incidents} incidents.",
            values,
        )
    )


def tell_total(voice: Voice, estimates: pa.Table) -> None:
    """Print the estimate of all victims, and how many strata could not be estimated."""
    from testigo.estimation import ONLY_IN_SUM

    first, *strata = estimates.to_pylist()
    voice.tell(estimate_sentence(first))
    refused = [row for row in strata if row["verdict"] == "refuse"]
    summed = sum(ONLY_IN_SUM in (row["reasons"] or "").split() for row in refused)
    if refused:
        voice.tell(
            Message(
                "Strata that cannot be estimated: {refused} of {strata}. Strata that count in the "
                "sum only, without a figure of their own: {summed}. The report says why.",
                {"refused": len(refused) - summed, "strata": len(strata), "summed": summed},
            )
        )

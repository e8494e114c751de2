"""The table of estimates and the names of the methods."""

from __future__ import annotations

from typing import Final, Literal, get_args

from testigo.core import VERDICT_STATUSES, Column, Message, TableSchema

Method = Literal["latent-class", "graphs", "log-linear", "sparse", "lower-bound", "independence"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
ENVELOPE: Final = "envelope"
VICTIMS: Final = Message("victims")

SENSITIVITY_KINDS: Final = (
    "main",
    "method",
    "highest_order",
    "list_left_out",
    "lists_merged",
    "classes",
    "prior",
)

ESTIMATES: Final = TableSchema(
    name="estimates",
    title=Message("Estimates of all victims"),
    meaning=Message("How many there were in all, with those whom no list recorded."),
    key=("stratum", "method"),
    columns=(
        Column(
            "stratum",
            "text",
            Message("stratum"),
            Message("name=value of each stratum column; empty for all people together."),
        ),
        Column(
            "method",
            "text",
            Message("method"),
            Message("How it was estimated; envelope: from the lowest to the highest limit."),
            allowed=(*METHODS, ENVELOPE),
        ),
        Column(
            "observed",
            "integer",
            Message("observed"),
            Message("Victims on at least one list."),
            unit=VICTIMS,
        ),
        Column(
            "median",
            "number",
            Message("estimate"),
            Message("Median of the posterior, or the point of a formula; blank when refused."),
            unit=VICTIMS,
            required=False,
        ),
        Column(
            "low",
            "number",
            Message("low"),
            Message("Lower limit; blank when refused."),
            unit=VICTIMS,
            required=False,
        ),
        Column(
            "high",
            "number",
            Message("high"),
            Message("Upper limit; blank when refused."),
            unit=VICTIMS,
            required=False,
        ),
        Column("level", "number", Message("level"), Message("Coverage of the interval.")),
        Column(
            "verdict",
            "text",
            Message("verdict"),
            Message("publish, warn or refuse."),
            allowed=VERDICT_STATUSES,
        ),
        Column(
            "reasons",
            "text",
            Message("reasons"),
            Message("Stable codes, separated by a space; empty when there is none."),
        ),
        Column(
            "measured",
            "text",
            Message("measured"),
            Message(
                "code=found/limit of each reason, separated by a space; nothing before the slash "
                "where what was found may not be told."
            ),
        ),
    ),
)

_OF_ESTIMATE: Final = {column.name: column for column in ESTIMATES.columns}

SENSITIVITY: Final = TableSchema(
    name="sensitivity",
    title=Message("What the estimate would be under other assumptions"),
    meaning=Message(
        "The estimate made again with one assumption moved; what moves it is not known from the "
        "lists."
    ),
    key=("stratum", "kind", "setting"),
    columns=(
        _OF_ESTIMATE["stratum"],
        Column(
            "kind",
            "text",
            Message("kind"),
            Message(
                "main: nothing moved. method: another model. highest_order: the dependence of all "
                "lists together, which no table shows. list_left_out, lists_merged: with fewer "
                "lists. classes, prior: of the latent class model."
            ),
            allowed=SENSITIVITY_KINDS,
        ),
        Column(
            "setting",
            "text",
            Message("setting"),
            Message("The method, odds ratio, list or lists, number of classes, or prior."),
        ),
        Column(
            "strata",
            "integer",
            Message("strata"),
            Message("Strata in the sum: those with an answer under this setting too."),
        ),
        Column(
            "strata_refused",
            "integer",
            Message("strata refused"),
            Message("Strata that were tried and have no answer under this setting."),
        ),
        Column(
            "recorded",
            "integer",
            Message("recorded"),
            Message("Victims on at least one list, in the strata of the sum."),
            unit=VICTIMS,
            required=False,
        ),
        Column(
            "recorded_refused",
            "integer",
            Message("recorded, refused"),
            Message("Victims on at least one list, in the strata refused."),
            unit=VICTIMS,
            required=False,
        ),
        *(_OF_ESTIMATE[name] for name in ("median", "low", "high")),
        *(
            Column(name, "number", label, meaning, unit=VICTIMS, required=False)
            for name, label, meaning in (
                (
                    "usual",
                    Message("usual estimate"),
                    Message("Of the same strata with nothing moved, to compare with."),
                ),
                ("usual_low", Message("usual, low"), Message("Its lower limit.")),
                ("usual_high", Message("usual, high"), Message("Its upper limit.")),
            )
        ),
        *(_OF_ESTIMATE[name] for name in ("level", "verdict", "reasons")),
    ),
)

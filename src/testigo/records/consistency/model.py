"""The nouns of the consistency engine: rules, what they read, and what they find."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, cast, get_args

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    import ibis
    import pyarrow as pa

    from testigo.core import Message
    from testigo.records.model import Ingested, Severity, Source

RuleCode = Literal[
    "C01", "C02", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11", "C12",
    "C13", "C14", "C15", "C16", "C17", "C18", "C19", "C20", "C21", "C22", "C23", "C24",
]  # fmt: skip
RULE_CODES: Final[tuple[RuleCode, ...]] = get_args(RuleCode)

ParameterKind = Literal[
    "number", "numbers", "text", "texts", "month", "months", "flag", "qualifier"
]
Qualifier = Literal[
    "exactly", "about", "nearly", "more_than", "at_least", "less_than", "at_most"
]  # fmt: skip
QUALIFIERS: Final[tuple[Qualifier, ...]] = get_args(Qualifier)


@dataclass(frozen=True, slots=True)
class MonthSpan:
    """Months, both included, as a claim names them.

    Attributes
    ----------
    first, last
        Months counted from the year 0 (year x 12 + month - 1).
    """

    first: int
    last: int

    @property
    def months(self) -> int:
        """How many months it holds."""
        return self.last - self.first + 1

    def __str__(self) -> str:
        first, last = (f"{month // 12}-{month % 12 + 1:02d}" for month in (self.first, self.last))
        return first if first == last else f"{first}/{last}"


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of a text that a rule can recompute; written by hand in hand/claims.toml.

    Attributes
    ----------
    rule
        C03, C04 ...; it decides which parameters there are.
    where
        Place in the text (`report, page 12`).
    table
        Source or table that the statement rests on; an error blocks it.
    parameters
        Checked values by name: numbers are `Decimal` with the digits as printed.
    """

    rule: RuleCode
    where: str
    table: str
    parameters: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def number(self, name: str) -> Decimal:
        """Return a number, with the digits as printed."""
        return cast("Decimal", self.parameters[name])

    def numbers(self, name: str) -> tuple[Decimal, ...]:
        """Return several numbers; empty when not given."""
        return cast("tuple[Decimal, ...]", self.parameters.get(name, ()))

    def text(self, name: str) -> str:
        """Return a text; empty when not given."""
        return cast("str", self.parameters.get(name, ""))

    def texts(self, name: str) -> tuple[str, ...]:
        """Return several texts; empty when not given."""
        return cast("tuple[str, ...]", self.parameters.get(name, ()))

    def span(self, name: str) -> MonthSpan:
        """Return a month, or a stretch of months."""
        return cast("MonthSpan", self.parameters[name])

    def flag(self, name: str) -> bool:
        """Return yes or no; no when not given."""
        return cast("bool", self.parameters.get(name, False))

    def qualifier(self, default: Qualifier = "exactly") -> Qualifier:
        """Return how exact the text says its number is."""
        return cast("Qualifier", self.parameters.get("qualifier", default))

    def has(self, name: str) -> bool:
        """Whether an optional parameter was given."""
        return name in self.parameters


@dataclass(frozen=True, slots=True)
class Override:
    """A signed decision to publish in spite of an error; it stays visible.

    Attributes
    ----------
    table, rule, where
        Of the finding it answers.
    reason
        Why the table may be published all the same.
    signed_by
        A role (`directora`, `comité editorial`), never a person's name.
    signed_on
        Day of the signature.
    """

    table: str
    rule: RuleCode
    where: str
    reason: str
    signed_by: str
    signed_on: date

    @property
    def shown(self) -> str:
        """The line that stands beside the finding for good."""
        return f"{self.reason} ({self.signed_by}, {self.signed_on.isoformat()})"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule says about one place.

    Attributes
    ----------
    table, rule, severity, where
        As in the table `consistency`; severity `ok` is an answer but not a finding.
    found, expected
        Numbers as plain text (no thousands separator, point as decimal mark).
    explanation
        A sentence for the reader.
    cells
        Rows of `CONSISTENCY_CELLS` behind it, or None.
    quotes
        Other sources whose counts it tells, beside those of `table`: what may be published of
        it depends on them too.
    """

    table: str
    rule: RuleCode
    severity: Severity
    where: str
    found: str
    expected: str
    explanation: Message
    cells: pa.Table | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the rules may read about the deliveries.

    Attributes
    ----------
    sources
        In configuration order.
    ingested
        What became of each source.
    counts
        Columns `COUNTS`.
    accepted
        Columns `ACCEPTED`, all sources together; DuckDB or Spark.
    as_of
        The day after which nothing can have happened yet; None: not asked.
    """

    sources: Sequence[Source]
    ingested: Sequence[Ingested]
    counts: pa.Table
    accepted: ibis.Table
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of a claim.

    Attributes
    ----------
    name, kind
        Key in hand/claims.toml and what may stand there.
    meaning
        For the reference page.
    required
        Whether the claim must give it.
    positive
        Whether the rule divides by it, so that zero and less are refused.
    """

    name: str
    kind: ParameterKind
    meaning: Message
    required: bool = True
    positive: bool = False


@dataclass(frozen=True, slots=True)
class ConsistencyRule:
    """One rule of domain.md section 10.

    Attributes
    ----------
    code, title
        C01 and a name for people.
    checks
        What it recomputes, in a sentence.
    needs
        What must be there for it to run on deliveries; None when it reads only claims.
    severities
        Every severity it can give, worst first.
    parameters
        Of a claim; empty when the rule reads no claims.
    check_evidence
        The rule on deliveries.
    check_claim
        The rule on a statement.
    """

    code: RuleCode
    title: Message
    checks: Message
    severities: tuple[Severity, ...]
    needs: Message | None = None
    parameters: tuple[Parameter, ...] = ()
    check_evidence: Callable[[Evidence], list[Finding]] | None = None
    check_claim: Callable[[Claim], Finding] | None = None


@dataclass(frozen=True, slots=True)
class Inconsistencies:
    """What does not add up.

    Attributes
    ----------
    findings
        Columns `CONSISTENCY`.
    cells
        Columns `CONSISTENCY_CELLS`: the detail behind some findings.
    """

    findings: pa.Table
    cells: pa.Table

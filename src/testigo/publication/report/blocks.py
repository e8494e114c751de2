"""What stands at the top of a page whose figures wait for a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from testigo.core import Message, Number
from testigo.publication.report.figures import Note
from testigo.publication.report.sentences import Quoted
from testigo.records import CONSISTENCY_RULES

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Evidence, Row


def tell_block(evidence: Evidence, name: str) -> Note:
    """Say what is wrong with a blocked source, and the line that would sign for it."""
    errors = [
        row
        for row in evidence.rows("consistency", table=name, severity="error")
        if not row["override"]
    ]
    heading = Message("Blocked until somebody signs: {name}", {"name": evidence.name(name)})
    values: dict[str, object] = {
        "name": Quoted(evidence.name(name)),
        "errors": Number(len(errors)),
        "finding": _objection(errors[0]) if errors else "",
        "line": _signing(errors[0]) if errors else "",
    }
    if not errors:
        text = Message("No figure that rests on {name} is published.", values)
    elif len(errors) == 1:
        text = Message(
            "{finding} No figure that rests on {name} is published until the delivery is mended, "
            "or somebody signs with this line in hand/overrides.csv: {line}",
            values,
        )
    else:
        text = Message(
            "{finding} This is one of {errors} errors. No figure that rests on {name} is published "
            "until the delivery is mended, or somebody signs for each with a line in "
            "hand/overrides.csv, the first like this: {line}",
            values,
        )
    return Note(text, "block", heading)


def _objection(row: Row) -> Message:
    """Name the rule and the place, without a figure: none of them is ours to tell up here."""
    rules = {str(code): rule for code, rule in CONSISTENCY_RULES.items()}
    rule = rules.get(str(row["rule"]))
    values = {
        "rule": row["rule"],
        "title": rule.title if rule else "",
        "where": str(row["where"] or "-"),
    }
    return Message(
        "Error at {where}, found by rule {rule} ({title}); its numbers stand below, under what "
        "does not add up.",
        values,
    )


def _signing(row: Row) -> Message:
    """Write the line that signs for a finding, as `hand/overrides.csv` takes it."""
    where = str(row["where"] or "")
    quoted = '"{}"'.format(where.replace('"', '""')) if set(where) & set(',"') else where
    values = {"table": row["table"], "rule": row["rule"], "where": quoted}
    return Message("{table},{rule},{where},why it may be published,your role,YYYY-MM-DD", values)

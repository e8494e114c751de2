"""From sections to one file of HTML that asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from testigo.core import Message
from testigo.publication.report.cards import show_cards
from testigo.publication.report.choices import choose_main_period
from testigo.publication.report.closing import close_page, fingerprint
from testigo.publication.report.disagreement import show_disagreement
from testigo.publication.report.evidence import Evidence
from testigo.publication.report.figures import Note
from testigo.publication.report.inconsistencies import show_inconsistencies
from testigo.publication.report.linked_lists import show_linkage
from testigo.publication.report.maps import lay_out
from testigo.publication.report.question import ask_question, rests_on_estimate
from testigo.publication.report.rates import show_rates
from testigo.publication.report.speech import (
    NOT_APPLICABLE,
    NOT_ESTIMABLE,
    NOT_STATED,
    SUPPRESSED,
    UNKNOWN,
    in_words,
    number_or_suppressed,
)
from testigo.publication.report.trends import show_trends
from testigo.publication.report.unrecorded import show_unrecorded
from testigo.publication.report.unrecorded_sensitivity import show_assumptions
from testigo.publication.report.words import WORDS, say_left_out, say_rows

if TYPE_CHECKING:
    from jinja2 import Environment

    from testigo.core import Language
    from testigo.publication.model import Report
    from testigo.publication.report.figures import Section

LANGUAGE_NAMES: Final[dict[Language, str]] = {"es": "Español", "en": "English"}
_PALE: Final = (NOT_APPLICABLE, NOT_ESTIMABLE, NOT_STATED, SUPPRESSED, UNKNOWN)


def render_report(report: Report) -> str:
    """Return the page: one file, both languages, no request to anywhere.

    Parameters
    ----------
    report
        What it shows; tables that `protect` has been over.

    Returns
    -------
    str
        HTML in UTF-8; the same report gives the same bytes.
    """
    evidence = Evidence(report)
    period = choose_main_period(evidence)
    paper = lay_out(report.catalogue)
    unrecorded = (show_unrecorded(evidence), *show_assumptions(evidence))
    first = rests_on_estimate(evidence, period)
    sections = (
        *(unrecorded if first else ()),
        show_disagreement(evidence, paper, period),
        show_linkage(evidence),
        show_rates(evidence, paper, period),
        *(() if first else unrecorded),
        show_trends(evidence, period),
        show_inconsistencies(evidence),
        show_cards(evidence),
        *close_page(evidence),
    )
    return _write(evidence, ask_question(evidence), sections)


def _write(evidence: Evidence, question: Section, sections: tuple[Section, ...]) -> str:
    report = evidence.report
    style, script = _asset("page.css"), _asset("page.js")
    named = Message("{name} (synthetic data)", {"name": report.name})
    name = named if report.synthetic else report.name
    titles = {
        language: f"{in_words(question.title, language)} · {in_words(name, language)}"
        for language in report.languages
    }
    made = Message(
        "Made with Testigo {version}. Edition {edition}.",
        {"version": report.version, "edition": fingerprint(evidence)},
    )
    template = _environment(evidence).get_template("page.html.j2")
    return template.render(
        languages=report.languages,
        language_names=LANGUAGE_NAMES,
        titles=titles,
        name=report.name,
        synthetic=report.synthetic,
        version=report.version,
        question=question,
        sections=[section for section in sections if not _is_absent(section)],
        absent=[section for section in sections if _is_absent(section)],
        style=style,
        script=script,
        policy=content_policy(style, script),
        several=len(report.languages) > 1,
        published=frozenset(evidence.tables),
        words=SimpleNamespace(**WORDS, made=made),
    )


def _is_absent(section: Section) -> bool:
    """Whether a section has nothing to show but the reason why."""
    return bool(section.parts) and all(
        isinstance(part, Note) and part.heading is None for part in section.parts
    )


def content_policy(style: str, script: str) -> str:
    """Allow exactly this style and this script, and no request at all.

    Browsers that know hashes ignore `unsafe-inline`; it is there for those that do not
    (docs/decisions/0020).
    """
    return (
        "default-src 'none'; "
        f"style-src {_hash(style)} 'unsafe-inline'; "
        f"script-src {_hash(script)} 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _asset(name: str) -> Markup:
    return Markup(_read(name))  # noqa: S704  # our own file


def _read(name: str) -> str:
    return (files("testigo.publication") / "templates" / name).read_text(encoding="utf-8")


def _environment(evidence: Evidence) -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    voice = evidence.voice
    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "say": voice.say,
        "stress": lambda value: (
            voice.stress(value) if isinstance(value, Message) else voice.say(value)
        ),
        "number": lambda value: voice.say(number_or_suppressed(value)),
        "cell": lambda value: _cell(evidence, value),
        "left_out": lambda count: voice.say(say_left_out(count)),
        "rows": lambda count: voice.say(say_rows(count)),
        "tongues": voice.count_in_svg,
        "kind": lambda part: type(part).__name__,
        "anchor": lambda part: str(part.caption).lower().replace(" ", "-"),
    }
    return environment


def _cell(evidence: Evidence, value: object) -> Markup:
    """Write a cell; what is not a value looks different from one."""
    shown = NOT_STATED if value is None else value
    said = evidence.voice.say(shown)
    if any(shown is pale for pale in _PALE):
        return Markup('<span class="blank">{}</span>').format(said)
    return said

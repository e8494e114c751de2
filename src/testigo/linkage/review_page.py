"""A sheet as one page of HTML that asks the network for nothing; it holds names and is private."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from testigo.core import Message, Number, Speaking, Text
from testigo.linkage.review_model import ANSWER_REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from testigo.core import Language
    from testigo.linkage.review_shown import ShownPair

LANGUAGE_NAMES: Final[Mapping[Language, str]] = {"es": "Español", "en": "English"}
REVIEWERS: Final = (1, 2, 3)
WORDS: Final[Mapping[str, Message]] = {
    "title": Message("Do these records speak of one person?"),
    "private": Message("Private: it holds names. It stays in the office and is not sent by mail."),
    "synthetic": Message("The data are synthetic: nobody in them is real."),
    "question": Message("Do both records speak of one person?"),
    "same": Message("The same person"),
    "different": Message("Different persons"),
    "unsure": Message("Unsure"),
    "rests": Message("It rests above all on (if you like to say)"),
    "answered": Message("answered"),
    "of": Message("of"),
    "pair": Message("Pair"),
    "previous": Message("Previous"),
    "next": Message("Next"),
    "unanswered": Message("Next without an answer"),
    "clear": Message("Take the answer back"),
    "save": Message("Save the answers"),
    "saved": Message("Saved; hand over the file:"),
    "reviewer": Message("Reviewer"),
    "after": Message("Show the reasons after each answer"),
    "help": Message("How to answer"),
    "nothing": Message("not stated"),
    "decided": Message("What the program decided"),
    "linked": Message("One person."),
    "apart": Message("Different persons."),
    "chance": Message("Chance that the two are one person, by the score of this pair alone:"),
    "why": Message("Why the pair is here:"),
    "field": Message("Field"),
    "agreement": Message("Agreement"),
    "strangers": Message("Against strangers"),
    "co_victims": Message("Against two victims of one incident"),
    "weights": Message(
        "× 20: records of one person agree like this 20 times more often; ÷ 20: 20 times less "
        "often. The rest of the score is how rare the names are and how few pairs are one person."
    ),
    "uncompared": Message("The program did not compare these two; others in the group join them."),
    "others": Message("Other records that the program put with either of the two"),
    "no_storage": Message(
        "This browser keeps nothing between visits: save the answers before you close the page."
    ),
    "copy": Message("This browser cannot save a file. Copy these lines into a file that ends in "
                    ".csv:"),
    "no_script": Message(
        "Without JavaScript the page can be read and printed; answer in the sheet in CSV instead."
    ),
}  # fmt: skip
HELP: Final = (
    Message(
        "Each pair is two records of the lists. Decide whether both speak of the same person, by "
        "what they say and by what you know from elsewhere. What differs is marked."
    ),
    Message(
        "Co-victims of one incident share date, place and often surnames: look at given names, age "
        "and sex."
    ),
    Message("Answer alone. If you cannot tell, unsure is an honest answer."),
    Message(
        "Answers are kept in this browser as you go. At the end, or at any time, save them and "
        "hand over the file."
    ),
)
KEYS: Final[Sequence[tuple[str, Message]]] = (
    ("s", WORDS["same"]),
    ("d", WORDS["different"]),
    ("u", WORDS["unsure"]),
    ("j →", WORDS["next"]),
    ("k ←", WORDS["previous"]),
    ("n", WORDS["unanswered"]),
    ("x", WORDS["clear"]),
    ("1 … 5", WORDS["rests"]),
    ("r", WORDS["after"]),
    ("w", WORDS["save"]),
)
_SEXES: Final = {"female": Message("female"), "male": Message("male")}
_LARGEST: Final = 1_000_000.0


def render_review(
    sheet: str,
    pairs: Sequence[ShownPair],
    *,
    name: Speaking,
    languages: Sequence[Language],
    synthetic: bool = False,
) -> str:
    """Return the page on which a reviewer answers a sheet.

    Parameters
    ----------
    sheet
        Id of the sheet.
    pairs
        In the order in which they are shown.
    name
        Of the observatory.
    languages
        Of the page, the first when none is chosen.
    synthetic
        Whether the page says that nobody in it is real.

    Returns
    -------
    str
        HTML in UTF-8; the same pairs give the same bytes.
    """
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_read),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "say": lambda said: _say(said, languages),
        "word": lambda text: _say(_SEXES.get(text) or text, languages),
        "times": lambda ratio: _say(_times(ratio), languages),
    }
    style, script = Markup(_read("review.css")), Markup(_read("review.js"))  # noqa: S704
    return environment.get_template("review.html.j2").render(
        sheet=sheet,
        pairs=pairs,
        name=name,
        languages=languages,
        language_names=LANGUAGE_NAMES,
        titles={one: WORDS["title"].in_language(one) for one in languages},
        reasons=list(enumerate(ANSWER_REASONS.items(), start=1)),
        reviewers=REVIEWERS,
        help=HELP,
        keys=KEYS,
        words=SimpleNamespace(**WORDS),
        synthetic=synthetic,
        style=style,
        script=script,
        policy=(
            f"default-src 'none'; style-src {_hash(style)} 'unsafe-inline'; "
            f"script-src {_hash(script)} 'unsafe-inline'; base-uri 'none'; form-action 'none'"
        ),
    )


def _say(said: Speaking | str, languages: Sequence[Language]) -> Markup:
    """Write a text in each language, once where they are the same."""
    if not isinstance(said, Speaking):
        return Markup("{}").format(said)
    texts = {language: said.in_language(language) for language in languages}
    if len(set(texts.values())) == 1:
        return Markup("{}").format(texts[languages[0]])
    span = Markup('<span lang="{}">{}</span>')
    return Markup("").join(span.format(language, text) for language, text in texts.items())


def _times(ratio: float) -> Text:
    """Write how many times more (×) or less (÷) often."""
    factor = min(max(ratio, 1 / max(ratio, 1e-12)), _LARGEST)
    decimals = 1 if factor < 10 else 0  # noqa: PLR2004  # two digits are enough
    sign = "×" if ratio >= 1 else "÷"
    number = Number(factor, decimals)
    return Text(es=f"{sign} {number.in_language('es')}", en=f"{sign} {number.in_language('en')}")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _read(name: str) -> str:
    return (files("testigo.linkage") / "templates" / name).read_text(encoding="utf-8")

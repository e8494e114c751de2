"""The linkage room: records of several lists become victims, incidents and capture histories."""

from testigo.linkage.clerical_quality import Tally, estimate_clerical_quality, tally_answers
from testigo.linkage.decisions import check_decisions, read_link_decisions
from testigo.linkage.histories import capture_histories
from testigo.linkage.link_counts import LINK_COUNTS, count_links, count_overlaps
from testigo.linkage.linking import link_victims
from testigo.linkage.measurement import measure_linkage
from testigo.linkage.model import (
    BLOCKING,
    LINKS,
    PAIRS,
    CaptureHistories,
    LinkageModel,
    LinkageQuality,
    LinkDecision,
    Linked,
    Previous,
)
from testigo.linkage.model_file import format_model, parse_model, read_model, write_model
from testigo.linkage.review_agreement import Agreement, measure_agreement, warn_of_agreement
from testigo.linkage.review_answers import GivenAnswer, ReviewAnswers, read_review_answers
from testigo.linkage.review_decisions import Settled, find_new_decisions, settle_answers
from testigo.linkage.review_ledger import add_decisions
from testigo.linkage.review_model import (
    ANSWERS,
    CLERICAL_QUALITY,
    REVIEW_PAIRS,
    Answer,
    ReviewSheet,
    Stratum,
)
from testigo.linkage.review_page import render_review
from testigo.linkage.review_sheets import (
    choose_pairs,
    find_again,
    settle_apart,
    sheet_as_dict,
    sheet_of,
)
from testigo.linkage.review_shown import ShownPair, show_pairs, tabulate_shown
from testigo.linkage.scoring import score_pairs
from testigo.linkage.simulated_habits import FOUR_LISTS, ListHabits, change_habits
from testigo.linkage.simulation import Simulated, simulate_killings, simulate_lists

__all__ = [
    "ANSWERS",
    "BLOCKING",
    "CLERICAL_QUALITY",
    "FOUR_LISTS",
    "LINKS",
    "LINK_COUNTS",
    "PAIRS",
    "REVIEW_PAIRS",
    "Agreement",
    "Answer",
    "CaptureHistories",
    "GivenAnswer",
    "LinkDecision",
    "LinkageModel",
    "LinkageQuality",
    "Linked",
    "ListHabits",
    "Previous",
    "ReviewAnswers",
    "ReviewSheet",
    "Settled",
    "ShownPair",
    "Simulated",
    "Stratum",
    "Tally",
    "add_decisions",
    "capture_histories",
    "change_habits",
    "check_decisions",
    "choose_pairs",
    "count_links",
    "count_overlaps",
    "estimate_clerical_quality",
    "find_again",
    "find_new_decisions",
    "format_model",
    "link_victims",
    "measure_agreement",
    "measure_linkage",
    "parse_model",
    "read_link_decisions",
    "read_model",
    "read_review_answers",
    "render_review",
    "score_pairs",
    "settle_answers",
    "settle_apart",
    "sheet_as_dict",
    "sheet_of",
    "show_pairs",
    "simulate_killings",
    "simulate_lists",
    "tabulate_shown",
    "tally_answers",
    "warn_of_agreement",
    "write_model",
]

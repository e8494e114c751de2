"""The linkage room: records of several lists become victims, incidents and capture histories."""

from testigo.linkage.decisions import read_link_decisions
from testigo.linkage.histories import capture_histories
from testigo.linkage.link_counts import LINK_COUNTS, count_links
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
from testigo.linkage.model_file import read_model, write_model
from testigo.linkage.scoring import score_pairs
from testigo.linkage.simulated_habits import FOUR_LISTS, ListHabits, change_habits
from testigo.linkage.simulation import Simulated, simulate_killings, simulate_lists

__all__ = [
    "BLOCKING",
    "FOUR_LISTS",
    "LINKS",
    "LINK_COUNTS",
    "PAIRS",
    "CaptureHistories",
    "LinkDecision",
    "LinkageModel",
    "LinkageQuality",
    "Linked",
    "ListHabits",
    "Previous",
    "Simulated",
    "capture_histories",
    "change_habits",
    "count_links",
    "link_victims",
    "measure_linkage",
    "read_link_decisions",
    "read_model",
    "score_pairs",
    "simulate_killings",
    "simulate_lists",
    "write_model",
]

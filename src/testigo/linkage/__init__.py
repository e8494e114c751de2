"""The linkage room: records of several lists become victims, incidents and capture histories."""

from testigo.linkage.decisions import read_link_decisions
from testigo.linkage.linking import link_victims
from testigo.linkage.measurement import measure_linkage
from testigo.linkage.model import (
    BLOCKING,
    LINKS,
    CaptureHistories,
    LinkageModel,
    LinkageQuality,
    LinkDecision,
    Linked,
)
from testigo.linkage.scoring import score_pairs

__all__ = [
    "BLOCKING",
    "LINKS",
    "CaptureHistories",
    "LinkDecision",
    "LinkageModel",
    "LinkageQuality",
    "Linked",
    "link_victims",
    "measure_linkage",
    "read_link_decisions",
    "score_pairs",
]

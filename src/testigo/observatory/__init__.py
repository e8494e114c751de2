"""The observatory: one folder, one run. Configuration, steps, store, lineage."""

from testigo.observatory.arguments import as_argument
from testigo.observatory.configuration import FILE_NAME, read_configuration
from testigo.observatory.examples import (
    copy_example,
    example_names,
    lacks_deliveries,
    minutes_of,
)
from testigo.observatory.keys import CONFIGURATION_KEYS
from testigo.observatory.lineage import explain
from testigo.observatory.model import Checked, Configuration, Explanation, Progress, Ran
from testigo.observatory.review_answers import TakenAnswers, take_answers
from testigo.observatory.reviewing import WrittenSheet, write_review
from testigo.observatory.running import check_observatory, run_observatory
from testigo.observatory.simulating import SimulatedFolder, simulate_observatory
from testigo.observatory.starting import start_observatory
from testigo.observatory.steps import STEPS

__all__ = [
    "CONFIGURATION_KEYS",
    "FILE_NAME",
    "STEPS",
    "Checked",
    "Configuration",
    "Explanation",
    "Progress",
    "Ran",
    "SimulatedFolder",
    "TakenAnswers",
    "WrittenSheet",
    "as_argument",
    "check_observatory",
    "copy_example",
    "example_names",
    "explain",
    "lacks_deliveries",
    "minutes_of",
    "read_configuration",
    "run_observatory",
    "simulate_observatory",
    "start_observatory",
    "take_answers",
    "write_review",
]

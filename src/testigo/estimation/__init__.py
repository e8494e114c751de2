"""The estimation room: how many, and how sure: rates, and those whom no list recorded."""

from testigo.estimation.direct import standardise_directly
from testigo.estimation.estimated_rates import ESTIMATED_RATES, DrawnStratum, rate_estimates
from testigo.estimation.model import (
    FEW_VICTIMS,
    PER,
    POPULATION,
    RATES,
    STANDARDISED_RATES,
    PoissonRate,
    StandardisedRate,
)
from testigo.estimation.poisson import poisson_rate
from testigo.estimation.population import read_population
from testigo.estimation.rates import rate_by_area
from testigo.estimation.reasons import RATE_REASONS, RateReason
from testigo.estimation.shrinkage import shrink_rates
from testigo.estimation.single_file import file_rates
from testigo.estimation.standardisation import standardise_rates
from testigo.estimation.systems.bootstrap import ChoiceBootstrap, bootstrap_choice
from testigo.estimation.systems.capture_histories import CaptureHistories
from testigo.estimation.systems.combination import add_strata, combine_by_rule, mix_draws
from testigo.estimation.systems.comparison import RIVALS, Comparison, compare, explain_comparison
from testigo.estimation.systems.estimate_rows import LEANS, ONLY_IN_SUM, sum_strata
from testigo.estimation.systems.file_estimates import (
    HeldFits,
    check_file_method,
    file_estimates,
    file_sensitivity,
)
from testigo.estimation.systems.fit_cache import FitCache
from testigo.estimation.systems.gate import judge_draws, judge_table
from testigo.estimation.systems.graphs import GraphAverage, average_graphs
from testigo.estimation.systems.highest_order import estimate_by_highest_order
from testigo.estimation.systems.latent_class import LatentClassFit, fit_latent_class
from testigo.estimation.systems.linked_tables import (
    LinkedHistories,
    gather_replicates,
    split_histories,
)
from testigo.estimation.systems.log_linear import LogLinearFit, fit_hierarchical, log_linear
from testigo.estimation.systems.lower_bound import chao_lower_bound
from testigo.estimation.systems.method_names import METHOD_NAMES
from testigo.estimation.systems.methods import estimate_total
from testigo.estimation.systems.model import ESTIMATES, METHODS, SENSITIVITY, Method
from testigo.estimation.systems.overlap_files import (
    OverlapFile,
    read_capture_histories,
    read_overlaps,
)
from testigo.estimation.systems.pooling import pool_strata
from testigo.estimation.systems.reason_catalogue import ESTIMATE_REASONS
from testigo.estimation.systems.reason_model import ReasonText
from testigo.estimation.systems.reason_texts import read_reasons
from testigo.estimation.systems.sensitivity import sweep_assumptions
from testigo.estimation.systems.sensitivity_texts import (
    SensitivityWords,
    explain_sensitivity,
    say_change,
)
from testigo.estimation.systems.sensitivity_verdicts import (
    SWEPT_REASONS,
    judge_sensitivity,
    warn_of_sensitivity,
)
from testigo.estimation.systems.setting_names import name_setting
from testigo.estimation.systems.sparse import check_existence, fit_sparse
from testigo.estimation.systems.stratified import StrataEstimates, estimate_strata
from testigo.estimation.systems.unknown_strata import spread_unknown

__all__ = [
    "ESTIMATED_RATES",
    "ESTIMATES",
    "ESTIMATE_REASONS",
    "FEW_VICTIMS",
    "LEANS",
    "METHODS",
    "METHOD_NAMES",
    "ONLY_IN_SUM",
    "PER",
    "POPULATION",
    "RATES",
    "RATE_REASONS",
    "RIVALS",
    "SENSITIVITY",
    "STANDARDISED_RATES",
    "SWEPT_REASONS",
    "CaptureHistories",
    "ChoiceBootstrap",
    "Comparison",
    "DrawnStratum",
    "FitCache",
    "GraphAverage",
    "HeldFits",
    "LatentClassFit",
    "LinkedHistories",
    "LogLinearFit",
    "Method",
    "OverlapFile",
    "PoissonRate",
    "RateReason",
    "ReasonText",
    "SensitivityWords",
    "StandardisedRate",
    "StrataEstimates",
    "add_strata",
    "average_graphs",
    "bootstrap_choice",
    "chao_lower_bound",
    "check_existence",
    "check_file_method",
    "combine_by_rule",
    "compare",
    "estimate_by_highest_order",
    "estimate_strata",
    "estimate_total",
    "explain_comparison",
    "explain_sensitivity",
    "file_estimates",
    "file_rates",
    "file_sensitivity",
    "fit_hierarchical",
    "fit_latent_class",
    "fit_sparse",
    "gather_replicates",
    "judge_draws",
    "judge_sensitivity",
    "judge_table",
    "log_linear",
    "mix_draws",
    "name_setting",
    "poisson_rate",
    "pool_strata",
    "rate_by_area",
    "rate_estimates",
    "read_capture_histories",
    "read_overlaps",
    "read_population",
    "read_reasons",
    "say_change",
    "shrink_rates",
    "split_histories",
    "spread_unknown",
    "standardise_directly",
    "standardise_rates",
    "sum_strata",
    "sweep_assumptions",
    "warn_of_sensitivity",
]

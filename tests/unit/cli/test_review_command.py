"""`testigo review` says where the sheet lies, what the answers did, and names nobody."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from testigo.cli.application import application
from testigo.cli.review_text import sheet_as_dict, taken_as_dict, tell_sheet, tell_taken
from testigo.cli.voice import Voice
from testigo.core import UsageError
from testigo.linkage import Agreement, Stratum, Tally, estimate_clerical_quality


@pytest.fixture
def sheet():
    return SimpleNamespace(
        id="s1", page=Path("x/store/review/s1/review.html"), table=Path("x/review.csv"),
        pairs=300, sampled=210, nameless=4,
    )  # fmt: skip


@pytest.fixture
def taken(sheet):
    quality = estimate_clerical_quality(
        [Stratum(True, 0.0, 9.0, 50)], [Tally(45, 5)], kept_share=None, seed=1
    )
    return SimpleNamespace(
        added=12, unsure=2, nameless=1, stale=7, disputed=3, adjudication=sheet, quality=quality,
        agreement=(Agreement(20, 17, 0.7, 0.5, 0.9, 0.95), Agreement(9, 9, None, None, None, 0.95)),
    )  # fmt: skip


def test_a_sheet_is_told(sheet, capsys) -> None:
    tell_sheet(Voice("en"), sheet, "x")
    said = capsys.readouterr().out

    for part in ("300 pairs to look at: 210", "and 90", "review.html", "4 of them", "hold names"):
        assert part in said


def test_answers_are_told_with_intervals_and_what_to_do_next(taken, capsys) -> None:
    tell_taken(Voice("en"), taken, "x")
    said = capsys.readouterr().out

    for part in (
        "hand/link_decisions.csv: 12",
        "Unsure, so undecided: 2",
        "kappa 0.700 (95%: 0.500 to 0.900)",
        "kappa needs both",
        "Precision (linked pairs that are one person): 0.900 (95%: 0.900 to 0.900)",
        "Recall, pairs never compared included: not estimable",
        "Of 7 pairs a record is gone",
        "300 pairs differently",
        "`testigo run x`",
    ):
        assert part in said


def test_spanish_has_a_comma(taken, capsys) -> None:
    tell_taken(Voice("es"), taken, "x")

    assert "kappa 0,700" in capsys.readouterr().out


def test_machines_get_the_same(taken, sheet) -> None:
    content = json.loads(json.dumps(taken_as_dict(taken)))

    assert content["adjudication"] == sheet_as_dict(sheet)
    assert content["agreement"][0]["kappa"] == 0.7
    assert {row["measure"] for row in content["clerical_quality"]} == {
        "precision", "recall", "recall_compared",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--answers", "a.csv"], "--answers was given 1 times and --reviewer 0 times"),
        (["--pairs", "many"], "--pairs = 'many'"),
        (["--pairs", "0"], "--pairs = '0'"),
        (["--seed", "-1"], "--seed"),
    ],
)
def test_what_is_typed_wrongly_is_said(given, said) -> None:
    result = CliRunner().invoke(application, ["review", "x", *given])

    assert isinstance(result.exception, UsageError)
    assert said in str(result.exception)

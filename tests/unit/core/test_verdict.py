"""Verdicts: the worst reason decides, and all are kept."""

from __future__ import annotations

import pytest

from testigo.core import VERDICT_STATUSES, Message, Reason, Verdict


def reason(status: str) -> Reason:
    return Reason("code", status, measured=12, threshold=20, text=Message("source"))


def test_without_reasons_a_figure_may_be_published() -> None:
    assert Verdict().status == "publish"


@pytest.mark.parametrize(
    ("statuses", "worst"),
    [
        (("publish",), "publish"),
        (("publish", "warn"), "warn"),
        (("warn", "refuse", "publish"), "refuse"),
        (("refuse", "warn"), "refuse"),
    ],
)
def test_the_worst_reason_decides(statuses: tuple[str, ...], worst: str) -> None:
    verdict = Verdict(tuple(map(reason, statuses)))

    assert verdict.status == worst
    assert len(verdict.reasons) == len(statuses)


def test_statuses_go_from_good_to_bad() -> None:
    assert VERDICT_STATUSES == ("publish", "warn", "refuse")

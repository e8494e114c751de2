"""A sheet is written where only the office sees it; answers become decisions and a figure."""

from __future__ import annotations

import csv
import os
import re
import shutil
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest

from testigo.cli.entry import run_command
from testigo.core import ConfigurationError, InputFileError, UsageError
from testigo.linkage import (
    CLERICAL_QUALITY,
    LinkDecision,
    measure_agreement,
    read_link_decisions,
)
from testigo.observatory import (
    read_configuration,
    run_observatory,
    simulate_observatory,
    take_answers,
    write_review,
)
from testigo.observatory.review_answers import _add_decisions
from testigo.observatory.review_memory import quality_of, read_kept_review

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from testigo.core import Message


def silent(step: Message, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session")
def linked_once(tmp_path_factory) -> Path:
    """Four invented lists of few records, linked."""
    folder = tmp_path_factory.mktemp("review") / "lists"
    simulate_observatory(folder, records=400, seed=5, progress=silent)
    run_observatory(folder, only="link", progress=silent)
    return folder


@pytest.fixture
def linked(linked_once, tmp_path) -> Path:
    return shutil.copytree(linked_once, tmp_path / "lists")


@pytest.fixture
def truth(linked) -> Callable[[str, str], bool]:
    """Whether two records, as source and id, speak of one person."""
    with (linked / "truth" / "records.csv").open(encoding="utf-8", newline="") as stream:
        who = {
            (row["source"], row["source_record_id"]): row["victim_id"]
            for row in csv.DictReader(stream)
        }
    return lambda one, other: who[one] == who[other]


def pairs_of(folder: Path, sheet: str) -> list[dict[str, object]]:
    return pq.read_table(folder / "store" / "review" / sheet / "pairs.parquet").to_pylist()


def answer(folder: Path, sheet: str, truth, name: str, *, wrong: int = 0) -> tuple[Path, str]:
    """Answer a sheet by the truth, but for the first pairs."""
    lines = ["sheet,pair,answer"]
    for place, row in enumerate(pairs_of(folder, sheet)):
        sides = [(row[f"source_{side}"], row[f"record_{side}"]) for side in "ab"]
        same = truth(*sides) != (place < wrong)
        lines.append(f"{sheet},{row['pair']},{'same' if same else 'different'}")
    path = folder / f"{name}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path, name


def take(folder: Path, *files: tuple[Path, str]):
    return take_answers(folder, files, seed=1, progress=silent)


def decisions_of(folder: Path):
    return read_link_decisions(folder / "hand" / "link_decisions.csv")


def test_the_sheet_lies_in_the_store_and_only_its_owner_reads_it(linked) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)

    assert sheet.page.parent.parent == linked / "store" / "review"
    assert "review" not in {path.name for path in linked.glob("output/**")}
    if os.name == "posix":
        for path in sheet.page.parent.iterdir():
            assert path.stat().st_mode & 0o077 == 0, path.name
        for folder in (sheet.page.parent, sheet.page.parent.parent):
            assert folder.stat().st_mode & 0o077 == 0


def test_the_same_links_make_the_same_bytes(linked) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    before = {path.name: path.read_bytes() for path in sheet.page.parent.iterdir()}
    write_review(linked, size=60, seed=1, progress=silent)

    assert {path.name: path.read_bytes() for path in sheet.page.parent.iterdir()} == before


def test_answers_become_decisions_once_and_the_next_run_obeys_them(linked, truth) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    given = answer(linked, sheet.id, truth, "Ana")
    first, second = take(linked, given), take(linked, given)
    decisions = decisions_of(linked)

    assert first.added == len(decisions) == sheet.pairs
    assert second.added == 0
    assert {one.signed_by for one in decisions} == {"Ana"}
    run_observatory(linked, only="link", progress=silent)
    links = pq.read_table(linked / "store" / "links.parquet").to_pylist()
    victim = {(row["source"], row["source_record_id"]): row["victim_id"] for row in links}
    for one in decisions:
        together = victim[one.source_a, one.record_a] == victim[one.source_b, one.record_b]
        assert together == (one.decision == "same")


def test_the_figure_outlives_the_store_and_rests_on_nothing_personal(linked, truth) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    ids = {row[f"record_{side}"] for row in pairs_of(linked, sheet.id) for side in "ab"}
    taken = take(linked, answer(linked, sheet.id, truth, "Ana"))
    run_observatory(linked, only="link", progress=silent)
    shutil.rmtree(linked / "store")
    run_observatory(linked, only="link", progress=silent)
    again, _ = quality_of(read_configuration(linked))
    kept = "".join(
        (linked / "hand" / name).read_text(encoding="utf-8")
        for name in ("review_answers.csv", "review_sheets.csv")
    )

    assert again.equals(taken.quality)
    assert again.schema.equals(CLERICAL_QUALITY.arrow)
    assert set(again["pairs_reviewed"].to_pylist()) == {sheet.sampled}
    assert not [one for one in (*ids, "Ana") if one in kept]


def test_agreement_and_unsure_answers_outlive_the_store(linked, truth) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    ana = answer(linked, sheet.id, truth, "Ana")
    luis = answer(linked, sheet.id, truth, "Luis", wrong=4)
    text = luis[0].read_text(encoding="utf-8")
    luis[0].write_text(text.replace("different\n", "unsure\n", 1), encoding="utf-8")
    taken = take(linked, ana, luis)
    shutil.rmtree(linked / "store")
    first, second = read_kept_review(linked / "hand").said(sheet.id)

    assert "unsure" in {*first.values(), *second.values()}
    assert measure_agreement(first, second, seed=1) == taken.agreement[0]


def test_the_store_does_not_tell_who_answered(linked, truth) -> None:
    sheet = write_review(linked, size=30, seed=1, progress=silent)
    take(linked, answer(linked, sheet.id, truth, "Perengana"))
    store = [path for path in (linked / "store").rglob("*") if path.is_file()]

    assert not [path for path in store if "perengana" in path.name.lower()]
    assert not [path for path in store if b"Perengana" in path.read_bytes()]


def test_what_two_reviewers_dispute_is_settled_on_a_sheet_of_its_own(linked, truth) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    ana = answer(linked, sheet.id, truth, "Ana")
    luis = answer(linked, sheet.id, truth, "Luis", wrong=4)
    taken = take(linked, ana, luis)

    assert taken.disputed == taken.adjudication.pairs == 4
    assert taken.added == sheet.pairs - 4
    assert taken.agreement[0].agreed == sheet.pairs - 4
    assert {one.signed_by for one in decisions_of(linked)} == {"Ana + Luis"}
    settled = take(linked, answer(linked, taken.adjudication.id, truth, "Eva"))
    assert settled.added == 4
    assert settled.disputed == 0
    assert settled.quality["low"].to_pylist() >= taken.quality["low"].to_pylist()


def test_who_answers_later_and_otherwise_changes_nothing_without_a_word(linked, truth) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    take(linked, answer(linked, sheet.id, truth, "Ana"))
    before = decisions_of(linked)
    taken = take(linked, answer(linked, sheet.id, truth, "Luis", wrong=3))

    assert taken.disputed == 3
    assert decisions_of(linked) == before


def test_a_reviewer_who_changes_an_answer_is_told_which_decision_stands_against_it(
    linked, truth
) -> None:
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    take(linked, answer(linked, sheet.id, truth, "Ana"))
    before = (linked / "hand" / "link_decisions.csv").read_bytes()
    with pytest.raises(ConfigurationError, match=r"line 2: .* decision \d+ in"):
        take(linked, answer(linked, sheet.id, truth, "Ana", wrong=1))

    assert (linked / "hand" / "link_decisions.csv").read_bytes() == before


def test_answers_to_a_sheet_of_an_earlier_run_still_count(linked, truth) -> None:
    """A week of work is not lost because a delivery came in between."""
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    given = answer(linked, sheet.id, truth, "Ana")
    delivery = max((linked / "sources").glob("*.csv"))
    delivery.write_bytes(b"".join(delivery.read_bytes().splitlines(keepends=True)[:-3]))
    run_observatory(linked, only="ingest", progress=silent)
    with pytest.raises(UsageError, match="older than the records"):
        take(linked, given)
    run_observatory(linked, only="link", progress=silent)
    taken = take(linked, given)

    assert taken.added == sheet.pairs - taken.stale
    assert taken.stale <= 3  # the records that were withdrawn


def correct_deliveries(folder: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    """Change the lines of every list, its header apart, and link anew."""
    for path in (folder / "sources").glob("*.csv"):
        if path.stem not in {"municipios", "poblacion"}:
            header, *lines = path.read_bytes().splitlines(keepends=True)
            path.write_bytes(b"".join([header, *change(lines)]))
    run_observatory(folder, only="link", progress=silent)


def numbered_anew(lines: list[bytes]) -> list[bytes]:
    """Give each line the identifier of the next."""
    cells = [re.fullmatch(rb"([^,;]*)(.*)", line, re.DOTALL).groups() for line in lines]
    ids = [one for one, _ in cells]
    return [one + rest for one, (_, rest) in zip([*ids[1:], ids[0]], cells, strict=True)]


def test_disputes_of_an_earlier_run_show_the_records_that_the_decision_will_name(
    linked, truth
) -> None:
    """After a row is withdrawn on top of each file every other record stands one row higher."""
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    files = (
        answer(linked, sheet.id, truth, "Ana"),
        answer(linked, sheet.id, truth, "Luis", wrong=8),
    )
    correct_deliveries(linked, lambda lines: lines[1:])
    taken = take(linked, *files)

    with taken.adjudication.table.open(encoding="utf-8", newline="") as stream:
        shown = {row["pair"]: (row["id_a"], row["id_b"]) for row in csv.DictReader(stream)}
    told = {
        row["pair"]: (row["record_a"], row["record_b"])
        for row in pairs_of(linked, taken.adjudication.id)
    }
    assert shown == told
    assert len(told) + taken.stale >= 8
    assert len(told) >= 6


def test_an_answer_about_a_record_that_says_something_else_now_is_no_decision(
    linked, truth
) -> None:
    """An identifier that went to another person must not take the decision with it."""
    sheet = write_review(linked, size=60, seed=1, progress=silent)
    given = answer(linked, sheet.id, truth, "Ana")
    correct_deliveries(linked, numbered_anew)
    taken = take(linked, given)

    assert taken.stale >= 0.9 * sheet.pairs
    assert taken.added == len(decisions_of(linked)) == sheet.pairs - taken.stale
    assert set(taken.quality["pairs_reviewed"].to_pylist()) == {sheet.sampled}


def test_a_sheet_of_another_observatory_is_refused(linked, truth) -> None:
    sheet = write_review(linked, size=30, seed=1, progress=silent)
    path, name = answer(linked, sheet.id, truth, "Ana")
    shutil.rmtree(linked / "store" / "review")
    with pytest.raises(InputFileError, match="not made in this observatory"):
        take(linked, (path, name))


def test_without_links_the_mend_is_said(linked) -> None:
    shutil.rmtree(linked / "store")
    with pytest.raises(UsageError, match="testigo run"):
        write_review(linked, size=30, seed=1, progress=silent)


def test_without_lists_to_link_the_key_is_named(observatory) -> None:
    with pytest.raises(ConfigurationError, match=r"\[linkage\]"):
        write_review(observatory, size=30, seed=1, progress=silent)


@pytest.mark.parametrize("name", ["", " Ana", "=cmd|' /C calc'!A0", "a\nb", "-1+1", "@x"])
def test_a_name_that_could_harm_a_spreadsheet_is_refused(linked, name) -> None:
    with pytest.raises(UsageError, match="name of a reviewer"):
        take(linked, (linked / "any.csv", name))


def test_two_files_of_one_reviewer_are_refused(linked) -> None:
    with pytest.raises(UsageError, match="twice"):
        take(linked, (linked / "a.csv", "Ana"), (linked / "b.csv", "Ana"))


def test_a_list_that_no_run_has_read_asks_for_a_run(linked) -> None:
    toml = linked / "testigo.toml"
    text = toml.read_text(encoding="utf-8").replace('id = "ngo"', 'id = "ngos"')
    toml.write_text(text.replace('"ngo"', '"ngos"'), encoding="utf-8")
    with pytest.raises(UsageError, match="older than the records"):
        write_review(linked, size=30, seed=1, progress=silent)


def test_nobody_is_named_on_the_console_or_in_a_file_name(
    linked, truth, capfd, monkeypatch
) -> None:
    monkeypatch.chdir(linked.parent)
    sheet = write_review(linked, size=30, seed=1, progress=silent)
    ana = answer(linked, sheet.id, truth, "Ana")[0]
    luis = answer(linked, sheet.id, truth, "Luis", wrong=5)[0]
    broken = linked / "broken.csv"
    broken.write_text(ana.read_text(encoding="utf-8").replace("same", "Rosa Pérez"), "utf-8")
    commands = (
        ["review", "lists"],
        ["review", "lists", "--answers", str(broken), "--reviewer", "Zoila"],
        ["review", "lists", "--answers", str(ana), "--reviewer", "Zoila", "--answers", str(luis),
         "--reviewer", "Zenón"],
    )  # fmt: skip
    codes = [run_command(command) for command in commands]
    said = "".join(capfd.readouterr())
    with sheet.table.open(encoding="utf-8", newline="") as stream:
        cells = {
            word
            for row in csv.DictReader(stream)
            for name, text in row.items()
            if name.startswith(("given_names", "surnames", "full_name"))
            for word in text.split()
            if len(word) > 4
        }

    assert codes == [0, 11, 0]
    assert len(cells) > 20
    for word in (*cells, "Zoila", "Zenón", "Rosa"):
        assert word not in said
        assert not [path for path in linked.rglob("*") if word in path.name]


def test_an_identifier_that_the_file_would_change_becomes_no_decision(tmp_path) -> None:
    """`Ñé` in a table reads like Cyrillic letters in a broken encoding, and would be mended."""
    path = tmp_path / "link_decisions.csv"
    usual = LinkDecision("a", "1", "b", "2", "same")
    strange = LinkDecision("a", "3", "b", "AÑé", "same")

    assert _add_decisions(path, [], [strange, usual]) == 1
    assert read_link_decisions(path) == (usual,)

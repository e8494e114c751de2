"""Records of several lists become victims and incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import ConfigurationError, Message
from testigo.linkage.block_report import ALL_RULES, report_blocking
from testigo.linkage.cautions import find_cautions
from testigo.linkage.clustering import cluster, lay_out, no_constraints
from testigo.linkage.decisions import apply_decisions
from testigo.linkage.draws import draw_partitions
from testigo.linkage.identifiers import keep_identifiers, name_clusters
from testigo.linkage.increments import find_places, keep_what_holds, reason_to_link_anew
from testigo.linkage.labels import DIFFERENT, SAME, decided_pairs, labels_of
from testigo.linkage.model import LINKS, Linked, Previous, ScoredPairs
from testigo.linkage.pair_tables import tabulate_pairs
from testigo.linkage.preparation import codes_of, column_of, prepare_records
from testigo.linkage.record_keys import record_contents, record_keys
from testigo.linkage.scoring import score_pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray
    from pyspark.sql import SparkSession

    from testigo.linkage.clustering import Constraints
    from testigo.linkage.model import LinkageModel, LinkDecision

SEED: Final = 20_261_121
_CERTAIN: Final = 40.0  # log odds


def link_victims(
    accepted: pa.Table,
    sources: Collection[str],
    *,
    decisions: Sequence[LinkDecision] = (),
    draws: int = 0,
    seed: int = SEED,
    model: LinkageModel | None = None,
    previous: Previous | None = None,
    threads: int = 2,
    spark: SparkSession | None = None,
) -> Linked:
    """Find out which records speak of one person, and which persons died in one incident.

    Parameters
    ----------
    accepted
        Columns `testigo.records.ACCEPTED` (what a list lacks may be left out), also
        `birth_date` and `national_id` where lists have them; a row is about one victim.
    sources
        Ids of the lists to link; rows of others are left aside.
    decisions
        What people decided (`read_link_decisions`); always obeyed. They teach when the model is
        learned: without `previous`, or with fifty more or fewer than it was learned with.
    draws
        Partitions to draw from what stays open; 0: none.
    seed
        For the random pairs of the training and for the draws.
    model
        Used as it is; None: learned from these records, without labels.
    previous
        An earlier run. Its identifiers are kept; with its pairs and its model, so are the scores
        of pairs of records that have not changed, and what no new, changed or withdrawn record and
        no new decision concerns comes out as it was. Links alone (`Previous(links)`): all is
        compared anew.
    threads
        Of the database; changes no answer.
    spark
        Session of Spark that compares the records; None: DuckDB compares them. Changes no answer.

    Returns
    -------
    Linked
        The same whatever the order of rows and lists.

    Raises
    ------
    ConfigurationError
        When a list has no records, or decisions contradict each other.
    """
    accepted, keys, contents = _in_order(_chosen(accepted, sources))
    constraints, absent = apply_decisions(decisions, accepted)
    prepared = prepare_records(accepted)
    anew = _reason_for_all(previous, model, constraints, len(keys))
    kept = None
    if previous is not None and previous.pairs is not None and anew is None:
        kept, model = keep_what_holds(previous, keys, contents), previous.model
    scores = score_pairs(
        prepared, seed=seed, model=model, decided=constraints, kept=kept, threads=threads,
        spark=spark,
    )  # fmt: skip
    pairs = scores.pairs
    lists = codes_of(prepared["list"].combine_chunks())
    components = lay_out(pairs.left, pairs.right, pairs.person, lists, constraints)
    victims = cluster(components, len(lists))
    links = _links(accepted, keys, contents, pairs=pairs, victims=victims, previous=previous)
    blocking = report_blocking(scores)
    partitions = draw_partitions(
        pairs, scores.model, lists, victims, keys,
        constraints=constraints, found=_share_found(blocking), draws=draws, seed=seed,
    )  # fmt: skip
    places = _place_in(accepted)
    cautions = find_cautions(accepted, prepared, contents, victims, absent)
    return Linked(
        links=links,
        pairs=tabulate_pairs(pairs, np.argsort(places)),
        blocking=blocking,
        model=scores.model,
        draws=partitions[:, places],
        warnings=(*([anew] if anew else []), *cautions),
    )


def _in_order(accepted: pa.Table) -> tuple[pa.Table, NDArray[np.uint64], NDArray[np.uint64]]:
    """Return records in an order of their own, with a key and a hash of the content of each."""
    contents = record_contents(accepted)
    keys = record_keys(column_of(accepted, "source"), _own_ids(accepted), contents)
    order = np.argsort(keys, kind="stable")
    return accepted.take(pa.array(order)), keys[order], contents[order]


def _reason_for_all(
    previous: Previous | None, model: LinkageModel | None, constraints: Constraints, records: int
) -> Message | None:
    """Say why all pairs are compared anew although an earlier run has some."""
    if previous is None or previous.pairs is None:
        return None
    decided = len(decided_pairs(constraints, records)[0])
    return reason_to_link_anew(previous, model, records=records, decisions=decided)


def _share_found(blocking: pa.Table) -> float | None:
    row = blocking.filter(pc.equal(blocking["rule"], ALL_RULES))
    share: float | None = row["true_share"][0].as_py()
    return share


def placing_probability(pairs: ScoredPairs, victims: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the chance that each record stands with the right others, shape (record,).

    With others: of the mean log odds with them. Alone: that its best candidate is another person.
    Pairs that people decided on are certain.
    """
    together = victims[pairs.left] == victims[pairs.right]
    both = np.concatenate([pairs.left, pairs.right])
    labels = labels_of(pairs.rules)
    once = np.where(labels == SAME, _CERTAIN, pairs.person.astype(np.float64))
    once[labels == DIFFERENT] = -_CERTAIN
    odds = np.concatenate([once, once])
    with_it = np.concatenate([together, together])
    sums = np.bincount(both[with_it], weights=odds[with_it], minlength=len(victims))
    counts = np.bincount(both[with_it], minlength=len(victims))
    best = np.full(len(victims), -np.inf)
    np.maximum.at(best, both[~with_it], odds[~with_it])
    alone = np.bincount(victims, minlength=len(victims))[victims] == 1
    mean = np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)
    against = np.clip(np.where(alone, best, -mean), -_CERTAIN, _CERTAIN)
    chance: NDArray[np.float64] = np.round(1 / (1 + np.exp(against)), 6)
    return chance


def _chosen(accepted: pa.Table, sources: Collection[str]) -> pa.Table:
    wanted = sorted(sources)
    chosen = _with_places(accepted).filter(
        pc.is_in(accepted["source"], value_set=pa.array(wanted, pa.string()))
    )
    chosen = chosen.combine_chunks()
    present = set(pc.unique(chosen["source"]).to_pylist())
    missing = [name for name in wanted if name not in present]
    if missing or not wanted:
        raise ConfigurationError(
            Message(
                "Linkage: no record of {sources} was accepted.",
                {"sources": ", ".join(missing) or "-"},
            ),
            Message("See what was quarantined, or take the source out of [linkage]."),
        )
    return chosen


def _with_places(accepted: pa.Table) -> pa.Table:
    """Add where each row stands, for a table that was not read from files."""
    count = accepted.num_rows
    places = {
        "file": pa.repeat(pa.scalar(""), count),
        "row": pa.array(np.arange(1, count + 1)),
        "cell": pa.array(np.zeros(count, dtype=np.int64)),
    }
    for name, values in places.items():
        if name not in accepted.column_names:
            accepted = accepted.append_column(name, values)
    return accepted


def _incidents(pairs: ScoredPairs, victims: NDArray[np.int64]) -> NDArray[np.int64]:
    """Join victims into incidents by the mean log odds of their records, shape (record,)."""
    left, right = victims[pairs.left], victims[pairs.right]
    apart = left != right
    low, high = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    odds = pairs.incident[apart].astype(np.float64)
    order = np.lexsort((high, low))
    low, high, odds = low[order], high[order], odds[order]
    starts = np.flatnonzero((np.diff(low, prepend=-1) != 0) | (np.diff(high, prepend=-1) != 0))
    if len(starts) == 0:
        return victims
    means = np.add.reduceat(odds, starts) / np.diff(np.append(starts, len(odds)))
    everybody = np.arange(len(victims))
    components = lay_out(low[starts], high[starts], means, everybody, no_constraints())
    return cluster(components, len(victims))[victims]


def _links(
    accepted: pa.Table,
    keys: NDArray[np.uint64],
    contents: NDArray[np.uint64],
    *,
    pairs: ScoredPairs,
    victims: NDArray[np.int64],
    previous: Previous | None,
) -> pa.Table:
    columns: dict[str, Any] = {
        "source": column_of(accepted, "source"),
        "file": accepted["file"],
        "row": accepted["row"],
        "cell": accepted["cell"],
        "source_record_id": _own_ids(accepted),
        "victim_id": name_clusters(victims, keys, "v"),
        "incident_id": name_clusters(_incidents(pairs, victims), keys, "i"),
        "probability": pa.array(placing_probability(pairs, victims)),
        "content": pa.array(contents.view(np.int64)),
    }
    links = pa.table(columns)
    if previous is not None:
        links = _renamed(links, previous.links, keys, contents)
    return LINKS.checked(links)


def _own_ids(accepted: pa.Table) -> pa.Array:
    return column_of(accepted, "id").cast(pa.string())


def _renamed(
    links: pa.Table, former: pa.Table, keys: NDArray[np.uint64], contents: NDArray[np.uint64]
) -> pa.Table:
    places = find_places(former, keys, contents)
    found = np.flatnonzero(places >= 0)
    where = np.full(len(keys), -1)
    where[places[found]] = found
    before = pa.array(where, mask=where < 0)
    for name in ("victim_id", "incident_id"):
        names = column_of(former, name).take(before).to_pylist()
        values = keep_identifiers(links[name].to_pylist(), names)
        links = links.set_column(links.column_names.index(name), name, pa.array(values))
    return links


def _place_in(accepted: pa.Table) -> NDArray[np.int64]:
    """Return for each row of `links` (in the order of its key) its place in the linkage."""
    keys = [(name, "ascending") for name in LINKS.key]
    places: NDArray[np.int64] = (
        pc.sort_indices(accepted, sort_keys=keys).to_numpy().astype(np.int64)
    )
    return places

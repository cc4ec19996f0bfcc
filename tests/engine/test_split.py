"""Splitting by value: the same rows whatever the number of partitions."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.stages import CHAIN, LONGEST, PAIRS, page
from variorum.engine.build import page_tables, run_later
from variorum.engine.local import InProcess
from variorum.engine.port import Task
from variorum.engine.split import bring, bucket_of, key_buckets, partition, select, values
from variorum.records import Candidate, Story, digest, empty, to_table
from variorum.settings import Limits, Settings
from variorum.stage import Fetch

WORDS = st.lists(st.sampled_from(["ash", "birch", "cedar", "elm", "fir", "oak", "pine", "yew"]), max_size=6)


class Nowhere:
    """A shelf without anything on it."""

    def read(self, name, *, bucket=None):
        raise AssertionError(f"nothing was kept of {name}")


def _rows(parts, name):
    return sorted(str(row) for p in parts if p.name == name for row in p.rows.to_pylist())


def _documents(texts):
    tables = {}
    for stage in CHAIN[:2]:
        if not tables:
            both = [page_tables(*page(f"{n}.txt", text)) for n, text in enumerate(texts)]
            tables = {
                "pages": pa.concat_tables(p for p, _ in both),
                "bodies": pa.concat_tables(b for _, b in both),
            }
        tables |= stage.run(tables, Settings())
    return tables


@given(st.lists(WORDS, min_size=1, max_size=8))
def test_split_partitions_are_equal(texts):
    """1, 2 and 7 partitions give the same rows of every later stage."""
    results = []
    for buckets in (1, 2, 7):
        tables = _documents([" ".join(t) for t in texts])
        found = {}
        for stage in CHAIN[2:]:
            parts, _ = run_later(
                stage,
                tables,
                settings=Settings(),
                known={},
                shelf=Nowhere(),
                executor=InProcess(Settings()),
                buckets=buckets,
            )
            for name in stage.makes:
                found[name] = _rows(parts, name)
                tables[name] = pa.concat_tables([empty(name), *(p.rows for p in parts if p.name == name)])
        results.append(found)
    assert results[0] == results[1] == results[2]


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=30), st.integers(1, 9))
def test_split_numbers_with_one_value_share_a_bucket(numbers, buckets):
    """Equal keys come together and buckets are in range."""
    found = key_buckets(pa.chunked_array([pa.array(numbers, pa.int64())]), buckets).tolist()
    assert all(0 <= b < buckets for b in found)
    assert all(
        found[i] == found[j] for i in range(len(numbers)) for j in range(i) if numbers[i] == numbers[j]
    )


def test_split_strings_agree_with_bucket_of():
    """A row's bucket is the bucket of its key, however often the key stands."""
    keys = ["a", "b", "a", "ž"]
    assert key_buckets(pa.chunked_array([keys]), 7).tolist() == [bucket_of(k, 7) for k in keys]


def test_select_by_list_members():
    """A row with a list goes along if any member is wanted, once."""
    stories = to_table(Story, [Story(title="x", documents=("a", "b")), Story(title="y", documents=("c",))])
    assert select(stories, "documents", pa.array(["b", "a"])).column("title").to_pylist() == ["x"]
    assert sorted(values(stories, "documents").to_pylist()) == ["a", "b", "c"]
    assert select(stories.slice(0, 0), "documents", pa.array(["a"])).num_rows == 0


def test_bring_fetches_both_sides():
    """Documents of both sides of a pair come along, and no others."""
    tables = _documents(["ash", "ash elm", "oak"])
    ids = tables["documents"].column("id").to_pylist()
    left, right = sorted(ids[:2])
    tables["candidates"] = to_table(Candidate, [Candidate(pair=digest(left, right), left=left, right=right)])
    part = bring(LONGEST.fetch, partition(LONGEST, tables)[bucket_of(digest(left, right))], tables)
    assert sorted(part["documents"].column("id").to_pylist()) == [left, right]
    twice = (*LONGEST.fetch, Fetch(table="documents", column="location", by=("documents.location",)))
    assert bring(twice, part, tables)["documents"].num_rows == 2


def test_partition_has_only_rows_of_its_keys():
    """A partition holds all rows of its keys and no row of another's."""
    tables = _documents(["ash elm", "elm oak", "oak"])
    parts = partition(PAIRS, tables, buckets=5)
    keys = [set(p["fingerprints"].column("hash").to_pylist()) for p in parts.values()]
    assert sum(p["fingerprints"].num_rows for p in parts.values()) == tables["fingerprints"].num_rows
    assert all(not (a & b) for i, a in enumerate(keys) for b in keys[:i])


@pytest.mark.parametrize("word", ["crash", "slow"])
def test_local_guilty_page_leaves_neighbours(word):
    """A page that makes a stage fail, or takes too long, becomes a record; its neighbours are read."""
    settings = Settings(limits=Limits(cpu_seconds=1))
    both = [page_tables(*page(f"{n}.txt", text)) for n, text in enumerate(["ash", f"{word} elm", "oak"])]
    tables = {"pages": pa.concat_tables(p for p, _ in both), "bodies": pa.concat_tables(b for _, b in both)}
    task = Task("t", CHAIN[:2], tables, ("pages", "bodies", "documents", "fingerprints", "refusals"))
    (outcome,) = InProcess(settings).run([task])
    assert sorted(outcome.tables["documents"].column("text").to_pylist()) == ["ash", "oak"]
    assert outcome.tables["pages"].num_rows == 3
    (refusal,) = [r for r in outcome.tables["refusals"].to_pylist() if r["table"] == "documents"]
    assert refusal["page"] == tables["pages"].column("id")[1].as_py()
    assert refusal["stage"] == "clean"

"""Cluster: parts made by Dask's workers are those made here, also when a worker is killed in the middle."""

import os
import shutil
import signal
import threading
import time

import pandas as pd
import pytest

from tests.conftest import ROOT
from toolkit import ToolkitError, annotate, load_table
from toolkit.annotation import TABLES
from toolkit.cluster import on_cluster

distributed = pytest.importorskip("distributed", reason="the extra scale (Dask) is not installed")
TIMES = 25  # the sample, so that there are more parts than workers


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "a.csv"
    rows = pd.read_csv(ROOT / "data" / "sample" / "articles.csv", dtype=str, keep_default_na=False)
    rows = pd.concat([rows.head(20).assign(id=rows["id"] + f"-{n}") for n in range(TIMES)])
    rows.to_csv(path, index=False)
    return path


@pytest.fixture(scope="module")
def here(corpus, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("toolkit.collected.PART", 50)
        return annotate(corpus, tmp_path_factory.mktemp("here") / "out")


@pytest.fixture
def collected(here, tmp_path):
    """A folder in which the corpus is collected, and no part made yet."""
    out = tmp_path / "out"
    shutil.copytree(here, out, ignore=shutil.ignore_patterns("part-*"))
    return out


def assert_same(one, other) -> None:
    for name in TABLES:
        pd.testing.assert_frame_equal(load_table(one, name), load_table(other, name))


def test_a_cluster_of_this_machine_makes_the_same_tables(corpus, here, collected):
    annotate(corpus, collected, way=on_cluster("local", 2))
    assert_same(collected, here)


def test_a_worker_killed_in_the_middle_costs_no_more_than_its_part(corpus, here, collected):
    with distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster:

        def kill_one() -> None:
            while not list(collected.glob("articles/part-*.parquet")):
                time.sleep(0.02)
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_one, daemon=True)  # which waits for ever where no part is made
        killer.start()
        annotate(corpus, collected, way=on_cluster(cluster.scheduler_address, 2))
        killer.join()
    assert_same(collected, here)


def test_an_address_at_which_nobody_answers_is_said_in_one_line(corpus, collected, monkeypatch):
    monkeypatch.setattr("toolkit.cluster.TIMEOUT", "1s")
    with pytest.raises(ToolkitError, match=r"tcp://127.0.0.1:9: no scheduler of Dask answers there"):
        annotate(corpus, collected, way=on_cluster("tcp://127.0.0.1:9", 1))

"""Company: pairs of actors in a sentence or article, and the network written for other programs."""

from xml.etree import ElementTree

import pandas as pd
import pytest

from toolkit import TableError, count_company, save_network

MENTIONS = pd.DataFrame(
    [
        ("a", 0, "ann"), ("a", 0, "bo"), ("a", 0, "bo"), ("a", 1, "bo"), ("a", 2, "cy"), ("a", 2, ""),
        ("b", 0, "bo"), ("b", 0, "ann"), ("b", 1, "ann"), ("b", 1, "bo"),
    ],
    columns=["article_id", "sentence_id", "actor_id"],
)  # fmt: skip
SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def test_a_pair_counts_once_a_sentence_however_often_it_names_them():
    assert count_company(MENTIONS).to_numpy().tolist() == [["ann", "bo", 3, 2]]


def test_within_an_article_all_that_it_names_are_together():
    assert count_company(MENTIONS, "article").to_numpy().tolist() == [
        ["ann", "bo", 2, 2], ["ann", "cy", 1, 1], ["bo", "cy", 1, 1]
    ]  # fmt: skip


def test_nobody_together_is_an_empty_table_with_columns():
    assert list(count_company(MENTIONS.head(1)).columns) == ["actor", "other", "n", "articles"]


def test_an_unknown_unit_is_refused():
    with pytest.raises(TableError, match="'page' is no unit of company. Use one of: sentence, article."):
        count_company(MENTIONS, "page")


def test_a_network_is_graphml_whatever_its_names_hold(tmp_path):
    actors = pd.DataFrame([("ann", 'A <"&> \x00Lee', "person")], columns=["actor_id", "name", "kind"])
    path = save_network(count_company(MENTIONS), tmp_path / "net.graphml", actors)
    graph = ElementTree.parse(path).getroot().find(f"{SPACE}graph")
    nodes = {
        node.get("id"): [data.text for data in node.findall(f"{SPACE}data")] for node in graph.findall(f"{SPACE}node")
    }
    assert nodes == {"ann": ['A <"&> Lee', "person"], "bo": ["bo", None]}
    edges = [(edge.get("source"), edge.get("target"), edge[0].text) for edge in graph.findall(f"{SPACE}edge")]
    assert edges == [("ann", "bo", "3")]


def test_edges_are_a_csv_and_other_suffixes_are_refused(tmp_path):
    assert pd.read_csv(save_network(count_company(MENTIONS), tmp_path / "net.csv"))["n"].tolist() == [3]
    with pytest.raises(TableError, match=r"net.gml: cannot write a network as .gml. Use .graphml or .csv."):
        save_network(count_company(MENTIONS), tmp_path / "net.gml")

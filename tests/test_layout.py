import pandas as pd

from toolkit import cross_table, join_intervals

NAN = float("nan")


def summary(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["group", "category", "n", "value", "low", "high"]).assign(method="Wilson")


def test_a_value_and_its_interval_are_one_cell_and_what_is_missing_is_not_made_up():
    table = summary(("a", "c", 9, 0.5, 0.25, 0.75), ("b", "c", 1, 1.0, NAN, NAN), ("d", "c", 0, NAN, NAN, NAN))
    assert join_intervals(table, "{:.0%}")["value"].tolist() == ["50% [25%,\u00a075%]", "100%", "–"]
    assert "low" not in join_intervals(table, "{:.0%}")


def test_groups_are_rows_with_their_n_and_categories_columns():
    table = cross_table(summary(("a", "c", 9, 0.5, 0.2, 0.8), ("b", "c", 8, 0.1, 0, 0.4)), group="outlet")
    assert table.to_dict("records") == [
        {"outlet": "a", "n": 9, "c": "50% [20%,\u00a080%]"},
        {"outlet": "b", "n": 8, "c": "10% [0%,\u00a040%]"},
    ]


def test_fewer_groups_than_categories_are_columns():
    table = cross_table(summary(("a", "c", 9, 0.5, 0.2, 0.8), ("a", "d", 9, 0.1, 0, 0.4)))
    assert table.to_dict("records") == [
        {"frame": "c", "a (n\u00a0=\u00a09)": "50% [20%,\u00a080%]"},
        {"frame": "d", "a (n\u00a0=\u00a09)": "10% [0%,\u00a040%]"},
    ]


def test_many_groups_are_rows_whatever_the_number_of_categories():
    rows = [(f"g{one}", f"c{two}", 9, 0.5, 0.2, 0.8) for one in range(8) for two in range(9)]
    table = cross_table(summary(*rows))
    assert (len(table), list(table.columns[:3])) == (8, ["group", "n", "c0"])


def test_what_rounds_to_zero_has_no_sign():
    table = pd.DataFrame({"value": [-0.001, 0.02], "low": [-0.1, -0.004], "high": [0.004, 0.1]})
    told = join_intervals(table, "{:+.2f}")["value"].tolist()
    assert told == ["0.00 [-0.10,\u00a00.00]", "+0.02 [0.00,\u00a0+0.10]"]

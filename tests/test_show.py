import base64
import re

import pandas as pd
import pytest
from matplotlib.figure import Figure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from toolkit import (
    TableError,
    kwic,
    plot_counts,
    plot_lengths,
    plot_means,
    plot_network,
    plot_share_panels,
    plot_share_timelines,
    plot_shares,
    plot_timeline,
    sample_evidence,
    say_shares,
    share_by,
    show_evidence,
    show_facts,
    show_figure,
    show_findings,
    show_kwic,
    show_note,
    show_table,
    split_sentences,
)  # fmt: skip
from toolkit.framing import count_frames, find_frames
from toolkit.rendered import without_idle_prose
from toolkit.show import SHOWN, mark, show_link
from toolkit.summary import UNKNOWN

SCRIPT = "<script>alert(1)</script>"


def summary_of(*rows: tuple) -> pd.DataFrame:
    columns = ["group", "category", "n", "value", "low", "high"]
    return pd.DataFrame(rows, columns=columns).assign(method="bootstrap by article")


SUMMARY = summary_of(
    (SCRIPT, "a$x$b", 10, 0.5, 0.2, 0.8),
    ("Bay Times", "a$x$b", 10, -0.25, -0.5, 0.1),
    (SCRIPT, "c_d", 10, 1.0, 0.7, 1.0),
)


@pytest.mark.parametrize("piece", [
    show_facts({SCRIPT: SCRIPT}),
    show_findings([SCRIPT]),
    show_table(pd.DataFrame({SCRIPT: [SCRIPT]}), SCRIPT),
    show_figure(plot_shares(SUMMARY.assign(category=[SCRIPT, "b", "c"])), SCRIPT, SCRIPT),
    show_figure(plot_share_panels(SUMMARY), SCRIPT, '" onload="alert(1)'),
    show_evidence(pd.DataFrame([(SCRIPT, SCRIPT, "2022-01-01", SCRIPT, SCRIPT, "body", SCRIPT, ((0, 8),))],
                  columns=["category", "outlet", "published_local", "title", "source", "part", "text", "marks"])),
])  # fmt: skip
def test_what_comes_from_data_is_escaped(piece):
    html = piece._repr_html_()
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert ' onload="' not in html


def test_marks_stand_where_the_spans_are_and_overlapping_ones_run_together():
    assert mark("a < b & c", [(4, 5), (0, 1)]) == "<mark>a</mark> &lt; <mark>b</mark> &amp; c"
    assert mark("abcdef", [(0, 3), (2, 5)]) == "<mark>abc</mark><mark>de</mark>f"


def test_a_table_aligns_numbers_names_its_columns_and_dashes_what_is_missing():
    html = show_table(pd.DataFrame({"who": ["x", None], "share": [0.5, None]}), "Shares.", {"share": "{:.0%}"}).html
    assert '<th scope="col">who</th><th scope="col" class="n">share</th>' in html
    assert '<td>x</td><td class="n">50%</td>' in html
    assert '<td>–</td><td class="n">–</td>' in html


def test_a_long_table_says_how_much_it_leaves_out():
    assert "The first 100 of 101 rows." in show_table(pd.DataFrame({"number": range(101)}), "Many.").html


def test_a_figure_is_inline_svg_with_its_words_and_without_links():
    html = show_figure(plot_shares(SUMMARY.head(1)), "Caption.", "Half of them.").html
    assert '<svg role="img" aria-label="Half of them."' in html
    assert "http" not in html
    assert '<figcaption>Caption. <a class="data" download="figure.csv" href="data:text/csv;base64,' in html


def test_a_figure_has_the_same_bytes_every_time():
    assert show_figure(plot_share_panels(SUMMARY), "", "").html == show_figure(plot_share_panels(SUMMARY), "", "").html


def test_the_largest_groups_have_a_panel_each_and_the_others_one_together():
    counts = pd.DataFrame({"2022": [20, *range(1, 16)]}, index=["(unknown)", *(f"Outlet {n:02}" for n in range(1, 16))])
    titles = [ax.get_title(loc="left") for ax in plot_counts(counts).axes]
    assert titles[0] == "Outlet 05 (n = 5)"
    assert titles[-2:] == ["4 other groups (n = 10)", "(unknown) (n = 20)"]
    assert len(titles) == 13


def test_what_lacks_a_group_is_not_compared():
    grouped = summary_of(
        ("(unknown)", "c", 99, 0.9, 0.8, 1), ("a", "c", 20, 0.5, 0.4, 0.6), ("b", "c", 20, 0.4, 0.3, 0.5)
    )
    assert "Groups differ most in c: a 50%" in say_shares(grouped.head(1), grouped, "frame")[-1]


@pytest.mark.parametrize("name", ["a$x$b", "$x^{$"])
def test_a_dollar_sign_in_a_name_is_a_dollar_sign(name):
    rows = summary_of((name, name, 9, 0.5, 0.4, 0.6))
    counts = pd.DataFrame([[1]], index=[name], columns=["2022"])
    lengths = plot_lengths(pd.Series([10]), pd.Series([name]))
    for drawn in (plot_shares(rows), plot_share_panels(rows), plot_means(rows), plot_counts(counts), lengths):
        assert name in show_figure(drawn, "", "").html


def test_a_figure_of_centuries_holds_no_more_than_its_bars():
    years = [str(year) for year in range(1600, 2200)]
    counts = pd.DataFrame([[0] * 600], index=["Bay Times"], columns=years)
    counts[["1601", "2199"]] = 1
    drawn = plot_counts(counts)
    assert len(drawn.axes[0].patches) == 2
    assert len(show_figure(drawn, "", "").html) < 20_000


@pytest.mark.parametrize("one", [summary_of(("g", "c", 1, 1.0, float("nan"), float("nan")))])
def test_one_article_is_drawn_as_a_dot_without_interval(one):
    for drawn in (plot_shares(one), plot_share_panels(one), plot_means(one), plot_timeline(one)):
        assert show_figure(drawn, "", "").html.count("<svg") == 1


def test_shares_are_drawn_largest_on_top_with_their_value():
    ax = plot_shares(summary_of(("g", "low", 9, 0.1, 0, 0.2), ("g", "high_one", 9, 0.9, 0.8, 1)))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["low", "high one"]
    assert [text.get_text() for text in ax.texts] == ["10%", "90%"]


def test_panels_name_the_size_of_each_group_and_draw_small_ones_in_grey():
    rows = summary_of(("Post", "c", 9, 0.5, 0.4, 0.6), ("Mail", "c", 10, 0.5, 0.4, 0.6))
    figure = plot_share_panels(rows)
    assert [label.get_text() for label in figure.axes[0].get_yticklabels()] == ["Post (n = 9)", "Mail (n = 10)"]
    assert figure.get_supxlabel() == "Grey: fewer than 10 articles."


def test_groups_whose_n_differs_by_category_are_named_without_it():
    rows = summary_of(("Post", "c", 9, 0.5, 0.4, 0.6), ("Post", "d", 10, 0.5, 0.4, 0.6))
    assert [label.get_text() for label in plot_share_panels(rows).axes[0].get_yticklabels()] == ["Post"]


def test_a_timeline_of_shares_leaves_open_the_periods_without_articles():
    rows = summary_of(
        ("2022-01", "c", 9, 0.5, 0.4, 0.6), ("2022-03", "c", 9, 0.2, 0.1, 0.6), (UNKNOWN, "c", 9, 0.9, 0.8, 1.0)
    )
    ax = plot_share_timelines(rows).axes[0]
    assert [str(value) for value in ax.lines[0].get_ydata()] == ["0.5", "nan", "0.2"]
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2022-01", "2022-02", "2022-03"]


def test_a_timeline_of_shares_without_dates_says_that_there_is_nothing_to_draw():
    figure = plot_share_timelines(summary_of((UNKNOWN, "c", 9, 0.9, 0.8, 1.0)))
    assert figure.axes[0].texts[0].get_text() == "Nothing to draw"


def test_panels_are_one_per_category_in_the_order_given():
    figure = plot_share_panels(SUMMARY, labels={"c_d": "Third"})
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["a$x$b", "Third"]


def test_counts_and_lengths_are_drawn_per_group():
    counts = pd.DataFrame([[1, 0, 2]], index=["Bay Times"], columns=["2022-01", "2022-02", "2022-03"])
    assert plot_counts(counts).axes[0].get_title(loc="left") == "Bay Times (n = 3)"
    ax = plot_lengths(pd.Series([10, 30]), pd.Series(["x", "x"]))
    assert [label.get_text() for label in ax.get_yticklabels()] == ["x"]


def test_evidence_is_drawn_at_random_with_a_seed_and_marks_the_hits(articles, frames):
    sentences = split_sentences(articles)
    hits = find_frames(sentences, frames)
    drawn = sample_evidence(hits, sentences, articles, "frame", each=1, seed=3)
    pd.testing.assert_frame_equal(drawn, sample_evidence(hits, sentences, articles, "frame", each=1, seed=3))
    assert sorted(drawn["category"]) == ["conflict", "economic"]
    for row in drawn.itertuples():
        assert row.text[slice(*row.marks[0])].lower() in ("cost", "cost of talks", "clash")


def test_a_phrase_is_shown_in_its_context(articles):
    rows = kwic(articles, "clash*", width=10)
    assert rows[["article_id", "before", "match", "after"]].to_numpy().tolist() == [
        ["a1", "two sides ", "clash", " over cost"],
        ["a4", "oth sides ", "clash", " again."],
    ]


def test_findings_say_n_and_interval_and_no_more(articles, frames):
    counts = count_frames(split_sentences(articles), frames)
    overall, grouped = share_by(counts, articles), share_by(counts, articles, "outlet")
    sentences = say_shares(overall, grouped, "frame")
    assert sentences[0].startswith("Most frequent frame: conflict, 2 of 4 articles (50%, 95% interval ")
    assert sentences[-1] == "Groups are not compared: fewer than two have 10 articles or more."


def test_one_article_is_said_to_have_no_interval(articles, frames):
    one = articles.head(1)
    counts = count_frames(split_sentences(one), frames)
    overall = share_by(counts, one)
    assert say_shares(overall, overall, "frame") == [
        "Found in the one article: economic, conflict. n = 1, so these are no shares, and there is no interval."
    ]


def test_of_very_many_groups_the_largest_are_drawn_and_the_figure_says_so():
    many = summary_of(*((f"g{n:03}", "c", n + 2, 0.5, 0.4, 0.6) for n in range(40)))
    ax = plot_share_panels(many).axes[0]
    assert [label.get_text() for label in ax.get_yticklabels()] == [f"g{n:03} (n = {n + 2})" for n in range(39, 14, -1)]
    assert "The 25 largest of 40 groups" in show_figure(plot_means(many), "", "").html


def test_a_ranking_says_where_the_first_two_may_change_places():
    rows = [("all", "c", 40, 0.5, 0.35, 0.65), ("all", "d", 40, 0.4, 0.26, 0.56), ("all", "e", 40, 0.1, 0.04, 0.23)]
    close = say_shares(summary_of(*rows), summary_of().head(0), "frame")
    assert close[1].endswith("The intervals of c and d overlap: which comes first may be chance.")
    clear = say_shares(summary_of(rows[0], rows[2]), summary_of().head(0), "frame")
    assert clear[1] == "Next: e, 4 of 40 articles (10%, 95% interval 4% to 23%)."


def test_findings_are_shown_in_context_as_phrases_are_and_stay_text():
    articles = pd.DataFrame(
        [("a1", "T", "Ann <b>met</b> Bo."), ("a2", "Bo", "None.")], columns=["article_id", "title", "text"]
    )
    mentions = pd.DataFrame(
        [("a1", "lead", 15, 17), ("a2", "title", 0, 2)], columns=["article_id", "part", "start", "end"]
    )
    table = kwic(articles, mentions, width=8)
    assert table[["before", "match", "after"]].to_numpy().tolist() == [["met</b> ", "Bo", "."], ["", "Bo", ""]]
    assert table["match"].tolist()[::-1] == kwic(articles, "bo")["match"].tolist()
    html = show_kwic(table, articles.assign(outlet="<i>"), "Bo").html
    assert "met&lt;/b&gt; " in html and "<mark>Bo</mark>" in html and "&lt;i&gt;" in html and "<b>" not in html


@pytest.mark.parametrize(
    ("phrase", "places"),
    [
        ('"it is not over"', [("text", 8, 24)]),
        ("“It is not over”", [("text", 8, 24)]),
        ("o'neill", [("title", 1, 8), ("text", 48, 55)]),
        ("ERDOGAN", [("text", 32, 39)]),
    ],
)
def test_a_phrase_is_found_in_whatever_case_marks_and_accents(phrase, places):
    texts = {
        "article_id": ["1"],
        "title": [" O’Neill"],
        "text": ["He said “It is not over” today. Erdoğan agreed. O'Neill left."],
    }
    table = kwic(pd.DataFrame(texts), phrase)
    assert list(zip(table["part"], table["start"], table["end"], strict=True)) == places
    assert "<mark>" in show_kwic(table, pd.DataFrame(texts), "No outlet is needed").html


@pytest.mark.parametrize("phrase", ["", " ", "***", "("])
def test_a_phrase_without_a_word_is_refused(phrase):
    with pytest.raises(TableError, match="so it cannot be found"):
        kwic(pd.DataFrame({"article_id": ["1"], "text": ["x"]}), phrase)


def test_findings_that_lie_outside_their_text_are_refused():
    found = pd.DataFrame([("1", 0, 9)], columns=["article_id", "start", "end"])
    with pytest.raises(TableError, match="0-9 is not in the text of article '1'"):
        kwic(pd.DataFrame({"article_id": ["1"], "text": ["x"]}), found)


def test_findings_of_other_articles_are_refused():
    articles = pd.DataFrame([("a1", "T", "Ann met.")], columns=["article_id", "title", "text"])
    with pytest.raises(TableError, match="no article 'zz' is among the articles"):
        kwic(articles, pd.DataFrame([("zz", 0, 2)], columns=["article_id", "start", "end"]))


def test_a_phrase_without_a_word_is_not_looked_for():
    with pytest.raises(TableError, match="'' holds no word, so it cannot be found"):
        kwic(pd.DataFrame({"article_id": ["a1"], "text": ["Ann met."]}), "")


def test_a_fact_leads_to_the_section_that_tells_more():
    html = show_facts({"Validation": "<i>", "Corpus": "c"}, links={"Validation": "How far?"}).html
    assert '<dd><a href="#How-far">&lt;i&gt;</a></dd>' in html and "<dd>c</dd>" in html


def test_a_network_draws_those_with_most_ties_and_says_nothing_of_none():
    pairs = pd.DataFrame([("a_b", "c", 9), ("a_b", "d", 1)], columns=["actor", "other", "n"])
    ax = plot_network(pairs, labels={"c": "Cee"})
    assert [text.get_text() for text in ax.texts] == ["a b", "Cee", "d"]
    widths = [line.get_linewidth() for line in ax.lines]
    assert widths == sorted(widths) and len(widths) == 2
    assert plot_network(pairs.head(0)).texts[0].get_text() == "Nothing to draw"


def test_the_numbers_behind_a_figure_are_one_click_away_with_names_and_without_formulas():
    shares = SUMMARY.head(1).assign(category="=nato")
    html = show_figure(plot_shares(shares, labels={"=nato": "NATO"}), "Caption.", "Half of them.").html
    packed = re.search(r'href="data:text/csv;base64,([^"]*)"', html)[1]
    header, row = base64.b64decode(packed).decode("utf-8-sig").splitlines()
    assert header == "group,category,n,value,low,high,method,name"
    assert row.split(",")[1] == "'=nato" and row.endswith(",NATO")


def test_a_figure_of_other_origin_has_no_data_and_is_shown_all_the_same():
    figure = Figure()
    figure.subplots()
    assert "data:" not in show_figure(figure, "Caption.", "Nothing.").html


def test_what_is_shown_is_there_for_programs_too():
    table = show_table(pd.DataFrame({"x": [1.5]}), "Caption.")
    assert table._repr_mimebundle_() == {SHOWN: {"kind": "table", "caption": "Caption.", "csv": "x\n1.5\n"}}
    assert show_findings(["One."])._repr_mimebundle_() == {SHOWN: {"findings": ["One."]}}
    assert show_note("Only for readers.")._repr_mimebundle_() == {}


def test_a_link_in_a_table_leads_to_a_file_and_nowhere_else():
    html = show_table(pd.DataFrame({"report": [show_link("<b>", 'a"b c.html')]}), "Caption.").html
    assert '<a href="a%22b%20c.html">&lt;b&gt;</a>' in html


def test_of_a_long_table_the_rows_that_rest_on_most_are_shown_and_the_others_are_told():
    table = pd.DataFrame({"outlet": [f"outlet {number}" for number in range(60)], "n": [1] * 55 + [7] * 5})
    shown = show_table(table, "By outlet.", grey=[True] * 55 + [False] * 5)
    assert shown.html.count("<tr") == 1 + 50 and "outlet 59" in shown.html and "outlet 50" not in shown.html
    assert "The 50 largest rows by n; 10 more have 1 or less." in shown.html
    assert shown.html.count('class="few"') == 45
    assert shown.shown["csv"].count("\n") == 61


def test_a_table_without_rows_says_none_and_one_of_a_thing_is_not_several():
    assert '<td colspan="2">none</td>' in show_table(pd.DataFrame(columns=["a", "n"]), "x").html
    assert (
        "n = 1 article, of 11 articles and 1.1 words" in show_note("n = 1 articles, of 11 articles and 1.1 words").html
    )
    assert show_findings(["1 units read."]).shown["findings"] == ["1 unit read."]


def test_a_paragraph_that_leads_to_nothing_is_left_out_and_one_before_other_code_stays():
    cells = [
        new_markdown_cell("## Heading"),
        new_markdown_cell("Leads to nothing."),
        new_code_cell("show(table) if table else None"),
        new_markdown_cell("Tells of preparation."),
        new_code_cell("table = 1"),
        new_markdown_cell("Leads to a table."),
        new_code_cell("show(table)", outputs=[new_output("display_data", data={"text/html": "x"})]),
    ]
    kept = without_idle_prose(new_notebook(cells=cells)).cells
    assert [cell.source for cell in kept if cell.cell_type == "markdown"] == [
        "## Heading",
        "Tells of preparation.",
        "Leads to a table.",
    ]


def test_a_heading_goes_with_all_that_stands_under_it_where_nothing_was_shown():
    shown = new_output("display_data", data={"text/html": "x"})
    cells = [
        new_markdown_cell("# Title"),
        new_markdown_cell("## Shown"),
        new_code_cell("show(table)", outputs=[shown]),
        new_markdown_cell("## Not shown"),
        new_code_cell("show(table) if table else None"),
        new_markdown_cell("More of it."),
        new_code_cell("other = 1"),
        new_markdown_cell("## In words alone"),
    ]
    kept = without_idle_prose(new_notebook(cells=cells)).cells
    assert [cell.source for cell in kept] == ["# Title", "## Shown", "show(table)", "## In words alone"]

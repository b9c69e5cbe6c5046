import pandas as pd

from toolkit import find_frames, share_by_part, split_sentences

FRAMES = pd.DataFrame(
    [("conflict", "C1", "clash", "include", "")], columns=["frame", "item", "term", "kind", "question"]
)


def test_a_frame_is_counted_in_each_part_of_the_articles_that_have_it():
    rows = [
        ("a1", "A clash", "They clash.\n\nThey met."),
        ("a2", "", "They met.\n\nThen a clash."),
        ("a3", "Talks", "They met."),
    ]
    articles = pd.DataFrame(rows, columns=["article_id", "title", "text"])
    sentences = split_sentences(articles)
    shares = share_by_part(find_frames(sentences, FRAMES), sentences, FRAMES, articles).set_index("group")
    assert shares["n"].to_dict() == {"title": 2, "lead": 3, "body": 2}
    assert shares["value"].to_dict() == {"title": 1 / 2, "lead": 1 / 3, "body": 1 / 2}

"""Articles come and go; what is left answers as if it had been read in at once."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts import article

from retrieval.answering.engine import Engine
from retrieval.article import Article
from retrieval.index.files import open_index, save_index
from retrieval.index.index import Index
from retrieval.indexing import batches, building, merging, writer

WORDS = ["phường", "phượng", "chợ", "mở", "cửa", "rác", "xe", "thư", "viện", "giờ"]
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
# A reload: which of the ids 0..7 are removed, and which get which text.
RELOADS = st.tuples(
    st.sets(st.integers(0, 7), max_size=3), st.dictionaries(st.integers(0, 7), TEXTS, max_size=5)
)
QUESTIONS = ["cho mo cua", "phuong", "xe rác mở cửa", "thư viện mở giờ"]


def changed(index: Index, articles: list[Article], gone: set[str], *, generation: int) -> Index:
    return writer.changed(index, gone | {one.id for one in articles}, articles, generation=generation)


def answers(index: Index) -> list[list[tuple[str, str]]]:
    """Hits of each question with what they score, up to rounding, those of equal scores in one order."""
    engine = Engine(index)
    return [
        sorted((f"{hit.score:.9f}", hit.article.id) for hit in engine.ask(question, limit=20).hits)
        for question in QUESTIONS
    ]


@given(st.lists(RELOADS, min_size=1, max_size=6))
@settings(deadline=None)
def test_reloads_lead_to_the_index_of_what_is_left(
    reloads: list[tuple[set[int], dict[int, str]]],
) -> None:
    index = writer.build([], generation=0)
    left: dict[str, Article] = {}
    for generation, (removed, added) in enumerate(reloads, start=1):
        gone = {f"a{number}" for number in removed}
        articles = [article(f"a{number}", f"Bài {text[:6]}", text) for number, text in added.items()]
        index = changed(index, articles, gone, generation=generation)
        for id_ in gone | {one.id for one in articles}:
            left.pop(id_, None)
        left |= {one.id: one for one in articles}
    fresh = writer.build(left.values(), generation=generation)
    assert [index.article(number) for number in index.articles.tolist()] == list(left.values())
    assert (index.passage_count, index.token_count) == (fresh.passage_count, fresh.token_count)
    assert index.novelty == pytest.approx(fresh.novelty)
    assert answers(index) == answers(fresh)
    for one in left.values():
        assert index.find(one.key) == one


def test_small_segments_are_merged_when_they_pile_up() -> None:
    index = writer.build([], generation=0)
    for number in range(merging.PILE):
        assert writer.merged(index) is None
        index = changed(
            index, [article(f"a{number}", body=f"chợ số {number}")], {"a0"} - {"a0"}, generation=1
        )
    merged = writer.merged(index)
    assert merged is not None
    assert len(merged.segments) == 1
    assert [one.id for one in map(merged.article, merged.articles.tolist())] == [f"a{n}" for n in range(8)]
    assert Engine(merged).ask("chợ số 5", limit=20) == Engine(index).ask("chợ số 5", limit=20)
    assert writer.merged(merged) is None


def test_a_segment_of_which_much_is_removed_is_written_anew() -> None:
    index = writer.build(
        [article(f"a{number}", body=f"chợ số {number}") for number in range(4)], generation=0
    )
    once = changed(index, [], {"a1"}, generation=1)
    assert writer.merged(once) is None
    twice = writer.merged(changed(once, [], {"a2"}, generation=2))
    assert twice is not None
    assert twice.segments[0].removal is None
    assert twice.article_count == 2


def test_a_segment_without_an_article_left_is_dropped() -> None:
    index = changed(writer.build([article("a")], generation=0), [], {"a", "unknown"}, generation=1)
    assert index.segments == ()
    assert Engine(index).ask("bài").hits == ()


def test_what_stays_is_not_written_again(tmp_path: Path) -> None:
    index = save_index(writer.build([article("a")], generation=1), tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/archive.rows.npy")}
    save_index(changed(index, [article("b")], set(), generation=2), tmp_path)
    opened = open_index(tmp_path)
    assert opened.article_count == 2
    assert (
        before.items()
        <= {path: path.stat().st_mtime_ns for path in tmp_path.glob("*/archive.rows.npy")}.items()
    )


def test_removals_are_saved(tmp_path: Path) -> None:
    index = save_index(
        writer.build([article("a", body="chợ cũ"), article("b", body="chợ mới")], generation=1), tmp_path
    )
    save_index(changed(index, [], {"a"}, generation=2), tmp_path)
    opened = open_index(tmp_path)
    assert [hit.article.id for hit in Engine(opened).ask("chợ", limit=5).hits] == ["b"]
    assert opened.number("cũ") is None


def test_many_articles_are_analysed_by_other_processes_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [article(f"a{number}", f"Tin {number}", f"Chợ số {number} mở cửa.") for number in range(40)]
    alone = writer.build(articles, generation=1)
    monkeypatch.setattr(batches, "ALONE", 2)
    monkeypatch.setattr(batches, "BATCH", 4)
    monkeypatch.setattr(building, "FULL", 16)
    shared = writer.build(articles, generation=1)
    assert len(shared.segments) == 3
    assert [shared.article(n) for n in range(40)] == articles
    for question in ("chợ số 7", "tin 33", "cho mo cua"):
        assert Engine(shared).ask(question, limit=5) == Engine(alone).ask(question, limit=5)


def test_a_segment_takes_so_many_words_and_books_are_not_merged_into_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A segment of 32,768 books would need more memory than a machine has."""
    articles = [article(f"a{number}", f"Tin {number}", f"Chợ số {number} mở cửa.") for number in range(40)]
    alone = writer.build(articles, generation=1)
    monkeypatch.setattr(batches, "BATCH", 4)
    monkeypatch.setattr(building, "FULL_OF_WORDS", 7 * 8)  # of five words and a title of two each
    books = writer.build(articles, generation=1)
    assert [len(segment.archive) for segment in books.segments] == [8, 8, 8, 8, 8]
    assert answers(books) == answers(alone)
    piled = writer.build(articles[:32] * 2, generation=1)
    assert len(piled.segments) == merging.PILE
    assert writer.merged(piled) is not None
    monkeypatch.setattr(merging, "FULL_OF_WORDS", 7 * 8)
    assert writer.merged(piled) is None

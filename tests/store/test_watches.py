"""Watches: each new article is found once for each followed question, however it came."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from folders import write
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.collection.collection import Collection
from retrieval.collection.lookout import look
from retrieval.store.database import Database
from retrieval.store.watches import Finding, Followed, Watch, Watches

MARKET = "Chợ đêm bến cá họp vào tối thứ sáu hằng tuần, bãi gửi xe dời sang đường Hoa Sứ."
LIBRARY = "Thư viện phường mở cửa đến chín giờ tối các ngày trong tuần, làm thẻ không mất phí."
QUESTION = "thư viện phường mở cửa đến mấy giờ"


@pytest.fixture
def watches(database: Database) -> Watches:
    return Watches(database)


def follow(watches: Watches, question: str = QUESTION, **changes: object) -> Followed:
    values = {"follower": "an", "person": "an", "language": "vi", "checked": 1, "limit": 20}
    return watches.follow(question=question, **{**values, **changes})  # type: ignore[arg-type]


def only(watches: Watches, follower: str = "an") -> Watch:
    (watch,) = watches.of(follower)
    return watch


def pending(watches: Watches) -> dict[str, list[str]]:
    return {who: [one.article_id for one in found] for who, found in watches.pending().items()}


def found(watches: Watches, *article_ids: str) -> list[Finding]:
    """Let An's one watch find articles, and return what is pending then."""
    watches.note({only(watches).id: article_ids}, 2)
    return watches.pending()["an"]


def test_a_question_is_followed_once_by_each(watches: Watches) -> None:
    assert [follow(watches), follow(watches)] == [Followed.NEW, Followed.KNOWN]
    assert follow(watches, follower="bình") is Followed.NEW
    assert [watch.question for watch in watches.of("an")] == [QUESTION]


def test_nobody_follows_more_questions_than_are_allowed(watches: Watches) -> None:
    outcomes = [follow(watches, str(number), limit=2) for number in range(3)]
    assert outcomes == [Followed.NEW, Followed.NEW, Followed.FULL]
    assert follow(watches, "0", limit=2) is Followed.KNOWN


def test_an_ended_watch_is_gone_with_what_it_found(watches: Watches) -> None:
    follow(watches)
    found(watches, "a")
    ended = only(watches)
    watches.end(ended.id)
    assert (watches.find(ended.id), watches.of("an"), watches.pending()) == (None, [], {})


def test_the_id_of_an_ended_watch_is_not_given_again(watches: Watches) -> None:
    follow(watches)
    ended = only(watches).id
    watches.end(ended)
    follow(watches)
    assert only(watches).id != ended


def test_an_article_is_found_once_ever(watches: Watches) -> None:
    follow(watches)
    assert watches.claim(found(watches, "a", "b"))
    watches.note({only(watches).id: ["b", "c"]}, 3)
    assert pending(watches) == {"an": ["c"]}


def test_a_watch_that_ended_meanwhile_finds_nothing(watches: Watches) -> None:
    follow(watches)
    ended = only(watches).id
    watches.end(ended)
    watches.note({ended: ["a"]}, 2)
    assert watches.pending() == {}


def test_findings_are_claimed_by_one_alone(watches: Watches) -> None:
    follow(watches)
    both = found(watches, "a", "b")
    assert watches.claim(both[:1])
    assert not watches.claim(both)
    assert pending(watches) == {"an": ["b"]}


def test_findings_that_are_released_are_pending_again(watches: Watches) -> None:
    follow(watches)
    findings = found(watches, "a")
    watches.claim(findings)
    watches.release(findings)
    assert pending(watches) == {"an": ["a"]}
    assert watches.claim(findings)


def test_a_paused_follower_is_left_alone_until_resumed(watches: Watches) -> None:
    follow(watches)
    found(watches, "a")
    watches.pause("an")
    assert (watches.behind(9), watches.pending(), watches.paused()) == ([], {}, {"an"})
    watches.resume({"an"})
    assert (watches.behind(9), pending(watches), watches.paused()) == ([only(watches)], {"an": ["a"]}, set())


def test_a_follower_that_moves_takes_along_what_is_pending(watches: Watches) -> None:
    follow(watches)
    found(watches, "a")
    watches.move("an", "an mới")
    assert (watches.of("an"), pending(watches)) == ([], {"an mới": ["a"]})


def test_a_follower_that_moves_to_where_a_question_is_followed_already_leaves_it(watches: Watches) -> None:
    for follower, question in (("an", "một"), ("an", "hai"), ("an mới", "hai")):
        follow(watches, question, follower=follower)
    watches.move("an", "an mới")
    assert sorted(watch.question for watch in watches.of("an mới")) == ["hai", "một"]
    assert watches.of("an") == []


def test_a_person_can_have_all_of_theirs_forgotten(watches: Watches) -> None:
    follow(watches)
    follow(watches, "khác", follower="nhóm")
    follow(watches, "khác nữa", follower="nhóm", person="bình")
    watches.forget("an")
    assert watches.of("an") == []
    assert [watch.question for watch in watches.of("nhóm")] == ["khác nữa"]


def test_articles_that_were_there_before_are_not_news(collection: Collection, articles_dir: Path) -> None:
    write(articles_dir, "library.md", LIBRARY, id_="thư viện")
    collection.reload()
    follow(collection.watches, checked=collection.generation)
    look(collection)
    assert collection.watches.pending() == {}


def test_a_new_article_is_found_if_it_answers_the_question(
    collection: Collection, articles_dir: Path
) -> None:
    write(articles_dir, "market.md", MARKET, id_="chợ")
    collection.reload()
    follow(collection.watches, checked=collection.generation)
    write(articles_dir, "library.md", LIBRARY, id_="thư viện")
    write(articles_dir, "more.md", MARKET.replace("sáu", "bảy"), id_="chợ khác")
    collection.reload()
    for _ in range(2):
        look(collection)
        assert pending(collection.watches) == {"an": ["thư viện"]}
    assert only(collection.watches).checked == collection.generation


def test_an_article_that_is_corrected_is_no_news(collection: Collection, articles_dir: Path) -> None:
    write(articles_dir, "library.md", MARKET, id_="a")
    collection.reload()
    follow(collection.watches, checked=collection.generation)
    write(articles_dir, "library.md", LIBRARY, id_="a")
    collection.reload()
    look(collection)
    assert collection.watches.pending() == {}


def test_what_another_process_added_is_found(
    open_collection: Callable[[], Collection], articles_dir: Path
) -> None:
    bot, other = open_collection(), open_collection()
    follow(bot.watches, checked=bot.generation)
    write(articles_dir, "library.md", LIBRARY, id_="thư viện")
    other.reload()
    look(bot)
    assert pending(bot.watches) == {"an": ["thư viện"]}


def test_what_was_added_during_a_pause_is_found_after_it(collection: Collection, articles_dir: Path) -> None:
    follow(collection.watches, checked=collection.generation)
    collection.watches.pause("an")
    write(articles_dir, "library.md", LIBRARY, id_="thư viện")
    collection.reload()
    look(collection)
    collection.watches.resume({"an"})
    look(collection)
    assert pending(collection.watches) == {"an": ["thư viện"]}


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sets(st.sampled_from("abcde")), st.booleans()), max_size=6))
def test_each_article_is_told_once_whatever_is_found_again_or_fails(
    rounds: list[tuple[set[str], bool]],
) -> None:
    """A round finds articles, claims what is pending, and tells it or fails for sure."""
    told: list[str] = []
    with TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{folder}/a.sqlite3")
        watches = Watches(database)
        follow(watches, checked=0)
        for generation, (ids, gets_through) in enumerate([*rounds, (set(), True)], start=1):
            watches.note({only(watches).id: ids}, generation)
            findings = watches.pending().get("an", [])
            assert watches.claim(findings)
            if gets_through:
                told += [finding.article_id for finding in findings]
            else:
                watches.release(findings)
        database.close()
    assert sorted(told) == sorted(set().union(*(ids for ids, _ in rounds)))

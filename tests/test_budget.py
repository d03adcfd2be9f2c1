"""Hostile questions: whatever is asked, an answer takes a bounded number of steps and megabytes.

A step is a call of a function, of Python or of C. A plain question takes about 15,000; without bounds, one of
4,096 characters takes up to three million. ``make fuzz`` tries for minutes.
"""

import json
import random
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fuzzing import for_minutes
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import HANOI
from telegram.constants import InlineQueryLimit

from bot.conversation import inline, replies
from bot.language import Languages
from bot.links import Links
from retrieval.collection.collection import Collection

MOST_STEPS = 70_000
MOST_MEGABYTES = 20.0
TYPED = "(typed in any chat)"
BEFORE = "Thư viện phường mở cửa lúc mấy giờ?"


def _listed(words: str) -> list[str]:
    return words.split()


_ONSETS = _listed("b c ch d đ g gi h kh l m n ng nh ph qu r s t th tr v x")
_RHYMES = _listed(
    "a á à ả ã ạ ăn ắt âm ấp an áng anh ách ao ay e é em ên êu i ít ía iêng iếp o ó oan oát ôm ông ốc ơi "
    "ợt u úa ung ước ương ưa ưu uyên uyết y ý"
)
_random = random.Random(14)
WORDS = sorted(onset + rhyme for onset in _ONSETS for rhyme in _RHYMES)


def written() -> str:
    """Return an article of common and rare syllables."""
    sentences = (" ".join(_random.choices(WORDS[::7] + WORDS, k=16)).capitalize() for _ in range(20))
    return ". ".join(sentences) + "."


ARTICLES = [{"title": f"Bài {number}", "text": written(), "id": str(number)} for number in range(300)]


def _misspelt(word: str) -> str:
    place = _random.randrange(len(word))
    return word[:place] + _random.choice("qwertyuiop") + word[place:]


def _typed(words: list[str]) -> str:
    return " ".join(words)[:4096]


HOSTILE = {
    "one word of 4,096 letters": "x" * 4096,
    "words of 59 letters": _typed(["".join(_random.choices("abcdefgh", k=59)) for _ in range(68)]),
    "1,000 distinct misspelt words": _typed([_misspelt(word) for word in _random.sample(WORDS, 1000)]),
    "1,000 distinct words": _typed(_random.sample(WORDS, 1000)),
    "no accents": _typed(_random.choices(_listed("the thu vien gia bao nhieu mot nam cho nguoi"), k=1000)),
    "the same question 200 times": f"{BEFORE} " * 120,
    "combining marks only": "\u0301" * 4096,
    "a letter of 4,095 marks": "a" + "\u0301\u0323" * 2047,
    "zalgo": "".join(letter + "\u0300\u0323\u031b\u0302" * 2 for letter in BEFORE * 12)[:4096],
    "emoji": "👨‍👩‍👧🏳️‍🌈🎉" * 300,
    "digits": "1" * 4096,
    "numbers": _typed([str(_random.randrange(10**9)) for _ in range(450)]),
    "dates": _typed([f"{day % 28 + 1}/{day % 12 + 1}/{1900 + day}" for day in range(400)]),
    "amounts": _typed([f"{number} triệu {number + 1} nghìn đồng" for number in range(300)]),
    "times": "tháng 3 năm 2016 tuần này hôm qua " * 120,
    "regional": _typed(
        _random.choices(_listed("mần chi rứa mô tê răng ni nớ hổng bển ổng dzậy hông hem"), k=900)
    ),
    "teencode": _typed(_random.choices(_listed("ko dc bn tl vs nx j z k hok"), k=1500)),
    "telex": _typed(_random.choices(_listed("thuw vieejn mowr cuwra nguwowif phuwowngf"), k=700)),
    "words glued together": "thưviệnmởcửalúcmấygiờ" * 190,
    "quotes": '"a ' * 1300,
    "quotes in quotes": "“«\"'" * 1000,
    "operators": "tu:2020 den:2021 nguon:a " * 160,
    "operators in operators": "nguon:" * 680,
    "minus": _typed(["-" + word for word in _random.sample(WORDS, 600)]),
    "every word quoted": _typed([f'"{word}"' for word in _random.sample(WORDS, 600)]),
    "brackets": "(" * 4096,
    "links": "http://a.vn/x?y=1 " * 220,
    "a link in a long text": _typed(
        [
            *_random.choices(WORDS, k=350),
            "https://baophuong.vn/tin/thu-vien.html",
            *_random.choices(WORDS, k=350),
        ]
    ),
    "a link to nowhere": "http://[ x http://a.vn:99999999/b thư viện",
    "half characters": "\ud83d" * 2000 + BEFORE + "\udc00",
    "Thai": "ห้องสมุดเปิดกี่โมง" * 220,
    "Chinese": "图书馆几点开门" * 580,
    "Hindi": "ग्रंथालय " * 450,
    "and": _typed(["và"] * 1300),
    "courtesies with commas": "Dạ, vâng ạ, cảm ơn bạn nhiều, chào anh chị, xin lỗi, làm ơn cho em hỏi, " * 55,
    "sentences of one word": "Chào. Dạ! Vâng? Ơi. Thư. Viện! Mở? Cửa. " * 100,
    "a courtesy in each sentence": f"Chào bạn. Cho hỏi {BEFORE} Cảm ơn nhé. " * 60,
    "questions": "giá vé bao nhiêu? " * 220,
    "lines": "a\n" * 2048,
    "HTML": "<b>" * 1300,
    "hashes": "#a" * 2048,
    "two words glued, again and again": _typed(["".join(_random.choices(WORDS, k=2)) for _ in range(400)]),
    "questions after each other": _typed([" ".join(_random.choices(WORDS, k=5)) + "?" for _ in range(300)]),
    "a story with dates": _typed([f"{word} trong năm {2000 + n % 26}" for n, word in enumerate(WORDS[:300])]),
    "all that can be asked": "bao nhiêu tiền, mấy giờ, ở đâu, ai, ngày nào, bao lâu, số điện thoại, email, "
    "giấy tờ gì, vì sao, thế nào, điều kiện gì, bao nhiêu phần trăm " * 30,
    "quotations of JSON": json.dumps({"a": [["thư viện"] * 100] * 3}),
}


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str, str | None], Any]]:
    """Ask as a private chat does, and as somebody who types in any chat."""
    folder = tmp_path_factory.mktemp("budget")
    lines = [json.dumps(article, ensure_ascii=False) for article in ARTICLES]
    (folder / "articles").mkdir()
    (folder / "articles" / "bao.jsonl").write_text("\n".join(lines), encoding="utf-8")
    url = f"sqlite:///{folder}/hoibao.sqlite3"
    collection = Collection.open(
        database_url=url, index_dir=folder / "index", articles_dir=folder / "articles"
    )
    collection.reload()
    texts, links = Languages("vi", HANOI).of(None), Links(username="hoibao_bot")

    def asked(text: str, previous: str | None) -> Any:
        if previous == TYPED:
            return inline.listing(collection, texts, text[: InlineQueryLimit.MAX_QUERY_LENGTH], links)
        return replies.answer(collection, texts, text, links, answer_id="1", previous=previous)

    collection.prepare()  # as the bot does when it starts
    for previous in (None, BEFORE, TYPED):
        asked("tho viện mở cửu", previous)
    yield asked
    collection.close()


def steps(work: Callable[[], object]) -> int:
    """Return how many functions *work* calls."""
    called = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal called
        called += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return called


def megabytes(work: Callable[[], object]) -> float:
    """Return how much memory *work* takes at most."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / 1e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("previous", [None, BEFORE, TYPED], ids=["alone", "after another", "inline"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_question_keeps_to_the_budget(
    ask: Callable[[str, str | None], Any], text: str, previous: str | None
) -> None:
    assert steps(lambda: ask(text, previous)) <= MOST_STEPS
    assert megabytes(lambda: ask(f"{text} ", previous)) <= MOST_MEGABYTES


pieces = st.one_of(
    st.sampled_from(sorted(HOSTILE.values())).flatmap(
        lambda text: st.integers(0, len(text)).map(lambda at: text[at : at + 400])
    ),
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.text(max_size=200),
    st.sampled_from(["?", ", ", ' "', " -", " và ", " còn ", " hay ", " nguon:", " tu:1/1", "\n", "http://"]),
)


def test_any_question_keeps_to_the_budget(ask: Callable[[str, str | None], Any]) -> None:
    @given(parts=st.lists(pieces, max_size=12), previous=st.sampled_from([None, BEFORE, TYPED]))
    @settings(max_examples=25, database=None)
    def keeps(parts: list[str], previous: str | None) -> None:
        text = "".join(parts)[:4096]
        assert steps(lambda: ask(text, previous)) <= MOST_STEPS

    for_minutes(keeps)


def test_end_of_a_long_question_is_what_is_searched(ask: Callable[[str, str | None], Any]) -> None:
    story = " ".join(_random.choices(WORDS, k=300))
    exchange = ask(f"{story} {ARTICLES[7]['title']}: {ARTICLES[7]['text'][:120]}", None)
    assert exchange.answer.is_cut
    assert exchange.answer.hits[0].article.title == ARTICLES[7]["title"]
    assert "tin nhắn hơi dài" in exchange.reply.text.lower()


def test_short_question_is_searched_whole(ask: Callable[[str, str | None], Any]) -> None:
    assert not ask(BEFORE, None).answer.is_cut

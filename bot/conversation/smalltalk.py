"""Recognise what is no question: a greeting, thanks, a goodbye, a call for help, a nod.

Only a whole message is one: every word of it belongs to a phrase below. "Chào cờ lúc mấy giờ" is a question.
"""

import re
from enum import Enum, auto
from functools import cache

from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import clean


class Talk(Enum):
    """What a message is that asks nothing. Of several things that it says, the first one here counts."""

    HELP = auto()
    WHO = auto()  # the bot is, and what it can do
    GOODBYE = auto()
    THANKS = auto()
    GREETING = auto()
    NOD = auto()  # ok, a thumb, praise


Phrase = tuple[tuple[str, ...], Talk | None]  # its words, and what it says; None: whom one speaks to

_PHRASES = {
    Talk.HELP: (
        "giúp, giúp đỡ, giúp tôi, giúp mình, giúp em, giúp với, hỗ trợ, cứu, cần giúp, cần giúp đỡ, cần hỗ "
        "trợ, trợ giúp, hướng dẫn, hướng dẫn sử dụng, cách dùng, cách sử dụng, cách hỏi, hỏi thế nào, hỏi "
        "như thế nào, hỏi làm sao, dùng thế nào, dùng như thế nào, dùng sao, sử dụng thế nào, help, help "
        "me, i need help, can you help, can you help me, how to use, how to use this, how do i use this, "
        "how does this work, how to ask, instructions, menu"
    ),
    Talk.WHO: (
        "bạn là ai, bot là ai, em là ai, mày là ai, bạn tên gì, bạn tên là gì, đây là gì, đây là bot gì, "
        "bot gì, bot gì vậy, bot gì đây, bạn là bot, bạn là bot hả, bạn là người, bạn là máy, bạn là người "
        "hay máy, bạn là robot, bạn là ai vậy, bạn là gì, bạn làm được gì, bạn làm được những gì, bạn làm "
        "gì, bạn làm gì được, bạn có thể làm gì, bạn giúp được gì, bạn biết gì, bạn biết những gì, bot làm "
        "được gì, bot làm gì, bot để làm gì, bot có thể làm gì, bot biết gì, hỏi được gì, có thể hỏi gì, "
        "hỏi gì được, hỏi gì cũng được, who are you, what are you, what is this, what is this bot, are you "
        "a bot, are you a robot, are you human, are you an ai, what can you do, what do you do, what can i "
        "ask, what can i ask you, what is your name, whats your name"
    ),
    Talk.GOODBYE: (
        "tạm biệt, chào tạm biệt, bái bai, bai, bye, bye bye, goodbye, good bye, good night, see you, see "
        "ya, hẹn gặp lại, gặp lại sau, chúc ngủ ngon, ngủ ngon, pp, have a nice day, have a good day"
    ),
    Talk.THANKS: (
        "cảm ơn, cám ơn, xin cảm ơn, xin cám ơn, chân thành cảm ơn, cảm ơn đã giúp, cảm ơn vì đã giúp, "
        "camon, cảm tạ, đa tạ, thank, thanks, thank you, thankyou, many thanks, thx, tks, thks, ty, tysm, "
        "merci, thanks for your help, thank you for your help"
    ),
    Talk.GREETING: (
        "xin chào, chào, chào buổi sáng, chào buổi trưa, chào buổi chiều, chào buổi tối, kính chào, alo, a "
        "lô, lô, ê, hello, helo, hé lô, hế lô, hi, hey, hay hello, good morning, good afternoon, good "
        "evening, greetings, có ai không, có ai ở đó không, bạn khỏe không, how are you"
    ),
    Talk.NOD: (
        "ok, oke, okay, okey, okie, oki, okla, vâng, dạ, ừ, ừm, uh, uhm, uhuh, được rồi, hiểu rồi, rõ rồi, "
        "biết rồi, đã hiểu, đã rõ, hay, hay quá, tốt, tốt quá, tuyệt, tuyệt vời, giỏi, giỏi quá, đúng rồi, "
        "hihi, haha, hehe, yes, yep, yeah, great, good, good bot, nice, cool, perfect, awesome, wow, i "
        "see, got it, well done"
    ),
}
# Whom one speaks to, and how warmly.
_AROUND = (
    "bạn, các bạn, bot, ad, admin, em, anh, chị, cô, chú, bác, mọi người, cả nhà, hỏi báo, hoibao, ơi, ạ, "
    "nhé, nhe, nha, nhá, nghen, hen, nhiều, nhìu, rất nhiều, lắm, quá, với, đi, mình, tôi, tớ, rồi, luôn, "
    "nữa, vậy, thế, z, there, everyone, all, again, please, pls, dear, guys, friend, so much, very much, a "
    "lot, so, very, much, you, bro"
)
_REPEATED = re.compile(r"(\w)\1+")
_LONGEST_PHRASE = 5  # words
_LONGEST = 16  # words; nobody greets at more length
_ASKING_MARK = re.compile(r"[?？]")


def recognise(text: str) -> Talk | None:
    """Return what *text*, which is not blank, says where it asks nothing; None for a question.

    Accents may be left out, letters repeated, signs and emoji added.
    """
    words = terms(_squeezed(clean(text)))
    if not words:
        return Talk.HELP if _ASKING_MARK.search(text) else Talk.NOD
    if len(words) > _LONGEST:
        return None
    said = set[Talk | None]()
    while words:
        found = _first(words)
        if found is None:
            return None
        phrase, talk = found
        said.add(talk)
        words = words[len(phrase) :]
    return next((talk for talk in Talk if talk in said), None)


def _first(words: list[str]) -> Phrase | None:
    """Return the longest phrase that *words* begin with, each word with its accents or without any."""
    bare = [_squeezed(fold(word)) for word in words[:_LONGEST_PHRASE]]
    for length in range(len(bare), 0, -1):
        for phrase, talk in _phrases().get(tuple(bare[:length]), ()):
            spellings = zip(words, phrase, bare, strict=False)
            if all(word in (known, plain) for word, known, plain in spellings):
                return phrase, talk
    return None


@cache
def _phrases() -> dict[tuple[str, ...], list[Phrase]]:
    """Return all phrases by what they fold to."""
    listed: dict[tuple[str, ...], list[Phrase]] = {}
    for talk, text in [*_PHRASES.items(), (None, _AROUND)]:
        for written in text.split(", "):
            phrase = tuple(terms(_squeezed(written)))
            listed.setdefault(tuple(_squeezed(fold(word)) for word in phrase), []).append((phrase, talk))
    return listed


def _squeezed(text: str) -> str:
    """Return *text* with no letter twice in a row: hiii is hi, and hello is helo, here and in the phrases."""
    return _REPEATED.sub(r"\1", text.lower())

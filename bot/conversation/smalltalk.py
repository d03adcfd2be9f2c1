"""Recognise what is no question: a greeting, thanks, a nod, a laugh, a complaint, a call for a person.

Only a whole message is one: every word of it belongs to a phrase below. "Chào cờ lúc mấy giờ" is a question.
"""

import re
from functools import cache

from bot.conversation.phrases import PhraseBook
from bot.conversation.sayings import said_by_roles
from bot.conversation.talk import Talk
from retrieval.question.manners.manners import set_aside
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import clean

_PHRASES = {
    Talk.PERSON: (
        "gặp người thật, cho gặp người thật, gặp nhân viên, cho gặp nhân viên, gặp cán bộ, cho gặp cán bộ, "
        "gặp nhân viên tư vấn, cho gặp nhân viên tư vấn, gặp tư vấn viên, cho gặp tư vấn viên, gặp tổng đài "
        "viên, cho gặp tổng đài viên, gặp admin, cho gặp admin, cho gặp ad, gặp người, cho gặp người, cho "
        "nói chuyện với người thật, nói chuyện với người thật, nói chuyện với nhân viên, nói chuyện với "
        "người, muốn nói chuyện với người thật, muốn nói chuyện với người, muốn gặp người thật, muốn gặp "
        "nhân viên, muốn gặp cán bộ, cần gặp người thật, cần gặp nhân viên, cần gặp cán bộ, cần người thật, "
        "cần nhân viên, cần người tư vấn, cần tư vấn viên, cần người hỗ trợ, chuyển máy, kết nối nhân viên, "
        "chuyển cho nhân viên, kết nối với nhân viên, cho tôi gặp người thật, cho em gặp người thật, cho "
        "mình gặp người thật, không nói chuyện với máy, không muốn nói chuyện với máy, không muốn nói "
        "chuyện với bot, không thích nói chuyện với máy, có người thật không, có nhân viên không, talk to a "
        "human, i want to talk to a human, can i talk to a human, speak to a human, speak to a person, talk "
        "to a person, i want to speak to a human, human please, real person, i need a human, i need a real "
        "person, talk to a real person, can i speak to someone, can i talk to someone, i want to talk to "
        "someone, connect me to an agent, agent, operator, speak to an agent, talk to an agent, i want to "
        "speak to a real person, can i speak to a real person"
    ),
    Talk.INSULT: (
        "ngu, ngu quá, ngu thế, ngu vậy, ngu như bò, ngu si, đồ ngu, đồ ngốc, ngốc, ngốc thế, đồ điên à, "
        "đồ đần độn, óc chó, óc bò, dở hơi, dở ẹc, dở quá, dở thế, dở vậy, tệ quá, tệ thế, tệ hại, chán "
        "quá, chán thế, chán bot quá, vô dụng, vô dụng quá, vô dụng thật, vô tích sự, đồ rác rưởi, kém quá, "
        "kém thế, bot ngu, bot gì ngu vậy, bot gì mà ngu, bot gì mà dở, bot gì mà dở ẹc, bot gì "
        "kỳ vậy, bot gì kì vậy, bot gì dở vậy, bot gì dở ẹc, bot gì tệ vậy, bot như hạch, như hạch, như "
        "shit, bot lỏ quá, đm, đcm, dcm, vcl, vãi, cút, cút đi, biến đi, câm đi, câm mồm, im đi, mày ngu, "
        "bực mình, bực quá, bực tức quá, mất thời gian, tốn thời gian, phí thời gian, nói chuyện với bot "
        "như nói với đầu gối, như nói với đầu gối, nói với đầu gối còn hơn, hỏi cũng như không, stupid, "
        "stupid bot, you are stupid, you re stupid, dumb, dumb bot, you are dumb, idiot, useless, useless "
        "bot, you are useless, you re useless, this is useless, bad bot, you suck, this sucks, wtf, fuck, "
        "fuck you, fuck off, shut up, crap, garbage, trash, terrible, awful, you are terrible, this is "
        "terrible, what a stupid bot, waste of time"
    ),
    Talk.COMPLAINT: (
        "sai, sai rồi, sai bét, sai hết, sai hết rồi, sai bét rồi, sai bài, sai bài rồi, sai câu, trả lời "
        "sai, trả lời sai rồi, trả lời sai bét, chưa đúng ý, chưa đúng ý mình, không đúng ý, ghét quá, bạn "
        "trả lời sai rồi, bot trả lời sai, không đúng, không đúng rồi, ko đúng, k đúng, không phải, không "
        "phải vậy, không phải thế, ko phải, k phải, đâu phải, không phải cái này, không phải bài này, không "
        "phải câu này, không phải ý mình, không phải ý tôi, không phải ý em, ý mình không phải vậy, không "
        "liên quan, ko liên quan, chẳng liên quan, chả liên quan, không liên quan gì, chẳng liên quan gì, "
        "không liên quan gì hết, nhầm, nhầm rồi, nhầm bài rồi, lạc đề, lạc đề rồi, trả lời gì kỳ vậy, trả "
        "lời gì kì vậy, trả lời gì vậy, trả lời gì thế, trả lời kỳ, trả lời kỳ vậy, trả lời vớ vẩn, trả lời "
        "vớ vẩn thế, vớ vẩn, vớ va vớ vẩn, tào lao, trả lời tào lao, xàm, xàm quá, nói xàm, nói gì vậy, nói "
        "gì thế, nói gì kỳ vậy, nói linh tinh, linh tinh, trả lời linh tinh, trả lời lung tung, lung tung, "
        "hỏi một đằng trả lời một nẻo, hỏi một đằng đáp một nẻo, trả lời một nẻo, hỏi một đường trả lời một "
        "nẻo, trả lời không đúng, trả lời không đúng câu hỏi, trả lời chưa đúng, chưa đúng, không hiểu, "
        "không hiểu gì, không hiểu gì hết, chẳng hiểu gì, không hiểu câu hỏi, bạn không hiểu, bot không "
        "hiểu, không hiểu ý mình, không hiểu ý tôi, không trả lời được, sao không trả lời, sao không trả "
        "lời được, không giúp được gì, chẳng giúp được gì, chả giúp được gì, không có ích, chẳng ích gì, "
        "câu trả lời sai, thông tin sai, thông tin sai rồi, cũ rồi, thông tin cũ, thông tin cũ rồi, wrong, "
        "that is wrong, thats wrong, that s wrong, wrong answer, not correct, incorrect, that is not "
        "correct, not right, that is not right, that s not right, that is not what i asked, that s not what "
        "i asked, not what i asked, not what i meant, that is not what i meant, that s not it, not it, not "
        "helpful, that is not helpful, that s not helpful, you are wrong, you re wrong, irrelevant, "
        "nonsense, that makes no sense, you do not understand, you don t understand, not relevant, doesn t "
        "help, that doesn t help"
    ),
    Talk.HELP: (
        "bot này dùng sao, cái này dùng sao, dùng bot sao, cách dùng bot, bot này dùng thế nào, bot này xài "
        "sao, xài sao, dùng làm sao, sử dụng sao, sử dụng bot thế nào, bot hoạt động thế nào, hỏi sao, hỏi "
        "kiểu gì, hỏi bot thế nào, how do i use this bot, how does this bot work, how do i ask, giúp, giúp "
        "đỡ, giúp tôi, giúp mình, giúp em, giúp với, hỗ trợ, cứu, cần giúp, cần giúp đỡ, cần hỗ trợ, trợ "
        "giúp, hướng dẫn, hướng dẫn sử dụng, cách dùng, cách sử dụng, cách hỏi, hỏi thế nào, hỏi như thế "
        "nào, hỏi làm sao, dùng thế nào, dùng như thế nào, dùng sao, sử dụng thế nào, help, help me, i need "
        "help, can you help, can you help me, how to use, how to use this, how do i use this, how does this "
        "work, how to ask, instructions, menu"
    ),
    Talk.WHO: (
        "ad tên gì, bot tên gì, em tên gì, bạn tên gì, tên bạn là gì, bạn làm được những việc gì, bạn có "
        "thể làm những gì, bạn có thể giúp gì, bạn giúp gì được, bạn giúp được những gì, bot giúp được gì, "
        "bot làm được những gì, bot làm được gì vậy, bot biết làm gì, bạn biết làm gì, biết làm gì, làm "
        "được gì, làm được những gì, bạn là con người hay là máy, bạn là con người hay máy, bạn là người "
        "hay là máy, bạn là máy hay người, bạn là người thật hay máy, bạn là người thật, bạn là người thật "
        "không, bạn có phải người thật không, bạn có phải là người không, bạn có phải bot không, bạn là "
        "robot hay người, là bot, là robot, là máy, ai đang trả lời, ai trả lời, đang nói chuyện với ai, "
        "mình đang nói chuyện với ai, bạn bao nhiêu tuổi, ai tạo ra bạn, ai làm ra bạn, bot của ai, bạn "
        "là chatgpt, bạn là ai hả, are you real, are you a real person, are you a machine, are you chatgpt, "
        "who am i talking to, who made you, who is this, what can this bot do, how can you help, how can "
        "you help me, do you have a name, bạn là ai, bot là ai, em là ai, mày là ai, bạn tên là gì, đây "
        "là gì, đây là bot gì, bot gì, bot gì vậy, bot gì đây, bạn là bot, bạn là bot hả, bạn là máy, "
        "bạn là người hay máy, bạn là robot, bạn là gì, bạn làm được gì, bạn làm được những gì, bạn "
        "làm gì, bạn làm gì được, bạn có thể làm gì, bạn giúp được gì, bạn biết gì, bạn biết những gì, bot "
        "làm được gì, bot làm gì, bot để làm gì, bot có thể làm gì, bot biết gì, hỏi được gì, có thể hỏi "
        "gì, hỏi gì được, hỏi gì cũng được, who are you, what are you, what is this, what is this bot, are "
        "you a bot, are you a robot, are you human, are you an ai, what can you do, what do you do, what "
        "can i ask, what can i ask you, what is your name, whats your name"
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
        "lô, lô, ê, hello, helo, hé lô, hế lô, hi, hey, hello, good morning, good afternoon, good "
        "evening, greetings, có ai không, có ai ở đó không, có ai đó không, có ai ở đây không, có ai "
        "online không, có ai onl không, còn ai không, có ai trực "
        "không, có ai hông, bot có đó không, bạn có đó không, bạn có ở đó không, "
        "test, test thử, test bot, testing, "
        "anyone there, is anyone there, is anybody there, hello anyone, are you there, bạn khỏe không, how "
        "are you"
    ),
    Talk.ASKS: (
        "hỏi, để mình hỏi, để em hỏi, để tôi hỏi, hỏi được không, mình hỏi được không, cho hỏi được không, "
        "hỏi tí được không, hỏi chút được không, hỏi cái được không, có câu hỏi, muốn hỏi, có chuyện muốn "
        "hỏi, có việc muốn hỏi, muốn hỏi chút chuyện, hỏi xíu, để hỏi, hỏi nè, hỏi nha, hỏi tiếp được "
        "không, hỏi tiếp, hỏi nữa được không, cho hỏi tiếp, can i ask, can i ask you something, can i ask a "
        "question, may i ask, may i ask you something, may i ask a question, i have a question, i want to "
        "ask, i have another question, one more question, another question, quick question"
    ),
    Talk.LAUGH: (
        "hihi, haha, hehe, hihihi, hahaha, hehehe, hoho, kaka, kakaka, há há, kkk, kk, k k k, "
        "hjhj, lol, lmao, rofl, vui, vui quá, vui tính, hài quá, hài ghê, hài hước, mắc cười, mắc "
        "cười quá, buồn cười, buồn cười quá, cười xỉu, cười chết, dễ thương, dễ thương quá, dễ thương ghê, "
        "cute, cute quá, funny, so funny, that is funny, huhu, hu hu, hic, hic hic, hix, hix hix, hức"
    ),
    Talk.NOD: (
        "ok, oke, okay, okey, okie, oki, okla, vâng, dạ, ừ, ừm, uh, uhm, uhuh, được rồi, hiểu rồi, rõ rồi, "
        "biết rồi, đã hiểu, đã rõ, hay, hay quá, tốt, tốt quá, tuyệt, tuyệt vời, giỏi, giỏi quá, đúng rồi, "
        "vậy hả, vậy à, vậy ha, thế à, thế hả, ra vậy, ra là vậy, ra thế, hóa ra vậy, à ra vậy, à vậy, à "
        "thế, à, à ừ, ồ, ờ, ờ ha, ủa, ủa vậy, ủa vậy hả, ủa thế à, thật à, thật hả, thật không, thiệt hả, "
        "thiệt không, ghê, ghê vậy, ghê thế, kinh thế, sao kỳ vậy, kỳ vậy, lạ vậy, lạ nhỉ, mắc vậy, mắc "
        "thế, mắc quá, mắc dữ, đắt thế, đắt vậy, đắt quá, đắt dữ, rẻ vậy, rẻ thế, rẻ quá, lâu vậy, lâu thế, "
        "lâu quá, xa vậy, xa thế, xa quá, nhanh vậy, nhanh thế, nhanh quá, tiện quá, tiện thế, hay thế, hay "
        "vậy, hay ghê, tốt thế, chuẩn, chuẩn rồi, chuẩn luôn, chính xác, quá tốt, quá hay, quá tuyệt, xịn, "
        "xịn quá, ngon, ngon quá, xịn thế, hữu ích, hữu ích quá, có ích quá, đã nhận, nhận được rồi, ghi "
        "nhận, để xem, để mình xem, để mình xem lại, không có gì, ko có gì, k có gì, không sao, ko sao, k "
        "sao, thôi được, thôi được rồi, thôi không cần, không cần, không cần nữa, không, ko, xin lỗi, "
        "xin lỗi nha, xin lỗi bạn, sorry, my bad, oh, oh ok, oh really, really, is that so, no, nope, never "
        "mind, nevermind, no thanks, not now, so expensive, that s expensive, wow, yes, yep, yeah, great, "
        "good, good bot, nice, cool, perfect, awesome, i see, got it, well done"
    ),
}
# Whom one speaks to, and how warmly.
_AROUND = (
    "trời, trời ơi, trời đất, bạn, các bạn, bot, ad, admin, em, anh, chị, cô, chú, bác, mọi người, cả "
    "nhà, hỏi báo, hoibao, ơi, ạ, nhé, nhe, nha, nhá, nghen, hen, nhiều, nhìu, rất nhiều, lắm, quá, với, "
    "đi, mình, tôi, tớ, rồi, luôn, nữa, vậy, thế, z, there, everyone, all, again, dạ, thưa, à, hả, ha, "
    "hén, hí, rứa, ta, zậy, dợ, nghe, thiệt, thật, thật sự, ghê, page, shop, admin ơi, ac, mn, please, "
    "pls, dear, guys, friend, so much, very much, a lot, so, very, much, you, bro"
)
_REPEATED = re.compile(r"(\w)\1+")
_LONGEST_PHRASE = 10  # words
_LONGEST = 16  # words; nobody greets at more length
_LONGEST_TEXT = 1_000  # characters, of which many may be one letter or emoji
_ASKING_MARK = re.compile(r"[?？]")
_ANGRY = re.compile("[😠😡🤬👿👎😤🖕💩]")
_LAUGHING = re.compile("[😂🤣😆😄😁😹]|[:=][)D]|=\\){2,}")


def recognise(text: str) -> Talk | None:
    """Return what *text*, which is not blank, says if it asks nothing; None for a question.

    Accents may be left out, letters repeated, signs and emoji added.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    words = terms(_squeezed(clean(text)))
    if not words:
        if _ASKING_MARK.search(text):
            return Talk.HELP
        if _ANGRY.search(text):
            return Talk.COMPLAINT
        return Talk.LAUGH if _LAUGHING.search(text) else Talk.NOD
    if len(words) > _LONGEST:
        return None
    said = set[Talk | None]()
    while words:
        found = _phrases().first(words)
        if found is None:
            return _meant(text) or said_by_roles(clean(text))
        talk, length = found
        said.add(talk)
        words = words[length:]
    return next((talk for talk in Talk if talk in said), None) or said_by_roles(clean(text)) or _meant(text)


def _meant(text: str) -> Talk | None:
    """Return what a message says that is all manners; None for a question."""
    if not set_aside(clean(text)).is_all:
        return None
    said = {fold(word) for word in terms(clean(text))}
    if said & {"hoi", "biet", "giup", "chi", "ask", "know", "question", "help", "tell"}:
        return Talk.ASKS
    return Talk.THANKS if said & {"on", "thank", "thanks", "camon"} else Talk.GREETING


@cache
def _phrases() -> PhraseBook[Talk | None]:
    return PhraseBook([*_PHRASES.items(), (None, _AROUND)], longest=_LONGEST_PHRASE, alike=_squeezed)


def _squeezed(text: str) -> str:
    """Return *text* with no letter twice in a row: hiii is hi, and hello is helo, here and in the phrases."""
    return _REPEATED.sub(r"\1", text.lower())

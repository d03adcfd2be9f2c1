"""Tell what a message says that asks nothing of the articles, by the roles of its words.

No list has every way in which people praise, scold or put off; but the words that they do it with are few.
Each word of such a message has a role, and the roles together say what is meant: somebody to reach and a
person (a call for a person), an answer and a fault (a complaint), later and a plan (a nod).
"""

import re
from enum import Enum, auto
from functools import cache

from bot.conversation.phrases import PhraseBook
from bot.conversation.talk import Talk
from retrieval.text.analyzer import fold, terms

_LONGEST = 6  # words of a phrase
_WHAT = re.compile(r"\bc[áa]i (?=g[ìi]\b)", re.IGNORECASE)
# Other single words without their accents are as often words that ask or name something: thử, thư, cỡ, có.
_CLEAR_UNACCENTED = frozenset(
    {"qua", "vay", "roi", "luon", "nhe", "a", "da", "duoc", "di", "troi", "ghe", "that", "lam", "minh"}
    | {"ban", "gioi", "tot", "dinh", "thoi", "toi", "noi", "sai", "ngoc", "khung", "dien", "khong", "may"}
)


class _Role(Enum):
    YOU = auto()
    ME = auto()
    PERSON = auto()  # whom one would rather talk to
    ALIVE = auto()  # a person and no bot, which says so by itself
    REACHES = auto()
    IS = auto()
    MACHINE = auto()
    NAMED = auto()  # who somebody is
    ASKED = auto()  # what the bot can be asked, or can do
    ANSWERS = auto()
    FAULT = auto()
    SCOLDS = auto()
    DENIES = auto()
    NOT = auto()
    MEANT = auto()  # what was asked for
    LATER = auto()
    PLANS = auto()
    ENOUGH = auto()
    GOOD = auto()
    MEASURE = auto()  # dear, far, long: of what was just read
    HOW_MUCH = auto()
    SIGHS = auto()
    SOUGHT = auto()  # what is asked of an office: its hours, how far something is
    BESIDE = auto()


_PHRASES = {
    _Role.YOU: (
        "bạn, bot, bot này, con bot, chatbot, mày, máy này, hỏi báo, cái bot, you, this bot, the bot"
    ),
    _Role.ME: ("mình, tôi, tui, em, tớ, anh, chị, con, cháu, tao, vợ, chồng, nhà, me, i, my"),
    _Role.PERSON: (
        "người, ai đó, nhân viên, nhân viên tư vấn, nhân viên hỗ trợ, cán bộ, cán bộ trực, tư vấn viên, "
        "tổng đài viên, người phụ trách, người trực, người trực máy, người tư vấn, admin, chuyên viên, "
        "somebody, someone, person, staff, staff member, agent, operator, representative, anyone, anybody, "
        "employee, người hỗ trợ, người giải đáp, người trả lời, quản trị viên, anh chị nhân viên, tổng "
        "đài, lễ tân, chủ page, supervisor, manager, a person, advisor"
    ),
    _Role.ALIVE: (
        "người thật, người thiệt, người sống, con người, human, human being, real person, real human, live "
        "agent, actual person, real people, customer service, customer support, nối máy, chuyển máy, gọi "
        "người ra, gọi người ra đây, gặp người"
    ),
    _Role.REACHES: (
        "gặp, nói chuyện, nói chuyện trực tiếp, trao đổi, liên hệ trực tiếp, kết nối, chat, gọi ra, gọi ra "
        "đây, gọi, số, liên lạc, cần, muốn, talk, speak, connect, transfer, chat with, reach, contact, "
        "want, need, gặp trực tiếp, hỏi trực tiếp, nói trực tiếp, trực tiếp, gọi cho, hẹn gặp, đòi gặp, "
        "help me, get me, put me through, pass me to, call"
    ),
    _Role.IS: ("là, có phải, có phải là, phải, phải là, hay, hay là, are, re, is, or, being"),
    _Role.MACHINE: (
        "máy, robot, rô bốt, ai, trí tuệ nhân tạo, chatgpt, gpt, phần mềm, máy móc, a machine, machine, "
        "computer, program, auto, trả lời tự động, tự động, bot tự động, an ai, a robot, a bot, automated"
    ),
    _Role.NAMED: (
        "tên gì, tên là gì, mấy tuổi, bao nhiêu tuổi, quê ở đâu, ở đâu, từ đâu tới, ai tạo ra, ai làm ra, "
        "ai viết ra, của ai, là ai, nói chuyện với ai, đang nói chuyện, nói tiếng anh, biết nói, có vợ "
        "chưa, who, your name, who created, who made, who built, who runs, old, biết nói tiếng anh, nói "
        "tiếng anh được, nói được tiếng anh, biết tiếng anh, hiểu tiếng anh, nói tiếng việt, ai đứng sau, "
        "do ai làm, ai làm, ai lập, ai quản lý, ai điều khiển, chat với ai, nhắn với ai, giới tính, nam "
        "hay nữ, từ đâu ra, học ở đâu, made by, made you, behind"
    ),
    _Role.ASKED: (
        "hỏi được gì, hỏi được những gì, hỏi gì, hỏi những gì, hỏi cái gì, hỏi cái gì được, hỏi gì được, "
        "làm gì, làm được gì, làm được những gì, giúp gì, giúp được gì, giúp được những gì, biết gì, biết "
        "làm gì, biết những gì, để làm gì, trả lời được gì, trả lời được những gì, dùng sao, xài sao, xài "
        "làm sao, dùng làm sao, sử dụng sao, hỏi sao, hỏi làm sao, tra cứu được gì, what can i ask, what "
        "can you do, what can you help, what do you know, how does this work, ai đang nói chuyện, ai đang "
        "trả lời, ai đang nhắn, xài bot này sao, dùng bot này sao, what s your name, what is your name, hỗ "
        "trợ gì, hỗ trợ được gì, hỗ trợ những gì, nhờ gì, nhờ việc gì, nhờ được gì, tư vấn được gì, có "
        "chức năng gì, chức năng gì, tính năng gì, dùng để làm gì, what exactly can you do, what are you "
        "able to do, what do you do, what can i do here, what is this for"
    ),
    _Role.ANSWERS: (
        "trả lời, câu trả lời, nói, đáp, giải thích, thông tin, đọc, answer, answers, response, this, "
        "that, it, bài, kết quả"
    ),
    _Role.FAULT: (
        "trật, trật lất, trớt quớt, "
        "sai, sai bét, sai bét nhè, lộn, lộn rồi, nhầm, bậy, tầm bậy, tầm bậy tầm bạ, nhảm, nhảm nhí, vớ "
        "vẩn, xàm, lung tung, linh tinh, tào lao, lạc đề, khó hiểu, rối, rối rắm, dở, dở tệ, tệ, kỳ cục, "
        "kỳ, kiểu gì, như không, cũng như không, không hiểu gì, không hiểu gì hết, chẳng hiểu gì, chả hiểu "
        "gì, chả được cái gì, chẳng được gì, chả ra gì, không đâu, vòng vo, gì đâu, gì đâu không, hỏi a "
        "trả lời b, hỏi này trả lời kia, một đằng, một nẻo, không ăn nhập gì, chẳng ăn nhập gì, chán, "
        "wrong, incorrect, useless, unhelpful, nonsense, confusing, bad, not right, not correct, makes no "
        "sense, off topic, not what i want, not what i asked, not what i meant, chưa đúng, không đúng, xàm "
        "xí, cái khác, hỏi khác, không giống, khác ý, khác hẳn, không khớp, không ăn khớp, thiếu, thiếu "
        "sót, chưa đủ, chẳng đúng, đâu đúng, ba láp, ba láp ba xàm, vô nghĩa, vô bổ, không liên quan, "
        "chẳng liên quan, không giúp được, không hữu ích, not helpful, not useful, not relevant, "
        "irrelevant, not working, doesn t work, doesn t make sense, hết nói"
    ),
    _Role.SCOLDS: (
        "ngu, ngốc, khùng, điên, đần, dốt, rồ, hâm, dở hơi, óc chó, vô dụng, vô duyên, mất dạy, láo, đồ, "
        "ngáo, stupid, dumb, idiot, moron, crazy, suck, sucks, hate"
    ),
    _Role.DENIES: ("không phải, đâu phải, chưa phải, chẳng phải, chả phải, đâu có, not"),
    _Role.NOT: ("không, ko, đâu, không có, didn t, did not, isn t, wasn t, don t, never, chưa"),
    _Role.MEANT: (
        "cái này, cái đó, cái ấy, cái kia, câu này, câu đó, bài này, vậy, thế, ý, hỏi, cái tui hỏi, hỏi "
        "cái này, hỏi cái đó, điều, cái, what i asked, what i want, what i wanted, what i meant, my "
        "question, asked, ask, question, cái tôi hỏi, cái em hỏi, cái mình hỏi, cái tôi cần, cái em cần, "
        "cái tui cần, cái mình cần, điều tôi hỏi, điều em hỏi, câu hỏi, câu em hỏi, câu tôi hỏi, câu mình "
        "hỏi, câu tui hỏi, chuyện đó, chuyện này"
    ),
    _Role.LATER: (
        "để, mai, ngày mai, sáng mai, chiều, mốt, lát, lát nữa, tí nữa, chút nữa, hôm nào, bữa nào, hôm "
        "khác, bữa khác, khi nào rảnh, khi nào cần, sẽ, đã, rồi, mai mốt, chiều mai, tuần sau, later, "
        "tomorrow, will, ll, lúc nào đó, hồi, bữa sau, tuần tới, bây giờ, giờ, soon, now, have to, gotta, "
        "need to"
    ),
    _Role.PLANS: (
        "ghé, ghé qua, qua, lên, tới, đi, đi đây, ra, coi, xem, xem lại, coi lại, hỏi lại, hỏi tiếp, hỏi, "
        "tính, tính sau, suy nghĩ, nghĩ lại, nghĩ, gọi, liên hệ, làm, thử, bàn lại, come, try, check, "
        "think, quay lại, tự tìm, tìm, tự coi, ngủ, ngủ đây, đi ngủ, off, out, nghỉ, ăn cơm, ăn, về, đi "
        "làm, học, hẹn, gọi thử, báo lại, nói lại, lưu lại, ghi lại, chụp lại, chạy qua, chạy lên, come "
        "back, call, go"
    ),
    _Role.ENOUGH: (
        "thôi, khỏi, khỏi cần, không hỏi nữa, không cần, không cần nữa, bỏ đi, bỏ qua, bỏ qua đi, quên đi, "
        "vậy thôi, thế thôi, vậy được rồi, đủ rồi, that s all, nothing, never mind, that is all, không có "
        "gì, không có gì đâu, dừng, dừng lại, ngưng, stop, đủ, biết rồi, hiểu rồi, rõ rồi, nắm rồi, tìm "
        "được rồi, tìm thấy rồi, thấy rồi, có rồi, xong rồi, ổn rồi, bye, bye bye, pai pai, chào nha, i m "
        "good, got it, all set"
    ),
    _Role.GOOD: (
        "hay, giỏi, tốt, tuyệt, tuyệt vời, đỉnh, xuất sắc, thông minh, nhanh nhẹn, dễ thương, ngoan, xịn, "
        "chuẩn, 10 điểm, mười điểm, ông mặt trời, may, mừng, vui, được, good, nice, great, smart, clever, "
        "awesome, amazing, helpful, excellent, perfect, impressive, hữu ích, có ích, bổ ích, khôn, chất "
        "lượng, chất, xịn sò, mượt, ngầu, tuyệt cú mèo, hết sảy, number one, sounds good, all good, no "
        "worries, love, yêu, "
        "cool, fine, lovely, wonderful, useful, tận tình, nhiệt tình, có tâm, ổn, ok lắm, yên "
        "tâm, an tâm, nhẹ nhõm"
    ),
    _Role.MEASURE: (
        "mắc, đắt, rẻ, lâu, nhanh, lẹ, chậm, xa, gần, ít, nhiều, dài, ngắn, cao, thấp, sớm, trễ, muộn, "
        "buồn, đông, ghê, expensive, cheap, long, far, late"
    ),
    _Role.HOW_MUCH: (
        "vl, vcl, vkl, "
        "quá, ghê, dữ, lắm, vậy, thế, thật, thiệt, luôn, vãi, ta, trời, quá trời, quá chừng, dữ vậy, hết "
        "sức, nhỉ, so, too, very, really, đó, đấy, much, á, dữ thần, hết trơn, hết trơn hết trọi, cực, cực "
        "kỳ, vô cùng, rất, hơi, totally, completely, absolutely, quite, just, at all, như con bò, như bò, "
        "như lợn"
    ),
    _Role.SIGHS: (
        "adu, đù, đù má, đm, đmm, dm, đcm, dcm, "
        "haiz, haizz, hazz, hazi, trời, trời ơi, trời đất ơi, mèn ơi, mèn đét ơi, ối giời ơi, giời ơi, bó "
        "tay, chịu, chịu thua, cạn lời, hết nói nổi, ủa, ừa, à há, ờ, zậy hả, vậy hả, thì ra vậy, ra là "
        "thế, ra là vậy, thì ra là vậy, hớ hớ, hé lu, hế nhô, v, sigh, oh well, omg, vậy luôn, thế luôn, "
        "cười ỉa, ahihi, hí hí, hì hì, hê hê, khà khà, lol, haha, hihi, hehe, huhu, ta very much, cheers "
        "mate, á đù, chu choa, chu cha, úi, ui, ôi, thiệt tình, thật tình, thế cơ à, thế cơ, ghê ta, oki "
        "la, okla"
    ),
    _Role.SOUGHT: (
        "giờ làm, giờ làm việc, giờ nghỉ, giờ học, giờ đi học, giờ về, giờ ăn, lịch làm, tới đâu, đến đâu"
    ),
    _Role.BESIDE: (
        "ok, oke, okie, uh, uhm, ừ, dạ, vâng, ạ, à, ơi, hả, nha, nhé, nghen, hen, với, rồi, cho, xin, cho "
        "xin, giúp, giùm, được, không, hông, ko, k, có, đi, ad, admin, đang, một, cái, sao, gì, mà, thì, "
        "của, cũng, hết, nữa, chưa, trực tiếp, cảm ơn, cám ơn, thanks, thank, please, can, could, to, a, "
        "an, the, with, d, like, let, there, here, do, does, did, what, how, for, and, am, have, m, bị, có "
        "thể, ở đây, đây, bên này, lắm, này, chắc, vẫn, thật sự, vì, thông tin, trời, tự, việc, nhờ, câu, "
        "cái đó, will, that, was, it, help, thì thôi, xíu, chút, tí, luôn luôn, ngày, một ngày, chúc, vui, "
        "mọi người, cả nhà, all, good, day, exactly, actually, some, really, just, out, back, my, on, no, "
        "tóm lại, nói chung, rốt cuộc, nói tóm lại, thế rốt cuộc, chung quy"
    ),
}


_WHETHER = frozenset({"không", "khong", "ko", "k", "hông", "hong", "hok", "chưa"})


def said_by_roles(text: str) -> Talk | None:
    """Return what *text*, which is clean, says; None if it asks for something, or is not understood whole."""
    words, roles = terms(_shortened(text)), set[_Role]()
    is_bare = all(word == fold(word) for word in words)
    asks_whether = len(words) > 1 and words[-1] in _WHETHER
    while words:
        found, length = _first(words, is_bare=is_bare)
        if not found:
            return None
        roles |= found
        words = words[length:]
    asks = asks_whether and {_Role.LATER, _Role.PLANS} & roles  # "mai có làm không" asks for hours
    return None if asks else _meant(roles)


def _meant(roles: set[_Role]) -> Talk | None:
    role = _Role
    if role.SOUGHT in roles:
        return None
    if role.YOU in roles and role.SCOLDS not in roles:
        is_asked_after = role.NAMED in roles or (role.IS in roles and roles & {role.PERSON, role.MACHINE})
        if is_asked_after or (role.ALIVE in roles and role.REACHES not in roles):
            return Talk.WHO
    if role.ALIVE in roles or {role.REACHES, role.PERSON} <= roles:
        return Talk.PERSON
    if role.ASKED in roles or {role.MACHINE, role.PERSON} <= roles:
        return Talk.WHO
    if role.SCOLDS in roles and not roles & {role.MEASURE, role.PLANS}:
        return Talk.INSULT
    is_fault = role.FAULT in roles and not roles & {role.ENOUGH, role.PERSON}
    denies = role.MEANT in roles and (role.DENIES in roles or {role.NOT, role.ME} <= roles)
    return Talk.COMPLAINT if is_fault or denies else _nod(roles)


def _nod(roles: set[_Role]) -> Talk | None:
    role = _Role
    plain = roles - {role.BESIDE, role.ME, role.HOW_MUCH, role.YOU, role.NOT}
    if role.HOW_MUCH in roles:
        plain -= {role.MEANT}
    if role.GOOD in roles:
        plain -= {role.ANSWERS}
    if role.ENOUGH in roles or {role.LATER, role.PLANS} <= roles:
        return None if roles & {role.PERSON, role.NAMED} else Talk.NOD
    is_felt = bool(plain) and plain <= {role.GOOD, role.SIGHS, role.MEASURE}
    return Talk.NOD if is_felt and (role.HOW_MUCH in roles or role.MEASURE not in plain) else None


def _first(words: list[str], *, is_bare: bool) -> tuple[set[_Role], int]:
    """Return the roles of the longest phrase that *words* begin with, and its length.

    *is_bare*: no accent is typed, and a phrase is known without its own.
    """
    for bare, its in _phrases().beginnings(words):
        is_clear = is_bare and (len(bare) > 1 or bare[0] in _CLEAR_UNACCENTED)
        roles = {
            role
            for phrase, role in its
            if is_clear or all(word == known for word, known in zip(words, phrase, strict=False))
        }
        if roles:
            return roles, len(bare)
    return set(), 0


@cache
def _phrases() -> PhraseBook[_Role]:
    return PhraseBook(_PHRASES.items(), longest=_LONGEST, alike=_shortened)


def _shortened(text: str) -> str:
    """Return *text* with "gì" for "cái gì", which says the same, here and in the phrases."""
    return _WHAT.sub("", text)

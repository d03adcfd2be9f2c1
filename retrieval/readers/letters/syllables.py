"""Every syllable that Vietnamese can write: onset, rhyme and tone, with all accents."""

import unicodedata
from functools import lru_cache

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
    oe oen oeo oet ooc oong  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyên uyêt uynh uyp uyt uyu  ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
# Those that stand most often in any text; half of its words are among them.
_COMMON = """
    và của là có được các cho trong một người với không những này đã từ khi để đến về ở năm ra nhà tại đó ông
    sẽ việc đang số vào phải cũng như nhiều trên ngày làm thì lại hiện tế độ bị theo sau đầu cả chính quyền
    giờ đường nước phường thành phố dân khu
"""
ONSETS = _ONSETS.split()
RHYMES = _RHYMES.split()
COMMON = frozenset(_COMMON.split())
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STOPS = ("c", "ch", "p", "t")  # a syllable that ends in one rises or is heavy
_BODIES = frozenset(onset + rhyme for onset in ("", *ONSETS) for rhyme in RHYMES) | {
    "g" + rhyme for rhyme in ("i", "in", "iêng", "iêt", "iêc")
}
_TONE_MARKS = frozenset(TONES[1:])


@lru_cache(maxsize=1 << 14)
def is_written_right(word: str) -> bool:
    """Tell whether *word*, NFC and in small letters, is a syllable that Vietnamese can write.

    Its accents count: "đương" and "đường" are, "đuờng" and "cap" are not. Tone marks may stand as in "hoà".
    """
    marks = unicodedata.normalize("NFD", word)
    tones = [mark for mark in marks if mark in _TONE_MARKS]
    bare = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONE_MARKS))
    if len(tones) > 1 or bare not in _BODIES:
        return False
    return not bare.endswith(_STOPS) or tones in (["\u0301"], ["\u0323"])

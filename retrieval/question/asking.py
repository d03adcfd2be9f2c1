"""The thing that a question asks for, by the words that only ask.

Phrases count as typed with accents; without them too if the index holds no accented form of such a word.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from retrieval.text.analyzer import fold


def _phrases(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in [*text.split("|"), *fold(text).split("|")])


_ASKING = _phrases(
    "ai|là ai|ai là|gì|là gì|gì là|cái gì|điều gì|nào|thế nào|như thế nào|khi nào|lúc nào|đâu|ở đâu|mấy|"
    "nhiêu|bao nhiêu|bao nhiêu tiền|bao nhiêu đồng|mất bao nhiêu|hết bao nhiêu|tốn bao nhiêu|"
    "bao giờ|bao lâu|bao xa|tại sao|vì sao|làm sao|ra sao|"
    "nhiêu tiền|số gì|là số gì|cỡ nào|chừng nào|bữa nào|hôm nào|hồi nào|chỗ nào|"
    "ở mô|đi mô|tới mô|đến mô|từ mô|chỗ mô|nơi mô|bên mô|lúc mô|khi mô|bữa mô|hôm mô|"
    "hồi mô|ngày mô|cái mô|nhà mô|what time|how far|how old|"
    "bao nhiêu 1|nhiêu 1|bao nhiêu một|nhiêu một|tên gì|"
    "tên chi|theo chi|đem chi|giấy chi|cái chi|là chi|gồm chi|cần chi|làm chi|việc chi|mang chi|nộp chi|"
    "răng rứa|tại răng|vì răng|"
    "who|who is|whom|whose|what|what is|when|where|where is|which|why|how|how many|how much|how long"
)
# What asks for one kind of thing (``question.kind``), as far as its words stand side by side in few articles.
_ASKING_FOR_A_KIND = _phrases(
    "khi nào|bao giờ|lúc nào|bao nhiêu|bao lâu|bao xa|mấy|"
    "năm nào|ngày nào|tháng nào|thứ nào|giờ nào|thời gian nào|thời điểm nào|thế kỷ nào|giai đoạn nào|"
    "when|what time|what year|which year|how many|how much|how long|how old|"
    "ai|đâu|người nào|nơi nào|tỉnh nào|nước nào|quốc gia nào|thành phố nào|xã nào|phường nào|huyện nào|"
    "who|whom|whose|where"
)
_LONGEST = 3

# Words that people ask with: no slips of the fingers, even if no article holds them.
WORDS = frozenset(word for phrase in _ASKING for word in phrase)

# Neighbours that articles seldom hold and questions often do: how an unaccented "o dau" reads in a question.
PAIRS = frozenset(
    pair
    for phrases in [
        _ASKING,
        _ASKING_FOR_A_KIND,
        _phrases(
            "thầy nào|cô nào|ông nào|bà nào|bác sĩ nào|phòng nào|tầng nào|quầy nào|cổng nào|khoa nào|"
            "đường nào|phòng mấy|tầng mấy|quầy mấy|số mấy|ngày mấy|tên gì|từ đâu|đến đâu|do ai|của ai|"
            "bởi ai|lúc mấy giờ|thứ mấy|giấy gì|tờ gì|cần gì|mang gì|nộp gì"
        ),
    ]
    for phrase in phrases
    for pair in pairwise(phrase)
    if any(term != fold(term) for term in pair)
)


def asking(terms: Sequence[str]) -> set[str]:
    """Return those of the *terms* of a question, in its order, that stand in a phrase that only asks."""
    return {word for phrase in _runs(terms) if phrase in _ASKING for word in phrase}


def _runs(terms: Sequence[str]) -> Iterable[tuple[str, ...]]:
    for start in range(len(terms)):
        for end in range(start + 1, min(start + _LONGEST, len(terms)) + 1):
            yield tuple(terms[start:end])

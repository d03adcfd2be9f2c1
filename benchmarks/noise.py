"""Print how often the right article comes first when questions are typed as people type them.

    python -m benchmarks.noise [SUITE …]

Each kind of noise is done to the same questions, always in the same way, and what comes of it is asked of
Hỏi Báo and of rank-bm25 as in its README.
"""

import random
import re
import sys
import unicodedata
from collections.abc import Callable

from rich.console import Console
from rich.table import Table

from benchmarks.peers import ReadmeBM25
from benchmarks.shipped import shipped
from benchmarks.suites import EVAL_DIR, SUITES, Suite
from retrieval.indexing import writer
from retrieval.text.canonical import clean, without_accents

DEFAULT = ("xquad_vi", "zalo_person")  # they take seconds
QUESTIONS = 400  # of a suite, evenly spaced

# As in â ă ơ à á ả ã ạ.
_MARKS = ["\u0302", "\u0306", "\u031b", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
_TELEX = dict(zip(_MARKS, ["*", "w", "w", "f", "s", "r", "x", "j"], strict=True))  # *: the vowel again
_VNI = dict(zip(_MARKS, ["6", "8", "7", "2", "1", "3", "4", "5"], strict=True))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORT = {
    "không": "ko", "được": "dc", "với": "vs", "gì": "j", "như thế nào": "ntn", "bao nhiêu": "bn",
    "người": "ng", "những": "nhg", "trước": "trc", "biết": "bít", "ph": "f",
}  # fmt: skip

Noise = Callable[[str, random.Random], str]


def struck(question: str, keys: dict[str, str], stroke: str) -> str:
    """Return the keys struck for *question*: shapes behind their letter, tones behind their word."""

    def of_word(found: re.Match[str]) -> str:
        typed, tones = "", ""
        for part in unicodedata.normalize(
            "NFD", found[0].replace("đ", "d" + stroke).replace("Đ", "D" + stroke)
        ):
            if part not in keys:
                typed += part
            elif part in _MARKS[:3]:
                typed += typed[-1].lower() if keys[part] == "*" else keys[part]
            else:
                tones += keys[part]
        return typed + tones

    return re.sub(r"\w+", of_word, question)


def slipped(question: str, chance: random.Random) -> str:
    """Return *question* with one slip in one word of three letters or more."""
    words = [found for found in re.finditer(r"\w{3,}", question) if found[0].isalpha()]
    if not words:
        return question
    word = chance.choice(words)
    place = chance.randrange(word.start(), word.end() - 1)
    before, letter, following = question[:place], question[place], question[place + 1]
    behind = question[place + 2 :]
    [row] = [row for row in _ROWS if without_accents(letter).lower() in row] or [_ROWS[0]]
    at = row.find(without_accents(letter).lower())
    wrong = row[at - 1] if at > 0 else row[1]
    ways = [following + letter, following, letter + wrong + following, wrong + following]
    return before + chance.choice(ways) + behind


def half(question: str, chance: random.Random) -> str:
    """Return *question* with the accents of half of its words left out."""
    return " ".join(word if chance.random() < 0.5 else without_accents(word) for word in question.split(" "))


def glued(question: str, chance: random.Random) -> str:
    """Return *question* without one of its spaces."""
    words = question.split(" ")
    place = chance.randrange(max(1, len(words) - 1))
    return " ".join([*words[:place], "".join(words[place : place + 2]), *words[place + 2 :]])


def shortened(question: str, _: random.Random) -> str:
    """Return *question* with the shorthand of chats."""
    for word, short in _SHORT.items():
        question = re.sub(rf"\b{word}{'' if word == 'ph' else chr(92) + 'b'}", short, question)
    return question


KINDS: dict[str, Noise] = {
    "as written": lambda question, _: question,
    "no accents": lambda question, _: without_accents(question),
    "half the accents": half,
    "raw Telex": lambda question, _: struck(question, _TELEX, "d"),
    "raw VNI": lambda question, _: struck(question, _VNI, "9"),
    "one slip": slipped,
    "one slip, no accents": lambda question, chance: slipped(without_accents(question), chance),
    "two words glued": glued,
    "chat shorthand": shortened,
}


def main(names: list[str]) -> int:
    """Measure the suites with these names."""
    unknown = [name for name in names if name not in SUITES]
    if unknown:
        print(f"no suite {', '.join(unknown)}: choose from {', '.join(SUITES)}", file=sys.stderr)
        return 2
    table = Table("suite", "noise", "rank-bm25 r@1", "r@1")
    for name in names or DEFAULT:
        if SUITES[name].is_here:
            for row in _rows(SUITES[name]):
                table.add_row(name, *row)
    if not table.rows:
        print(f"nothing to measure: set EVAL_DIR to a folder of suites, not {EVAL_DIR}", file=sys.stderr)
        return 1
    Console(width=100).print(table)
    return 0


def _rows(suite: Suite) -> list[tuple[str, str, str]]:
    articles = suite.articles()
    peer = ReadmeBM25([(article.title, article.body) for article in articles])
    engine = shipped(writer.build(articles, generation=0))
    questions = [question for question in suite.questions() if not question.unanswerable]
    questions = questions[:: max(1, len(questions) // QUESTIONS)]
    rows: list[tuple[str, str, str]] = []
    for kind, noise in KINDS.items():
        theirs = ours = 0
        for number, question in enumerate(questions):
            text = noise(clean(question.text), random.Random(number))  # the same every time
            theirs += articles[peer.rank(text, 1)[0]].id in question.relevant
            ours += any(hit.article.id in question.relevant for hit in engine.ask(text, limit=1).hits)
        rows.append((kind, f"{theirs / len(questions):.3f}", f"{ours / len(questions):.3f}"))
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Papers that an article wants to see, which it tells nothing more of.

Whoever asks what a birth certificate takes is not answered by a school that wants a copy of one.
"""

import numpy as np
import regex

from retrieval.answering.headings import Run
from retrieval.question.kind import Kind, kinds_asked, kinds_named
from retrieval.ranking.foremost import Foremost
from retrieval.text.analyzer import terms

ABOUT = 0.5  # 0..1: of the subject, what a title says that is about it
_PAPER = regex.compile(
    r"(?<!\b(?:có|bằng|với|theo) )\b(?:giấy|thẻ|sổ|bằng|phiếu|hộ chiếu|căn cước|học bạ|đơn)"
    r"(?! (?:gì|nào|tờ|mời)\b) \p{L}+|certificate",
    regex.IGNORECASE,
)
_WANTED = regex.compile(
    r"\b(?:kèm|mang|đem|gồm|xuất trình|bổ sung|bản sao|bản chính|bring|include|show)\b", regex.IGNORECASE
)


def is_enclosed(best: Foremost, runs: list[Run], above: dict[Run, Run]) -> bool:
    """Tell whether the papers for something are asked for that the *best* article wants itself as a paper.

    *runs* are the sentences of its body, *above* the headings over them.
    """
    question = best.query.understood_as
    if Kind.PAPERS not in kinds_asked(question) or not _PAPER.search(question):
        return False
    if best.subject @ best.by_title >= ABOUT:
        return False
    body = best.article.body
    keys = [best.index.keys_of(terms(body[slice(*run)])).astype(np.int32) for run in runs]
    said = [float(best.subject @ best.wanted.filled(sentence)) for sentence in keys]
    most = max(said, default=0.0)
    telling = [run for run, share in zip(runs, said, strict=True) if share == most]
    return most > 0 and all(_wants(best, body, run, above) for run in telling)


def _wants(best: Foremost, body: str, run: Run, above: dict[Run, Run]) -> bool:
    """Tell whether a sentence wants to see what it says of the subject."""
    if Kind.PAPERS in kinds_named(body[slice(*above.get(run, (0, 0)))]):
        return True
    wanted = _WANTED.search(body, *run)
    if wanted is None:
        return False
    before = best.index.keys_of(terms(body[run[0] : wanted.end()])).astype(np.int32)
    behind = best.index.keys_of(terms(body[wanted.end() : run[1]])).astype(np.int32)
    filled = best.wanted.filled
    return float(best.subject @ filled(behind)) > float(best.subject @ filled(before))

"""Papers that an article wants to see, which it tells nothing more of.

Whoever asks what a birth certificate takes is not answered by a school that wants a copy of one.
"""

import numpy as np
import regex

from retrieval.answering.headings import Run
from retrieval.index.scoring import Scores
from retrieval.question.kind import Kind, kinds_asked, kinds_named
from retrieval.ranking.foremost import Foremost
from retrieval.text.analyzer import terms

ABOUT = 0.5  # 0..1: of the subject, what a title says that is about it
ABOUT_MOSTLY = 0.6  # the same if no paper is named
_PAPER = regex.compile(
    r"(?<!\b(?:có|bằng|với|theo) )\b(?:giấy|thẻ|sổ|bằng|phiếu|hộ chiếu|căn cước|học bạ|đơn)"
    r"(?! (?:gì|nào|tờ|mời)\b) \p{L}+|certificate",
    regex.IGNORECASE,
)
_END = regex.compile(r"[,.;:\n]")
_WANTED = regex.compile(
    r"\b(?:kèm|mang|đem|gồm|xuất trình|bổ sung|bản sao|bản chính|bring|include|show)\b", regex.IGNORECASE
)


def is_enclosed(best: Foremost, runs: list[Run], above: dict[Run, Run]) -> bool:
    """Tell whether the papers for something are asked for that the *best* article wants itself as a paper.

    *runs* are the sentences of its body, *above* the headings over them.
    """
    question = best.query.understood_as
    if Kind.PAPERS not in kinds_asked(question):
        return False
    is_of_paper = _PAPER.search(question) is not None
    told = best.subject if is_of_paper else best.subject * (1 - best.by_title)
    if best.titled >= (ABOUT if is_of_paper else ABOUT_MOSTLY):
        return False
    if not is_of_paper and _titles_rarest(best):
        return False
    body = best.article.body
    said = [float(told @ _filled(best, body[slice(*run)])) for run in runs]
    most = max(said, default=0.0)
    telling = [run for run, share in zip(runs, said, strict=True) if share == most]
    if most == 0 or not all(_wants(best, body, run, above) for run in telling):
        return False
    papers = (paper for run in telling for paper in _PAPER.finditer(body, *run))
    return is_of_paper or any(
        told @ _filled(best, _END.split(body[paper.start() :], 1)[0]) for paper in papers
    )


def _titles_rarest(best: Foremost) -> bool:
    """Tell whether the title says the rarest word of the subject: what others share tells nothing."""
    named = [slot for slot, names in enumerate(best.about.names) if names]
    held = [int(best.index.document_frequency(word.keys).sum()) for word in best.query.words]
    return bool(named) and bool(best.by_title[min(named, key=held.__getitem__)])


def _wants(best: Foremost, body: str, run: Run, above: dict[Run, Run]) -> bool:
    """Tell whether a sentence wants to see what it says of the subject."""
    if Kind.PAPERS in kinds_named(body[slice(*above.get(run, (0, 0)))]):
        return True
    wanted = _WANTED.search(body, *run)
    if wanted is None:
        return False
    before, behind = body[run[0] : wanted.end()], body[wanted.end() : run[1]]
    return float(best.subject @ _filled(best, behind)) > float(best.subject @ _filled(best, before))


def _filled(best: Foremost, text: str) -> Scores:
    return best.wanted.filled(best.index.keys_of(terms(text)).astype(np.int32))

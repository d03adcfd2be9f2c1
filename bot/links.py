"""URLs of hits and articles: the article's own page at the sentence, or a deep link into the chat."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote as percent_encoded

from bot.buttons import ArticleSpot, HitRef
from retrieval.answer import Hit
from retrieval.article import Article, file_of, web_url
from retrieval.text.sentence import sentences

_WORD = re.compile(r"[^ ，、；：]*[^\W_][^ ，、；：]*")  # scripts without spaces: a clause
_EXACT_LENGTH = 60  # characters; up to here the whole quote goes into the URL
_EDGE_WORDS = 5  # of a longer one, so many words at either end: enough to be unique on a page
_PAYLOAD = re.compile(r"(?P<key>[0-9a-f]{16})-(?P<start>[0-9]{1,9})", re.ASCII)
# A deep link holds 64 characters, a question more. So the link that carries a question from an inline query
# into the private chat holds a key, and the question is a note of the person's.
CARRIED = re.compile(r"\A/start(?:@\w+)? ask-(?P<key>[0-9a-f]{16})\Z", re.ASCII)  # what opening it sends


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """URLs from a hit to its article."""

    username: str | None  # the bot's on Telegram; None in the terminal

    @property
    def is_telegram(self) -> bool:
        """Whether the answer is shown on Telegram, where it can be judged and followed."""
        return self.username is not None

    @property
    def chat(self) -> str | None:
        """The URL of the private chat with the bot."""
        return None if self.username is None else f"https://t.me/{self.username}"

    def of(self, hit: Hit) -> str:
        """Return a URL that leads to the excerpt of *hit*.

        The article's own page at the sentence that answers best; without a page, a deep link that opens the
        article in the chat; without a bot, the file or address it was read from.
        """
        url = web_url(hit.article.url)
        if url is not None:
            start, end = best_sentence(hit)
            return fragment_url(url, hit.article.body[start:end])
        return self._without_url(hit.article, spot_of(hit))

    def to(self, article: Article) -> str:
        """Return a URL that leads to the beginning of *article*, in the same way."""
        return web_url(article.url) or self._without_url(article, ArticleSpot(article.key, 0))

    def _without_url(self, article: Article, spot: ArticleSpot) -> str:
        if self.chat is not None:
            return f"{self.chat}?start={spot.payload}"
        if web_url(article.origin) is not None:
            return article.origin
        return Path(file_of(article.origin)).absolute().as_uri()


@lru_cache(maxsize=16)  # of one hit it is asked several times
def best_sentence(hit: Hit) -> tuple[int, int]:
    """Return (start, end) of the excerpt's sentence with most highlighted characters; the first of equals."""
    body, excerpt = hit.article.body, hit.excerpt

    def highlighted(sentence: tuple[int, int]) -> int:
        start, end = sentence
        return sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in excerpt.highlights)

    whole = (excerpt.start, excerpt.end)
    return max(sentences(body, excerpt.start, excerpt.end), key=highlighted, default=whole)


def spot_of(hit: Hit, back: HitRef | None = None) -> ArticleSpot:
    """Return the spot of the sentence that answers best."""
    return ArticleSpot(hit.article.key, best_sentence(hit)[0], back=back)


def fragment_url(url: str, quote: str) -> str:
    """Return *url* with a text fragment that scrolls to *quote*, a text within one paragraph.

    A long quote goes in by its first and last words. A text fragment the URL already has is replaced;
    another fragment stays. A quote without a letter or digit leaves the URL as it is.
    See https://wicg.github.io/scroll-to-text-fragment/.
    """
    quote = _bare(" ".join(quote.split()))
    if not quote:
        return url
    words = list(_WORD.finditer(quote))
    edge = min(_EDGE_WORDS, len(words) // 2)
    if len(quote) <= _EXACT_LENGTH or edge == 0:
        directive = _encoded(quote)
    else:
        first, last = quote[: words[edge - 1].end()], quote[words[-edge].start() :]
        directive = f"{_encoded(first)},{_encoded(last)}"
    page, mark, fragment = url.partition("#")
    fragment = fragment.partition(":~:")[0]
    return f"{page}{mark or '#'}{fragment}:~:text={directive}"


def _encoded(text: str) -> str:
    # Browsers match whole words: marks at the ends only make a match less likely. The encoder leaves
    # "-" as it is, but in a text directive it marks a prefix or suffix.
    return percent_encoded(_bare(text), safe="").replace("-", "%2D")


def _bare(text: str) -> str:
    """Return *text* from its first letter or digit to its last, with the marks that belong to that."""
    start, end = 0, len(text)
    while start < end and not _is_kept(text[start]):
        start += 1
    while start < end and not _is_kept(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_kept(c: str) -> bool:
    return c.isalnum() or unicodedata.category(c)[0] == "M"


def parse_payload(text: str) -> ArticleSpot | None:
    """Return the spot in a deep link's payload; None for any other text."""
    match = _PAYLOAD.fullmatch(text)
    return ArticleSpot(match["key"], int(match["start"])) if match else None


def carried_key(question: str) -> str:
    """Return the key of *question*: always the same, so that typing it again needs no second note."""
    return hashlib.sha256(question.encode()).hexdigest()[:16]


def carried_payload(key: str) -> str:
    """Return the payload of the link; opening it sends what ``CARRIED`` matches."""
    return f"ask-{key}"

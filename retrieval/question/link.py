"""Find a pasted link in a question, and tell whether another address leads to the same page.

A link is copied from an address bar, a share button or a chat: with or without its scheme and "www.", with
what counts visitors behind it ("fbclid"), a text fragment, a slash at the end.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from retrieval.question.length import end_of
from retrieval.question.parts import parts
from retrieval.question.roles import Role
from retrieval.text.analyzer import fold, terms
from retrieval.text.canonical import closed_up

_LINK = re.compile(
    r"""(?<![\w@./-])(?P<scheme>https?://)?
    (?P<host>(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])(?::\d+)?
    (?P<path>/[^\s<>"“”]*)""",
    re.VERBOSE | re.IGNORECASE,
)
_MARKS = ".,;:!?)]}>'»”…"
_FRONTS = ("www.", "m.", "amp.", "mobile.")
_COUNTING = re.compile(
    r"(?:utm_|mc_|_ga|_gl|hsa_|pk_|mtm_|zalo).*|[a-z]*clid|igsh(?:id)?|si|ref|ref_src|zarsrc|shared?|from|source",
    re.IGNORECASE,
)
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
# Words that ask for the article itself, without accents.
_SPELLED = (
    "bai bao viet tin nay do kia noi ve gi cai link trang duong dan url dung y chinh tom tat gium giup dum "
    "ho xem coi doc ke mo lai giai thich tim hieu la co vay z the nhi a ah ak ne nhe nha voi cho minh toi em "
    "anh chi ad admin bot ban oi hoi da xin chao di duoc dc khong ko k hong hok sao nhu nao j dang gui thu "
    "nua ha hen this article page news what is it about does say summarize summarise summary please the me "
    "for of read can you show tell explain"
)
_ABOUT = frozenset(_SPELLED.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that a question holds."""

    url: str
    rest: str  # the question without it
    is_sure: bool  # False: without its scheme it may as well be words with a stroke between them

    @property
    def name(self) -> str:
        """The part of its path by which to look for other spellings of the same address."""
        segments = [segment for segment in urlsplit(self.url).path.split("/") if segment]
        return unquote(segments[-1]) if segments else ""

    @property
    def asks_more(self) -> bool:
        """Whether the rest asks for something that the page says, not for the page."""
        return any(fold(word) not in _ABOUT for word in terms(end_of(self.rest)))

    @property
    def stands_alone(self) -> bool:
        """Whether the rest can be asked without the page: it names a subject."""
        subjects = (part for part in parts(end_of(self.rest)) if part.kind is Role.SUBJECT)
        return any(fold(word) not in _ABOUT for part in subjects for word in part.terms)

    def leads_to(self, url: str) -> bool:
        """Tell whether *url* is the address of the same page."""
        mine, other = _address(self.url), _address(url)
        if mine is None or other is None or mine[:2] != other[:2]:
            return False
        return other[2] <= mine[2]  # what is not known to count visitors may do so too


def link_in(text: str) -> Link | None:
    """Return the first link of *text*, which is clean, to a page of a site; None if there is none."""
    for match in _LINK.finditer(text):
        written = match[0].rstrip(_MARKS)
        url = written if match["scheme"] else f"https://{written}"
        if not _path(url):
            continue
        rest = closed_up(f"{text[: match.start()]} {text[match.start() + len(written) :]}")
        return Link(url=url, rest=rest, is_sure=bool(match["scheme"]))
    return None


def _path(url: str) -> str:
    """Return the path of *url* without slashes; "" if it is no address."""
    try:
        return urlsplit(url).path.strip("/")
    except ValueError:
        return ""


def _address(url: str) -> tuple[str, str, frozenset[tuple[str, str]]] | None:
    """Return host, path and what its query asks for, spelled in one way; None if it is no address."""
    try:
        split = urlsplit(url)
        host = (split.hostname or "").lower()
    except ValueError:
        return None
    for front in _FRONTS:
        host = host.removeprefix(front)
    path = _INDEX.sub("", unquote(split.path)).rstrip("/")
    asked = parse_qsl(split.query, keep_blank_values=True)
    return host, path, frozenset((key, value) for key, value in asked if not _COUNTING.fullmatch(key))

"""The authors of a page's article: what is printed counts before what the head declares; never "Admin"."""

from collections.abc import Sequence

import regex

from retrieval.readers.around import byline
from retrieval.readers.page.blocks import Block
from retrieval.readers.page.body import key
from retrieval.readers.page.chrome import named
from retrieval.readers.page.declared import Declared
from retrieval.readers.page.titles import names_of_site

MAX_NAME_LENGTH = 80  # characters of a printed name
BYLINE_ABOVE = 10  # blocks above the text among which a byline is sought
BYLINE_BELOW = 6  # blocks below it

_NOBODY = regex.compile(
    r"""(?:super\ ?user|admin\w*|administrator|root|user\d*|editor\d*|web\ ?master|quan\ ?tri(?:\ ?vien)?
    |quản\ trị(?:\ (?:viên|hệ\ thống|web(?:site)?))?
    |biên\ tập(?:\ viên)?|bbt|ban\ biên\ tập|btv|guest|anonymous|unknown|nobody|host|system|sysadmin
    |default|test\w*|demo|portal|website|cms|staff|author|tác\ giả|người\ đăng|không\ rõ|n/a|none|null
    |undefined|nukeviet|joomla\w*|wordpress|.*\bonline)""",
    regex.IGNORECASE | regex.VERBOSE,
)
_ADDRESS = regex.compile(r"https?://|www\.|@|^\S+\.(?:vn|com|net|org|gov|edu|info)\b", regex.IGNORECASE)
_LABEL = regex.compile(
    r"^(?:được\ (?:viết|đăng)\ bởi|viết\ bởi|đăng\ bởi|người\ (?:đăng|viết)|tác\ giả|written\ by"
    r"|posted\ by|by|von|por|bởi|theo)\b\s*:?\s*",
    regex.IGNORECASE,
)
_NAME = regex.compile(
    r"(?<![a-z])(?:author|authors|byline|by-?line|tac-?gia|nguoi-?viet|writer|creator|createdby"
    r"|journalist)(?:-?(?:name|info|detail|text|link))?(?![a-z])"
)
_MARKED = regex.compile(
    r"(?<![\w-])(?:fn|username|author(?:-name)?|post-author|tac-gia)(?![\w-])|(?<=\w-)author(?![\w-])"
)
_AT_RIGHT = regex.compile(r"^right\b|text-align:\s*(?:right|end)", regex.IGNORECASE)
_BY = regex.compile(r"(?i:by|von|por|par|door|bởi):?\s+(\p{Lu}.*)")
_AND = regex.compile(r"\s*,\s+(?:and\s+)?|\s+(?:and|und|og|y|et|và|&)\s+")
_PREFIX = regex.compile(r"^(?:báo|tạp\ chí|trang|cổng|đài|website)\ ", regex.IGNORECASE)


def author(declared: Declared, said: str | None, marked: str | None = None) -> str | None:
    """Return the author that a line at the article *said*, the head declares, or an element is *marked* with.

    What is only marked may be a box about anything, so a person whom the head names counts before it.
    """
    sites = names_of_site(declared)
    sites |= {key(_PREFIX.sub("", part)) for text in declared.headings for part in _tails(text)}
    groups = (
        [name for text in names for name in _people(text) if is_somebody(name, sites)]
        for names in declared.authors
    )
    # Some declare a name once more, as it stands in an address.
    people = list({key(name): name for name in reversed(next(filter(None, groups), []))}.values())[::-1]
    if said and is_somebody(said, sites):
        is_one_of_them = len(people) > 1 and key(said) in map(key, people)
        return ", ".join(people) if is_one_of_them else said
    if marked and is_somebody(marked, sites) and not any(map(_is_person, people)):
        return marked
    return ", ".join(people) or None


def is_somebody(name: str, sites: set[str]) -> bool:
    """Tell whether *name* can be that of an author, rather than of an account or of the site."""
    plain = name.strip(" .,-–")
    if len(plain) > 2 * MAX_NAME_LENGTH or not any(map(str.isalpha, plain)) or plain.startswith("("):
        return False
    if _NOBODY.fullmatch(plain) or _ADDRESS.search(plain):
        return False
    return key(plain) not in sites and key(_PREFIX.sub("", plain)) not in sites


def printed(blocks: Sequence[Block], begin: int, end: int) -> tuple[str | None, str | None]:
    """Return the name that a line beside the article says, and the one in an element made for names."""
    below = range(end + 1, min(len(blocks), end + 1 + BYLINE_BELOW))
    above = range(begin - 1, max(-1, begin - 1 - BYLINE_ABOVE), -1)
    marked = None
    for number in (*above, *below):
        block = blocks[number]
        if len(block.text) > MAX_NAME_LENGTH:
            continue
        if name := byline.person(block.text) or _said(block.text):
            return name, None
        if number == end + 1 and _is_at_right(block) and byline.is_person(block.text):
            return str(block.text), None
        marked = marked or _marked(block) or _named(block)
    return None, marked


def _said(text: str) -> str | None:
    """Return the people in a line like "By Lan Anh and Minh Tú"."""
    match = _BY.fullmatch(text)
    names = _AND.split(match[1]) if match else []
    return ", ".join(names) if names and all(map(_is_person, names)) else None


def _named(block: Block) -> str | None:
    """Return the name that *block* is, if the page calls it or what is around it an author's."""
    names = " ".join(named(e) for e in (block.element, block.element.getparent()) if e is not None)
    inner = " ".join(named(child) for child in block.element.iter() if child is not block.element)
    name = _LABEL.sub("", block.text).strip(" :|-–") if _NAME.search(f"{names} {inner}") else ""
    return name if byline.is_somebody(name) or _is_person(name) else None


def _is_person(name: str) -> bool:
    return byline.is_person(name.title() if name.isupper() else name)


def _marked(block: Block) -> str | None:
    """Return the name in the part of *block* that is marked as an author's."""
    for element in block.element.iter():
        if element is not block.element and _MARKED.search(f"{named(element)} {element.get('rel') or ''}"):
            name = _LABEL.sub("", " ".join("".join(element.itertext()).split())).strip(" ,:|-–")
            if byline.is_somebody(name):
                return name
    return None


def _is_at_right(block: Block) -> bool:
    """Tell whether *block* stands where a text is signed."""
    around = (block.element, block.element.getparent())
    looks = " ".join(f"{e.get('align')} {e.get('style')}" for e in around if e is not None)
    return _AT_RIGHT.search(looks) is not None


def _people(text: str) -> list[str]:
    """Return those whom a declared author names: some declare several as one."""
    names = [name for part in regex.split(r"\s*[;|]\s*", text) if (name := _LABEL.sub("", part).strip())]
    pairs = (_AND.split(name) for name in names)
    return [
        person
        for name, pair in zip(names, pairs, strict=True)
        for person in (pair if all(map(_is_person, pair)) else [name])
    ]


def _tails(text: str) -> list[str]:
    parts = regex.split(r"\s+[-–|]\s+", text)
    return parts[1:]

"""The title of a page: what its head declares and what it prints, without the name of its site."""

from collections.abc import Iterator, Sequence
from itertools import islice

import regex

from retrieval.readers.page.blocks import Block
from retrieval.readers.page.body import key
from retrieval.readers.page.chrome import named
from retrieval.readers.page.declared import Declared, host
from retrieval.readers.page.offices import is_office, is_site_name
from retrieval.readers.page.tree import Element

MAX_TITLE_LENGTH = 300  # characters
MIN_TITLE_WORDS = 3  # of a title that nothing but its place makes one
MAX_TITLE_LINKED = 0.9  # 0..1 of a title; more of it is a link to somewhere else
MAX_TITLE_PARTS = 100  # of a line of text that are looked at
TITLE_SLACK = 5  # characters of blanks and marks beside a block in its element
MIN_CUT = 12  # letters and digits of a title that a longer one begins with
CUT = 20  # letters and digits in which a title and its shortened form are the same
MAX_ABOVE = 3  # blocks, such as the date, between a heading and the text
MAX_STRENGTH = 3  # of an <h1>
SURE_TITLE = 2  # strength, see ``_strength``, of a heading that counts before the page's <title>

_BETWEEN = regex.compile(r"\s+(?:[-–—|•·»›/:]|::|>|&gt;|<|\|\|)\s+|\s*(?:[|›]|(?<!«[^«»]*)»)\s*|\s+>\s*")
_TITLE_NAME = regex.compile(
    r"(?<![a-z])(?:title|headline|heading|tieu-?de|ten-?bai)(?:-?(?:news|detail|article|post|page"
    r"|entry|tin|bai|content|main))?(?![a-z])"
    r"|(?<![a-z])(?:news|detail|article|post|entry|tin|bai-viet)-?(?:title|name"
    r"|headline)(?![a-z])|lbl-?title|lbl-?tieu-?de"
)
_BOX_NAME = regex.compile(
    r"(?<![a-z])(?:portlet|widget|box|block|module|panel|sidebar|topper|site|logo|brand|menu|nav"
    r"|header-?top)(?![a-z])"
)
_HEAD_NAME = regex.compile(r"(?<![a-z])(?:topper|logo|brand|site|menu|nav|header-?top|sidebar)(?![a-z0-9-])")
# Names of pages, not of articles.
_GENERIC = regex.compile(
    r"""(?:chi\ tiết(?:\ (?:tin|tin\ tức|bài(?:\ viết)?|văn\ bản|thông\ báo|nội\ dung|sự\ kiện))?
    |xem\ (?:tin|chi\ tiết)
    |tin\ tức(?:\ (?:[-–]|và)?\ ?sự\ kiện)?|tin(?:\ (?:hoạt\ động|mới|chi\ tiết|trong\ (?:nước|tỉnh|xã)))?
    |sự\ kiện|hoạt\ động|bài\ viết|bản\ tin
    |thông\ báo|văn\ bản|nội\ dung
    |thông\ tin(?:\ chi\ tiết|\ (?:về\ )?văn\ bản)?|trang\ (?:chủ|nhất|tin)|giới\ thiệu
    |home(?:\ page)?|news(?:\ details?)?|details?|article|page|default(?:\ title)?
    |untitled(?:\ (?:document|page))?|index|document|view|display|portal|main
    |\d+[\w.]*[./-]\p{Lu}[\p{Lu}\d.Đđ-]*|new\ page\ \d*|no\ title|trang\ không\ có\ tiêu\ đề|tài\ liệu
    |microsoft\ word\ -.*|.*\.(?:docx?|aspx?|html?|pdf))""",
    regex.IGNORECASE | regex.VERBOSE,
)
_PLACE = regex.compile(
    r"(?i:phường|xã|thị trấn|thị xã|huyện|quận|tỉnh|thành phố|sở|phòng)(?: \p{Lu}\p{L}*){1,4}"
)
_HOME = regex.compile(r"(?:https?://[^/]+)?/?(?:(?:index|default|home)\.\w{3,5})?|\./", regex.IGNORECASE)
_SITE = regex.compile(
    r"""(?:(?:cổng|trang)\ (?:thông\ tin|tin|ttđt)|website|trang\ chủ|portal|báo|tạp\ chí|đài|ubnd
    |u[ỷy]\ ban|ủy\ ban|công\ thông\ tin)\b""",
    regex.IGNORECASE | regex.VERBOSE,
)


def is_generic(text: str) -> bool:
    """Tell whether *text* names a kind of page ("Chi tiết tin") and no article."""
    return len(text) <= MAX_TITLE_LENGTH and bool(_GENERIC.fullmatch(text.strip()))


def parts(text: str) -> Iterator[str]:
    """Yield *text* and every run of its parts between strokes, longest first."""
    cuts = [(m.start(), m.end()) for m in _BETWEEN.finditer(text)][:8]
    begins = [0, *(end for _, end in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    runs = [(i, j) for i in range(len(begins)) for j in range(i, len(ends))]
    for i, j in sorted(runs, key=lambda run: (run[0] - run[1], run[0])):
        yield text[begins[i] : ends[j]].strip()


def names_of_site(declared: Declared) -> set[str]:
    """Return the keys of what the page calls its site, publisher and host."""
    names = {key(name) for name in declared.sites}
    name = host(declared.addresses)
    names |= {key(name), key(name.rpartition(".")[0]), key(name.split(".")[0])}
    return names - {""}


def is_site(text: str, sites: set[str]) -> bool:
    """Tell whether *text* is the name of the site, as far as anybody can tell."""
    own = key(text)
    if _PLACE.fullmatch(text.strip()):
        return True
    return own in sites or key(_SITE.sub("", text)) in sites or is_site_name(text)


def title(declared: Declared, blocks: Sequence[Block], begin: int) -> tuple[str | None, int | None]:
    """Return the title, and the number of the block that prints it; ``None`` for what the page lacks.

    *blocks* are all of the page, *begin* is the number of the first one of the article.
    """
    sites = names_of_site(declared) | _banners(declared, blocks)
    text, position = _said(declared, blocks, begin, sites)
    number = _below_office(text, declared, blocks, begin, sites) if text else None
    return (text, position) if number is None else (blocks[number].text, number)


def _said(
    declared: Declared, blocks: Sequence[Block], begin: int, sites: set[str]
) -> tuple[str | None, int | None]:
    """Return the title that the page declares or marks, and its number."""
    printed = _printed(blocks, begin)
    by_key: dict[str, int] = {}
    for block_number in printed:
        by_key.setdefault(key(blocks[block_number].text), block_number)
    for text in (*declared.titles, *declared.headings):
        for part in parts(text):
            position = by_key.get(key(part))
            if position is None or is_generic(part) or key(part) in sites:
                continue
            if not (is_site(part, sites) and blocks[position].link_share > MAX_TITLE_LINKED):  # a logo
                return blocks[position].text, position
    strong = [
        number for number in printed if _strength(blocks[number]) and _names(blocks[number].text, sites)
    ]
    for text in declared.titles:
        said = _without_site(text, sites)
        if _names(said, sites):
            return _longer(said, blocks, strong)
    for text in declared.headings:
        said = _without_site(text, sites)
        # A page's <title> is often that of the whole site: a strong heading counts before it.
        is_printed = key(said) in {key(block.text) for block in blocks}
        if _names(said, sites) and (is_printed or not strong or _strength(blocks[strong[0]]) < SURE_TITLE):
            if strong and len(key(said)) >= MIN_CUT and key(blocks[strong[0]].text).startswith(key(said)):
                return blocks[strong[0]].text, strong[0]  # the printed one says more
            return said, next((n for n, b in enumerate(blocks[:begin]) if key(b.text) == key(said)), None)
    # That a heading looks like the name of a site is a guess: a page has nothing better in its place.
    last = strong or [
        n for n in printed if _strength(blocks[n]) == MAX_STRENGTH and _is_own(blocks[n], sites)
    ]
    return (blocks[last[0]].text, last[0]) if last else (None, None)


def over(blocks: Sequence[Block], line: int | None) -> tuple[str | None, int | None]:
    """Return the title of a page that marks none, and its number: the words over its date *line*."""
    block = blocks[line - 1] if line else None
    if block is None or line is None or block.link_share > MAX_TITLE_LINKED:
        return None, None
    is_title = len(block.text.split()) >= MIN_TITLE_WORDS and len(block.text) <= MAX_TITLE_LENGTH
    return (block.text, line - 1) if is_title and not is_generic(block.text) else (None, None)


def _names(text: str, sites: set[str]) -> bool:
    """Tell whether *text* can be the name of an article."""
    return bool(text) and not is_generic(text) and not is_site(text, sites)


def _is_own(block: Block, sites: set[str]) -> bool:
    return not is_generic(block.text) and key(block.text) not in sites


def _banners(declared: Declared, blocks: Sequence[Block]) -> set[str]:
    """Return the keys of what the page prints as a link to its first page, or repeats in every <title>."""
    printed = {key(block.text) for block in blocks if _leads_home(block)}
    repeated = {
        key(text)
        for text in declared.titles
        if is_office(text) and any(text in list(parts(heading))[1:] for heading in declared.headings)
    }
    return printed | repeated


def _below_office(
    title: str, declared: Declared, blocks: Sequence[Block], begin: int, sites: set[str]
) -> int | None:
    """Return the number of the heading right above the text, if *title* is the office that all pages name."""
    keys = {key(text) for text in (title, *declared.titles, *declared.headings)}
    if len(keys) != 1 or not (is_office(title) or is_site(title, sites)):
        return None
    for number in range(min(begin, len(blocks) - 1), max(-1, begin - MAX_ABOVE - 1), -1):
        block = blocks[number]
        if (
            not _strength(block)
            or block.text.endswith(".")
            or key(block.text) in keys
            or not _names(block.text, sites)
        ):
            continue
        is_one_of_many = any(
            other.tag == block.tag and named(other.element) == named(block.element)
            for other in blocks[number + 1 :]
            if other.link_share <= MAX_TITLE_LINKED
        )
        is_title = len(block.text.split()) >= MIN_TITLE_WORDS and len(block.text) <= MAX_TITLE_LENGTH
        return number if is_title and not is_one_of_many else None
    return None


def _longer(said: str, blocks: Sequence[Block], strong: Sequence[int]) -> tuple[str, int | None]:
    """Return the declared title, or the printed one if that goes on where the declared one is cut."""
    if not strong or key(said)[:CUT] != key(blocks[strong[0]].text)[:CUT]:
        return said, None
    return max(said, blocks[strong[0]].text, key=len), strong[0]


def _printed(blocks: Sequence[Block], begin: int) -> list[int]:
    """Return the numbers of the blocks that may be the title, best first: headings nearest above the text."""
    numbers = [
        n
        for n, block in enumerate(blocks[: begin + 3])
        if len(block.text) <= MAX_TITLE_LENGTH and _may_head(block)
    ]
    return sorted(numbers, key=lambda n: (-_strength(blocks[n]), abs(begin - n)))


def _may_head(block: Block) -> bool:
    return bool(_strength(block)) or block.tag in ("h1", "h2", "h3", "h4", "p", "div", "td", "span", "li")


def _strength(block: Block) -> int:
    """Return 0..3: how much the page says that this block is a title."""
    element = block.element
    names = named(element)
    inside = element.iter() if _is_alone(block) else _saying(block)
    inner = " ".join(named(child) for child in inside if child is not element)
    around = element.getparent()
    if (
        _leads_home(block)
        or _BOX_NAME.search(names)
        or (around is not None and _HEAD_NAME.search(named(around)))
    ):
        return 0
    if block.tag == "h1" or element.get("itemprop") == "headline":
        return MAX_STRENGTH
    if block.link_share > MAX_TITLE_LINKED:
        return 0
    if _TITLE_NAME.search(names) or _TITLE_NAME.search(inner):
        return 2
    return 1 if block.tag in ("h2", "h3") else 0


def _leads_home(block: Block) -> bool:
    """Tell whether *block* is a link to the site's first page: its name, as on blogs."""
    if block.link_share <= MAX_TITLE_LINKED:
        return False
    links = (*block.element.iter("a"), *block.element.iterancestors("a"))
    return any(_HOME.fullmatch((link.get("href") or "").strip()) for link in links)


def _saying(block: Block) -> Iterator[Element]:
    """Yield the parts of a line of text in the element of *block* that hold the text and nothing else."""
    own = key(block.text)
    for child in islice(block.element.iter("span", "b", "strong", "font", "label"), MAX_TITLE_PARTS):
        if key("".join(islice(child.itertext(), MAX_TITLE_PARTS))) == own:
            yield child


def _is_alone(block: Block) -> bool:
    """Tell whether the element of *block* holds nothing else."""
    length = sum(len(text.strip()) for text in block.element.itertext())
    return length <= len(block.text) + TITLE_SLACK


def _without_site(text: str, sites: set[str]) -> str:
    """Return *text* without the name of the site before or behind it."""
    cuts = list(_BETWEEN.finditer(text))
    while cuts:
        last, first = cuts[-1], cuts[0]
        mark = last[0].strip()
        if is_site(text[last.end() :], sites) or (
            mark in "|»›" and len(text[: last.start()]) > len(text[last.end() :])
        ):
            text = text[: last.start()].strip()
        elif is_site(text[: first.start()], sites) or is_generic(text[: first.start()].strip()):
            text = text[first.end() :].strip()
        elif is_generic(text[last.end() :].strip()):
            text = text[: last.start()].strip()
        else:
            break
        cuts = list(_BETWEEN.finditer(text))
    return text[:MAX_TITLE_LENGTH]


def is_letterhead(text: str) -> bool:
    """Tell whether *text* is the name of an office rather than of its letter."""
    return bool(
        regex.match(r"(?:u[ỷy] ban|ủy ban|ubnd|hội đồng|cộng h(?:òa|oà) xã hội)\b", text, regex.IGNORECASE)
    )

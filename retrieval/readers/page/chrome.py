"""Everything around the article of a page: menus, boxes, counters, comments, the page's foot."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

import regex

from retrieval.readers.page.tree import Element, Measure, drop, measures, tag_of

MAX_SHARE = 0.4  # 0..1 of the page's text outside links; an element with more is no box, whatever its name
MAX_SURE = 0.95  # 0..1, of what can hardly be anything else: a page may show little beside its foot
MAX_NAME = 300  # characters of a class or an id
MIN_HEADING = 12  # letters and digits of a heading that can be no other one
MIN_BELOW_TITLE = 500  # characters outside links of what can be an article below its heading
RUN = 5  # words that stand behind each other in a copy, too
# 0..1 of the runs of words of a hidden text that the page shows elsewhere, beside its metadata
MIN_COPIED = 0.35
MAX_READINGS = 4  # of all text, to compare what is hidden: a page can hide a thousand texts in each other
MAX_HIDDEN = 300  # characters; a longer hidden text is an article folded up
MIN_ANSWER = 30  # characters of a hidden answer
MAX_ANSWER_LINKED = 0.5  # 0..1 of its text
MIN_ANSWERS = 3  # of one kind; fewer hidden sentences are notes and messages

_TAGS = frozenset(["nav", "footer", "aside", "menu"])
_SURE = ("<nav", "<footer", "footer", "copyright", "[navigation", "[contentinfo")
# As sure, if the title of the page stands elsewhere.
_SIDE = regex.compile(r"(?<![\w-])(?:(?:right|left|main)-)?side-?bar(?:-(?:right|left|\d))?(?![\w-])")
_ROLES = frozenset(
    [
        "menu",
        "menubar",
        "complementary",
        "navigation",
        "alert",
        "alertdialog",
        "dialog",
        "search",
        "contentinfo",
    ]
)
_WORDS = regex.compile(r"\w+")
_SENTENCE = regex.compile(r"""[.!?…]["”’)]?$""")
_HIDING = regex.compile(
    r"(?<![\w-])(?:hidden|hide|d-none|sr-only|visually-?hidden|screen-reader-(?:text|only)|ms-accessible)(?![\w-])"
)
_HIDDEN_STYLE = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", regex.IGNORECASE)
_NAMING = ("class", "id", "type", "data-component-type")
_LOOK = regex.compile(r"[:()\[\]!/]")
_NEVER = frozenset(
    ["mjx-container", "body", "html", "article", "main", "tr", "tbody", "a", "b", "strong", "em", "i", "h1"]
)
_HUMP = regex.compile(r"(?<=[a-z0-9])(?=[A-Z])")
# The names that pages give to such parts, in English and Vietnamese, as whole words between marks.
_UNLIKELY = regex.compile(
    r"""(?<![a-z])(?:
    ads?|advert\w*|banner\w*|quang-?cao|sponsor\w*|promo\w*|newsletters?|subscri(?:be|ption)\w*
    |breadcrumbs?\w*|pathway|duong-?dan|menu\w*|nav|navi|navbar|navigation\w*|sitemap|toolbar\w*
    |skip-?link\w*
    |side-?bar\w*|footer|header-?top|topbar|masthead|pagers?|pagenav|pagination\w*|paging|prev-?next
    |comments?|comment-?(?:list|form|area|box|respond)|respond|disqus\w*|binh-?luan\w*|reply|replies
    |remark|discuss\w*
    |shar(?:e|es|ing)|share-?\w*|social\w*|chia-?se|addthis\w*|follow\w*|google-?news
    |relat(?:ed|es?)\w*|recommend\w*|recirc\w*|read-?(?:more|next|also)|most-?(?:read|viewed|popular)
    |trending|popular|teasers?
    |tin-?(?:khac|lien-?quan|cung\w*|moi\w*|doc-?nhieu|noi-?bat|nong)|lien-?quan\w*
    |bai-?(?:viet-?)?(?:khac|lien-?quan|moi)
    |xem-?(?:them|nhieu)|doc-?(?:nhieu|them)|other-?(?:news|articles?|posts?|title)|news-?other
    |more-?(?:news|articles?|stories)|latest-?(?:news|posts?)\w*|older|newer
    |rat(?:e|ing|ings)|star-?ratings?|votes?|danh-?gia|binh-?chon|poll\w*|tham-?do|survey
    |counters?|visitors?|hits|luot-?(?:xem|truy-?cap)\w*|truy-?cap|thong-?ke\w*|statistics?
    |tags?|tag-?(?:list|links?)|tagcloud|tu-?khoa|keywords?|hash-?tags?
    |weather|thoi-?tiet|lien-?ket\w*|web-?links?|copyright|ban-?quyen|cookies?\w*|gdpr\w*|consent
    |popup\w*|modal\w*|overlay
    |login|log-?in|dang-?nhap|search\w*|tim-?kiem|print(?:er)?|print-?icon|email-?icon|widget-?area
    )(?![a-z])""",
    regex.VERBOSE,
)
_GALLERY = regex.compile(r"(?<![a-z])(?:gallery|slide-?show|carousel)(?![a-z])")
_LIKELY = regex.compile(
    r"(?<![a-z])(?:article(?!-?(?:info|tags?|share|related|comments?))|body|content|main|column|post-?body|entry-?content|noi-?dung|bai-?viet|chi-?tiet)(?![a-z])"
)


def remove(root: Element, titles: Sequence[str] = (), *, is_careful: bool = False) -> None:
    """Take out of the tree what stands around the article. What holds much of the page's text stays.

    So does what prints one of the *titles* that the page declares: some articles open in a box.
    *is_careful*: only what can hardly be anything else is taken out.
    """
    sizes = measures(root)
    whole = max(1, sizes[root].plain)
    names = {element: word for element in sizes if (word := chrome_name(element))}
    around_title = _around(root, titles)
    sure = {
        element
        for element, word in names.items()
        if word.startswith(_SURE) or (around_title and _SIDE.search(named(element)))
    }
    # A name that the page gives to half of its text says nothing, on a small part neither.
    meaningless = {
        word
        for element, word in names.items()
        if element not in sure and sizes[element].plain > MAX_SHARE * whole
    }
    for element, size in sizes.items():
        if element.getparent() is None:
            continue
        name = names.get(element, "")
        is_sure = element in sure
        share = MAX_SURE if is_sure else MAX_SHARE
        is_named = is_sure or (bool(name) and name not in meaningless and not is_careful)
        is_box = is_named and size.plain <= share * whole
        if is_box and not (size.plain >= MIN_BELOW_TITLE and element in around_title):
            drop(element)


def remove_next(root: Element) -> bool:
    """Take out the articles behind the first one, shown to whoever reads on, and tell whether there were any.

    Each is an <article> with an <h1> of its own.
    """
    articles = [element for element in root.iter("article") if next(element.iter("h1"), None) is not None]
    if len(articles) < 2:
        return False
    first, sizes = articles[0], measures(root)
    if sizes[first].plain < MIN_BELOW_TITLE or sizes[next(first.iter("h1"))].linked:
        return False  # an entry of a list
    others = [element for element in articles[1:] if first not in element.iterancestors()]
    for element in others:
        drop(element)
    return bool(others)


def remove_galleries(root: Element) -> bool:
    """Take out the rows of pictures that stand among paragraphs, and tell whether there were any.

    Their captions are of other stories. A page that is a gallery has hardly any paragraphs beside it.
    """
    galleries = [element for element in root.iter("div", "section", "ul") if _GALLERY.search(named(element))]
    sizes = measures(root) if galleries else {}
    amid = [
        element
        for element in galleries
        if sum(sizes[p].plain for p in element.itersiblings("p", preceding=True)) >= MIN_BELOW_TITLE
    ]
    for element in amid:
        drop(element)
    return bool(amid)


def remove_hidden(root: Element) -> bool:
    """Take out of the tree what the page hides, and tell whether there was any.

    What is long stays, if it does not stand elsewhere, too: it is an article folded up. So do answers that
    are folded up below their questions.
    """
    hidden = [element for element in root.iter() if is_hidden(element) and element.getparent() is not None]
    sizes = measures(root) if hidden else {}
    answers = _answers(hidden, sizes)
    left = MAX_READINGS * sizes[root].text if hidden else 0
    whole: Counter[int] | None = None
    for element in hidden:
        size = sizes[element].text
        if size > MAX_HIDDEN or element in answers:
            left -= size
            if left < 0:
                break
            whole = _runs(root) if whole is None else whole
            if not _is_copy(element, whole):
                continue
        drop(element)
    return bool(hidden)


def _answers(hidden: Sequence[Element], sizes: Mapping[Element, Measure]) -> set[Element]:
    """Return which of *hidden* are answers folded up: several alike, each below what is shown."""
    alike: dict[object, list[Element]] = {}
    for element in hidden:
        before, names = element.getprevious(), element.get("class") or ""
        is_below = before is not None and not is_hidden(before)
        # By their classes things are hidden on small screens only.
        if is_below and not _HIDING.search(names) and sizes[element].plain >= MIN_ANSWER:
            alike.setdefault((tag_of(element), names), []).append(element)
    told = (element for group in alike.values() if len(group) >= MIN_ANSWERS for element in group)
    return {e for e in told if sizes[e].link_share < MAX_ANSWER_LINKED and _SENTENCE.search(_last_words(e))}


def _last_words(element: Element) -> str:
    while len(element):
        element = element[-1]
        if element.tail and element.tail.strip():
            return str(element.tail.rstrip())
    return (element.text or "").rstrip()


def _around(root: Element, titles: Sequence[str]) -> set[Element]:
    """Return the elements around each <h1> that is a title of the page."""
    letters = ["".join(filter(str.isalnum, title.lower())) for title in titles]
    around: set[Element] = set()
    for heading in root.iter("h1"):
        own = "".join(filter(str.isalnum, "".join(heading.itertext()).lower()))
        if len(own) >= MIN_HEADING and any(own in title for title in letters):
            around.update(heading.iterancestors())
    return around


def _is_copy(element: Element, whole: Counter[int]) -> bool:
    """Tell whether most of what *element* hides stands elsewhere, too, in the page with the runs *whole*.

    If so, its runs are taken out of *whole*: of two copies one has to stay.
    """
    own = _runs(element)
    if not own or sum(whole[run] > number for run, number in own.items()) < MIN_COPIED * len(own):
        return False
    whole.subtract(own)
    return True


def _runs(element: Element) -> Counter[int]:
    """Return how often each run of words stands in *element*, by its hash."""
    words = _WORDS.findall(" ".join(element.itertext(with_tail=False)))
    return Counter(map(hash, zip(*(words[n:] for n in range(RUN)), strict=False)))


def is_hidden(element: Element) -> bool:
    """Tell whether the page says that *element* is not shown, or only to be read aloud."""
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
        or bool(_HIDING.search(element.get("class") or ""))
    )


def chrome_name(element: Element) -> str:
    """Return the word among tag, role and names that says that *element* stands around an article, or ""."""
    tag = tag_of(element)
    if tag in _NEVER or element.get("itemprop") in ("articleBody", "headline", "description"):
        return ""
    if tag in _TAGS:
        return f"<{tag}>"
    role = element.get("role")
    if role in _ROLES:
        return f"[{role}]"
    names = named(element)
    match = _UNLIKELY.search(names) if names else None
    return match[0] if match and not _LIKELY.search(names) else ""


def named(element: Element) -> str:
    """Return the class and the id of *element*, in small letters, the words of a name divided by "-".

    Names with other marks in them ("print:hidden") are left out: they say how something looks.
    """
    return _told(" ".join((element.get(name) or "")[:MAX_NAME] for name in _NAMING))


@lru_cache(maxsize=1 << 12)  # a page gives few names to many elements
def _told(names: str) -> str:
    told = " ".join(name for name in names.split() if not _LOOK.search(name))
    return _HUMP.sub("-", told).lower().replace("_", "-")

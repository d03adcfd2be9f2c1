"""Origins: where the articles come from, what did not come in, why, and when it is tried again."""

from telegram.constants import MessageEntityType

from bot.language import Texts
from bot.render.draft import Draft, shortened
from bot.reply import Reply
from retrieval.article import web_url
from retrieval.sources.overview import FollowedSource, Origins, Trouble

MOST_TROUBLES = 3  # pages of one source in a message
_ADDRESS_UNITS = 80
_REASON_UNITS = 160


def sources(texts: Texts, sources: Origins, *, most: int = MOST_TROUBLES) -> Reply:
    """Render all sources, with at most *most* pages of each that did not come in."""
    draft = Draft(bounded=most == MOST_TROUBLES)
    draft.add(texts("Where the articles come from"), MessageEntityType.BOLD)
    for folder, articles in sources.folders:
        draft.line().add(f"{folder}: {texts.plural('{n} article', '{n} articles', articles)}")
    for mistake in sources.mistakes:
        draft.line().add(f"⚠ {mistake.origin}: {texts.reason(mistake.reason)}")
    for followed in sources.followed:
        _add_followed(draft.gap(), texts, followed, most)
    if not sources.followed and not sources.mistakes:
        draft.gap().add(texts("No site is followed yet. The README says how: “Take in a website”."))
    return draft.reply()


def _add_followed(draft: Draft, texts: Texts, followed: FollowedSource, most: int) -> None:
    name = followed.address or texts("Pages that you asked for")
    draft.add(shortened(name, _ADDRESS_UNITS), MessageEntityType.BOLD)
    draft.line().add(" · ".join(_counts(texts, followed)))
    if followed.tried and followed.next:
        draft.line().add(
            texts(
                "Last visit {last}, the next {next}",
                last=texts.moment(followed.tried),
                next=texts.moment(followed.next),
            )
        )
    own = {trouble.address for trouble in followed.troubles}
    if followed.reason and followed.address not in own:
        draft.line().add(f"⚠ {shortened(texts.reason(followed.reason), _REASON_UNITS)}")
    for trouble in followed.troubles[:most]:
        _add_trouble(draft.line(), texts, trouble)
    if (rest := len(followed.troubles) - most) > 0:
        draft.line().add(texts("and {n} more", n=texts.number(rest)))


def _counts(texts: Texts, followed: FollowedSource) -> list[str]:
    counts = [texts.plural("{n} article", "{n} articles", followed.articles)]
    for number, text in (
        (followed.waiting, texts.plural("{n} page to read", "{n} pages to read", followed.waiting)),
        (followed.count("failed"), texts("{n} failed", n=texts.number(followed.count("failed")))),
        (followed.count("gone"), texts("{n} gone", n=texts.number(followed.count("gone")))),
        (followed.count("none"), texts("{n} without an article", n=texts.number(followed.count("none")))),
    ):
        if number:
            counts.append(text)
    return counts


def _add_trouble(draft: Draft, texts: Texts, trouble: Trouble) -> None:
    draft.add("• ").add(shortened(trouble.address, _ADDRESS_UNITS), url=web_url(trouble.address))
    draft.add(f": {shortened(texts.reason(trouble.reason), _REASON_UNITS)}")
    if trouble.has_article:
        kept = texts("what it said before is kept")
        draft.add(f" – {kept}")
    if trouble.state == "failed":
        again = texts("again at {moment}", moment=texts.moment(trouble.next))
        draft.add(f" – {again}")

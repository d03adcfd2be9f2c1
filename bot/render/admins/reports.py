"""Reports for admins: a reload while it runs and after it, the size of the collection, its use."""

import re

from telegram.constants import MessageEntityType

from bot.language import Texts
from bot.render.draft import Draft, shortened
from bot.reply import Reply
from retrieval.collection.report import Copy, Failure, Report, Stats, Step
from retrieval.errors import ReadError, RetrievalError
from retrieval.journal.journal import VERDICTS
from retrieval.journal.usage import Usage

_BAR_BLOCKS = 12
_MAX_FAILURES = 10
_ORIGIN_UNITS = 60
_REASON_UNITS = 160


def progress(texts: Texts, step: Step) -> Reply:
    """Render a step of a reload: its stage, a bar, and the numbers."""
    draft = Draft().add(stage(texts, step))
    if step.total > 0:
        done = min(step.done, step.total)
        filled = done * _BAR_BLOCKS // step.total
        draft.line().add("▓" * filled + "░" * (_BAR_BLOCKS - filled))
        draft.add(f" {texts.number(done)}/{texts.number(step.total)}")
    return draft.reply()


def stage(texts: Texts, step: Step) -> str:
    """Return the name of the stage of *step*."""
    match step.stage:
        case "read":
            return texts("Reading the articles…")
        case "store":
            return texts("Storing the articles…")
        case "index":
            return texts("Preparing the search…")
        case "visit":
            return texts("Reading pages on the web…")


def report(texts: Texts, report: Report) -> Reply:
    """Render the outcome of a reload, with the first ten failures and their reasons."""
    draft = Draft().add(texts("The collection is up to date"), MessageEntityType.BOLD)
    draft.line().add(
        texts(
            "{added} added · {updated} updated · {unchanged} unchanged · {removed} removed",
            added=texts.number(report.added),
            updated=texts.number(report.updated),
            unchanged=texts.number(report.unchanged),
            removed=texts.number(report.removed),
        )
    )
    if report.failed:
        _add_failures(draft.gap(), texts, report.failed)
    if report.copies:
        _add_copies(draft.gap(), texts, report.copies)
    draft.gap().add(
        texts(
            "The collection now holds {articles} in {passages}. This took {seconds} s.",
            articles=texts.plural("{n} article", "{n} articles", report.articles),
            passages=texts.plural("{n} passage", "{n} passages", report.passages),
            seconds=texts.number(max(report.seconds, 0.1)),
        )
    )
    return draft.reply()


def failure(texts: Texts, error: RetrievalError) -> Reply:
    """Render why a reload failed, and what to do if its source cannot be read."""
    draft = Draft()
    if isinstance(error, ReadError):
        said = f"{error.origin}: {texts.reason(error.reason)}"
        draft.add(texts("The reload failed: {reason}", reason=said))
        return draft.line().add(texts("Check ARTICLES_DIR in the settings.")).reply()
    return draft.add(texts("The reload failed: {reason}", reason=error)).reply()


def refusal(texts: Texts, report: Report) -> Reply:
    """Render why a file from an admin was refused; *report* is on that file alone."""
    reasons = [texts.reason(failure.reason) for failure in report.failed[:1]]
    draft = Draft().add(texts("I could not take this in – {reason}.", reason=reasons[0] if reasons else "?"))
    return draft.line().add(texts("Nothing was changed.")).reply()


def how_to_add(texts: Texts) -> Reply:
    """Explain how to use /add."""
    draft = Draft().add(texts("What shall I add?"), MessageEntityType.BOLD)
    for line in (
        texts(
            "• Here in the private chat, just send it: files (Word, PDF, Excel, a web page, a photo), "
            "several at once, "
            "the link of a page, a text, or a post that you forward."
        ),
        texts("• In a group, give a file the caption /add, or reply /add to a file or a text."),
        texts("• Make me an admin of your channel: what is posted there comes in by itself."),
    ):
        draft.line().add(line)
    return draft.reply()


def _add_failures(draft: Draft, texts: Texts, failed: tuple[Failure, ...]) -> None:
    heading = texts.plural("{n} item could not be read:", "{n} items could not be read:", len(failed))
    draft.add(heading, MessageEntityType.BOLD)
    for failure in failed[:_MAX_FAILURES]:
        name = shortened(_short_origin(failure.origin), _ORIGIN_UNITS)
        draft.line().add(f"• {name}: {shortened(texts.reason(failure.reason), _REASON_UNITS)}")
    rest = len(failed) - _MAX_FAILURES
    if rest > 0:
        draft.line().add(texts("and {n} more", n=texts.number(rest)))


def _add_copies(draft: Draft, texts: Texts, copies: tuple[Copy, ...]) -> None:
    heading = texts.plural(
        "{n} copy of an article that is there already:",
        "{n} copies of articles that are there already:",
        len(copies),
    )
    draft.add(heading, MessageEntityType.BOLD)
    for copy in copies[:_MAX_FAILURES]:
        names = (shortened(_short_origin(name), _ORIGIN_UNITS) for name in (copy.origin, copy.of))
        draft.line().add(f"• {' = '.join(names)}")
    if len(copies) > _MAX_FAILURES:
        draft.line().add(texts("and {n} more", n=texts.number(len(copies) - _MAX_FAILURES)))


def _short_origin(origin: str) -> str:
    """Return the last part of a path or URL."""
    parts = [part for part in re.split(r"[/\\]", origin) if part]
    return parts[-1] if parts else origin


def statistics(texts: Texts, stats: Stats, usage: Usage | None = None) -> Reply:
    """Render the size and the date of the collection, and the figures of its use."""
    draft = Draft().add(texts("The collection"), MessageEntityType.BOLD)
    draft.line().add(texts("Articles: {n}", n=texts.number(stats.articles)))
    draft.line().add(texts("Passages: {n}", n=texts.number(stats.passages)))
    if stats.newest is not None:
        draft.line().add(texts("Newest article: {date}", date=texts.date(stats.newest)))
    if stats.reloaded is not None:
        draft.line().add(texts("Last reload: {moment}", moment=texts.moment(stats.reloaded)))
    if usage is not None:
        _add_usage(draft.gap(), texts, usage)
    return draft.reply()


def _add_usage(draft: Draft, texts: Texts, usage: Usage) -> None:
    days = len(usage.days)
    if not usage.questions:
        draft.add(texts("Nobody has asked anything in the last {n} days.", n=days))
        return
    draft.add(texts("The last {n} days", n=days), MessageEntityType.BOLD)
    share = texts.percent(usage.answered / usage.questions)
    asked = texts.number(usage.questions)
    draft.line().add(texts("Questions: {n}, of which {share} were answered", n=asked, share=share))
    good, bad, missing = (texts.number(usage.verdicts.get(verdict, 0)) for verdict in VERDICTS)
    draft.line().add(
        texts("👍 {good} · 👎 {bad} · article missing: {missing}", good=good, bad=bad, missing=missing)
    )

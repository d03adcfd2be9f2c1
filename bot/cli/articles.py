"""Commands about articles: look at them, take them out, let them in again."""

import re
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from bot.cli.output import print_json
from bot.cli.parameters import JSON
from bot.cli.starting import start

if TYPE_CHECKING:
    from retrieval.article import Article
    from retrieval.collection.collection import Collection


@click.group()
def articles() -> None:
    """Look at the articles, and take one out of all answers.

    An ARTICLE is named by its address, its id or the key that `list` shows.
    """


@articles.command("list")
@click.argument("words", metavar="[WORDS]...", nargs=-1)
@click.option("--limit", default=20, show_default=True, type=click.IntRange(min=1), help="How many articles.")
@JSON
def list_articles(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """List the newest articles; with WORDS, those that they find."""
    settings, texts = start()
    from bot.links import Links
    from bot.render.article_head import title_of
    from bot.startup import opened
    from bot.terminal.display import safe
    from bot.terminal.records import article_record

    with opened(settings, texts) as collection:
        hits = collection.ask(" ".join(words), limit=limit).hits if words else ()
        shown = [hit.article for hit in hits] if words else collection.latest(limit)
        total = collection.stats().articles
    if as_json:
        links = Links(username=None)
        records = [article_record(article, links, is_withheld=False) for article in shown]
        print_json({"articles": records, "total": total})
        return
    for article in shown:
        day = texts.date(article.published) if article.published else "-"
        click.echo(f"{article.key}  {day:>11}  {safe(title_of(article))}")


@articles.command("show")
@click.argument("name", metavar="ARTICLE")
@JSON
def show_article(name: str, as_json: bool) -> None:
    """Show one ARTICLE, and where it comes from."""
    settings, texts = start()
    from rich.console import Console

    from bot.buttons import ArticleSpot
    from bot.links import Links
    from bot.render.people.pages import article_page
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.records import article_record

    with closing(open_collection(settings)) as collection:
        article = _article(collection, name)
        is_withheld = collection.withholding.find(article.key) is not None
    if as_json:
        record = article_record(article, Links(username=None), is_withheld=is_withheld)
        print_json({**record, "body": article.body})
        return
    page = article_page(texts, article, ArticleSpot(article.key, 0, is_quoted=False))
    terminal.show(Console(), replace(page, keyboard=None))
    click.echo(f"\n{article.origin}")


@articles.command("remove")
@click.argument("name", metavar="ARTICLE")
@click.option("--undo", is_flag=True, help="Let it be found again.")
@JSON
def remove_article(name: str, undo: bool, as_json: bool) -> None:
    """Take one ARTICLE out of all answers; no reload brings it back."""
    settings, texts = start()
    from rich.console import Console

    from bot import render
    from bot.links import Links
    from bot.startup import open_collection
    from bot.terminal import display as terminal
    from bot.terminal.records import article_record

    with closing(open_collection(settings)) as collection:
        article = _article(collection, name)
        (collection.withholding.restore if undo else collection.withholding.withhold)(article.key)
    if as_json:
        print_json(article_record(article, Links(username=None), is_withheld=not undo))
        return
    said = render.restored(texts, article) if undo else render.removed(texts, article)
    terminal.show(Console(), replace(said, keyboard=None))


def _article(collection: "Collection", name: str) -> "Article":
    """Return the article with this key, address or id, withheld or not."""
    key = name if re.fullmatch("[0-9a-f]{16}", name) else collection.find_url(name)
    article = (key and (collection.article(key) or collection.withholding.find(key))) or collection.find(name)
    if not article:
        raise click.UsageError(f"There is no article {name!r}; `hoibao articles list` names them.")
    return article

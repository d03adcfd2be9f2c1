"""Sources on Telegram: what stands on a site is found a moment later, and admins are told how it stands."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import websites
from fakegram import FakeTelegram
from stage import ADMIN, READER, STRANGER, Stage, running
from websites import AT_ONCE, Site

from bot.settings import Settings
from bot.startup import open_collection

pytest_plugins = ["stage_fixtures"]


@pytest.fixture
def site() -> Iterator[Site]:
    with websites.running() as site:
        site.article("/tin/1", "lớp dạy đàn tranh")
        site.say("/tin/2", 410)
        yield site


@pytest.fixture
async def stage(
    fake: FakeTelegram, settings: Settings, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Stage]:
    """The running bot, which follows a site."""
    monkeypatch.setattr("retrieval.web.web.USUAL", AT_ONCE)
    named = tmp_path / "sources.toml"
    named.write_text(f'[[site]]\naddress = "{site.sitemap("/sitemap.xml", "/tin/1", "/tin/2")}"', "utf-8")
    settings = settings.model_copy(update={"sources": named, "private_hosts": (site.host,)})
    collection = open_collection(settings)
    collection.reload([settings.articles_dir])
    async with running(settings, collection) as app:
        yield Stage(fake=fake, app=app, collection=collection, settings=settings)
    collection.close()


async def until(is_done: Callable[[], bool]) -> None:
    while not await asyncio.to_thread(is_done):
        pass


async def test_a_site_is_followed_by_itself_and_its_articles_are_found(stage: Stage, site: Site) -> None:
    await until(lambda: stage.collection.origins().followed[0].articles == 1)
    answer = await stage.asked("lớp đàn tranh", READER)
    assert "Thông báo lớp dạy đàn tranh" in answer["text"]
    told = await stage.asked("/sources", ADMIN)
    assert "1 article" in told["text"]
    assert "the site has no such page any more (410)" in told["text"]


async def test_a_page_is_added_by_its_address(stage: Stage, site: Site) -> None:
    await stage.asked(f"/add {site.article('/le-hoi', 'lễ hội cầu ngư')}", ADMIN)
    await stage.fake.wait("editMessageText", text="1 added")
    assert "Thông báo lễ hội cầu ngư" in (await stage.asked("lễ hội cầu ngư", READER))["text"]
    begun = await stage.asked(f"/add {site.root}/khong-co", ADMIN)
    [call] = await stage.fake.wait("editMessageText", text="I could not take this in")
    assert call.result["message_id"] == begun["message_id"]
    assert "the site has no such page any more (404)" in call.text


async def test_a_stranger_adds_no_page(stage: Stage, site: Site) -> None:
    address = site.article("/la", "lễ hội lạ")
    await stage.asked(f"/add {address}", STRANGER)
    assert "/la" not in site.paths

"""Sources on Telegram: what stands on a site is found a moment later, and admins are told how it stands."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import websites
from fakegram import FakeTelegram
from stage import ADMIN, READER, STRANGER, Stage, buttons, running
from websites import AT_ONCE, Site

from bot.settings import Settings
from bot.startup import open_collection

pytest_plugins = ["stage_fixtures"]

ADDED = "Added: people find it from now on."


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
    await until(lambda: stage.collection.followed.origins().followed[0].articles == 1)
    answer = await stage.asked("lớp đàn tranh", READER)
    assert "Thông báo lớp dạy đàn tranh" in answer["text"]
    told = await stage.asked("/sources", ADMIN)
    assert "1 article" in told["text"]
    assert "the site has no such page any more (410)" in told["text"]


async def test_a_link_from_an_admin_is_found_a_moment_later_corrected_and_undone(
    stage: Stage, site: Site
) -> None:
    address = site.article("/le-hoi", "lễ hội cầu ngư")
    stage.fake.send_text(f"Lễ hội cầu ngư | Phường\n{address}", ADMIN)
    [call] = await stage.fake.wait("editMessageText", text=ADDED)
    assert buttons(call.result) == ["It is from today", "Title", "Date", "Undo"]
    assert "Thông báo lễ hội cầu ngư" in (await stage.asked("lễ hội cầu ngư", READER))["text"]
    stage.fake.press("Title", ADMIN, call.result["message_id"])
    prompt = await stage.said(ADMIN, 2)
    stage.fake.send_text("Rước cá ông", ADMIN, reply_to=prompt["message_id"])
    assert (await stage.said(ADMIN, 3))["text"].startswith("Corrected.")
    stage.fake.press("It is from today", ADMIN, call.result["message_id"])
    await stage.fake.wait("editMessageText", text="Corrected.")
    assert stage.collection.reload([address]).unchanged == 1
    assert "Rước cá ông" in (await stage.asked("lễ hội cầu ngư mấy giờ", READER))["text"]
    stage.fake.press("Undo", ADMIN, call.result["message_id"])
    await stage.fake.wait("editMessageText", text="Undone")
    assert stage.collection.read_from(address) == []
    visits = site.paths.count("/le-hoi")
    stage.collection.reload()
    assert site.paths.count("/le-hoi") == visits


async def test_links_of_one_message_are_told_together(stage: Stage, site: Site) -> None:
    links = [site.article("/1", "lễ hội cầu ngư"), site.article("/2", "lịch tiêm vắc xin dại")]
    stage.fake.send_text("\n".join([*links, f"{site.root}/khong-co"]), ADMIN)
    [call] = await stage.fake.wait("editMessageText", text="2 of 3 have come in")
    assert buttons(call.result) == ["✏️ 1", "✏️ 2"]


async def test_words_beside_a_link_that_is_there_already_ask_about_it(stage: Stage, site: Site) -> None:
    address = site.article("/le-hoi", "lễ hội cầu ngư")
    stage.fake.send_text(address, ADMIN)
    await stage.fake.wait("editMessageText", text=ADDED)
    assert "Thông báo lễ hội" in (await stage.asked(f"{address} mang theo giấy tờ gì?", ADMIN))["text"]
    stage.fake.send_text(address, ADMIN)
    await stage.fake.wait("editMessageText", text="It was here already")


async def test_an_admin_s_question_about_something_else_is_no_link(stage: Stage, site: Site) -> None:
    assert "Reading" not in (await stage.asked("lịch ở a.example/b thế nào?", ADMIN))["text"]


async def test_a_page_is_added_by_its_address(stage: Stage, site: Site) -> None:
    await stage.asked(f"/add {site.article('/le-hoi', 'lễ hội cầu ngư')}", ADMIN)
    await stage.fake.wait("editMessageText", text=ADDED)
    assert "Thông báo lễ hội cầu ngư" in (await stage.asked("lễ hội cầu ngư", READER))["text"]
    begun = await stage.asked(f"/add {site.root}/khong-co", ADMIN)
    [call] = await stage.fake.wait("editMessageText", text="I could not take this in")
    assert call.result["message_id"] == begun["message_id"]
    assert "the site has no such page any more (404)" in call.text


async def test_a_stranger_adds_no_page(stage: Stage, site: Site) -> None:
    address = site.article("/la", "lễ hội lạ")
    await stage.asked(f"/add {address}", STRANGER)
    await stage.asked(address, STRANGER)
    assert "/la" not in site.paths
    assert "lễ hội lạ" not in (await stage.asked("Lễ hội lạ bắt đầu ngày nào?", READER))["text"]

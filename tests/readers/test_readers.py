import gzip
import lzma
import os
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import HANOI, article, items, reason

from retrieval.article import Article
from retrieval.errors import ReadError
from retrieval.readers import MAX_BYTES, discover, read
from retrieval.text.canonical import clean

SUFFIXES = (".txt", ".md", ".html", ".jsonl", ".jsonl.gz", ".ndjson.xz", ".docx", "")
# Bytes that lead deeper into a reader than random ones do.
openings = st.sampled_from(
    [b"", b"---\n", b"# ", b"<html><body><p>", b'{"id": "a", "text": "', b"\xff\xfe", b"\xef\xbb\xbf"]
)
closings = st.sampled_from([b"", b"\n---\n", b'"}\n', b"</p></body></html>", b"\n01/05/2016\n"])
PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".xz": lzma.compress}


def names(source: Path) -> list[str]:
    return [path.relative_to(source).as_posix() for path in discover(source)]


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(
    opening=openings, middle=st.binary() | st.text().map(str.encode), closing=closings, packed=st.booleans()
)
@settings(max_examples=60)
def test_any_bytes_give_articles_or_clear_errors(
    suffix: str, opening: bytes, middle: bytes, closing: bytes, packed: bool
) -> None:
    content = opening + middle + closing
    if packed:
        content = PACKERS.get(suffix[-3:], bytes)(content)
    with TemporaryDirectory() as folder:
        found = items(Path(folder, f"bài{suffix}"), content)
    assert found != []
    for item in found:
        if isinstance(item, ReadError):
            assert str(item.reason)
            assert "\n" not in str(item)
        else:
            assert item.body == clean(item.body) != ""
            assert item.title == clean(item.title).replace("\n", " ")
            assert item.key


def test_files_are_found_in_sorted_order_below_all_folders(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "phường/x.txt", "phường/2024/y.txt", "ảnh.png"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert names(tmp_path) == ["a.md", "b.txt", "ảnh.png", "phường/x.txt", "phường/2024/y.txt"]


def test_hidden_files_and_folders_are_skipped(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (".env", ".git/bài.md", "bài.md"):
        (tmp_path / name).touch()
    assert names(tmp_path) == ["bài.md"]


def test_what_editors_and_systems_leave_beside_a_file_is_skipped(tmp_path: Path) -> None:
    for name in (
        "bài.md",
        "bài.md~",
        "bài.md.bak",
        "~$báo cáo.docx",
        "Thumbs.db",
        "desktop.ini",
        ".DS_Store",
    ):
        (tmp_path / name).touch()
    assert names(tmp_path) == ["bài.md"]


def test_a_file_that_links_lead_to_is_taken_once(tmp_path: Path) -> None:
    source, elsewhere = tmp_path / "báo", tmp_path / "kho"
    for name in ("kho/a.md", "kho/b.md", "c.md", "báo/d.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (source / "tất cả").symlink_to(elsewhere)
    for name, target in (("1.md", "kho/a.md"), ("2.md", "c.md"), ("3.md", "c.md"), ("4.md", "báo/d.md")):
        (source / name).symlink_to(tmp_path / target)
    assert names(source) == ["2.md", "d.md", "tất cả/a.md", "tất cả/b.md"]


def test_a_file_is_its_own_source(tmp_path: Path) -> None:
    path = tmp_path / "bài.md"
    path.touch()
    assert list(discover(path)) == [path]


def test_a_source_that_does_not_exist_is_an_error_at_once(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file or folder"):
        discover(tmp_path / "missing")


def test_folders_that_link_in_a_circle_are_walked_once(tmp_path: Path) -> None:
    folder = tmp_path / "báo"
    folder.mkdir()
    (folder / "bài.md").touch()
    (folder / "vòng").symlink_to(tmp_path)
    assert names(tmp_path) == ["báo/bài.md"]


def test_a_broken_link_is_reported(tmp_path: Path) -> None:
    (tmp_path / "bài.md").symlink_to(tmp_path / "gone.md")
    (path,) = discover(tmp_path)
    assert reason(path) == "cannot be opened: No such file or directory"


def test_links_that_lead_in_a_circle_are_reported(tmp_path: Path) -> None:
    (tmp_path / "bài.md").symlink_to("tin.md")
    (tmp_path / "tin.md").symlink_to("bài.md")
    for path in discover(tmp_path):
        (item,) = items(path)
        assert isinstance(item, ReadError)
        assert str(item.reason) == "cannot be opened: Too many levels of symbolic links"
        assert Path(item.origin).parent == tmp_path
    with pytest.raises(ReadError, match=r"\A.*/bài\.md: cannot be opened: [^\n]*\Z"):
        discover(tmp_path / "bài.md")


def test_a_folder_that_cannot_be_opened_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may be root, who can open everything: so the system only says it cannot."""
    closed = tmp_path / "kín"
    closed.mkdir()
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path) == str(closed):  # the system also asks by number
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    assert list(discover(tmp_path)) == [closed]
    assert reason(closed) == "the folder cannot be opened"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_reported_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bài.txt")
    assert reason(tmp_path / "bài.txt") == "not a regular file"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("báo cáo.docx", "damaged Word file; open it in Word and save it as DOCX"),
        ("ảnh.JPG", "damaged picture"),
        ("bài giảng.pptx", "slides are not read; save them as PDF and send that"),
        ("ảnh.heic", "a photograph of a kind that is not read; send it as JPEG"),
        ("họp.mp3", "sound and film are not read; send the text"),
        ("bài.xyz", "unsupported format .xyz; send a Word, PDF or Excel file, a web page or plain text"),
        (
            "tin.rss",
            "unsupported format .rss: a feed; name its address in the file of sources, to be followed",
        ),
        (
            "README",
            "no suffix that tells the format; send a Word, PDF or Excel file, a web page or plain text",
        ),
    ],
)
def test_what_no_reader_is_for_is_refused_with_what_to_do(tmp_path: Path, name: str, said: str) -> None:
    assert reason(tmp_path / name, "chữ") == said


def test_suffixes_count_in_any_case(tmp_path: Path) -> None:
    assert article(tmp_path / "BÀI.TXT", "Một câu.").body == "Một câu."


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        ("\ufeff \u00a0\r\n".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
        (b"a" * (MAX_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_a_file_that_holds_no_text_is_reported_with_the_reason(
    tmp_path: Path, suffix: str, content: bytes, said: str
) -> None:
    assert reason(tmp_path / f"bài{suffix}", content) == said


def test_a_file_of_exactly_the_greatest_size_is_read(tmp_path: Path) -> None:
    content = b"ba " * (MAX_BYTES // 3) + b"."
    assert len(content) <= MAX_BYTES
    assert article(tmp_path / "bài.txt", content).body.startswith("ba ba")


def test_the_id_without_a_better_one_is_the_way_from_the_source_folder(tmp_path: Path) -> None:
    source = tmp_path / "bao"
    path = source / "2024" / "bài.txt"
    path.parent.mkdir(parents=True)
    path.write_text("Một câu.", encoding="utf-8")
    (item,) = read(path, source=source, language="vi", timezone=HANOI)
    assert isinstance(item, Article)
    assert item.id == "bao/2024/bài.txt"
    assert item.origin == str(path)


def test_the_id_does_not_depend_on_where_the_command_is_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "bao"
    source.mkdir()
    (source / "a.txt").write_text("Một câu.", encoding="utf-8")
    monkeypatch.chdir(source)
    (item,) = read(Path("a.txt"), source=Path(), language="vi", timezone=HANOI)
    assert isinstance(item, Article)
    assert item.id == "bao/a.txt"
    assert article(source / "a.txt").id == "bao/a.txt"


def test_a_decomposed_file_name_gives_the_same_id_as_a_composed_one(tmp_path: Path) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "thuế.txt")
    assert article(path, "Một câu.").id == f"{tmp_path.name}/thuế.txt"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes for a file name")
def test_a_file_name_that_is_no_text_still_gives_a_storable_article(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"b\xe0i.txt")
    (item,) = items(path, "Một câu.")
    assert isinstance(item, Article)
    assert item.id == f"{tmp_path.name}/b\\xe0i.txt"
    assert item.origin.encode().endswith(b"b\\xe0i.txt")


def test_importing_the_readers_does_not_load_their_libraries() -> None:
    """Answering a question does not pay for reading files."""
    heavy = ("trafilatura", "lxml", "markdown_it", "yaml", "charset_normalizer")
    program = f"import sys, retrieval.readers; print([name for name in {heavy} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout == "[]\n"


ENGLISH = "The ferry leaves from the old pier at six and comes back before the market opens."


@pytest.mark.parametrize(
    ("content", "language"),
    [
        (ENGLISH, "en"),
        ("渡轮六点从老码头开出，在市场开门以前回来。", "zh"),
        ("Chuyến phà rời bến cũ lúc sáu giờ và về trước khi chợ họp.", "vi"),
        ("Traghetto", "fr"),
        (f"---\nlanguage: de\n---\n{ENGLISH}", "de"),
    ],
)
def test_the_language_is_what_is_given_or_what_the_text_shows_or_the_default(
    tmp_path: Path, content: str, language: str
) -> None:
    path = tmp_path / "a.md"
    path.write_text(content, encoding="utf-8")
    (item,) = read(path, source=tmp_path, language="fr", timezone=HANOI)
    assert isinstance(item, Article)
    assert item.language == language

"""The names that sources give to a field, in English and Vietnamese: "title", "Tiêu đề tin", "ngayDang"."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from retrieval.text.canonical import without_accents

# As ``name_key`` writes them. Of two names for the same field the first that says something counts.
_NAMES = {
    field: tuple(names.split())
    for field, names in {
        "id": "id guid _id uuid ma mabaiviet",
        "title": "title headline heading tieude tenbai tenbaiviet tuade tuabai tua name subject trichyeu",
        "text": (
            "text content body articlebody noidung noidungbaiviet contenthtml contenttext bodytext "
            "bodyhtml html fulltext maintext maincontent article story message chitiet detail blocks"
        ),
        "url": (
            "url link permalink sourceurl articleurl canonicalurl originalurl href lienket duongdan "
            "diachi source nguon"
        ),
        "date": (
            "published date publishedat publisheddate publishdate publishtime publicationdate pubdate "
            "datepublished publishedon publishedtime pubtime ngaydang ngay ngayxuatban ngaydangbai "
            "ngaybanhanh ngayphat thoigian time datetime timestamp createdat createddate created ngaytao"
        ),
        "author": "author authors byline creator writer tacgia nguoiviet phongvien butdanh",
        "section": "section category categories chuyenmuc chuyentrang danhmuc theloai topic mucluc muc",
        "language": "language lang ngonngu locale",
        "summary": "summary sapo tomtat trichdan excerpt abstract standfirst lead description mota",
    }.items()
}
# Names like them, with a word more: they count if none of the others says anything.
_ALIKE = {
    "id": r"(?:ma(?:bai|tin)|(?:post|news|article)id)\w{0,8}",
    "title": r"(?:post|news|article|bai|tin)?(?:tieude|tua(?:de|bai|tin)|title|headline|heading)\w{0,8}"
    r"|ten(?:bai|tin|thutuc|vanban)\w{0,8}|(?:cauhoi|question)\w{0,8}|tua",
    "text": r"(?!\w*(?:tomtat|summary))(?:noidung|toanvan|thanbai|chitiet)\w{0,16}"
    r"|(?:post|news|article|full|raw|main)?(?:content|body|text)\w{0,8}|(?:cau)?traloi|answer",
    "url": r"(?!\w*(?:anh|image|img|thumb|video|avatar|logo))"
    r"(?:duongdan|lienket|\w{0,10}(?:url|link))\w{0,12}",
    "date": r"(?:ngay|thoigian|gio)(?:dang|viet|xuatban|banhanh|traloi|tao|phat|gui)\w{0,8}"
    r"|(?:post|news|publi|creat|releas|issu)\w{0,8}(?:date|time|on|at)|(?:ngay)?capnhat\w{0,6}"
    r"|(?:last)?(?:updat|modif)\w{0,8}",
    "author": r"(?:ho)?(?:va)?(?:ten)?(?:tacgia|nguoi(?:viet|dang)|phongvien|butdanh|author|byline)\w{0,8}",
    "section": r"(?:ten)?(?:chuyen(?:muc|de|trang)|danhmuc|theloai|linhvuc|categor)\w{0,8}",
    "language": r"ngonngu\w{0,4}",
    "summary": r"(?:bai|tin)?(?:tomtat|trichdan|sapo|mota(?=ngan|bai|tin))\w{0,12}"
    r"|(?:post|news|article)(?:summary|excerpt)",
}
_LIKE = {field: re.compile(pattern) for field, pattern in _ALIKE.items()}
# Front matter with one of these is front matter; a text of its own may begin "Nội dung: …".
FRONT_NAMES = frozenset(
    name for field in _NAMES if field not in ("text", "summary") for name in _NAMES[field]
)

_NOT_A_LETTER = re.compile(r"[\W_]+")


@lru_cache(maxsize=1 << 12)
def name_key(name: str) -> str:
    """Return the name of a field as it is compared: "Tiêu đề", "tieu_de" and "tieuDe" are the same."""
    return _NOT_A_LETTER.sub("", without_accents(unicodedata.normalize("NFC", name)).lower())


def names_of(field: str, said: Mapping[str, object]) -> Sequence[str]:
    """Return which keys of *said*, as ``name_key`` writes them, name *field*, the surest first."""
    return _names_of(field, tuple(said))


@lru_cache(maxsize=1 << 8)  # all rows of a file have the same
def _names_of(field: str, keys: tuple[str, ...]) -> Sequence[str]:
    known = _NAMES[field]
    like = (key for key in keys if key not in known and _LIKE[field].fullmatch(key))
    return (*(name for name in known if name in keys), *like)


def field_like(name: str) -> str | None:
    """Return the field that *name* means, with a word more: "Nội dung tin"; None if it is unclear.

    A summary is no field: in a table it stays a line with the name of its column.
    """
    key = name_key(name)
    return next((field for field, like in _LIKE.items() if field != "summary" and like.fullmatch(key)), None)

"""Pages that are there to sign in."""

from collections.abc import Sequence

import regex

from retrieval.readers.page.blocks import Block
from retrieval.readers.page.errors import tells_news
from retrieval.readers.page.tree import Element

FIRST_BLOCKS = 3  # in which a page says that one must sign in

_LOGIN = regex.compile(
    r"(?:đăng nhập|đăng ký(?: tài khoản| thành viên)?|log ?in|sign ?(?:in|up)|quên mật khẩu"
    r"|register)(?: (?:vào )?(?:hệ thống|tài khoản|thành viên|quản trị))?(?:\s*[-|–].*)?",
    regex.IGNORECASE,
)
_ASKS_LOGIN = regex.compile(
    r"""\b(?:vui\ lòng|hãy|please|(?:bạn|quý\ (?:khách|vị))\ (?:cần|phải)|you\ (?:must|(?:need|have)\ to))\b
    [^.]{0,25}?\ (?:đăng\ nhập|log\ ?in|sign\ ?in|(?:nhập|điền)\ (?:tên\ (?:người\ dùng|đăng\ nhập|truy\ cập)
    |(?:tên\ )?tài\ khoản|mật\ khẩu|mã\ (?:pin|otp|xác\ (?:thực|nhận)))
    |enter\ your\ (?:user\ ?name|password|pin|code))\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
_USER_FIELD = regex.compile(
    r"(?<![a-z])(?:user|usr|user-?(?:name|id)|login|account|otp|pin|pass(?:word|code)?|tai-?khoan"
    r"|ten-?dang-?nhap|mat-?khau|u)(?![a-z])|tài khoản|tên (?:đăng nhập|người dùng)|mật khẩu|mã (?:pin|otp)"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "legend")


def has_password(root: Element) -> bool:
    """Tell whether the page asks for a password. Must be asked before fields are taken out of the tree."""
    return any((field.get("type") or "").lower() == "password" for field in root.iter("input"))


def has_user_name(root: Element) -> bool:
    """Tell whether the page asks for the name of an account. Must be asked before fields are taken out."""
    return any(_is_user_name(field) for form in root.iter("form") for field in form.iter("input"))


def _is_user_name(field: Element) -> bool:
    if (field.get("type") or "text").lower() not in ("text", "tel", "email", "number"):
        return False
    names = " ".join(field.get(name) or "" for name in ("name", "id", "placeholder", "aria-label"))
    return bool(_USER_FIELD.search(names.lower().replace("_", "-")))


def is_login(
    titles: Sequence[str], article: Sequence[Block], around: Sequence[Block], asks_name: bool
) -> bool:
    """Tell whether a page with little text is there to sign in.

    *titles* are its titles, the best first; *around* is *article* with what stands above it; *asks_name* says
    that it has a field for the name of an account.
    """
    if any(_LOGIN.fullmatch(text) for text in titles[:1]):
        return True
    heads = [block.text for block in around[:FIRST_BLOCKS] if block.tag in _HEADINGS]
    is_asked = any(_ASKS_LOGIN.search(block.text) for block in article[:FIRST_BLOCKS])
    is_headed = any(_LOGIN.fullmatch(text) for text in (*titles, *heads))
    return (asks_name and (is_asked or is_headed)) or ((is_asked or is_headed) and not tells_news(article))

"""Pages that hold no article: lists, forms, errors, menus."""

from collections.abc import Sequence

from benchmarks.extraction.portals import FOOT, MENU, SITE
from benchmarks.extraction.stories import STORIES, Story


def _page(title: str, inside: str) -> str:
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title></head><body><nav>{MENU}</nav>{inside}<footer><p>{FOOT}</p></footer></body></html>"""


def _entries(stories: Sequence[Story], tag: str, more: str) -> str:
    return "".join(
        f"<div class='item'><{tag}><a href='/{s.slug}'>{s.title}</a></{tag}><span>{s.published:%d/%m/%Y}</span><p>{s.lead}</p>{more}</div>"
        for s in stories
    )


SEEN: dict[str, str] = {
    "list": _page(
        f"Tin tức - {SITE}",
        f"<h1>Tin tức</h1>{_entries(STORIES, 'h3', '<a>Xem tiếp</a>')}<div class='pager'><a>1</a> <a>2</a></div>",
    ),
    "login": _page(
        f"Đăng nhập - {SITE}",
        "<div><h1>Đăng nhập</h1><form><label>Tên đăng nhập</label><input name=u><label>Mật khẩu</label><input type=password name=p>"
        "<button>Đăng nhập</button></form><a href='/q'>Quên mật khẩu</a></div>",
    ),
    "missing": _page(
        "404 - Không tìm thấy trang",
        "<div class='error'><h1>404</h1><p>Trang bạn tìm không tồn tại hoặc đã bị xóa.</p><a href='/'>Về trang chủ</a></div>",
    ),
    "menu": _page(
        f"Sơ đồ trang - {SITE}",
        "<div id='main'><h1>Sơ đồ trang</h1><ul>"
        + "".join(f"<li><a href='/m{i}'>Thủ tục hành chính số {i}</a></li>" for i in range(30))
        + "</ul></div>",
    ),
}
UNSEEN: dict[str, str] = {
    "front": _page(
        SITE,
        "<div class='main'>"
        + "".join(
            f"<section><h2><a href='/{s.slug}'>{s.title}</a></h2><p class='sapo'>{s.lead}</p></section>"
            for s in STORIES
        )
        + "</div>",
    ),
    "search": _page(
        f"Kết quả tìm kiếm - {SITE}",
        f"<div class='kq'><h1>Kết quả tìm kiếm: nước</h1><p>Tìm thấy 6 kết quả.</p>{_entries(STORIES, 'h4', '')}</div>",
    ),
    "broken": _page(
        "Lỗi máy chủ",
        "<div><h2>Đã xảy ra lỗi</h2><p>Hệ thống đang bảo trì, xin quay lại sau ít phút.</p></div>",
    ),
    "register": _page(
        f"Đăng ký tài khoản - {SITE}",
        "<div class='box'><h2>Đăng ký tài khoản</h2><form><p>Họ tên <input name=n></p><p>Mật khẩu <input type=password></p><p>Nhập lại mật khẩu <input type=password></p>"
        "<p>Tôi đồng ý với điều khoản sử dụng</p><button>Đăng ký</button></form></div>",
    ),
    "documents": _page(
        f"Văn bản - {SITE}",
        "<div><h1>Danh sách văn bản</h1><table>"
        + "".join(
            f"<tr><td>{i}/TB-UBND</td><td>0{i}/03/2026</td><td><a href='/vb{i}'>Thông báo về việc trực lễ, lần {i}</a></td></tr>"
            for i in range(1, 10)
        )
        + "</table></div>",
    ),
}

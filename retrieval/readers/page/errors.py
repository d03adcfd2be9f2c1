"""Pages that speak of themselves: errors, pauses, tests for robots, notices about cookies."""

from collections.abc import Sequence

import regex

from retrieval.readers.page.blocks import Block

MAX_ERROR = 800  # characters of text outside links; a longer page about an error is an article
MAX_NOTICE = 300  # characters of a notice
MIN_NEWS = 30  # characters of a sentence that tells news
MAX_NEWS_LINKED = 0.9  # 0..1 of its block

# "404", "404 – …", "Lỗi 404" and "404 Not Found" are codes of errors, "404 hộ dân" are households.
_CODE = regex.compile(
    r"""(?:^|[-–—|:»]\s*|\b(?:lỗi|error|http|status|mã|code)[\s:#]{1,2})(?:40[0134]|410|429|50[0234])\b\s*
    (?:$|[-–—|:!.,…)»](?!\s*\d)|[(]|(?:lỗi|error|not\ |bad\ |forbidden|unauthori[sz]ed|access|page|file|gone
    |internal|server|service|gateway|too\ many|không\ (?:tìm|tồn|có\ quyền|truy)|truy\ cập
    |trang\ (?:không|bạn|này|web)|bạn\ |nginx|oops|rất\ tiếc|xin\ lỗi)\b)""",
    regex.IGNORECASE | regex.VERBOSE,
)
_ERROR = regex.compile(
    r"""(?:oops\W+)?(?:(?:this|that|the)\ )?(?:page|site|file|document|resource|article)
    \ (?:(?:was\ |could\ |can\ ?)?not|can['’]t|couldn['’]t|wasn['’]t)\ (?:be\ )?found
    |not\ found\b|access\ (?:is\ )?denied|forbidden\b
    |bad\ gateway|service\ (?:temporarily\ )?unavailable|internal\ server\ error|(?:server
    |runtime)\ error|object\ moved|just\ a\ moment
    |(?:attention\ required|checking\ your\ browser)|(?:không|ko)\ tìm\ thấy\ (?:trang|nội\ dung|bài
    |đường\ dẫn|kết\ quả|liên\ kết|dữ\ liệu)
    |(?:trang|bài\ viết|nội\ dung|đường\ dẫn|liên\ kết)[^.]{0,40}\ (?:không\ (?:còn\ )?tồn\ tại
    |không\ tìm\ thấy|đã\ bị\ (?:xóa|xoá|gỡ))
    |lỗi\ (?:hệ\ thống|máy\ chủ|truy\ cập|kết\ nối)|(?:hệ\ thống|(?:chuyên\ )?trang|cổng
    |website)[^.]{0,30}\ (?:đang\ )?(?:được\ )?(?:bảo\ trì|nâng\ cấp|quá\ tải|gián\ đoạn|gặp\ (?:sự\ cố|lỗi))
    |(?:rất\ tiếc|xin\ lỗi|sorry|oops)\s*[,.!:…]|(?:bạn|quý\ (?:khách|vị)|tài\ khoản(?:\ này)?)
    \ (?:không|chưa)\ (?:có|đủ|được)\ (?:quyền|phép)\ (?:xem|truy\ cập|vào|mở)
    |you\ (?:do\ not|don['’]t)\ have\ (?:permission|access)
    |(?:this|the|that)\ (?:page|article|link|file)[^.]{0,20}\ (?:no\ longer\ (?:exists|available)
    |(?:been|was|is)\ (?:re)?(?:moved|deleted))|truy\ cập\ bị\ từ\ chối
    |đã\ (?:có\ lỗi|xảy\ ra\ lỗi)|có\ lỗi\ xảy\ ra|under\ (?:construction|maintenance)
    |website\ đang\ được\ xây\ dựng
    |(?:trang|bài\ viết|nội\ dung|đường\ dẫn|liên\ kết)[^.]{0,40}
    \ (?:không\ (?:có\ ở\ đây|còn\ nữa|hợp\ lệ)|(?:đã\ )?(?:được\ )?(?:chuyển|dời|gỡ)\ (?:đi|sang|bỏ|xuống))
    |phiên\ (?:làm\ việc|đăng\ nhập|truy\ cập)[^.]{0,20}\ hết\ (?:hạn|hiệu\ lực)
    |(?:your\ )?session\ (?:has\ |is\ )?(?:expired|timed\ out|over)
    |(?:xác\ minh|xác\ nhận|chứng\ minh|hãy\ cho)[^.]{0,30}
    \ (?:không\ phải\ (?:là\ )?(?:robot|rô\ bốt|người\ máy)|là\ (?:con\ )?người\b)
    |(?:verify|confirm|prove)\ (?:that\ )?you\ are\ (?:a\ )?(?:human|not\ a\ robot)
    |are\ you\ a\ (?:robot|human)
    |(?:trang|website|tài\ khoản|tên\ miền|dịch\ vụ|hosting|máy\ chủ)(?:\ web|\ này|\ của\ (?:bạn|quý\ khách)
    |\ \S+\.\S+){0,2}(?:\ (?:đã|đang|hiện|bị|được)){0,3}\ (?:tạm\ (?:ngưng|ngừng|dừng|khóa|khoá|đóng)
    |đình\ chỉ
    |hết\ hạn|vô\ hiệu|khóa|khoá|rao\ bán)\b
    |(?:(?:this|your|the)\ )?(?:account|web\ ?site|site|domain(?:\ name)?|service)(?:\ \S+\.\S+)?
    (?:\ has\ been|\ is|\ was)?(?:\ temporarily)?
    \ (?:suspended|expired|for\ sale|parked|disabled|deactivated)\b
    |welcome\ to\ (?:nginx|apache|centos|openresty|iis|caddy)\b|it\ works!|iis\ windows\ server|index\ of\ /
    |(?:apache2?|nginx|plesk|default|test)\b[^.]{0,30}\ page\b
    |(?:[^.]{0,60}\ )?(?:kết\ nối|trình\ duyệt|truy\ cập)\b[^.]{0,30}\ kiểm\ tra\b[^.]{0,60}
    \ trước\ khi\ (?:bạn\ )?(?:tiếp\ tục|truy\ cập|vào|chuyển)\b
    |(?:[^.]{0,40}\ )?kiểm\ tra\b[^.]{0,30}\ (?:kết\ nối|trình\ duyệt|truy\ cập)\b[^.]{0,40}
    \ trước\ khi\ (?:bạn\ )?(?:tiếp\ tục|truy\ cập|vào|chuyển)\b
    |đang\ (?:kiểm\ tra|xác\ minh)[^.]{0,20}\ (?:trình\ duyệt|kết\ nối)
    |(?:[^.]{0,40}\ )?(?:complete|hoàn\ (?:thành|tất)|nhập|giải|enter|solve)\ [^.]{0,20}captcha\b
    |(?:[^.]{0,60}\ )?needs\ to\ (?:review|check)\ the\ security""",
    regex.IGNORECASE | regex.VERBOSE,
)
_RAY = regex.compile(r"\bray id\b\W*[0-9a-f]{4,}", regex.IGNORECASE)
_COOKIES = regex.compile(
    r"""(?:(?:chúng\ tôi|trang\b[^.]{0,20}|website)[^.]{0,20}\ (?:sử\ dụng|dùng)|(?:we|this\ (?:web\ ?)?site)
    [^.]{0,10}\ uses?)\b[^.]{0,20}\ cookies?\b""",
    regex.IGNORECASE | regex.VERBOSE,
)
# News gives a day, or a number of something; it does not ask its reader to come back in five minutes.
_TOLD = regex.compile(
    r"""\b(?i:ngày|sáng|trưa|chiều|tối|đêm|tháng|năm)\ \d|(?<![\w.])\d{1,2}[/-]\d{1,2}\b
    |(?<![\w.])\d[\d.,]*\ ?(?!(?:phút|giây|giờ|ngày|lần|bước|h|s|seconds?|minutes?|hours?|days?|times)\b)
    (?:\p{Ll}{2,}|%)""",
    regex.VERBOSE,
)
_ASIDE = regex.compile(
    r"""\b(?:vui\ lòng|bạn|quý\ (?:khách|vị|độc\ giả)|thử\ lại|quay\ lại|hotline|điện\ thoại|e-?mail
    |bản\ quyền
    |giấy\ phép|chịu\ trách\ nhiệm|địa\ chỉ|trụ\ sở|mã\ lỗi|you|your|please
    |try\ again|error|server|ray\ id)\b|©""",
    regex.IGNORECASE | regex.VERBOSE,
)
_SENTENCE = regex.compile(r"(?<=[.!?…])\s+")


def is_error(titles: Sequence[str], article: Sequence[Block], plain: int, is_dated: bool) -> bool:
    """Tell whether a page speaks of itself: an error, a pause, a test for robots.

    *titles* are its titles, *article* would be its text with *plain* characters outside links; *is_dated*
    says that it declares a date.
    """
    is_short = plain <= MAX_ERROR / 4
    begins = [block.text for block in article[:2]] if plain <= MAX_ERROR / 2 else []
    if any(_CODE.match(text) or (is_short and _CODE.search(text)) for text in titles):
        return True
    if any(_CODE.match(text) for text in begins) or any(_RAY.search(block.text) for block in article):
        return True
    if tells_news(article):
        return False
    is_titled = any(_ERROR.match(text) or (is_short and _ERROR.search(text)) for text in titles)
    return (is_titled and not is_dated) or any(_ERROR.match(text) for text in begins)


def is_about_cookies(article: Sequence[Block]) -> bool:
    """Tell whether all that the page says is that it keeps cookies."""
    if not any(_COOKIES.search(block.text) for block in article[:2]):
        return False
    return sum(len(b.text) for b in article) <= MAX_NOTICE and not tells_news(article)


def tells_news(article: Sequence[Block]) -> bool:
    """Tell whether a sentence of *article* gives a day or a number, and does not speak to the reader."""
    return any(
        len(sentence) >= MIN_NEWS and _TOLD.search(sentence) and not _ASIDE.search(sentence)
        for block in article
        if block.link_share < MAX_NEWS_LINKED
        for sentence in _SENTENCE.split(block.text)
    )

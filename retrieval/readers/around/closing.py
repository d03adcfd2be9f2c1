"""The part of a page below its article: other articles, counters, tools, the owner's name."""

from collections.abc import Sequence

import regex

MAX_LINE = 200  # characters; a longer line is a paragraph of the article

_MARK = regex.compile(
    r"""\W*(?:(?:các|những)\ )?(?:tin|bài|bài\ viết|tin\ bài|thông\ tin|tin\ tức|chủ\ đề|văn\ bản
    |thông\ báo)\ (?:khác|liên\ quan|cùng\ (?:chuyên\ mục|chủ\ đề|loại|thể\ loại)|mới\ (?:hơn|nhất
    |cập\ nhật|đăng)|cũ\ hơn|đã\ (?:đưa|đăng)|đọc\ nhiều(?:\ nhất)?|xem\ nhiều(?:\ nhất)?|nổi\ bật|nóng
    |trước|tiếp\ theo)\W*
    |\W*(?:có\ thể\ bạn\ quan\ tâm|đừng\ bỏ\ lỡ|đọc\ (?:nhiều(?:\ nhất)?|thêm|tiếp)|xem\ (?:thêm
    |nhiều(?:\ nhất)?|tiếp)|tin\ mới|bài\ (?:mới|trước|sau)|liên\ quan)\W*
    |\W*(?:related|latest|recent|more|other|popular|trending)\ (?:news|articles?|posts?|stories|topics?
    |links?)\W*|\W*(?:you\ may\ also\ like|see\ also|read\ (?:more|next|also)|most\ (?:read|viewed
    |popular))\W*
    |\W*(?:ý\ kiến(?:\ (?:của\ )?(?:bạn\ đọc|độc\ giả))?|bình\ luận|comments?|leave\ a\ (?:reply|comment)
    |để\ lại\ (?:một\ )?bình\ luận|viết\ bình\ luận|gửi\ (?:bình\ luận|ý\ kiến|phản\ hồi)
    |phản\ hồi)(?:\ ?\(\d*\)|\ hủy)?\W*
    |\W*(?:thống\ kê(?:\ truy\ cập)?|thăm\ dò\ ý\ kiến|liên\ kết(?:\ (?:web(?:site)?|hữu\ ích))?
    |danh\ mục|chuyên\ mục(?:\ khác)?)\W*""",
    regex.IGNORECASE | regex.VERBOSE,
)
# Lines that are no part of any article, wherever they stand at its end.
_REST = regex.compile(
    r"""\W*(?:bản\ quyền|copyright|©|®|all\ rights\ reserved|ghi\ rõ\ nguồn|giấy\ phép\ (?:số|thiết\ lập
    |xuất\ bản)|(?:đơn\ vị|cơ\ quan)\ chủ\ quản|chịu\ trách\ nhiệm\ (?:chính|nội\ dung|xuất\ bản)).*
    |\W*(?:lượt\ (?:xem|đọc|truy\ cập|tải)|số\ lượt\ (?:xem|đọc|truy\ cập)|đang\ (?:truy\ cập|online|xem)
    |(?:tổng\ )?(?:số\ )?(?:lượt\ )?truy\ cập|hôm\ (?:nay|qua)|tuần\ (?:này|trước)|tháng\ (?:này|trước)
    |tất\ cả|views?|hits?)\ ?:?\ ?[\d.,]+(?:\ lượt)?\W*
    |\W*(?:tổng\ số\ điểm|xếp\ hạng|click\ để\ đánh\ giá|đánh\ giá(?:\ bài\ viết)?|\d(?:[.,]\d)?/5
    |bình\ chọn|\d+\ (?:phiếu|bình\ chọn|votes?))\b.{0,80}
    |\W*(?:từ\ khóa|từ\ khoá|tags?|thẻ|chủ\ đề|hashtags?|keywords?)\ ?:.*
    |\W*(?:chia\ sẻ(?:\ bài\ viết)?(?:\ (?:này|lên|qua|cho\ bạn\ bè))?|share(?:\ this(?:\ (?:article
    |post))?)?|in\ (?:trang|bài\ viết|bài)(?:\ này)?|gửi\ e-?mail|quay\ lại|trở\ (?:lại|về)
    |về\ (?:đầu\ trang|trang\ (?:trước|chủ))|đầu\ trang|lên\ đầu(?:\ trang)?|print|back(?:\ to\ top)?
    |theo\ dõi\ .{0,40}google\ news|đọc\ ngay|trang\ (?:trước|sau)|previous|next|facebook|twitter|zalo
    |copy\ link|link\ bài\ gốc|lấy\ link!?)(?:\W+(?:in\ (?:trang|bài)|gửi\ e-?mail|quay\ lại|facebook
    |twitter|zalo|print|e-?mail|đầu\ trang|chia\ sẻ|copy\ link))*\W*
    |\W*(?:this\ entry\ was\ posted|posted\ in\ |bookmark\ the\ permalink|filed\ under|được\ đăng\ trong
    |chuyên\ mục\ ?:).{0,160}
    |\W*tác\ giả\ bài\ viết\W*""",
    regex.IGNORECASE | regex.VERBOSE,
)
_DATED = regex.compile(r"\(?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\)?\s*$|^\W*\(?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
_SENTENCE_END = (".", "!", "?", "…", ".”", '."', ";", ":")


def is_mark(line: str) -> bool:
    """Tell whether *line* heads a list of other articles, comments or counters."""
    return len(line) <= MAX_LINE and _MARK.fullmatch(line) is not None


def is_rest(line: str) -> bool:
    """Tell whether *line* alone is no part of an article: a counter, a tool, the owner's name."""
    return len(line) <= 2 * MAX_LINE and _REST.fullmatch(line) is not None


def without_rest(lines: Sequence[str]) -> list[str]:
    """Return *lines* without what a page prints below its article.

    From a line that heads other articles on, all goes, unless a paragraph stands below it.
    """
    kept = list(lines)
    for number, line in enumerate(kept):
        if number and is_mark(line) and all(map(_is_short, kept[number + 1 :])):
            kept = kept[:number]
            break
    while len(kept) > 1 and (not kept[-1] or is_rest(kept[-1]) or is_mark(kept[-1])):
        kept.pop()
    return kept


def _is_short(line: str) -> bool:
    if len(line) > MAX_LINE:
        return False
    is_sentence = len(line) > 60 and line.endswith(_SENTENCE_END)
    return not is_sentence or bool(_DATED.search(line)) or is_rest(line)

"""Posts: nobody fills in a title, so the text gives one."""

import pytest

from retrieval.readers.post import titled


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Chợ nghỉ Tết\n\nChợ nghỉ từ mùng một.", "Chợ nghỉ Tết", "Chợ nghỉ từ mùng một."),
        ("Chợ nghỉ.", "", "Chợ nghỉ."),
        ("THÔNG BÁO\nMai cúp nước từ 8 giờ.", "THÔNG BÁO: Mai cúp nước từ 8 giờ", "Mai cúp nước từ 8 giờ."),
        ("📢 TIN NÓNG!\nCháy ở tổ 4. Đường tắc.", "TIN NÓNG: Cháy ở tổ 4", "Cháy ở tổ 4. Đường tắc."),
        ("🌊 Triều cường tối nay 🌊\nNước lên 1,6 m.", "Triều cường tối nay", "Nước lên 1,6 m."),
        ("🌊\nNước lên 1,6 m.", "", "🌊\nNước lên 1,6 m."),
    ],
)
def test_the_first_line_is_the_title_unless_it_stands_above_many_posts(
    text: str, title: str, body: str
) -> None:
    assert titled(text) == (title, body)


def test_a_long_first_line_is_no_title_but_its_beginning_is() -> None:
    text = f"{'Bà con lưu ý giữ gìn vệ sinh ' * 8}.\nCảm ơn bà con."
    title, body = titled(text)
    assert body == text
    assert title.endswith("…")

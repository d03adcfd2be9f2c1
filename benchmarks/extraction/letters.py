"""Official letters as Word saves them as a page, and cards of documents."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter of an office."""

    slug: str
    kind: str  # in capitals
    number: str
    subject: str
    published: datetime
    paragraphs: tuple[str, ...]

    @property
    def title(self) -> str:
        """The title that a reader gives it."""
        return f"{self.kind.capitalize()} {self.subject[0].lower()}{self.subject[1:]}"


LETTERS = (
    Letter(
        slug="thong-bao",
        kind="THÔNG BÁO",
        number="58/TB-UBND",
        subject="Về việc tạm ngừng cấp nước để súc rửa đường ống",
        published=datetime(2026, 2, 9),
        paragraphs=(
            "Căn cứ Kế hoạch số 07/KH-UBND ngày 15 tháng 01 năm 2026 của phường về nước sạch mùa khô;",
            "Ủy ban nhân dân phường Vàm Cói thông báo tạm ngừng cấp nước như sau:",
            "1. Thời gian: từ 22 giờ ngày 11 tháng 2 đến 4 giờ ngày 12 tháng 2.",
            "2. Phạm vi: khu phố Hai, khu phố Ba và đường Cây Sộp đoạn từ cầu Đúc đến bến phà.",
            "Đề nghị bà con trữ nước trước giờ nêu trên và khóa van nhà khi chưa có nước lại.",
        ),
    ),
    Letter(
        slug="ke-hoach",
        kind="KẾ HOẠCH",
        number="19/KH-UBND",
        subject="Tổ chức ngày hội đọc sách năm 2026",
        published=datetime(2026, 3, 30),
        paragraphs=(
            "Thực hiện Chương trình số 03/CTr-UBND về phát triển văn hóa đọc, phường xây dựng kế hoạch như sau:",
            "I. Thời gian: một ngày, 19 tháng 4, từ 7 giờ đến 17 giờ.",
            "II. Địa điểm: sân trường tiểu học Vàm Cói và ghe sách ở ấp Bờ Đắp.",
            "III. Phân công: văn hóa phường chủ trì, đoàn thanh niên dựng hai mươi gian, công an lo giữ xe.",
        ),
    ),
    Letter(
        slug="giay-moi",
        kind="GIẤY MỜI",
        number="102/GM-UBND",
        subject="Họp bàn việc đặt tên hẻm",
        published=datetime(2026, 10, 5),
        paragraphs=(
            "Kính gửi: các trưởng khu phố và đại diện hộ dân hẻm 12, hẻm 15 đường Cây Sộp.",
            "Ủy ban nhân dân phường trân trọng kính mời ông bà dự họp lúc 14 giờ ngày 9 tháng 10 tại hội trường.",
            "Ông bà mang theo ý kiến bằng giấy của hộ mình; hộ vắng mặt gửi ý kiến trước ngày 8 tháng 10.",
        ),
    ),
)


def word(letter: Letter) -> str:
    """Return the page that Word's "filtered" HTML makes of a letter."""
    text = "".join(
        f"<p class=MsoNormal style='text-align:justify;text-indent:36.0pt'><span lang=VI>{text}<o:p></o:p></span></p>"
        for text in letter.paragraphs
    )
    return f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15 (filtered)">
<title>{letter.number.replace("/", ".")}</title><style><!-- p.MsoNormal {{margin:0cm}} --></style></head><body lang=EN-US><div class=WordSection1>
<table class=MsoNormalTable border=0><tr><td width=250 valign=top><p class=MsoNormal align=center>ỦY BAN NHÂN DÂN</p><p class=MsoNormal align=center><b>PHƯỜNG VÀM CÓI</b></p>
<p class=MsoNormal align=center>Số: {letter.number}</p></td><td width=370><p class=MsoNormal align=center><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p>
<p class=MsoNormal align=center><b>Độc lập - Tự do - Hạnh phúc</b></p><p class=MsoNormal align=center><i>Vàm Cói, ngày {letter.published:%d} tháng {letter.published:%m} năm {letter.published.year}</i></p></td></tr></table>
<p class=MsoNormal align=center><b>&nbsp;</b></p><p class=MsoNormal align=center><b>{letter.kind}</b></p><p class=MsoNormal align=center><b>{letter.subject}</b></p><p class=MsoNormal align=center>---------</p>{text}</div></body></html>"""


def pasted(letter: Letter) -> str:
    """Return a portal's page into which somebody pasted a letter line by line."""
    lines = (
        *("ỦY BAN NHÂN DÂN", "PHƯỜNG VÀM CÓI", "--------", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *("Độc lập – Tự do – Hạnh phúc", "---------------", f"Số: {letter.number}"),
        f"Vàm Cói, ngày {letter.published.day} tháng {letter.published.month} năm {letter.published.year}",
        *(letter.kind, letter.subject),
        *letter.paragraphs,
    )
    text = "".join(f"<p>{line}</p>" for line in lines)
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Chi tiết văn bản</title></head><body><div id="menu"><ul><li><a href="/">Trang chủ</a></li>
<li><a href="/vb">Văn bản</a></li></ul></div><div class="vb-noidung">{text}</div><div id="footer">Bản quyền thuộc về phường Vàm Cói</div></body></html>"""


def card(letter: Letter) -> str:
    """Return the card by which a register of documents shows a letter."""
    rows = {
        "Số ký hiệu": letter.number,
        "Ngày ban hành": f"{letter.published:%d/%m/%Y}",
        "Loại văn bản": letter.kind.capitalize(),
        "Cơ quan ban hành": "UBND phường Vàm Cói",
        "Trích yếu": letter.subject,
        "Người ký": "Bùi Thị Sen",
    }
    cells = "".join(f"<tr><td class='label'>{name}</td><td>{value}</td></tr>" for name, value in rows.items())
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><title>Chi tiết văn bản</title></head><body><div id="menu"><ul><li><a href="/">Trang chủ</a></li></ul></div>
<div class="vb"><h2>Chi tiết văn bản</h2><table>{cells}</table></div><div id="footer">Bản quyền thuộc về phường Vàm Cói</div></body></html>"""


def card_text(letter: Letter) -> str:
    """Return what a reader should keep of a card."""
    return (
        f"Số ký hiệu – {letter.number}\nNgày ban hành – {letter.published:%d/%m/%Y}\nLoại văn bản – {letter.kind.capitalize()}\n"
        f"Cơ quan ban hành – UBND phường Vàm Cói\nTrích yếu – {letter.subject}\nNgười ký – Bùi Thị Sen"
    )

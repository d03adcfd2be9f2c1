"""Stories to print into pages. The ward of Vàm Cói, its people and its news are invented."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """An article as its writer handed it in."""

    slug: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    author: str
    section: str
    published: datetime
    caption: str = ""

    @property
    def body(self) -> str:
        """All that a reader should get, in order, without the caption."""
        return "\n".join((self.lead, *self.paragraphs))


STORIES = (
    Story(
        slug="cho-dem",
        title="Chợ đêm Vàm Cói dời về bãi đất sau bến phà",
        lead="Từ tối thứ Sáu tuần tới, chợ đêm Vàm Cói rời vỉa hè đường Cây Sộp về bãi đất trống sau bến phà cũ.",
        paragraphs=(
            "Bãi đất rộng chừng hai nghìn mét vuông, đã trải đá dăm, kéo điện và đặt sáu nhà vệ sinh lưu động.",
            "Một trăm hai mươi sạp được bốc thăm chỗ vào chiều thứ Tư tại nhà văn hóa khu phố Năm.",
            "“Dời vô trong thì khỏi lo xe tải quẹt, mà sợ khách không biết đường”, bà Tư Lành, bán bánh khọt, nói.",
            "Phường miễn tiền chỗ ba tháng đầu, sau đó thu mười lăm nghìn đồng mỗi đêm một sạp.",
            "Xe máy gửi ở sân trường tiểu học bên cạnh, giá ba nghìn đồng, có hai dân phòng trực tới nửa đêm.",
        ),
        author="Huỳnh Mận",
        section="Kinh tế",
        published=datetime(2026, 4, 17, 9, 5),
        caption="Bãi đất sau bến phà lúc đang trải đá",
    ),
    Story(
        slug="nuoc-man",
        title="Nước mặn vào sâu, phường mở ba điểm phát nước ngọt",
        lead="Độ mặn đo tại cống Vàm Cói sáng 12/3 là 4,1 phần nghìn, cao nhất kể từ đầu mùa khô.",
        paragraphs=(
            "Ủy ban nhân dân phường quyết định mở ba điểm phát nước ngọt ở khu phố Một, khu phố Ba và ấp Bờ Đắp.",
            "Mỗi hộ được lấy tối đa sáu mươi lít một ngày, mang theo can sạch và sổ hộ khẩu hoặc căn cước.",
            "Xe bồn của công ty cấp nước chở ba chuyến, vào 6 giờ, 11 giờ và 17 giờ.",
            "Ông Đỗ Văn Chất, cán bộ nông nghiệp, khuyên bà con ngưng bơm nước sông vào vườn cho tới khi có tin mới.",
            "Vườn nào đã lỡ tưới thì xả rửa bằng nước giếng hai lần rồi rải thêm phân lân.",
            "Cống sẽ đóng liên tục đến hết con nước rằm, ghe trên hai tấn phải đi vòng qua kinh Mười Hai.",
        ),
        author="Trịnh Ngân",
        section="Nông nghiệp",
        published=datetime(2026, 3, 12, 15, 40),
        caption="Cống Vàm Cói đóng sáng 12/3",
    ),
    Story(
        slug="doi-bong",
        title="Đội bóng nữ khu phố Bảy lần đầu vào chung kết",
        lead="Thắng 2-1 ở phút bù giờ, các chị bán cá khu phố Bảy giành vé cuối cùng vào trận chung kết giải phường.",
        paragraphs=(
            "Bàn quyết định do chị Lâm Thị Út, thủ môn dự bị được tung vào sân làm tiền đạo, ghi từ một quả phạt góc.",
            "Đội tập mỗi chiều từ 15 giờ 30, lúc chợ cá vừa tan, trên sân cát sau kho muối.",
            "Trận chung kết gặp đội Trạm Y tế diễn ra lúc 16 giờ Chủ nhật tại sân vận động, vào cửa tự do.",
            "Giải thưởng gồm một con heo quay và hai mươi bộ quần áo thể thao do tiệm may Hồng Nhạn tặng.",
        ),
        author="Phan Dừa",
        section="Thể thao",
        published=datetime(2026, 6, 21, 19, 12),
        caption="Các chị ôm nhau sau tiếng còi mãn cuộc",
    ),
    Story(
        slug="thu-vien-ghe",
        title="Thư viện trên ghe cập bến ấp Bờ Đắp mỗi sáng thứ Bảy",
        lead="Chiếc ghe chở chín trăm cuốn sách của thầy giáo hưu Mai Xuân Kha neo lại ấp Bờ Đắp từ 7 giờ đến 10 giờ.",
        paragraphs=(
            "Trẻ em mượn tối đa ba cuốn trong hai tuần, người lớn để lại số điện thoại là đủ.",
            "Sách nhiều nhất là truyện tranh và sách trồng cây; năm ngoái có thêm một kệ sách chữ nổi.",
            "Thầy Kha cho biết tháng nào cũng thiếu chừng chục cuốn, “nhưng sách đi lạc còn hơn sách nằm mốc”.",
            "Ai muốn tặng sách thì gửi ở quán cà phê Bến Cũ, số 41 đường Cây Sộp, trước tối thứ Sáu.",
            "Những ngày nước lớn quá cầu, ghe dời qua bến nhà máy xay lúa và treo cờ xanh để bà con thấy từ xa.",
        ),
        author="Lý Thanh Trà",
        section="Văn hóa",
        published=datetime(2026, 8, 3, 7, 0),
        caption="Ghe sách neo dưới gốc bần",
    ),
    Story(
        slug="tiem-vac-xin",
        title="Trạm y tế phường tiêm nhắc vắc xin sởi cho trẻ từ 18 tháng",
        lead="Trạm y tế phường Vàm Cói tiêm nhắc vắc xin sởi, không thu tiền, trong hai ngày 9 và 10 tháng 5.",
        paragraphs=(
            "Trẻ từ 18 tháng đến 5 tuổi chưa tiêm đủ hai mũi đều được tiêm, kể cả trẻ tạm trú.",
            "Phụ huynh mang sổ tiêm chủng; bé đang sốt hoặc vừa uống kháng sinh thì dời sang đợt sau.",
            "Buổi sáng trạm nhận trẻ của khu phố Một đến khu phố Bốn, buổi chiều nhận các khu phố còn lại.",
            "Sau tiêm, bé ở lại theo dõi ba mươi phút, trạm có phòng chơi và nước uống.",
            "Bác sĩ Võ Hạnh dặn cha mẹ đo nhiệt độ bốn lần trong ngày đầu và gọi 3877 115 khi bé sốt trên 39 độ.",
        ),
        author="Kiều Loan",
        section="Y tế",
        published=datetime(2026, 5, 6, 8, 30),
        caption="Phòng tiêm của trạm y tế",
    ),
    Story(
        slug="cau-khi",
        title="Dỡ cây cầu khỉ cuối cùng của phường",
        lead="Sáng nay thợ dỡ cây cầu khỉ bắc qua rạch Ông Cọp, nhường chỗ cho cầu bê tông dài 22 mét.",
        paragraphs=(
            "Cầu mới rộng 2,5 mét, xe cứu thương nhỏ qua được, do bà con góp 180 triệu đồng và phường lo phần còn lại.",
            "Trong bốn mươi ngày thi công, học sinh qua rạch bằng đò của ông Tám Kèo, không phải trả tiền.",
            "Cụ Nguyễn Thị Điệp, 91 tuổi, xin giữ lại một khúc tre tay vịn để làm gậy.",
            "Nhà thầu hứa thông cầu trước ngày khai giảng, chậm ngày nào chịu phạt hai triệu đồng ngày ấy.",
        ),
        author="Ngô Bá Lộc",
        section="Hạ tầng",
        published=datetime(2026, 7, 14, 10, 45),
    ),
)

import pytest

from bot.offer import Offer, parse_offer


def test_an_offer_is_found_again_in_the_message_that_made_it() -> None:
    text = "🎉 Có phải bạn muốn hỏi: “lệ phí khai sinh”?"
    start = text.index("lệ phí")
    offer = parse_offer(Offer(start, start + 16).data)
    assert offer is not None
    assert offer.question(text) == "lệ phí khai sinh"
    assert offer.question("") == ""


@pytest.mark.parametrize(
    "data", ["", "ask", "ask:1", "ask:1:2:3", "ask:-1:2", "ask:a:b", "read:0123456789abcdef:5"]
)
def test_other_data_offers_nothing(data: str) -> None:
    assert parse_offer(data) is None

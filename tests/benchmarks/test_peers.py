import pytest

from benchmarks.peers import FTS5, PEERS, Peer

TEXTS = [
    ("Chợ", "Chợ phường họp từ 5 giờ sáng."),
    ("Thư viện", "Thư viện cho mượn ba cuốn sách."),
    ("", "Trạm y tế tiêm chủng ngày 15 hằng tháng."),
]


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_finds_the_text_that_shares_words_with_the_question(peer: type[Peer]) -> None:
    assert peer(TEXTS).rank("Trạm y tế tiêm chủng ngày nào", 1) == [2]


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize("question", ["", "?", '"', "zzz", "NOT AND", "chợ*"])
def test_a_peer_takes_any_question(peer: type[Peer], question: str) -> None:
    assert len(peer(TEXTS).rank(question, 10)) <= len(TEXTS)


def test_sqlite_finds_words_typed_without_accents() -> None:
    assert FTS5(TEXTS).rank("thu vien cho muon sach", 1) == [1]

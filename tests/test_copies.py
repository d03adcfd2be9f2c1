from benchmarks.extraction.stories import STORIES
from retrieval.readers.copies import Copies

TEXT = STORIES[1].body


def test_the_same_text_with_other_marks_and_breaks_is_a_copy() -> None:
    copies = Copies()
    assert copies.original("a", TEXT) is None
    assert copies.original("b", TEXT.replace("\n", " ").replace(",", " –").upper()) == "a"


def test_a_text_with_another_byline_is_a_copy() -> None:
    copies = Copies()
    copies.original("a", TEXT)
    assert copies.original("b", f"{TEXT}\nTrịnh Ngân") == "a"


def test_a_text_with_another_figure_is_none() -> None:
    copies = Copies()
    copies.original("a", TEXT)
    assert copies.original("b", TEXT.replace("4,1", "5,3")) is None


def test_different_stories_are_no_copies() -> None:
    copies = Copies()
    assert [copies.original(story.slug, story.body) for story in STORIES] == [None] * len(STORIES)


def test_short_notices_are_copies_only_to_the_letter() -> None:
    copies = Copies()
    copies.original("a", "Thông báo: mai phường nghỉ lễ, bà con đến làm giấy tờ vào sáng mốt.")
    assert (
        copies.original("b", "Thông báo: mai phường nghỉ lễ, bà con đến làm giấy tờ vào chiều mốt.") is None
    )

from pathlib import Path

from retrieval.query.lexicon import NO_WORDS, Lexicon


def test_each_shorthand_has_its_meaning_whatever_its_case(tmp_path: Path) -> None:
    (tmp_path / "teencode.txt").write_text("# so\n\nthế nào: TN tnao\nkhông: ko\n", encoding="utf-8")
    assert Lexicon.read(tmp_path).shorthand == {
        "tn": (("thế", "nào"),),
        "tnao": (("thế", "nào"),),
        "ko": (("không",),),
    }


def test_phrases_are_found_by_what_is_typed_without_accents(tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("mấy giờ\n# hỏi\nở đâu\n", encoding="utf-8")
    assert Lexicon.read(tmp_path).phrases == {("may", "gio"): ("mấy", "giờ"), ("o", "dau"): ("ở", "đâu")}


PHRASES = Lexicon(
    phrases={
        ("may", "gio"): ("mấy", "giờ"),
        ("gi",): ("gì",),
        ("la", "gi"): ("là", "gì"),
        ("o", "dau"): ("ở", "đâu"),
    }
)


def test_the_longest_phrase_of_open_words_is_restored() -> None:
    assert PHRASES.restored(["may", "gio", "la", "gi"], [True] * 4) == ["mấy", "giờ", "là", "gì"]
    assert PHRASES.restored(["may", "giờ"], [True, False]) == ["mấy", "giờ"]


def test_a_phrase_of_which_a_word_means_something_else_is_left() -> None:
    assert PHRASES.restored(["may", "gió"], [True, False]) == ["may", "gió"]
    assert PHRASES.restored(["la", "gi"], [False, True]) == ["la", "gì"]
    assert PHRASES.restored(["o", "dau", "o"], [False] * 3) == ["o", "dau", "o"]


def test_without_files_nothing_is_known(tmp_path: Path) -> None:
    assert Lexicon.read(tmp_path / "missing") == NO_WORDS

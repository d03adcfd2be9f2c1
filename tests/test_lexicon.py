from pathlib import Path

from retrieval.lexicon import NO_WORDS, Lexicon


def test_each_shorthand_has_its_meaning_whatever_its_case(tmp_path: Path) -> None:
    (tmp_path / "teencode.txt").write_text("# so\n\nthế nào: TN tnao\nkhông: ko\n", encoding="utf-8")
    assert Lexicon.read(tmp_path).shorthand == {
        "tn": ("thế", "nào"),
        "tnao": ("thế", "nào"),
        "ko": ("không",),
    }


def test_phrases_are_found_by_what_is_typed_without_accents(tmp_path: Path) -> None:
    (tmp_path / "questions.txt").write_text("mấy giờ\n# hỏi\nở đâu\n", encoding="utf-8")
    assert Lexicon.read(tmp_path).phrases == {("may", "gio"): ("mấy", "giờ"), ("o", "dau"): ("ở", "đâu")}


def test_without_files_nothing_is_known(tmp_path: Path) -> None:
    assert Lexicon.read(tmp_path / "missing") == NO_WORDS

"""What newsrooms sent in old fonts, encoded twice or under another name, beside what should have come."""

import json
from pathlib import Path

import pytest
from reading import article

CASES = Path(__file__).parents[3] / "shared" / "articles_in" / "cases"
NAMES = [
    *("cp1258_declared_1252", "double_cp1252_txt", "double_html", "double_latin1_becomes_korean"),
    *("legacy_tcvn3_as_utf8_html", "legacy_tcvn3_as_utf8_txt", "legacy_vni_as_utf8_txt", "legacy_vni_bytes"),
    *("legacy_vni_jsonl", "aspx_page", "doc_is_html"),
]


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases in ../shared/articles_in are not here")
@pytest.mark.parametrize("name", NAMES)
def test_what_was_received_comes_out_as_it_was_meant(name: str) -> None:
    case = json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    expected = case["expected"]
    read = article(CASES / case["file"])
    assert read.title == expected.get("title", read.title)
    assert read.language == expected.get("language", read.language)
    assert [text for text in expected.get("body_contains", []) if text not in read.body] == []

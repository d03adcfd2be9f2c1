"""Why a file could not be read, in the reader's language."""

import re

from bot.language import Texts

_SEPARATOR = re.compile(r"(: |; )")


def reason(texts: Texts, given: str) -> str:
    """Return the reason *given* by a reader, with its known parts translated; the rest stays English.

    ``retrieval`` speaks English only: its reasons also go to logs and to machines.
    """
    known = {
        "empty": texts("empty"),
        "binary": texts("binary"),
        "not decodable": texts("not decodable"),
        "an old Vietnamese font (VNI or TCVN3)": texts("an old Vietnamese font (VNI or TCVN3)"),
        "convert it to Unicode": texts("convert it to Unicode"),
        "save the file as UTF-8": texts("save the file as UTF-8"),
        "larger than": texts("larger than"),
        "no text": texts("no text"),
        "no article found in this page": texts("no article found in this page"),
        "unsupported format": texts("unsupported format"),
        "use .txt, .md, .html or .jsonl": texts("use .txt, .md, .html or .jsonl"),
        "cannot be opened": texts("cannot be opened"),
        "the folder cannot be opened": texts("the folder cannot be opened"),
        "no such file or folder": texts("no such file or folder"),
        "not JSON": texts("not JSON"),
        "not UTF-8": texts("not UTF-8"),
    }

    def translated(part: str) -> str:
        for english, text in known.items():
            if part == english or part.startswith(f"{english} "):
                return text + part[len(english) :]
        return part

    return "".join(map(translated, _SEPARATOR.split(given)))

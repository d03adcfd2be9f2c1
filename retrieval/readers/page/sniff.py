"""Tell a web page by its beginning, whatever the file is called: portals offer pages as Word files."""

import re
from pathlib import Path

FIRST_BYTES = 2000

_BEGIN = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def begins_like_a_page(path: Path) -> bool:
    """Tell whether the file begins with the tags of a web page; False if it cannot be opened."""
    try:
        with path.open("rb") as file:
            return is_page(file.read(FIRST_BYTES))
    except OSError:
        return False


def is_page(content: bytes) -> bool:
    """Tell whether *content* begins with the tags of a web page."""
    return _BEGIN.match(content[:FIRST_BYTES]) is not None

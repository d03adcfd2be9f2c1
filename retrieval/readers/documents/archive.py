"""Archives: opened within limits, and nothing of them is ever written to the disk."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from retrieval.errors import ReadError
from retrieval.readers.files import MAX_DOCUMENT_BYTES, SourceFile, is_wanted

MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 200 * 1024 * 1024  # of all members together
MAX_RATIO = 200  # unpacked to packed; text packs at 3 to 20, a bomb at 1000
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError)
# A document type could define entities that grow without end or read other files. No office format has one.
_DOCTYPE = re.compile(
    rb"<!(?:DOCTYPE|ENTITY)|<\0!\0(?:D\0O\0C|E\0N\0T)|\0<\0!\0(?:D\0O\0C|E\0N\0T)", re.IGNORECASE
)


class ZippedFiles:
    """A ZIP archive in memory, whose members are read one by one."""

    def __init__(self, content: bytes, origin: str) -> None:
        """Look at what it holds. Raises ``ReadError`` if it is damaged, locked, or much larger unpacked."""
        self._origin = origin
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _DAMAGED as error:
            raise ReadError(origin, "damaged archive") from error
        members = self._zip.infolist()
        if len(members) > MAX_MEMBERS:
            raise ReadError(origin, "an archive of over {n} files; send fewer at once", n=MAX_MEMBERS)
        unpacked = sum(member.file_size for member in members)
        if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(len(content), 100_000):
            raise ReadError(origin, "an archive that unpacks to far too much")
        # The name may be empty, which Python's ``is_dir`` does not expect.
        self._members = {it.filename: it for it in members if it.filename and not it.is_dir()}

    @property
    def names(self) -> list[str]:
        """The ways to its members, in their order."""
        return list(self._members)

    def read(self, name: str, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
        """Return the content of a member. Raises ``ReadError`` if it is over *limit* bytes, too."""
        member = self._members.get(name)
        if member is None:
            raise ReadError(self._origin, "damaged archive")
        if member.flag_bits & 1:
            raise ReadError(self._origin, "locked with a password; save it without one")
        try:
            with self._zip.open(member) as stream:
                content = stream.read(limit + 1)  # what the archive says of sizes may be a lie
        except (*_DAMAGED, RuntimeError) as error:
            raise ReadError(self._origin, "damaged archive") from error
        if len(content) > limit:
            raise ReadError(self._origin, "larger than {size} MB", size=limit // 1024**2)
        return content

    def xml(self, name: str) -> Any:
        """Return the root element of a member in XML. Raises ``ReadError``."""
        return parsed(self.read(name), self._origin)


def parsed(content: bytes, origin: str) -> Any:
    """Return the root element of XML without a document type, so without entities. Raises ``ReadError``."""
    if _DOCTYPE.search(content):
        raise ReadError(origin, "XML that defines entities is not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(origin, "damaged: not the XML it should be") from error


def members(file: SourceFile) -> Iterator[SourceFile | ReadError]:
    """Yield the files in a ZIP archive, and why one of them cannot be read. Raises ``ReadError``."""
    archive = ZippedFiles(file.load(MAX_DOCUMENT_BYTES), file.origin)
    is_empty = True
    for name in archive.names:
        parts = name.replace("\\", "/").split("/")
        if name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            is_empty = False
            yield ReadError(file.origin, "a file in this archive leads out of it; pack the folder anew")
            continue
        if not all(map(is_wanted, filter(None, parts))) or "__MACOSX" in parts:
            continue
        is_empty = False
        try:
            yield file.holding(archive.read(name), "/".join(filter(None, parts)))
        except ReadError as error:
            yield ReadError(f"{file.origin}/{name}", error.reason.msgid, **error.reason.values)
    if is_empty:
        raise ReadError(file.origin, "empty")

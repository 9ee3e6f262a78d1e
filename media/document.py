"""What a document is, found by looking into it: PDF, Word or PowerPoint, and how many pages it has where it tells.

Sources: ISO 32000-1 (`Pages`, `Count`), ECMA-376 (names of parts), [MS-CFB] (names of streams are in UTF-16),
https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (the end of a ZIP's directory; read 2026-11-26).
"""

import asyncio
import hashlib
import json
import mmap
import re
import resource
import struct
import sys
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path

import pypdf
from pypdf.errors import PyPdfError

from media.inspect import MediaError

PDF = "application/pdf"
DOC, PPT = "application/msword", "application/vnd.ms-powerpoint"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = {"WordDocument": DOC, "PowerPoint Document": PPT}
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_END, _END_SIZE, _LONGEST_END = b"PK\x05\x06", 22, 65_557
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
"""It leads to a directory for more than 4 GiB or 65,535 parts, which no document needs."""
_MOST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of a ZIP's directory that are read: a document's has some kilobytes, one made on purpose fills the memory."""
_CHUNK = 1024 * 1024
_MOST_PAGES = 1_000_000
_SECONDS, _MEMORY = 20, 1024 * 1024 * 1024
"""What looking into one document may take: it is done by a process of its own, for a file may be made to hurt."""
_AT_ONCE = asyncio.Semaphore(2)


class NotADocumentError(MediaError):
    """It is none of PDF, Word and PowerPoint, or it is damaged or locked."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a document is: size in bytes, the hash in hexadecimal, `pages` or slides (None: it does not tell)."""

    mime_type: str
    byte_size: int
    sha256: str
    pages: int | None


def looks_like_document(head: bytes) -> bool:
    """Say by its first eight bytes whether a file may be a document."""
    return head.startswith((_PDF, _ZIP, _OLE))


async def inspect_document_async(path: Path) -> DocumentFacts:
    """Look into a file, in a process of its own with bounds, at most two at once.

    Raises:
        NotADocumentError: no document of a known type, or damaged or locked, or it takes too much to be looked into.
    """
    async with _AT_ONCE:
        arguments = (sys.executable, "-m", "media.document", str(path))
        child = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
        try:
            async with asyncio.timeout(_SECONDS):
                told, _ = await child.communicate()
        except TimeoutError:
            told = b""
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
    try:
        facts = json.loads(told)
    except json.JSONDecodeError:
        raise NotADocumentError("looking into it takes too much: it is damaged, or made to hurt") from None
    if "why" in facts:
        raise NotADocumentError(facts["why"])
    return DocumentFacts(**facts)


def inspect_document(path: Path) -> DocumentFacts:
    """Look into a file.

    Raises:
        NotADocumentError: no document of a known type, or damaged or locked.
    """
    with path.open("rb") as file:
        head = file.read(len(_OLE))
    if head.startswith(_PDF):
        mime_type, pages = PDF, _pages_of_pdf(path)
    elif head.startswith(_ZIP):
        mime_type, pages = _parts_of_zip(path)
    else:
        mime_type, pages = _stream_of(path), None
    return DocumentFacts(mime_type, path.stat().st_size, _hash_of(path), pages)


def _pages_of_pdf(path: Path) -> int:
    """Read how many pages it says it has; none of them is read."""
    try:
        with pypdf.PdfReader(path) as reader:
            if reader.is_encrypted and not reader.decrypt(""):
                raise NotADocumentError("it is locked by a password")
            pages = int(reader.root_object["/Pages"]["/Count"])  # pyright: ignore[reportIndexIssue] - what is no dictionary is damage
    except (
        PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        RuntimeError,
        TypeError,
        ValueError,
    ) as error:
        raise NotADocumentError("it is no PDF that can be read, or is damaged") from error
    if not 0 < pages <= _MOST_PAGES:
        raise NotADocumentError("it says that it has a number of pages that no document has")
    return pages


def _parts_of_zip(path: Path) -> tuple[str, int | None]:
    _refuse_large_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, struct.error) as error:
        raise NotADocumentError("it is no document, or is damaged") from error
    if "word/document.xml" in names:
        return DOCX, None
    if "ppt/presentation.xml" in names:
        return PPTX, sum(1 for name in names if _SLIDE.fullmatch(name))
    raise NotADocumentError("it is an archive, and no Word or PowerPoint document")


def _refuse_large_directory(path: Path) -> None:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise NotADocumentError("it is no document, or is damaged")
    (directory,) = struct.unpack_from("<I", tail, at + 12)
    if directory > _MOST_DIRECTORY or tail[max(0, at - _LOCATOR_SIZE) : at].startswith(_LOCATOR):
        raise NotADocumentError("it has more parts than a document has")


def _stream_of(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for name, mime_type in _STREAMS.items():
            if content.find(name.encode("utf-16-le")) >= 0:
                return mime_type
    raise NotADocumentError("it is no Word or PowerPoint document")


def _hash_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    try:
        told: dict[str, object] = asdict(inspect_document(Path(sys.argv[1])))
    except NotADocumentError as error:
        told = {"why": str(error)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main()

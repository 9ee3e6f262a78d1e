"""Looking into a document: a program, for a file may be made to hurt, and what reads it takes much memory.

Sources: ISO 32000-1 (`Pages`, `Count`), ECMA-376 (names of parts), [MS-CFB] (names of streams are in UTF-16),
https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (the end of a ZIP's directory; read 2026-11-26).
"""

import hashlib
import json
import mmap
import re
import resource
import struct
import sys
import zipfile
from dataclasses import asdict
from pathlib import Path

import pypdf
from pypdf.errors import PyPdfError

from media.document import (
    DOC,
    DOCX,
    OLE_BEGINS,
    PDF,
    PDF_BEGINS,
    PPT,
    PPTX,
    SECONDS,
    ZIP_BEGINS,
    DocumentFacts,
    NotADocumentError,
)

_STREAMS = {"WordDocument": DOC, "PowerPoint Document": PPT}
_SLIDE = re.compile(r"ppt/slides/slide\d+\.xml")
_END, _END_SIZE, _LONGEST_END = b"PK\x05\x06", 22, 65_557
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
"""It leads to a directory for more than 4 GiB or 65,535 parts, which no document needs."""
_MOST_DIRECTORY = 4 * 1024 * 1024
"""Bytes of a ZIP's directory that are read: a document's has some kilobytes, one made on purpose fills the memory."""
_CHUNK = 1024 * 1024
_MOST_PAGES = 1_000_000
_MEMORY = 1024 * 1024 * 1024


def inspect_document(path: Path) -> DocumentFacts:
    """Look into a file.

    Raises:
        NotADocumentError: no document of a known type, or damaged or locked.
    """
    with path.open("rb") as file:
        head = file.read(len(OLE_BEGINS))
    if head.startswith(PDF_BEGINS):
        mime_type, pages = PDF, _pages_of_pdf(path)
    elif head.startswith(ZIP_BEGINS):
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
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        told: dict[str, object] = asdict(inspect_document(Path(sys.argv[1])))
    except NotADocumentError as error:
        told = {"why": str(error)}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main()

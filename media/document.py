"""What a document is, found by looking into it: PDF, Word or PowerPoint, and how many pages it has where it tells."""

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from media.inspect import MediaError

PDF = "application/pdf"
DOC, PPT = "application/msword", "application/vnd.ms-powerpoint"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

BEGINNINGS = PDF_BEGINS, ZIP_BEGINS, OLE_BEGINS = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECONDS = 20
"""What looking into one document may take: `media.document_reader` does it in a process of its own."""
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
    return head.startswith(BEGINNINGS)


async def inspect_document_async(path: Path) -> DocumentFacts:
    """Look into a file, in a process of its own with bounds, at most two at once.

    Raises:
        NotADocumentError: no document of a known type, or damaged or locked, or it takes too much to be looked into.
    """
    async with _AT_ONCE:
        arguments = (sys.executable, "-m", "media.document_reader", str(path))
        child = await asyncio.create_subprocess_exec(*arguments, stdout=asyncio.subprocess.PIPE)
        try:
            async with asyncio.timeout(SECONDS):
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

"""Documents are what is in them, with their pages; what is damaged, locked or made to hurt is refused in a sentence."""

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from media import document
from media.document import (
    DOC,
    DOCX,
    PDF,
    PPT,
    PPTX,
    NotADocumentError,
    inspect_document_async,
    looks_like_document,
)
from media.document_reader import inspect_document

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(pages: int = 1, password: str | None = None) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(72, 72)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as written:
        for name in names:
            written.writestr(name, "x")
    return out.getvalue()


DECK = archive("[Content_Types].xml", "ppt/presentation.xml", *(f"ppt/slides/slide{n}.xml" for n in range(1, 8)))


def file_of(folder: Path, data: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "mime_type", "pages"),
    [
        (pdf(), PDF, 1),
        (pdf(301), PDF, 301),
        (archive("word/document.xml"), DOCX, None),
        (DECK, PPTX, 7),
        (OLE + b"\x00" * 600 + "WordDocument".encode("utf-16-le"), DOC, None),
        (OLE + b"\x00" * 600 + "PowerPoint Document".encode("utf-16-le"), PPT, None),
    ],
    ids=["pdf", "long pdf", "docx", "pptx", "doc", "ppt"],
)
def test_a_document_is_what_is_in_it(tmp_path: Path, data: bytes, mime_type: str, pages: int | None):
    facts = inspect_document(file_of(tmp_path, data))

    assert looks_like_document(data[:8])
    assert (facts.mime_type, facts.pages, facts.byte_size) == (mime_type, pages, len(data))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (pdf(2)[:60], "damaged"),
        (b"%PDF-1.7\n" + b"trailer << /Root 1 0 R >>" * 3, "damaged"),
        (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n", "damaged"),
        (pdf(password="secret"), "password"),
        (archive("a.txt"), "archive"),
        (DECK[:-10], "damaged"),
        (OLE + b"\x00" * 5_000, "no Word"),
        (b"PK\x03\x04" + b"PK\x05\x06" + b"\x00" * 8 + b"\xff" * 10, "more parts"),
        (DECK[:-22] + b"PK\x06\x07" + b"\x00" * 16 + DECK[-22:], "more parts"),
        (pdf().replace(b"/Count 1", b"/Count 99999999999999999999"), "number of pages"),
        (pdf().replace(b"/Count 1", b"/Count -1"), "number of pages"),
        (pdf().replace(b"/Count 1", b"/Count 0"), "number of pages"),
    ],
    ids=[
        "cut",
        "no objects",
        "in circles",
        "locked",
        "archive",
        "cut archive",
        "spreadsheet",
        "many parts",
        "zip64",
        "endless",
        "less than none",
        "none",
    ],
)
def test_what_is_none_is_refused_in_a_sentence(tmp_path: Path, data: bytes, why: str):
    with pytest.raises(NotADocumentError, match=why):
        inspect_document(file_of(tmp_path, data))


def test_an_empty_password_opens_what_everybody_may_read(tmp_path: Path):
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    writer.encrypt("", "owner")
    writer.write(out)

    assert inspect_document(file_of(tmp_path, out.getvalue())).pages == 1


async def test_a_process_of_its_own_looks_and_tells_the_same(tmp_path: Path):
    path = file_of(tmp_path, DECK)

    assert await inspect_document_async(path) == inspect_document(path)
    with pytest.raises(NotADocumentError, match="password"):
        await inspect_document_async(file_of(tmp_path, pdf(password="secret")))


async def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(document, "SECONDS", 0.01)
    with pytest.raises(NotADocumentError, match="takes too much"):
        await inspect_document_async(file_of(tmp_path, pdf()))

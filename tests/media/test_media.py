"""Media: what a file is, where its bytes live, and who may fetch them."""

import base64
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from media.inspect import ImageTooLargeError, NotAnImageError, inspect_image
from media.signing import SignatureRefusedError, sign_path, verify
from media.storage import LocalStorage, MissingFileError, StorageError, StorageNotSupportedError, open_storage

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY, OTHER = b"k" * 32, b"o" * 32
ASSET = "med_01m86tyzsaf7fb48xbj83hqcnq"


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


def picture(kind: str, size: tuple[int, int] = (40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "mime_type"),
    [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("GIF", "image/gif"), ("WEBP", "image/webp"), ("BMP", "image/bmp")],
)
def test_an_image_is_known_by_its_bytes(kind: str, mime_type: str):
    facts = inspect_image(picture(kind))

    assert (facts.mime_type, facts.width, facts.height) == (mime_type, 40, 30)
    assert facts.byte_size == len(picture(kind))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>",
        b"\xff\xd8\xff",
        b"%PDF-1.7",
        b"GIF89a",
        picture("JPEG")[:-200],
        picture("PNG")[:60],
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["empty", "html", "start", "pdf", "gif-start", "cut-jpeg", "cut-png", "svg"],
)
def test_what_is_no_whole_image_is_refused(data: bytes):
    with pytest.raises(NotAnImageError):
        inspect_image(data)


def test_an_image_that_unfolds_into_too_many_pixels_is_refused_unseen():
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")

    with pytest.raises(ImageTooLargeError):
        inspect_image(out.getvalue())


async def test_bytes_are_kept_whole_replaced_and_forgotten(tmp_path: Path):
    storage = LocalStorage(tmp_path)
    await storage.put(ASSET, b"one", "image/jpeg")
    await storage.put(ASSET, b"two", "image/jpeg")

    assert await storage.read(ASSET) == b"two"
    assert files(tmp_path) == [ASSET]

    await storage.delete(ASSET)
    await storage.delete(ASSET)
    assert not await storage.exists(ASSET)
    with pytest.raises(MissingFileError):
        await storage.read(ASSET)


@pytest.mark.parametrize("key", ["", "../up", "a/b", "a.b", "/etc/passwd", "a" * 129, "ключ", "a\x00b"])
async def test_a_key_of_somebody_elses_making_is_refused(tmp_path: Path, key: str):
    with pytest.raises(StorageError):
        await LocalStorage(tmp_path / "in").put(key, b"x", "image/jpeg")

    assert files(tmp_path) == []


def test_a_storage_that_is_not_built_is_refused_by_name():
    with pytest.raises(StorageNotSupportedError, match="s3://"):
        open_storage("s3://bucket")


def signed(*, expires_at: datetime = NOW + timedelta(hours=1)) -> dict[str, str]:
    path = sign_path(ASSET, expires_at=expires_at, key_id="k1", key=KEY)
    return {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}


def test_a_signed_address_opens_until_it_ends():
    verify(ASSET, **signed(), keys={"k1": KEY, "k0": OTHER}, now=NOW)

    with pytest.raises(SignatureRefusedError):
        verify(ASSET, **signed(), keys={"k1": KEY}, now=NOW + timedelta(hours=1))


@pytest.mark.parametrize(
    "change",
    [
        {"exp": str(int((NOW + timedelta(days=365)).timestamp()))},
        {"exp": "9" * 30},
        {"exp": "-1"},
        {"exp": "\uff11"},
        {"exp": ""},
        {"kid": "k2"},
        {"kid": "k0"},
        {"sig": ""},
        {"sig": "ü"},
        {"sig": base64.urlsafe_b64encode(b"0" * 32).decode().rstrip("=")},
    ],
)
def test_a_changed_address_opens_nothing(change: dict[str, str]):
    with pytest.raises(SignatureRefusedError):
        verify(ASSET, **{**signed(), **change}, keys={"k1": KEY, "k0": OTHER}, now=NOW)


def test_the_address_of_one_file_opens_no_other():
    with pytest.raises(SignatureRefusedError):
        verify("med_01m86tyzsaf7fb48xbj83hqcnr", **signed(), keys={"k1": KEY}, now=NOW)

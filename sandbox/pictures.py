"""Pictures: fetching them as a platform would, telling what they are, keeping their bytes for the feed page."""

import hashlib
import io
import re
import shutil
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import httpx

HASH = re.compile(r"[0-9a-f]{64}")
FETCH_LIMIT_BYTES = 64 * 1024 * 1024
MIME_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
    "WEBP": "image/webp",
}


@dataclass(frozen=True, slots=True)
class Picture:
    """What a picture's bytes are.

    Attributes:
        hash: SHA-256 of the bytes in hexadecimal.
        format: Pillow's name of the format: `JPEG`, `PNG`, `MPO`, …
        width: Pixels.
        height: Pixels.
        size_bytes: Length of the file.
    """

    hash: str
    format: str
    width: int
    height: int
    size_bytes: int

    @property
    def mime_type(self) -> str:
        """The content type to serve it with."""
        return MIME_TYPES.get(self.format, "application/octet-stream")

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height


class FetchError(Exception):
    """A picture's address did not give bytes; the message says why, without the address."""


def inspect(data: bytes) -> Picture | None:
    """Tell what the bytes are from their header, without decoding; None if they are no picture."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - Pillow is large, and a sandbox at rest looks at no picture

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                kind, (width, height) = image.format or "", image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        return None
    return Picture(hashlib.sha256(data).hexdigest(), kind, width, height, len(data))


async def fetch(client: httpx.AsyncClient, url: str) -> bytes:
    """Get a picture from the address a publisher gave. Loopback is allowed; redirects are not followed.

    Raises:
        FetchError: If there is no usable answer.
    """
    try:
        async with client.stream("GET", url) as response:
            if response.status_code != httpx.codes.OK.value:
                raise FetchError(f"The address answered {response.status_code}.")
            data = bytearray()
            async for chunk in response.aiter_bytes():
                data += chunk
                if len(data) > FETCH_LIMIT_BYTES:
                    raise FetchError("The address gave more than 64 MiB.")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"The address could not be read ({type(error).__name__}).") from error
    return bytes(data)


@dataclass(slots=True)
class PictureStore:
    """Bytes by hash, in memory or in a folder.

    Attributes:
        folder: Where to keep the bytes; None keeps them in memory until the process ends.
    """

    folder: Path | None = None
    _kinds: dict[str, Picture] = field(default_factory=dict[str, Picture])
    _bytes: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def keep(self, picture: Picture, data: bytes) -> None:
        """Keep the bytes of a picture; the same bytes are kept once."""
        if picture.hash in self._kinds:
            return
        self._kinds[picture.hash] = picture
        if self.folder is None:
            self._bytes[picture.hash] = data
        else:
            write_whole(self.folder / picture.hash, data)

    def find(self, picture_hash: str) -> tuple[Picture, bytes] | None:
        """Return a picture and its bytes."""
        data = self._read(picture_hash)
        picture = None if data is None else self._kinds.get(picture_hash) or inspect(data)
        return None if picture is None or data is None else (picture, data)

    def clear(self) -> None:
        """Forget all."""
        self._kinds.clear()
        self._bytes.clear()
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _read(self, picture_hash: str) -> bytes | None:
        if self.folder is None or not HASH.fullmatch(picture_hash):
            return self._bytes.get(picture_hash)
        path = self.folder / picture_hash
        return path.read_bytes() if path.is_file() else None


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all, with its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(data)
    part.replace(path)

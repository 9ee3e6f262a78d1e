"""What a file is, found by looking into it: never by its name or by what a server said."""

import asyncio
import hashlib
import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

FORMATS = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
"""Types that are looked into at all; the decoders of all others are never reached."""

_FOUND_AS = FORMATS | {"MPO": "image/mpo"}  # several JPEGs in one file, found by JPEG's decoder

MAX_PIXELS = 50_000_000
MAX_SIDE = 10_000
MAX_SCANS = 100
"""Encoders write about ten."""
_AT_ONCE = asyncio.Semaphore(2)


class MediaError(Exception):
    """A file cannot be used; the message says why, as the end of a sentence about it."""


class NotAnImageError(MediaError):
    """It is no image of a known type, or it is damaged."""


class ImageTooLargeError(MediaError):
    """It has more pixels than are decoded here."""


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What an image is: sizes in pixels and bytes, the hash in hexadecimal."""

    mime_type: str
    width: int
    height: int
    byte_size: int
    sha256: str


def inspect_image(data: bytes) -> ImageFacts:
    """Look into an image: its header before its pixels, then its pixels, to find out whether they are all there.

    Raises:
        NotAnImageError: no image of a known type, or damaged.
        ImageTooLargeError: too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs: the limits below are stricter; of damage: it is found or borne
            with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
                _check_scans(data)
                _check_size(image.width, image.height)
                facts = _facts(image, data)
                image.draft("RGB", (64, 64))  # a JPEG is then decoded at a fraction of its size
                image.load()
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise NotAnImageError("it is not an image, or is damaged") from error
    except Image.DecompressionBombError as error:
        raise ImageTooLargeError(f"it has more than {MAX_PIXELS:,} pixels") from error
    return facts


async def inspect_image_async(data: bytes) -> ImageFacts:
    """Do the same in a thread, at most two at once.

    Raises:
        NotAnImageError, ImageTooLargeError: as `inspect_image`.
    """
    async with _AT_ONCE:
        return await asyncio.to_thread(inspect_image, data)


def _check_size(width: int, height: int) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise ImageTooLargeError(f"it is {width} by {height} pixels, more than is decoded here")


def _check_scans(data: bytes) -> None:
    """A progressive JPEG may say the same scan thousands of times; each costs a pass over all its pixels.

    Within the pixels 0xFF is always followed by 0x00 or a restart, so these bytes stand for scans, or for chance in a
    profile or thumbnail.
    """
    if data[:2] == b"\xff\xd8" and data.count(b"\xff\xda") > MAX_SCANS:
        raise NotAnImageError(f"it is a JPEG of more than {MAX_SCANS} scans")


def _facts(image: Image.Image, data: bytes) -> ImageFacts:
    return ImageFacts(
        mime_type=_FOUND_AS[image.format or ""],
        width=image.width,
        height=image.height,
        byte_size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )

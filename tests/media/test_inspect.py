"""What a file is, found by looking into it."""

import asyncio
import hashlib
import io
import random
import struct
import zlib

import pytest
from PIL import Image

from media.inspect import (
    FORMATS,
    MAX_SCANS,
    MAX_SIDE,
    ImageTooLargeError,
    MediaError,
    NotAnImageError,
    inspect_image,
    inspect_image_async,
)


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


def animation(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), color) for color in ("teal", "red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def noise(kind: str) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(out, kind)
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is this large and holds no pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def test_the_facts_are_those_of_the_bytes():
    data = picture("JPEG", (123, 45))

    facts = inspect_image(data)

    assert (facts.width, facts.height, facts.byte_size) == (123, 45, len(data))
    assert facts.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_images_of_all_color_modes_are_read(mode: str):
    out = io.BytesIO()
    Image.new(mode, (40, 30)).save(out, "TIFF" if mode in {"CMYK", "I;16"} else "PNG")

    assert (inspect_image(out.getvalue()).width, inspect_image(out.getvalue()).height) == (40, 30)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_is_an_image_of_its_first_picture(kind: str):
    assert inspect_image(animation(kind)).mime_type == FORMATS[kind]


def test_a_file_of_several_jpegs_is_not_taken_for_one():
    assert inspect_image(animation("MPO")).mime_type == "image/mpo"


@pytest.mark.parametrize("kind", ["ICO", "PPM", "TGA", "PCX", "JPEG2000", "PDF", "EPS"])
def test_a_type_that_nobody_takes_is_not_looked_into(kind: str):
    with pytest.raises(NotAnImageError):
        inspect_image(picture(kind))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_an_image_that_is_cut_off_is_refused(kind: str, part: float):
    data = noise(kind)

    with pytest.raises(NotAnImageError):
        inspect_image(data[: int(len(data) * part)])


@pytest.mark.parametrize(
    ("width", "height"),
    [(20_000, 20_000), (MAX_SIDE + 1, 1), (1, MAX_SIDE + 1), (10_000, 5_001), (2**31 - 1, 2**31 - 1)],
)
def test_a_size_that_is_only_announced_is_refused_before_a_pixel_is_made(width: int, height: int):
    with pytest.raises(ImageTooLargeError):
        inspect_image(png_of(width, height))


def test_a_text_that_unfolds_inside_an_image_is_refused():
    bomb = zlib.compress(b"0" * 100_000_000)
    body = b"Comment\x00\x00" + bomb
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + struct.pack(">I", zlib.crc32(b"zTXt" + body))
    data = picture("PNG")

    with pytest.raises(NotAnImageError):
        inspect_image(data[:33] + chunk + data[33:])


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "MPO"])
def test_whatever_is_wrong_with_a_file_ends_in_an_error_of_the_product(kind: str):
    chance = random.Random(20261124)
    whole = animation(kind) if kind == "MPO" else noise(kind)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            place = chance.randrange(min(len(data), chance.choice([64, len(whole)])))
            data[place : place + chance.randint(0, 2)] = chance.randbytes(chance.randint(0, 3))
        try:
            facts = inspect_image(bytes(data[: chance.randint(1, 2 * len(data))]))
        except MediaError:
            continue
        assert facts.mime_type in {*FORMATS.values(), "image/mpo"}


async def test_many_images_at_once_are_all_inspected():
    found = await asyncio.gather(*(inspect_image_async(picture("JPEG", (10 + n, 10))) for n in range(20)))

    assert [facts.width for facts in found] == list(range(10, 30))


def test_a_jpeg_that_says_the_same_scan_again_and_again_is_refused_unseen():
    """Each scan of a progressive JPEG costs a pass over all its pixels; a kilobyte holds a dozen."""
    held = io.BytesIO()
    Image.new("L", (400, 300), 128).save(held, "JPEG", progressive=True)
    data = held.getvalue()
    last = data[data.rindex(b"\xff\xda") : -2]
    many = data[:-2] + last * MAX_SCANS + b"\xff\xd9"

    assert inspect_image(data[:-2] + last * (MAX_SCANS - data.count(b"\xff\xda")) + b"\xff\xd9").width == 400
    with pytest.raises(NotAnImageError, match=f"more than {MAX_SCANS} scans"):
        inspect_image(many)

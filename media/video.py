"""What a video is, found in its boxes: length, size as it is shown, codec and frame rate. Its pictures are not decoded.

Sources: ISO/IEC 14496-12 (`mvhd`, `tkhd`, `mdhd`, `stsd`, `stts`), and https://mp4ra.org/registered-types/codecs
(read 2026-11-25).
"""

import asyncio
import hashlib
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from media.boxes import Box, BoxFile, BrokenBoxError, boxes, child, content
from media.inspect import MediaError

_BRANDS = {b"qt  ": "video/quicktime"}
_CODECS = {
    **dict.fromkeys((b"avc1", b"avc2", b"avc3", b"avc4"), "h264"),
    **dict.fromkeys((b"hvc1", b"hev1"), "hevc"),
    b"av01": "av1",
    b"vp09": "vp9",
    b"mp4v": "mpeg4",
    **dict.fromkeys((b"apcn", b"apch", b"apcs", b"apco", b"ap4h"), "prores"),
}
_CHUNK = 1024 * 1024
_LONGEST = 7 * 24 * 3600.0
_MOST_RUNS = 100_000
_QUARTER_TURNS = (0, 0)


class NotAVideoError(MediaError):
    """It is no MP4 or MOV with a picture, or it is damaged."""


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What a video is: sizes in pixels as shown and in bytes, `seconds` and `frame_rate` (None: it does not say).

    `starts_at_once` says that what a player needs first comes first in the file.
    """

    mime_type: str
    width: int
    height: int
    byte_size: int
    sha256: str
    seconds: float
    codec: str
    frame_rate: float | None
    starts_at_once: bool


@dataclass(frozen=True, slots=True)
class _Whole:
    """What is known of a file without its boxes."""

    size: int
    sha256: str


def looks_like_video(head: bytes) -> bool:
    """Say by its first twelve bytes whether a file is one of boxes."""
    return head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"}


async def inspect_video_async(path: Path) -> VideoFacts:
    """Look into a file, in a thread.

    Raises:
        NotAVideoError: no MP4 or MOV, or damaged.
    """
    return await asyncio.to_thread(inspect_video, path)


def inspect_video(path: Path) -> VideoFacts:
    """Look into a file; no more than a megabyte of it is in memory at a time.

    Raises:
        NotAVideoError: no MP4 or MOV with a picture, or damaged.
    """
    size = path.stat().st_size
    try:
        with path.open("rb") as opened:
            file = BoxFile(opened)
            return _facts(file, list(boxes(file, 0, size)), _Whole(size, _hash(opened)))
    except (BrokenBoxError, struct.error) as error:
        raise NotAVideoError("it is not an MP4 or MOV video, or is damaged") from error


def _facts(file: BoxFile, top: list[Box], whole: _Whole) -> VideoFacts:
    film = next((box for box in top if box.name == b"moov"), None)
    track = _picture(file, film) if film is not None else None
    if film is None or track is None or not any(box.name == b"mdat" for box in top):
        raise BrokenBoxError("no film with a picture")
    names = [box.name for box in top]
    width, height = _shown_size(file, track)
    seconds, frames = _length(file, film), _frames(file, track)
    return VideoFacts(
        mime_type=_type(file, top),
        width=width,
        height=height,
        byte_size=whole.size,
        sha256=whole.sha256,
        seconds=seconds,
        codec=_codec(file, track),
        frame_rate=round(frames / seconds, 3) if frames and seconds else None,
        starts_at_once=names.index(b"moov") < names.index(b"mdat"),
    )


def _picture(file: BoxFile, film: Box) -> Box | None:
    for box in boxes(file, film.start, film.end):
        if box.name == b"trak":
            handler = child(file, box, b"mdia", b"hdlr")
            if handler is not None and content(file, handler, 4, skip=8) == b"vide":
                return box
    return None


def _shown_size(file: BoxFile, track: Box) -> tuple[int, int]:
    """Read the size behind the matrix; a quarter turn, as phones write it, swaps the sides."""
    head = _needed(file, track, b"tkhd")
    version = content(file, head, 1)[0]
    numbers = struct.unpack(">9i2I", content(file, head, 44, skip=52 if version == 1 else 40))
    width, height = numbers[9] >> 16, numbers[10] >> 16
    if not (width and height):
        raise BrokenBoxError("a picture without a size")
    return (height, width) if (numbers[0], numbers[4]) == _QUARTER_TURNS else (width, height)


def _length(file: BoxFile, film: Box) -> float:
    head = _needed(file, film, b"mvhd")
    if content(file, head, 1)[0] == 1:
        scale, length = struct.unpack(">IQ", content(file, head, 12, skip=20))
    else:
        scale, length = struct.unpack(">II", content(file, head, 8, skip=12))
    seconds = length / scale if scale else 0.0
    if not 0 < seconds < _LONGEST:
        raise BrokenBoxError("a film without a length")
    return round(seconds, 3)


def _codec(file: BoxFile, track: Box) -> str:
    entries = _needed(file, track, b"mdia", b"minf", b"stbl", b"stsd")
    name = content(file, entries, 4, skip=12)
    if not all(32 <= byte < 127 for byte in name) or not name.strip():  # noqa: PLR2004 - printable ASCII
        raise BrokenBoxError("a codec without a name")
    return _CODECS.get(name) or name.decode("ascii").strip()


def _frames(file: BoxFile, track: Box) -> int:
    """Count the pictures by the table of their times; a fragmented file has none there."""
    times = child(file, track, b"mdia", b"minf", b"stbl", b"stts")
    if times is None:
        return 0
    runs = min(struct.unpack(">I", content(file, times, 4, skip=4))[0], _MOST_RUNS)
    counts = struct.iter_unpack(">II", content(file, times, 8 * runs, skip=8))
    return sum(count for count, _ in counts)


def _type(file: BoxFile, top: list[Box]) -> str:
    kind = next((box for box in top if box.name == b"ftyp"), None)
    return "video/quicktime" if kind is None else _BRANDS.get(content(file, kind, 4), "video/mp4")


def _needed(file: BoxFile, parent: Box, *path: bytes) -> Box:
    found = child(file, parent, *path)
    if found is None:
        raise BrokenBoxError(f"no {path[-1]!r}")
    return found


def _hash(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.hexdigest()

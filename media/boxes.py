"""The boxes of an ISO base media file (MP4, MOV), read one by one where they lie; no box's content is held whole.

Source: ISO/IEC 14496-12 and https://developer.apple.com/documentation/quicktime-file-format (read 2026-11-25).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MOST = 20_000
"""Boxes looked at in one file; a film of hours has some hundreds, and a fragmented one some thousands."""


class BrokenBoxError(Exception):
    """The boxes do not fit into each other."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name, and where its content starts and ends in the file."""

    name: bytes
    start: int
    end: int


class BoxFile:
    """A file of boxes, of which only so many are looked at: one made on purpose could have them without end."""

    def __init__(self, file: BinaryIO, *, most: int = _MOST) -> None:
        self._file = file
        self._left = most

    def read(self, start: int, size: int) -> bytes:
        """Read some bytes, fewer at the end of the file."""
        self._file.seek(start)
        return self._file.read(size)

    def count(self) -> None:
        """Count a box that is looked at.

        Raises:
            BrokenBoxError: there were too many.
        """
        self._left -= 1
        if self._left < 0:
            raise BrokenBoxError("too many boxes")


def boxes(file: BoxFile, start: int, end: int) -> Iterator[Box]:
    """List the boxes of a stretch of the file.

    Raises:
        BrokenBoxError: one is longer than the stretch, or has no proper head; or there are too many in the file.
    """
    while start + 8 <= end:
        file.count()
        box = _box(file, start, end)
        yield box
        start = box.end


def child(file: BoxFile, parent: Box, *path: bytes) -> Box | None:
    """Find a box within a box, step by step; the first of each name."""
    found: Box | None = parent
    for name in path:
        if found is None:
            return None
        found = next((box for box in boxes(file, found.start, found.end) if box.name == name), None)
    return found


def content(file: BoxFile, box: Box, size: int, *, skip: int = 0) -> bytes:
    """Read the first `size` bytes of a box's content, behind those to skip.

    Raises:
        BrokenBoxError: it has fewer.
    """
    data = file.read(box.start + skip, max(min(size, box.end - box.start - skip), 0))
    if len(data) < size:
        raise BrokenBoxError(f"{box.name!r} is too short")
    return data


def _box(file: BoxFile, start: int, end: int) -> Box:
    head = file.read(start, 16)
    if len(head) < 8:  # noqa: PLR2004 - a head is four bytes of size and four of name
        raise BrokenBoxError("a box without a head")
    size, name = struct.unpack(">I4s", head[:8])
    offset = 8
    if size == 1 and len(head) == 16:  # noqa: PLR2004 - the long form
        (size,) = struct.unpack(">Q", head[8:16])
        offset = 16
    elif size == 0:
        size = end - start
    if size < offset or start + size > end:
        raise BrokenBoxError(f"{name!r} does not fit into the file")
    return Box(name, start + offset, start + size)

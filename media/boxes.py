"""The boxes of an ISO base media file (MP4, MOV), read one by one where they lie; no box's content is held whole.

Source: ISO/IEC 14496-12 and https://developer.apple.com/documentation/quicktime-file-format (read 2026-11-25).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MOST = 4_096
"""Boxes looked at on one level; a film of hours has a few dozen, and a fragmented one some thousands."""


class BrokenBoxError(Exception):
    """The boxes do not fit into each other."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box: its name, and where its content starts and ends in the file."""

    name: bytes
    start: int
    end: int


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """List the boxes of a stretch of the file.

    Raises:
        BrokenBoxError: one is longer than the stretch, or has no proper head.
    """
    for _ in range(_MOST):
        if start + 8 > end:
            return
        box = _box(file, start, end)
        yield box
        start = box.end
    raise BrokenBoxError("too many boxes")


def child(file: BinaryIO, parent: Box, *path: bytes) -> Box | None:
    """Find a box within a box, step by step; the first of each name."""
    found: Box | None = parent
    for name in path:
        if found is None:
            return None
        found = next((box for box in boxes(file, found.start, found.end) if box.name == name), None)
    return found


def content(file: BinaryIO, box: Box, size: int, *, skip: int = 0) -> bytes:
    """Read the first `size` bytes of a box's content, behind those to skip.

    Raises:
        BrokenBoxError: it has fewer.
    """
    file.seek(box.start + skip)
    data = file.read(min(size, box.end - box.start - skip)) if box.end - box.start > skip else b""
    if len(data) < size:
        raise BrokenBoxError(f"{box.name!r} is too short")
    return data


def _box(file: BinaryIO, start: int, end: int) -> Box:
    file.seek(start)
    head = file.read(16)
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

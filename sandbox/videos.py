"""Videos: uploads that grow piece by piece, what their bytes are by their header, keeping them for the feed page."""

import hashlib
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import httpx

from sandbox.pictures import HASH, FetchError
from sandbox.state import PRIVATE_FOLDER

FETCH_LIMIT_BYTES = 1024 * 1024 * 1024
PIECE_BYTES = 1024 * 1024
MAX_HEADER_BYTES = 64 * 1024 * 1024
CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
QUARTER_TURN = 0


@dataclass(frozen=True, slots=True)
class VideoFile:
    """What a video's bytes are, by the header of its MP4 or QuickTime file.

    Attributes:
        hash: SHA-256 of the bytes in hexadecimal.
        codec: Four letters of the picture track: `avc1`, `hvc1`, …
        width: Pixels as shown, after a quarter turn that the file asks for.
        height: Likewise.
        seconds: How long it plays.
        frame_rate: Frames per second; 0 where the header does not tell.
        size_bytes: Length of the file.
        moov_first: Whether the header comes before the pictures.
        has_sound: Whether there is a track of sound.
    """

    hash: str
    codec: str
    width: int
    height: int
    seconds: float
    frame_rate: float
    size_bytes: int
    moov_first: bool = True
    has_sound: bool = False

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height


@dataclass(slots=True)
class _Track:
    """What one track's boxes say, raw."""

    kind: bytes = b""
    width: int = 0
    height: int = 0
    codec: bytes = b""
    time_scale: int = 0
    ticks: int = 0
    frames: int = 0


def inspect_video(path: Path) -> VideoFile | None:
    """Tell what a file is from its header, without decoding; None if it is no MP4 or QuickTime video that plays."""
    with path.open("rb") as file:
        boxes = {kind: (start, size) for kind, start, size in _top_boxes(file, path.stat().st_size)}
        if b"moov" not in boxes or b"mdat" not in boxes or boxes[b"moov"][1] > MAX_HEADER_BYTES:
            return None
        file.seek(boxes[b"moov"][0])
        header = file.read(boxes[b"moov"][1])
    try:
        tracks = list(_tracks(header))
        seconds = _duration(header)
    except (IndexError, ValueError):
        return None
    shown = next((track for track in tracks if track.kind == b"vide" and track.width and track.height), None)
    if shown is None or not seconds:
        return None
    return VideoFile(
        hash=_hash(path),
        codec=shown.codec.decode("latin-1"),
        width=shown.width,
        height=shown.height,
        seconds=seconds,
        frame_rate=shown.frames * shown.time_scale / shown.ticks if shown.ticks else 0.0,
        size_bytes=path.stat().st_size,
        moov_first=boxes[b"moov"][0] < boxes[b"mdat"][0],
        has_sound=any(track.kind == b"soun" for track in tracks),
    )


async def fetch_video(client: httpx.AsyncClient, url: str, path: Path) -> None:
    """Get a video from the address a publisher gave into a file. Loopback is allowed; redirects are not followed.

    Raises:
        FetchError: If there is no usable answer.
    """
    try:
        async with client.stream("GET", url) as response:
            if response.status_code != httpx.codes.OK.value:
                raise FetchError(f"The address answered {response.status_code}.")
            received = 0
            with path.open("wb") as file:
                async for chunk in response.aiter_bytes():
                    received += file.write(chunk)
                    if received > FETCH_LIMIT_BYTES:
                        raise FetchError("The address gave more than 1 GiB.")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise FetchError(f"The address could not be read ({type(error).__name__}).") from error


@dataclass(slots=True)
class VideoStore:
    """Uploads by name while they grow, and whole videos by hash, in a folder.

    Attributes:
        folder: Where the bytes are kept; None is a folder of this process's own, which goes with it.
    """

    folder: Path | None = None
    _own: tempfile.TemporaryDirectory[str] | None = field(init=False, default=None)

    def spool(self) -> Path:
        """Return a new file for what is arriving; who asked removes it."""
        return self._place("arriving", secrets.token_hex(16))

    def uploaded(self, name: str) -> int:
        """Return how many bytes of an upload are there."""
        path = self._place("uploads", name)
        return path.stat().st_size if path.is_file() else 0

    def append(self, name: str, source: Path, *, limit: int | None = None) -> int:
        """Add bytes to an upload and return how many are there now.

        Args:
            name: The upload's.
            source: A file with the bytes.
            limit: Take no more than so many of them.
        """
        left = source.stat().st_size if limit is None else limit
        with source.open("rb") as file, self._place("uploads", name).open("ab") as upload:
            while left > 0 and (piece := file.read(min(left, PIECE_BYTES))):
                left -= upload.write(piece)
        return self.uploaded(name)

    def join(self, name: str, parts: Iterable[str]) -> None:
        """Put uploads together as one, in their order; they stay."""
        self.drop(name)
        for part in parts:
            self.append(name, self._place("uploads", part))

    def content(self, name: str) -> bytes:
        """Return the bytes of an upload."""
        return self._place("uploads", name).read_bytes()

    def finish(self, name: str) -> VideoFile | None:
        """End an upload: tell what it is and keep it under its hash; None, and it is gone, if it is no video."""
        path = self._place("uploads", name)
        found = inspect_video(path) if path.is_file() else None
        if found is None:
            path.unlink(missing_ok=True)
        else:
            path.replace(self._place("whole", found.hash))
        return found

    def drop(self, name: str) -> None:
        """Forget an upload."""
        self._place("uploads", name).unlink(missing_ok=True)

    def path(self, video_hash: str) -> Path | None:
        """Return where a whole video's bytes are."""
        path = self._place("whole", video_hash) if HASH.fullmatch(video_hash) else None
        return path if path is not None and path.is_file() else None

    def clear(self) -> None:
        """Forget all."""
        if self._own is not None:
            self._own.cleanup()
            self._own = None
        elif self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """Remove the folder of this process's own."""
        if self._own is not None:
            self.clear()

    def _place(self, kind: str, name: str) -> Path:
        if self.folder is None and self._own is None:
            self._own = tempfile.TemporaryDirectory(prefix="sandbox-videos-")
        root = self.folder or Path(self._own.name if self._own else "")
        (root / kind).mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        return root / kind / name


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _top_boxes(file: BinaryIO, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start of the content and its size, for each box of the file; stops where there is none."""
    position = 0
    while position + 8 <= end:
        file.seek(position)
        head = file.read(16)
        size, kind, lead = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, lead = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - position
        if size < lead or position + size > end:
            return
        yield kind, position + lead, size - lead
        position += size


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 0
    while position + 8 <= len(data):
        size, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        if size < 8 or position + size > len(data):  # noqa: PLR2004 - a box is at least its own head
            return
        yield kind, data[position + 8 : position + size]
        position += size


def _tracks(header: bytes) -> Iterator[_Track]:
    for kind, content in _boxes(header):
        if kind == b"trak":
            track = _Track()
            _read_track(content, track)
            yield track


def _read_track(data: bytes, track: _Track) -> None:
    for kind, content in _boxes(data):
        if kind in CONTAINERS:
            _read_track(content, track)
        elif kind == b"tkhd":
            track.width, track.height = _shown_size(content)
        elif kind == b"mdhd":
            track.time_scale = _number(content, 20 if content[0] else 12)
        elif kind == b"hdlr":
            track.kind = content[8:12]
        elif kind == b"stsd":
            track.codec = content[12:16]
        elif kind == b"stts":
            pairs = [(_number(content, 8 + 8 * n), _number(content, 12 + 8 * n)) for n in range(_number(content, 4))]
            track.frames, track.ticks = sum(count for count, _ in pairs), sum(count * delta for count, delta in pairs)


def _shown_size(tkhd: bytes) -> tuple[int, int]:
    """Return width and height as shown: a matrix without diagonal turns the picture a quarter."""
    matrix = 52 if tkhd[0] else 40
    width, height = _number(tkhd, matrix + 36) >> 16, _number(tkhd, matrix + 40) >> 16
    turned = _number(tkhd, matrix) == QUARTER_TURN and _number(tkhd, matrix + 4) != QUARTER_TURN
    return (height, width) if turned else (width, height)


def _duration(header: bytes) -> float:
    """Return the film header's length in seconds."""
    mvhd = next((content for kind, content in _boxes(header) if kind == b"mvhd"), b"")
    if not mvhd:
        return 0.0
    scale = _number(mvhd, 20 if mvhd[0] else 12)
    ticks = _number(mvhd, 24, 8) if mvhd[0] else _number(mvhd, 16)
    return ticks / scale if scale else 0.0


def _number(data: bytes, position: int, length: int = 4) -> int:
    if position + length > len(data):
        raise ValueError("The box is too short.")
    return int.from_bytes(data[position : position + length], "big")

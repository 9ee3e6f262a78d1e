"""Sample videos: MP4 files that say in their header what was asked for. There is nothing to see in them."""

import struct

IDENTITY = (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
QUARTER = (0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
TIME_SCALE = 90_000
MIN_BYTES = 4_096


def render_video(
    *,
    width: int = 1080,
    height: int = 1920,
    seconds: float = 5.0,
    frame_rate: int = 30,
    size_bytes: int = MIN_BYTES,
    codec: bytes = b"avc1",
    turned: bool = False,
    moov_last: bool = False,
    name: str = "sample",
) -> bytes:
    """Return a file of `size_bytes` at least, which differs with the name.

    Args:
        width: Pixels as shown.
        height: Likewise.
        seconds: How long it says to play.
        frame_rate: Frames per second.
        size_bytes: How large the file is at least.
        codec: Four letters of the picture track.
        turned: Store it lying, with a quarter turn for the player, as phones do.
        moov_last: Put the header behind the pictures.
        name: What makes it differ from another.
    """
    frames = max(1, round(seconds * frame_rate))
    ticks = TIME_SCALE // frame_rate
    stored = (height, width) if turned else (width, height)
    matrix = QUARTER if turned else IDENTITY
    picture = _track(b"vide", codec, size=stored, matrix=matrix, seconds=seconds, times=(frames, ticks))
    sound = _track(b"soun", b"mp4a", size=(0, 0), matrix=IDENTITY, seconds=seconds, times=(frames, ticks))
    mvhd = _full(b"mvhd", struct.pack(">IIII", 0, 0, TIME_SCALE, round(seconds * TIME_SCALE)) + bytes(80))
    moov = _box(b"moov", mvhd + picture + sound)
    ftyp = _box(b"ftyp", b"isom" + bytes(4) + b"isomavc1")
    filling = name.encode().ljust(max(16, size_bytes - len(ftyp) - len(moov) - 8), b"\0")
    mdat = _box(b"mdat", filling)
    return ftyp + (mdat + moov if moov_last else moov + mdat)


def _track(
    kind: bytes,
    codec: bytes,
    *,
    size: tuple[int, int],
    matrix: tuple[int, ...],
    seconds: float,
    times: tuple[int, int],
) -> bytes:
    width, height = size
    duration = round(seconds * TIME_SCALE)
    tkhd = _full(
        b"tkhd",
        struct.pack(">IIIII", 0, 0, 1, 0, duration)
        + bytes(16)
        + struct.pack(">9i", *matrix)
        + struct.pack(">II", width << 16, height << 16),
    )
    mdhd = _full(b"mdhd", struct.pack(">IIIII", 0, 0, TIME_SCALE, duration, 0))
    hdlr = _full(b"hdlr", bytes(4) + kind + bytes(13))
    stsd = _full(b"stsd", struct.pack(">I", 1) + _box(codec, bytes(70)))
    stts = _full(b"stts", struct.pack(">III", 1, *times))
    stbl = _box(b"stbl", stsd + stts)
    return _box(b"trak", tkhd + _box(b"mdia", mdhd + hdlr + _box(b"minf", stbl)))


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content) + 8) + kind + content


def _full(kind: bytes, content: bytes) -> bytes:
    """A box with version 0 and no flags."""
    return _box(kind, bytes(4) + content)

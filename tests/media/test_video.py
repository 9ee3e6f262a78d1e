"""What a video is, read from its boxes: by samples of the sandbox, and by files that are no videos."""

import struct
from pathlib import Path

import pytest

from media.video import NotAVideoError, inspect_video, looks_like_video
from sandbox.sample_videos import render_video

FILM = render_video(width=1080, height=1920, seconds=7, frame_rate=25, size_bytes=2_000_000, name="film")


def written(folder: Path, data: bytes) -> Path:
    path = folder / "film.mp4"
    path.write_bytes(data)
    return path


def test_a_video_is_known_by_its_boxes(tmp_path: Path):
    facts = inspect_video(written(tmp_path, FILM))

    assert looks_like_video(FILM[:12])
    assert (facts.mime_type, facts.width, facts.height) == ("video/mp4", 1080, 1920)
    assert (facts.seconds, facts.codec, facts.frame_rate) == (7.0, "h264", 25.0)
    assert facts.byte_size == len(FILM)


def test_a_quarter_turn_swaps_the_sides(tmp_path: Path):
    upright = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    turned = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
    head = FILM.index(b"tkhd")
    place = FILM.index(upright, head)

    facts = inspect_video(written(tmp_path, FILM[:place] + turned + FILM[place + 36 :]))

    assert (facts.width, facts.height) == (1920, 1080)


@pytest.mark.parametrize("cut", [9, 40, 200, len(FILM) // 2, len(FILM) - 1])
def test_a_video_that_is_cut_short_is_refused(tmp_path: Path, cut: int):
    with pytest.raises(NotAVideoError):
        inspect_video(written(tmp_path, FILM[:cut]))


@pytest.mark.parametrize("name", [b"moov", b"mvhd", b"trak", b"tkhd", b"hdlr", b"stsd", b"mdat"])
def test_a_video_without_what_it_needs_is_refused(tmp_path: Path, name: bytes):
    with pytest.raises(NotAVideoError):
        inspect_video(written(tmp_path, FILM.replace(name, b"xxxx", 1)))


def test_sizes_that_lead_nowhere_are_refused(tmp_path: Path):
    place = FILM.index(b"moov") - 4

    for size in (0, 1, 7, 2**31):
        with pytest.raises(NotAVideoError):
            inspect_video(written(tmp_path, FILM[:place] + struct.pack(">I", size) + FILM[place + 4 :]))


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body) + 8, name) + body


def test_a_film_of_boxes_without_end_is_given_up_soon(tmp_path: Path):
    place = FILM.index(b"moov") - 4
    nested = box(b"moov", b"".join(box(b"trak", box(b"free", b"") * 3_000) for _ in range(20)))

    with pytest.raises(NotAVideoError) as refused:
        inspect_video(written(tmp_path, FILM[:place] + nested + box(b"mdat", b"")))

    assert "too many" in str(refused.value.__cause__)


@pytest.mark.parametrize("name", [b"\0\0\0\0", b"    ", b"a\0b1", b"\xff\xff\xff\xff", b"a\nb1"])
def test_a_codec_whose_name_cannot_be_shown_is_refused(tmp_path: Path, name: bytes):
    place = FILM.index(b"stsd") + 16

    with pytest.raises(NotAVideoError):
        inspect_video(written(tmp_path, FILM[:place] + name + FILM[place + 4 :]))


def test_a_codec_that_is_not_known_keeps_its_own_name(tmp_path: Path):
    place = FILM.index(b"stsd") + 16

    assert inspect_video(written(tmp_path, FILM[:place] + b"xyz " + FILM[place + 4 :])).codec == "xyz"

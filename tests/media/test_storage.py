"""Where media bytes live: whole or not at all, under keys of our own making."""

import asyncio
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from media.storage import LocalStorage, MissingFileError, StorageError, StorageNotSupportedError, open_storage

ASSET = "med_01m86tyzsaf7fb48xbj83hqcnq"
# A process that may write files of 1,000 bytes at most: a disk that is full.
FULL_DISK = """
import asyncio, resource, sys
from pathlib import Path
from media.storage import LocalStorage
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    asyncio.run(LocalStorage(Path(sys.argv[1])).put(sys.argv[2], b"n" * 5000, "image/jpeg"))
except OSError:
    sys.exit(7)
"""


def files(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file()]


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


@pytest.mark.parametrize("key", ["", ".", "..", "../../etc/passwd", "a/../b", "..\\up", "a%2fb", "a b", "a\n", "~root"])
async def test_no_use_of_a_storage_leaves_its_folder(tmp_path: Path, key: str):
    storage = LocalStorage(tmp_path / "in")

    for use in (storage.read, storage.exists, storage.delete):
        with pytest.raises(StorageError):
            await use(key)


async def test_a_write_that_fails_leaves_what_was_there_and_nothing_else(tmp_path: Path):
    storage = LocalStorage(tmp_path)
    await storage.put(ASSET, b"old", "image/jpeg")

    command = (sys.executable, "-c", FULL_DISK, str(tmp_path), ASSET)
    ended = await asyncio.to_thread(subprocess.run, command, check=False)

    assert ended.returncode == 7
    assert await storage.read(ASSET) == b"old"
    assert files(tmp_path) == [ASSET]


async def test_a_reader_never_sees_a_part_of_a_file(tmp_path: Path):
    storage = LocalStorage(tmp_path)
    versions = [bytes([number]) * 200_000 for number in range(8)]
    await storage.put(ASSET, versions[0], "image/jpeg")
    writing = asyncio.gather(*(storage.put(ASSET, data, "image/jpeg") for data in versions))
    seen: list[bytes] = []
    while not writing.done():
        seen.append(await storage.read(ASSET))
    await writing

    assert seen
    assert all(data in versions for data in seen)
    assert files(tmp_path) == [ASSET]


async def test_an_address_names_the_folder(tmp_path: Path):
    folder = tmp_path / "with space"
    await open_storage(f"file://{str(folder).replace(' ', '%20')}").put(ASSET, b"x", "image/jpeg")

    assert files(folder) == [ASSET]


@pytest.mark.parametrize("url", ["s3://bucket", "cloudinary://key", "http://example.com", "", "/tmp"])
def test_only_what_is_built_is_opened(url: str):
    with pytest.raises(StorageNotSupportedError):
        open_storage(url)


def test_a_file_on_its_way_lies_beside_the_files_and_is_gone_afterwards(tmp_path: Path):
    storage = LocalStorage(tmp_path)

    with storage.scratch() as folder:
        (folder / "file").write_bytes(b"one")
        assert tmp_path in folder.parents

    assert files(tmp_path) == []


def test_what_a_killed_process_left_is_removed_after_a_day_and_not_before(tmp_path: Path):
    storage = LocalStorage(tmp_path)
    old, young = tmp_path / "incoming" / "old", tmp_path / "incoming" / "young"
    for folder, age in ((old, 25 * 3600), (young, 23 * 3600)):
        folder.mkdir(parents=True)
        (folder / "file").write_bytes(b"half")
        moment = time.time() - age
        os.utime(folder, (moment, moment))

    with storage.scratch():
        assert not old.exists()
        assert young.exists()


def test_a_disk_that_takes_nothing_says_so(tmp_path: Path):
    (tmp_path / "incoming").write_text("a file in the way")

    with pytest.raises(StorageError, match="disk"), LocalStorage(tmp_path).scratch():
        pass

"""What a restart remembers: everything that was answered, even after `kill -9`, and nothing by halves.

That every change is written is checked after each test that uses the sandbox in this process: see conftest.py.
"""

import asyncio
import os
import signal
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from sandbox.app import create_app
from sandbox.state import FILE_NAME, StateError
from sandbox.world import new_world
from tests.sandbox.conftest import FILES
from tests.sandbox.stranger import Page, Stranger, error_of, proof
from tests.support.loopback import loopback
from tests.support.sandbox import running_sandbox

CALLERS, ENOUGH = 8, 120


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Stranger]:
    """A sandbox in this process on a folder; leaving ends it."""
    world = new_world(folder=folder)
    transport = httpx.ASGITransport(create_app(world))
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test") as http:
            yield Stranger(http)
    finally:
        await world.aclose()


async def live(meta: Stranger) -> dict[str, Any]:
    """Leave something of every kind behind."""
    page, other = await meta.pages("two-pages")
    await meta.settings(processing={"fixed_seconds": 30}, quota_total=7)
    await meta.http.put("/samples/mine.jpg", content=FILES["second.jpg"])
    post = (await meta.post(f"{page.id}/feed", page.token, message="First words")).json()["id"]
    await meta.post(post, page.token, message="Better words")
    gone = (await meta.post(f"{page.id}/feed", page.token, message="Regretted")).json()["id"]
    await meta.delete(gone, page.token)
    draft = (await meta.post(f"{page.id}/feed", page.token, message="Draft", published="false")).json()["id"]
    uploaded = await meta.call(
        "POST",
        f"{other.id}/photos",
        other.token,
        params={"appsecret_proof": proof(other.token)},
        data={"published": "false"},
        files={"source": ("a.jpg", FILES["square.jpg"])},
    )
    code = await meta.code("solo")
    await meta.admin("faults", {"fault": "clean_503", "endpoint": "POST /feed", "account": other.id, "nth": 2})
    await meta.post(f"{other.id}/feed", other.token, message="The first of two")
    await meta.pass_time(86_400)
    return {
        "page": page,
        "other": other,
        "post": post,
        "draft": draft,
        "photo": uploaded.json()["id"],
        "code": code,
        "picture": FILES["square.jpg"],
    }


async def test_a_restarted_sandbox_goes_on_where_it_was(tmp_path: Path):
    async with opened(tmp_path) as meta:
        left = await live(meta)
        before = [await meta.admin(name) for name in ("ledger", "personas")]
        clock = await meta.admin("clock")

    async with opened(tmp_path) as meta:
        page, other = left["page"], left["other"]
        assert [await meta.admin(name) for name in ("ledger", "personas")] == before
        assert (await meta.admin("clock"))["offset_seconds"] == clock["offset_seconds"] == 86_400
        listed = (await meta.get(f"{page.id}/published_posts", page.token, fields="message")).json()["data"]
        assert [one["message"] for one in listed] == ["Better words"]
        attached = {"attached_media[0]": f'{{"media_fbid":"{left["photo"]}"}}'}
        refused = await meta.post(f"{other.id}/feed", other.token, message="The second of two")
        shown = await meta.post(f"{other.id}/feed", other.token, message="With a photo", **attached)
        published = await meta.post(left["draft"], page.token, is_published="true")
        assert (refused.status_code, shown.status_code, published.json()) == (503, 200, {"success": True})
        entry = (await meta.ledger())[-2]
        assert (await meta.http.get(f"/pictures/{entry['image_hashes'][0]}")).content == left["picture"]
        assert (await meta.http.get("/samples/mine.jpg")).content == FILES["second.jpg"]
        late = await meta.exchange(code=left["code"], redirect_uri="https://app.example.com/callback")
        assert error_of(late) == (400, 100, 36007)
        token = await meta.token("two-pages")
        fresh = (await meta.get(page.id, token, fields="access_token")).json()["access_token"]
        assert (await meta.debug(fresh))["is_valid"]


async def test_a_rate_limit_outlives_a_restart(tmp_path: Path):
    async with opened(tmp_path) as meta:
        page = await meta.page()
        rate = {"fault": "rate", "endpoint": "POST /feed", "next": 1, "options": {"code": 32, "minutes": 5}}
        await meta.admin("faults", rate)
        await meta.post(f"{page.id}/feed", page.token, message="Too many")

    async with opened(tmp_path) as meta:
        early = await meta.post(f"{page.id}/feed", page.token, message="Too soon")
        await meta.pass_time(301)
        late = await meta.post(f"{page.id}/feed", page.token, message="In time")

    assert (error_of(early), late.status_code) == ((400, 32, None), 200)


async def test_chance_goes_on_with_the_same_draws(tmp_path: Path):
    async def statuses(meta: Stranger, page: Page, count: int) -> list[int]:
        return [(await meta.post(f"{page.id}/feed", page.token, message="x")).status_code for _ in range(count)]

    rule = {"fault": "clean_503", "endpoint": "POST /feed", "probability": 0.5, "seed": 7}
    async with opened(tmp_path / "once") as meta:
        page = await meta.page()
        await meta.admin("faults", rule)
        whole = await statuses(meta, page, 24)
    async with opened(tmp_path / "twice") as meta:
        page = await meta.page()
        await meta.admin("faults", rule)
        parts = await statuses(meta, page, 12)
    async with opened(tmp_path / "twice") as meta:
        parts += await statuses(meta, page, 12)

    assert parts == whole
    assert set(whole) == {200, 503}


async def test_a_reset_empties_it_for_good(tmp_path: Path):
    async with opened(tmp_path) as meta:
        left = await live(meta)
        await meta.admin("reset", {})
        now = await meta.admin("clock")
        page = left["page"]
        refused = await meta.post(f"{page.id}/feed", page.token, message="Still here?")
        assert (await meta.ledger(), now["offset_seconds"]) == ([], 0)
        assert error_of(refused) == (400, 190, None)

    async with opened(tmp_path) as meta:
        found = await meta.admin("personas")
        assert (await meta.ledger(), (await meta.admin("faults"))["rules"]) == ([], [])
        assert found["settings"]["quota_total"] == 50
        assert (await meta.http.get("/samples/mine.jpg")).content != FILES["second.jpg"]
        assert (await meta.post(f"{page.id}/feed", page.token, message="Still here?")).status_code == 400
        trouble = {one.raw["name"]: one for one in await meta.pages("trouble")}["Out of order"]
        assert (await meta.post(f"{trouble.id}/feed", trouble.token, message="x")).status_code == 503


async def test_what_was_answered_is_there_after_a_kill(tmp_path: Path):
    """Eight callers publish at once until the process is killed in the middle of it."""
    answered: list[str] = []

    async def publish(meta: Stranger, page: Page, pid: int) -> None:
        with suppress(httpx.TransportError):
            while True:
                answered.append((await meta.post(f"{page.id}/feed", page.token, message="Now")).json()["id"])
                if len(answered) == ENOUGH:
                    os.kill(pid, signal.SIGKILL)

    async with running_sandbox(tmp_path, keeps=True) as sandbox, loopback(base_url=sandbox.url) as http:
        meta = Stranger(http)
        page = await meta.page()
        await asyncio.gather(*(publish(meta, page, sandbox.program.process.pid) for _ in range(CALLERS)))
        os.kill(sandbox.program.process.pid, signal.SIGKILL)

    async with opened(tmp_path / "state") as meta:
        kept = [entry["public_id"] for entry in await meta.ledger()]
        assert set(answered) <= set(kept)
        assert len(kept) <= len(answered) + CALLERS
        listed = [post["id"] for post in await _all_posts(meta, page)]
        assert sorted(listed) == sorted(kept)
        assert (await meta.post(f"{page.id}/feed", page.token, message="And on")).status_code == 200


async def _all_posts(meta: Stranger, page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        body = (await meta.get(f"{page.id}/published_posts", page.token, limit=100, **cursor)).json()
        found += body["data"]
        if "next" not in body.get("paging", {}):
            return found
        cursor = {"after": body["paging"]["cursors"]["after"]}


async def test_a_change_that_cannot_be_written_is_not_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    async with opened(tmp_path) as meta:
        page = await meta.page()

        def full(_state: Any) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        with monkeypatch.context() as broken:
            broken.setattr("sandbox.state.State.save", full)
            with pytest.raises(sqlite3.OperationalError):
                await meta.post(f"{page.id}/feed", page.token, message="Where to?")

    async with opened(tmp_path) as meta:
        assert [entry["text"] for entry in await meta.ledger()] == ["Where to?"]


async def test_only_the_owner_can_read_the_file(tmp_path: Path):
    async with opened(tmp_path / "state") as meta:
        await meta.token()
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (tmp_path / "state").glob(f"{FILE_NAME}*")}

    assert modes[FILE_NAME] == "0o600"
    assert set(modes.values()) == {"0o600"}


async def test_one_sandbox_at_a_time(tmp_path: Path):
    async with opened(tmp_path):
        with pytest.raises(StateError, match="Another sandbox uses"):
            new_world(folder=tmp_path)


def damaged(path: Path) -> None:
    path.write_bytes(b"This is no database, although it is long enough to be one. " * 100)


def of_another_release(path: Path) -> None:
    _execute(path, "PRAGMA user_version = 99")


def with_a_row_nobody_can_read(path: Path) -> None:
    _execute(path, "UPDATE rows SET value = '{}' WHERE shelf = 'ledger'")


def with_a_fault_nobody_knows(path: Path) -> None:
    _execute(path, "UPDATE rows SET value = replace(CAST(value AS TEXT), 'drop_before', 'gone') WHERE shelf = 'rules'")


def _execute(path: Path, statement: str) -> None:
    file = sqlite3.connect(path)
    with file:
        file.execute(statement)
    file.close()


@pytest.mark.parametrize("spoil", [damaged, of_another_release, with_a_row_nobody_can_read, with_a_fault_nobody_knows])
async def test_a_file_of_no_use_is_named_and_left_alone(tmp_path: Path, spoil: Callable[[Path], None]):
    async with opened(tmp_path) as meta:
        page = await meta.page()
        await meta.post(f"{page.id}/feed", page.token, message="x")
        await meta.admin("faults", {"fault": "drop_before", "endpoint": "POST /feed"})
    path = tmp_path / FILE_NAME
    spoil(path)
    before = path.read_bytes()

    with pytest.raises(StateError) as refused:
        new_world(folder=tmp_path)

    assert str(path) in str(refused.value)
    assert "Remove it" in str(refused.value)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(StateError, match="cannot be opened"):
        new_world(folder=tmp_path / "file" / "state")

"""A real server of the AT Protocol with a directory of its own: accounts, and what became public on them."""

import asyncio
import contextlib
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.loopback import loopback
from tests.support.programs import ROOT, Program, short_folder, start_program, wait_for

FOLDER = ROOT / ".agm" / "pds"
POSTS = "app.bsky.feed.post"


@dataclass
class Person:
    """Somebody with an account; `password` is an app password."""

    handle: str
    did: str
    password: str
    access: str


@dataclass
class Pds:
    """A running server. Its records are the truth that tests assert on."""

    url: str
    program: Program
    admin_password: str
    http: httpx.AsyncClient

    async def person(self, name: str = "shop") -> Person:
        """Make an account with an app password."""
        handle = f"{name}-{secrets.token_hex(4)}.test"
        account = {"handle": handle, "email": f"{handle}@example.com", "password": secrets.token_urlsafe(12)}
        made = await self.call("com.atproto.server.createAccount", account)
        access = made["accessJwt"]
        secret = await self.call("com.atproto.server.createAppPassword", {"name": "agm"}, access=access)
        return Person(handle, made["did"], secret["password"], access)

    async def posts(self, person: Person) -> list[dict[str, Any]]:
        """List the posts that are public, oldest first, each with `uri`, `cid` and `value`."""
        found: list[dict[str, Any]] = []
        params = {"repo": person.did, "collection": POSTS, "limit": "100", "reverse": "true"}
        while True:
            page = await self.ask("com.atproto.repo.listRecords", params)
            found += page["records"]
            if "cursor" not in page:
                return found
            params["cursor"] = page["cursor"]

    async def texts(self, person: Person) -> list[str]:
        return [post["value"]["text"] for post in await self.posts(person)]

    async def new_password(self, person: Person) -> Person:
        """Make another app password."""
        secret = await self.call("com.atproto.server.createAppPassword", {"name": "again"}, access=person.access)
        return replace(person, password=secret["password"])

    async def refuse(self, person: Person) -> None:
        """Withdraw the app password, and with it all that was signed in by it."""
        await self.call("com.atproto.server.revokeAppPassword", {"name": "agm"}, access=person.access)

    async def take_down(self, person: Person) -> None:
        """Have moderation take the account down."""
        subject = {"$type": "com.atproto.admin.defs#repoRef", "did": person.did}
        body = {"subject": subject, "takedown": {"applied": True, "ref": "test"}}
        auth = httpx.BasicAuth("admin", self.admin_password)
        answer = await self.http.post("/xrpc/com.atproto.admin.updateSubjectStatus", json=body, auth=auth)
        assert answer.status_code == 200, answer.text

    async def call(self, name: str, body: Any, *, access: str | None = None) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {access}"} if access else {}
        answer = await self.http.post(f"/xrpc/{name}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json() if answer.content else {}

    async def ask(self, name: str, params: dict[str, str]) -> dict[str, Any]:
        answer = await self.http.get(f"/xrpc/{name}", params=params)
        assert answer.status_code == 200, answer.text
        return answer.json()


def _is_there() -> None:
    """Skip what needs the server where it is not installed, which no CI may."""
    if not (FOLDER / ".ready").is_file():
        assert not os.environ.get("CI"), "CI tests against a real Bluesky server: run `make pds`"
        pytest.skip("NOTHING IS TESTED AGAINST A REAL BLUESKY SERVER: run `make pds`, which needs npm's registry")


@contextlib.contextmanager
def _started(folder: Path, password: str, *, limits: bool) -> Iterator[Program]:
    command = ("node", str(FOLDER / "server.mjs"), str(folder))
    environment = {"TEST_PDS_ADMIN_PASSWORD": password, "TEST_PDS_RATE_LIMITS": str(limits).lower()}
    program = start_program("pds", command, log=folder / "pds.log", environment=environment, folder=FOLDER)
    try:
        yield program
    finally:
        program.kill()


@contextlib.asynccontextmanager
async def running_pds(*, limits: bool = False) -> AsyncIterator[Pds]:
    """Run a server with empty data; with `limits` it counts calls as it does for the public."""
    _is_there()
    password = secrets.token_urlsafe(12)
    with short_folder("pds") as folder, _started(folder, password, limits=limits) as program:
        await asyncio.to_thread(wait_for, program, lambda: "ready " in program.said())
        port = program.said().rpartition("ready ")[2].split()[0]
        url = f"http://127.0.0.1:{port}"
        async with loopback(base_url=url, timeout=30) as http:
            yield Pds(url, program, password, http)

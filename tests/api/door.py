"""The API inside this process: the same application as `agm api` serves, without a socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from starlette.types import Receive, Scope, Send

from api.app import build_app
from publishing.clock import DatabaseClock
from publishing.deps import Deps
from publishing.events import EventHub
from publishing.keys import create_key
from publishing.records import Scope as KeyScope
from publishing.settings import Settings, load_settings, secret_keys
from publishing.system import ensure_workspace
from tests.support.stack import new_keys

EVERYTHING = tuple(KeyScope)


@dataclass
class Door:
    """An open API, a caller without a key, and what its operator can do."""

    settings: Settings
    deps: Deps
    hub: EventHub
    http: httpx.AsyncClient
    key: str = ""

    async def new_key(self, *scopes: KeyScope, workspace: str = "Default", **given: Any) -> str:
        """Make an API key, with every scope unless some are named."""
        now = await DatabaseClock().now()
        made = await create_key(
            secret_keys(self.settings),
            workspace_id=await ensure_workspace(name=workspace, now=now),
            name=given.get("name", "test"),
            scopes=scopes or EVERYTHING,
            expires_at=given.get("expires_at"),
            now=now,
        )
        return made.secret

    async def post(self, body: Any = None, *, key: str | None = None, **given: Any) -> httpx.Response:
        """Send one HTTP request to the endpoint; an empty `key` sends no header."""
        key = self.key if key is None else key
        headers = {**({"authorization": f"Bearer {key}"} if key else {}), **given.pop("headers", {})}
        content = given if "content" in given else {"json": body}
        return await self.http.post("/graphql", headers=headers, **content)

    async def ask(self, document: str, *, key: str | None = None, **variables: Any) -> dict[str, Any]:
        """Send an operation and give the whole answer, errors included."""
        return (await self.post({"query": document, "variables": variables}, key=key)).json()


@asynccontextmanager
async def open_door(**settings: Any) -> AsyncIterator[Door]:
    """Open the API on a migrated database."""
    chosen = {"dev": True, "allow_private_urls": "127.0.0.0/8"}
    keys = {name.removeprefix("AGM_").lower(): value for name, value in new_keys().items()}
    found = load_settings(_env_file=None, **{**chosen, **keys, **settings})
    app = build_app(found)
    async with app.router.lifespan_context(app) as state:
        assert state

        async def served(scope: Scope, receive: Receive, send: Send) -> None:
            await app({**scope, "state": dict(state)}, receive, send)

        transport = httpx.ASGITransport(served, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as http:
            door = Door(found, state["deps"], state["hub"], http)
            door.key = await door.new_key()
            yield door

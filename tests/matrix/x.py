"""The fault matrix of X, at the sandbox: each cell is a publication of an account of its own."""

import asyncio
from contextlib import AsyncExitStack
from typing import Any

from tests.matrix.cells import PostKind, Row, Strike
from tests.matrix.place import Matrix, Place
from tests.matrix.sandboxed import SandboxPlace
from tests.matrix.town import SLOW_SECONDS, Town
from tests.support.journey import Journey
from tests.support.programs import ROOT

_HEAD = """# The fault matrix of X

What comes of one publication to an account of X when X fails in every way it is known for. Each cell is a publication
of its own through the real API, a real worker and the sandbox; copies are counted in the sandbox's ledger, which is
what the public sees. Unless the row says otherwise, the fault strikes the call that makes the post public, once.

A cell shows live copies, the state the server ends in, and the seconds it took with windows made short, as in
[the fault matrix](matrix.md) of Meta's platforms. `make matrix` prints the table; `python -m tests.matrix x --write`
writes this page.

"""
_POSTS, _TIMELINE = "POST /2/tweets", "GET /2/users/:id/tweets"
_POLL = {"poll": {"options": ["Tea", "Coffee"]}}
_AT_ONCE = 8
KINDS = (
    PostKind("X text", "x", _POSTS),
    PostKind("X image", "x", _POSTS, images=1),
    PostKind("X three images", "x", _POSTS, images=3),
    PostKind("X GIF", "x", _POSTS, gifs=1),
    PostKind("X video", "x", _POSTS, videos=1),
    PostKind("X poll", "x", _POSTS, options=_POLL),
)


def _refusal(error: str, **options: Any) -> tuple[Strike, ...]:
    return (Strike("x_refusal", options={"error": error, **options}),)


ROWS = (
    Row("none", ()),
    Row("accepted, then the connection is cut", (Strike("land_then_drop"),)),
    Row("accepted, then HTTP 500", (Strike("land_then_500"),)),
    Row("accepted, and its id is not told", (Strike("no_id"),)),
    Row(
        "accepted, its id is not told, and its timeline cannot be read at first",
        (Strike("no_id"), Strike("clean_503", _TIMELINE, when={"next_calls": 2})),
    ),
    Row("HTML 502", (Strike("html_502"),)),
    Row("clean 503, twice", (Strike("clean_503", when={"next_calls": 2}),)),
    Row("cut before anything was done", (Strike("drop_before"),)),
    Row("cut before anything was done, then accepted and cut", (Strike("drop_before"), Strike("land_then_drop"))),
    Row(
        "accepted and cut, and its timeline cannot be read at first",
        (Strike("land_then_drop"), Strike("clean_503", _TIMELINE, when={"next_calls": 2})),
    ),
    Row("slower than the timeout", (Strike("slow", options={"seconds": SLOW_SECONDS, "landed": True}),)),
    Row("refused as it is", _refusal("403"), ends="FAILED", copies=0),
    Row("said to be there already, and it is not", _refusal("403/duplicate"), ends="FAILED", copies=0),
    Row("accepted, and said to have failed", _refusal("500", landed=True)),
    Row("its token has ended", (Strike("x_token_ends"),), ends="HELD", copies=0),
)


async def _places(town: Town, _: AsyncExitStack) -> list[Place]:
    """Connect as many people as are needed."""
    places = asyncio.Semaphore(_AT_ONCE)

    async def connected(number: int) -> Place:
        async with places:
            return await _place(town, number + 1)

    return list(await asyncio.gather(*(connected(number) for number in range(len(X.cells())))))


async def _place(town: Town, number: int) -> Place:
    journey = Journey(town.stack.client)
    account = await journey.connect(f"ordinary:{number}", platform="X")
    (channel,) = await journey.select(account, [page["id"] for page in account["pages"]])
    asked = "query ($id: ID!) { channel(id: $id) { platformAccountId } }"
    own = (await journey.ask(asked, id=channel["id"]))["platformAccountId"]
    return SandboxPlace(town, "x", channel["id"], own)


X = Matrix("x", ROOT / "docs" / "matrix-x.md", _HEAD, ROWS, KINDS, _places)

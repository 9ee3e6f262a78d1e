"""The fault matrix of Bluesky, at a real server: `python -m tests.matrix.bluesky [--write]`.

Each cell is a publication of an account of its own, at the end of a road of its own on which the fault lies.
"""

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.matrix.cells import PostKind, Row
from tests.matrix.table import Cell, markdown
from tests.matrix.town import ending, town, tried
from tests.support.journey import Journey, image
from tests.support.pds import FOLDER, Pds, Person, running_pds
from tests.support.programs import ROOT
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack, without_settings
from tests.support.xrpc_road import CREATE, Meeting, XrpcRoad, xrpc_road

PAGE = ROOT / "docs" / "matrix-bluesky.md"
CONNECT = """
mutation ($input: ConnectBlueskyInput!) {
  connectBluesky(input: $input) { account { id pages { id } } userErrors { code message } }
}"""
_HEAD = """# The fault matrix of Bluesky

What comes of one publication when its server fails in every way it is known for. Each cell is a publication of its own
through the real API, a real worker and the AT Protocol's own server, whose records are counted: they are what the
public sees. Unless the row says otherwise, the fault strikes the call that makes the post public, once.

A cell shows live copies, the state the server ends in, and the seconds it took with windows made short, as in
[the fault matrix](matrix.md) of the platforms that the sandbox stands in for. "-": there is no such fault.
`make matrix` prints the table; `python -m tests.matrix.bluesky --write` writes this page.

"""
_AT_ONCE = 12
KINDS = (
    PostKind("Bluesky text", "bluesky", CREATE),
    PostKind("Bluesky link card", "bluesky", CREATE, link=True),
    PostKind("Bluesky image", "bluesky", CREATE, images=1),
    PostKind("Bluesky four images", "bluesky", CREATE, images=4),
)


@dataclass(frozen=True)
class Mishap(Row):
    """A fault on the road, as what the public call meets with; `away` is for how many seconds nobody answers at all.

    `taken_down`: moderation takes the account down before.
    """

    meetings: tuple[Meeting, ...] = ()
    away: float = 0
    taken_down: bool = False
    about_images: bool = False

    def befalls(self, kind: PostKind) -> bool:
        return bool(kind.images) or not self.about_images


def _error(status: int, name: str, **given: Any) -> Meeting:
    return Meeting(lands=False, status=status, body={"error": name, "message": name}, **given)


ROWS = (
    Mishap("none", ()),
    Mishap("accepted, then the connection is cut", (), meetings=(Meeting(lands=True),)),
    Mishap(
        "accepted, then HTTP 500",
        (),
        meetings=(Meeting(lands=True, status=500, body={"error": "InternalServerError"}),),
    ),
    Mishap("HTML 502", (), meetings=(Meeting(lands=False, status=502, body=b"<html>"),)),
    Mishap("clean 503 for five seconds, everywhere", (), away=5),
    Mishap("cut before anything was done", (), meetings=(Meeting(lands=False),)),
    Mishap("cut before anything was done, twice", (), meetings=(Meeting(lands=False),) * 2),
    Mishap(
        "cut before anything was done, then accepted and cut", (), meetings=(Meeting(lands=False), Meeting(lands=True))
    ),
    Mishap("slower than the timeout", (), meetings=(Meeting(lands=True, status=200, body={}, seconds=2),)),
    Mishap("answer that cannot be read", (), meetings=(Meeting(lands=True, status=200, body=b"<html>"),)),
    Mishap(
        "the account is rate limited, with headers",
        (),
        meetings=(_error(429, "RateLimitedExceeded", headers={"retry-after": "2"}),),
    ),
    Mishap("images thrown away before the post", (), meetings=(_error(400, "BlobNotFound"),), about_images=True),
    Mishap("refused as it is", (), ends="FAILED", copies=0, meetings=(_error(400, "InvalidRequest"),)),
    Mishap(
        "a session that was just given is refused", (), ends="HELD", copies=0, meetings=(_error(400, "ExpiredToken"),)
    ),
    Mishap("the account is taken down", (), ends="HELD", copies=0, taken_down=True),
)


def cells() -> list[tuple[Mishap, PostKind]]:
    """List every pair that can happen, row by row."""
    return [(row, kind) for row in ROWS for kind in KINDS if row.befalls(kind)]


def main() -> int:
    """Run all cells and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix.bluesky", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/matrix-bluesky.md")
    options = parser.parse_args()
    if not (FOLDER / ".ready").is_file():
        print(
            "NOTHING IS PUBLISHED TO A REAL BLUESKY SERVER: run `make pds`, which needs npm's registry", file=sys.stderr
        )
        return 1 if os.environ.get("CI") else 0
    without_settings()
    with tempfile.TemporaryDirectory(prefix="agm-matrix-") as folder:
        results = asyncio.run(_run(Path(folder)))
    print(f"\n{markdown(results, ROWS, KINDS)}")
    wrong = [
        f"{row.title} / {kind.title}" for row, kind in cells() if not results[row.title, kind.title].is_true(row, kind)
    ]
    verdict = f"**Not true: {', '.join(wrong)}.**" if wrong else f"All {len(results)} cells are true."
    if options.write:
        PAGE.write_text(f"{_HEAD}{verdict}\n\n{markdown(results, ROWS, KINDS)}")
    print(verdict)
    return 1 if wrong else 0


async def _run(folder: Path) -> Mapping[tuple[str, str], Cell]:
    async with running_pds() as pds, town(folder) as (stack, sandbox), AsyncExitStack() as held:
        places = asyncio.Semaphore(_AT_ONCE)
        # One after the other: a server takes its time for each password.
        shores = [await _shore(stack, pds, held) for _ in cells()]

        async def fill(row: Mishap, kind: PostKind, shore: _Shore) -> tuple[tuple[str, str], Cell]:
            async with places:
                cell = await tried(_fill(shore, sandbox, row, kind))
            print(f"{'ok ' if cell.is_true(row, kind) else 'NOT'}  {kind.title:22} {row.title:52} {cell}", flush=True)
            return (row.title, kind.title), cell

        filled = [fill(row, kind, shore) for (row, kind), shore in zip(cells(), shores, strict=True)]
        return dict(await asyncio.gather(*filled))


@dataclass(frozen=True)
class _Shore:
    """An account with its channel, at the end of its road."""

    journey: Journey
    pds: Pds
    road: XrpcRoad
    person: Person
    channel: str


async def _shore(stack: Stack, pds: Pds, held: AsyncExitStack) -> _Shore:
    road = await held.enter_async_context(xrpc_road(pds.url))
    person, journey = await pds.person(), Journey(stack.client)
    return _Shore(journey, pds, road, person, await _channel(journey, road, person))


async def _fill(shore: _Shore, sandbox: Sandbox, row: Mishap, kind: PostKind) -> Cell:
    """Publish once under the fault and see what comes of it."""
    shore.road.meet(CREATE, *row.meetings)
    if row.taken_down:
        await shore.pds.take_down(shore.person)
    if row.away:
        shore.road.go_away(seconds=row.away)
    started = time.monotonic()
    publication = await shore.journey.accepted("bluesky", shore.channel, **_content(sandbox, row, kind))
    status = await ending(shore.journey, publication)
    seconds = time.monotonic() - started
    assert shore.road.next_meeting(CREATE) is None, f"{row.title} did not strike {kind.title}"
    copies = 0 if row.taken_down else len(await shore.pds.posts(shore.person))
    return Cell(copies, status, seconds)


async def _channel(journey: Journey, road: XrpcRoad, person: Person) -> str:
    given = {"handle": person.handle, "appPassword": person.password, "serviceUrl": road.url}
    payload = await journey.ask(CONNECT, input=given)
    assert not payload["userErrors"], payload
    (channel,) = await journey.select(payload["account"], [page["id"] for page in payload["account"]["pages"]])
    return channel["id"]


def _content(sandbox: Sandbox, row: Row, kind: PostKind) -> dict[str, Any]:
    content: dict[str, Any] = {"text": f"{kind.title}: {row.title}"}
    if kind.link:
        content["link"] = "https://example.com/news"
    if kind.images:
        samples = f"{sandbox.url}/samples"
        content["media"] = [image(f"{samples}/m{number}.jpg?width=400&height=400") for number in range(kind.images)]
    return content


if __name__ == "__main__":
    sys.exit(main())

"""The fault matrix of Bluesky, at a real server.

Each cell is a publication of an account of its own, at the end of a road of its own on which the fault lies.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

from tests.matrix.cells import PostKind, Row
from tests.matrix.place import Matrix, Place
from tests.matrix.sandboxed import content
from tests.matrix.town import SLOW_SECONDS, Town
from tests.support.bluesky import channel_of
from tests.support.journey import Journey
from tests.support.pds import FOLDER, Pds, Person, running_pds
from tests.support.programs import ROOT
from tests.support.xrpc_road import CREATE, Meeting, XrpcRoad, xrpc_road

_HEAD = """# The fault matrix of Bluesky

What comes of one publication when its server fails in every way it is known for. Each cell is a publication of its own
through the real API, a real worker and the AT Protocol's own server, whose records are counted: they are what the
public sees. Unless the row says otherwise, the fault strikes the call that makes the post public, once.

A cell shows live copies, the state the server ends in, and the seconds it took with windows made short, as in
[the fault matrix](matrix.md) of the platforms that the sandbox stands in for. "-": there is no such fault.
`make matrix` prints the table; `python -m tests.matrix bluesky --write` writes this page.

"""
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
    Mishap("slower than the timeout", (), meetings=(Meeting(lands=True, status=200, body={}, seconds=SLOW_SECONDS),)),
    Mishap("answer that cannot be read", (), meetings=(Meeting(lands=True, status=200, body=b"<html>"),)),
    Mishap(
        "the account is rate limited, with headers",
        (),
        meetings=(_error(429, "RateLimitedExceeded", headers={"retry-after": "2"}),),
    ),
    Mishap("images thrown away before the post", (), meetings=(_error(400, "BlobNotFound"),), about_images=True),
    Mishap("refused as it is", (), ends="FAILED", copies=0, meetings=(_error(400, "InvalidRequest"),)),
    Mishap(
        "cut before anything was done, then refused",
        (),
        ends="FAILED",
        copies=0,
        meetings=(Meeting(lands=False), _error(400, "InvalidRequest")),
    ),
    Mishap(
        "a session that was just given is refused", (), ends="HELD", copies=0, meetings=(_error(400, "ExpiredToken"),)
    ),
    Mishap("the account is taken down", (), ends="HELD", copies=0, taken_down=True),
)


@dataclass
class Shore:
    """An account with its channel, at the end of its road."""

    town: Town
    pds: Pds
    road: XrpcRoad
    person: Person
    channel: str
    _is_seen: bool = True

    async def publish(self, row: Row, kind: PostKind) -> str:
        """Let the public call meet with a row's faults and publish; gives the publication's id."""
        assert isinstance(row, Mishap)
        self.road.meet(CREATE, *row.meetings)
        if row.taken_down:
            await self.pds.take_down(self.person)
            self._is_seen = False
        if row.away:
            self.road.go_away(seconds=row.away)
        wanted = content(self.town.sandbox, row, kind)
        return await Journey(self.town.stack.client).accepted("bluesky", self.channel, **wanted)

    async def was_struck(self) -> bool:
        """Whether the public call has met with all that lay on the road."""
        return self.road.next_meeting(CREATE) is None

    async def copies(self) -> int:
        """Count what the public sees now: of an account that is taken down, nothing."""
        return len(await self.pds.posts(self.person)) if self._is_seen else 0


def _missing() -> str | None:
    if (FOLDER / ".ready").is_file():
        return None
    return "NOTHING IS PUBLISHED TO A REAL BLUESKY SERVER: run `make pds`, which needs npm's registry"


async def _places(town: Town, held: AsyncExitStack) -> list[Place]:
    """Make accounts one after the other: a server takes its time for each password."""
    pds = await held.enter_async_context(running_pds())
    return [await _shore(town, pds, held) for _ in BLUESKY.cells()]


async def _shore(town: Town, pds: Pds, held: AsyncExitStack) -> Shore:
    road = await held.enter_async_context(xrpc_road(pds.url))
    person = await pds.person()
    return Shore(town, pds, road, person, await channel_of(Journey(town.stack.client), road.url, person))


BLUESKY = Matrix("bluesky", ROOT / "docs" / "matrix-bluesky.md", _HEAD, ROWS, KINDS, _places, _missing)

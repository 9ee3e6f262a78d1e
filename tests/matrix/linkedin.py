"""The fault matrix of LinkedIn, at the sandbox.

Each cell is a publication of an organisation's Page of its own, all of them of one person's sign-in.
"""

from contextlib import AsyncExitStack
from typing import Any

from tests.matrix.cells import PostKind, Row, Strike
from tests.matrix.place import Matrix, Place
from tests.matrix.sandboxed import SandboxPlace
from tests.matrix.town import SLOW_SECONDS, Town
from tests.support.journey import Journey
from tests.support.programs import ROOT

_HEAD = """# The fault matrix of LinkedIn

What comes of one publication to an organisation's Page when LinkedIn fails in every way it is known for. Each cell is
a publication of its own through the real API, a real worker and the sandbox; copies are counted in the sandbox's
ledger, which is what the public sees. Unless the row says otherwise, the fault strikes the call that makes the post
public, once.

A cell shows live copies, the state the server ends in, and the seconds it took with windows made short, as in
[the fault matrix](matrix.md) of Meta's platforms. `make matrix` prints the table;
`python -m tests.matrix linkedin --write` writes this page.

"""
_POSTS = "POST /rest/posts"
_POLL = {"poll": {"question": "Tea or coffee?", "options": ["Tea", "Coffee"]}}
KINDS = (
    PostKind("LinkedIn text", "linkedin", _POSTS),
    PostKind("LinkedIn link", "linkedin", _POSTS, link=True),
    PostKind("LinkedIn image", "linkedin", _POSTS, images=1),
    PostKind("LinkedIn three images", "linkedin", _POSTS, images=3),
    PostKind("LinkedIn video", "linkedin", _POSTS, videos=1),
    PostKind("LinkedIn link with picture", "linkedin", _POSTS, images=1, link=True),
    PostKind("LinkedIn document", "linkedin", _POSTS, documents=1, options={"documentTitle": "Menu"}),
    PostKind("LinkedIn poll", "linkedin", _POSTS, options=_POLL),
)


def _refusal(error: str, **options: Any) -> tuple[Strike, ...]:
    return (Strike("linkedin_error", options={"error": error, **options}),)


ROWS = (
    Row("none", ()),
    Row("accepted, then the connection is cut", (Strike("land_then_drop"),)),
    Row("accepted, then HTTP 500", (Strike("land_then_500"),)),
    Row("accepted, and its id is not told", (Strike("no_restli_id"),)),
    Row("HTML 502", (Strike("html_502"),)),
    Row("clean 503, twice", (Strike("clean_503", when={"next_calls": 2}),)),
    Row("cut before anything was done", (Strike("drop_before"),)),
    Row("cut before anything was done, then accepted and cut", (Strike("drop_before"), Strike("land_then_drop"))),
    Row("slower than the timeout", (Strike("slow", options={"seconds": SLOW_SECONDS, "landed": True}),)),
    Row("refused as it is", _refusal("422 UNPROCESSABLE_ENTITY"), ends="FAILED", copies=0),
    Row("accepted, and said to be refused", _refusal("504", landed=True)),
)


async def _places(town: Town, _: AsyncExitStack) -> list[Place]:
    """Connect somebody who has a role on many Pages, and choose as many as are needed."""
    journey = Journey(town.stack.client)
    account = await journey.connect("organisations", platform="LINKEDIN_PAGES")
    offered = [page["id"] for page in account["pages"] if page["publishable"]][: len(LINKEDIN.cells())]
    channels = await journey.select(account, offered)
    asked = "query ($id: ID!) { channel(id: $id) { platformAccountId } }"
    ids = [(await journey.ask(asked, id=channel["id"]))["platformAccountId"] for channel in channels]
    return [
        SandboxPlace(town, "linkedin", channel["id"], f"urn:li:organization:{own}")
        for channel, own in zip(channels, ids, strict=True)
    ]


LINKEDIN = Matrix("linkedin", ROOT / "docs" / "matrix-linkedin.md", _HEAD, ROWS, KINDS, _places)

"""The fault matrix of LinkedIn, at the sandbox: `python -m tests.matrix.linkedin [--write]`.

Each cell is a publication of an organisation's Page of its own, all of them of one person's sign-in.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.matrix.cells import PostKind, Row, Strike
from tests.matrix.table import Cell, markdown
from tests.matrix.town import ending, town, tried
from tests.support.journey import Journey, image
from tests.support.programs import ROOT
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack, without_settings

PAGE = ROOT / "docs" / "matrix-linkedin.md"
_HEAD = """# The fault matrix of LinkedIn

What comes of one publication to an organisation's Page when LinkedIn fails in every way it is known for. Each cell is
a publication of its own through the real API, a real worker and the sandbox; copies are counted in the sandbox's
ledger, which is what the public sees. Unless the row says otherwise, the fault strikes the call that makes the post
public, once.

A cell shows live copies, the state the server ends in, and the seconds it took with windows made short, as in
[the fault matrix](matrix.md) of Meta's platforms. `make matrix` prints the table;
`python -m tests.matrix.linkedin --write` writes this page.

"""
_POSTS = "POST /rest/posts"
_AT_ONCE = 16
_POLL = {"poll": {"question": "Tea or coffee?", "options": ["Tea", "Coffee"]}}
KINDS = (
    PostKind("LinkedIn text", "linkedin", _POSTS),
    PostKind("LinkedIn link", "linkedin", _POSTS, link=True),
    PostKind("LinkedIn image", "linkedin", _POSTS, images=1),
    PostKind("LinkedIn three images", "linkedin", _POSTS, images=3),
    PostKind("LinkedIn video", "linkedin", _POSTS, videos=1),
    PostKind("LinkedIn poll", "linkedin", _POSTS, placement="POLL"),
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
    Row("slower than the timeout", (Strike("slow", options={"seconds": 2, "landed": True}),)),
    Row("refused as it is", _refusal("422 UNPROCESSABLE_ENTITY"), ends="FAILED", copies=0),
    Row("accepted, and said to be refused", _refusal("504", landed=True)),
)


def cells() -> list[tuple[Row, PostKind]]:
    """List every pair, row by row."""
    return [(row, kind) for row in ROWS for kind in KINDS]


def main() -> int:
    """Run all cells and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix.linkedin", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/matrix-linkedin.md")
    options = parser.parse_args()
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
    async with town(folder) as (stack, sandbox):
        places, pages = asyncio.Semaphore(_AT_ONCE), await _pages(stack, len(cells()))

        async def fill(row: Row, kind: PostKind, page: _Page) -> tuple[tuple[str, str], Cell]:
            async with places:
                cell = await tried(_fill(stack, sandbox, row, kind, page))
            print(f"{'ok ' if cell.is_true(row, kind) else 'NOT'}  {kind.title:22} {row.title:52} {cell}", flush=True)
            return (row.title, kind.title), cell

        filled = [fill(row, kind, page) for (row, kind), page in zip(cells(), pages, strict=True)]
        return dict(await asyncio.gather(*filled))


@dataclass(frozen=True)
class _Page:
    """A Page's channel, and whose name the ledger knows it by."""

    channel: str
    author: str


async def _pages(stack: Stack, number: int) -> list[_Page]:
    """Connect somebody who has a role on many Pages, and choose as many as are needed."""
    journey = Journey(stack.client)
    account = await journey.connect("organisations", platform="LINKEDIN_PAGES")
    offered = [page["id"] for page in account["pages"] if page["publishable"]][:number]
    channels = await journey.select(account, offered)
    asked = "query ($id: ID!) { channel(id: $id) { platformAccountId } }"
    ids = [(await journey.ask(asked, id=channel["id"]))["platformAccountId"] for channel in channels]
    return [_Page(channel["id"], f"urn:li:organization:{own}") for channel, own in zip(channels, ids, strict=True)]


async def _fill(stack: Stack, sandbox: Sandbox, row: Row, kind: PostKind, page: _Page) -> Cell:
    """Publish once under the fault and see what comes of it."""
    rules = [
        await sandbox.add_fault(
            strike.endpoint or kind.public_call, strike.fault, account=page.author, **strike.when, **strike.options
        )
        for strike in row.strikes
    ]
    started, journey = time.monotonic(), Journey(stack.client)
    publication = await journey.accepted("linkedin", page.channel, **_content(sandbox, row, kind))
    status = await ending(journey, publication)
    seconds = time.monotonic() - started
    fired = {rule["id"]: rule["fired"] for rule in await sandbox.faults()}
    assert all(fired[rule] for rule in rules), f"{row.title} did not strike {kind.title}, which is {status}"
    return Cell(len(await sandbox.ledger(page.author)), status, seconds)


def _content(sandbox: Sandbox, row: Row, kind: PostKind) -> dict[str, Any]:
    content: dict[str, Any] = {"text": f"{kind.title}: {row.title}"}
    samples = f"{sandbox.url}/samples"
    media = [image(f"{samples}/m{number}.jpg?width=400&height=400") for number in range(kind.images)]
    media += [image(f"{samples}/v{number}.mp4?seconds=10&size_bytes=200000") for number in range(kind.videos)]
    if media:
        content["media"] = media
    if kind.link:
        content["link"] = "https://example.com/news"
    if kind.placement == "POLL":
        content["options"] = _POLL
    return content


if __name__ == "__main__":
    sys.exit(main())

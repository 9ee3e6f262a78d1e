"""The fault matrix: `make matrix`, or `python -m tests.matrix [--write]`. Exits with 1 when a cell is not true."""

import argparse
import asyncio
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.matrix.cells import PostKind, Row, cells
from tests.matrix.table import Cell, markdown, write_page
from tests.matrix.town import ending, town, tried
from tests.support.journey import Channels, Journey, image
from tests.support.sandbox import Sandbox
from tests.support.stack import Stack, without_settings

_AT_ONCE = 24
_PROCESSING_SECONDS = 3.0
"""Longer than the sandbox works on a video that is accepted."""


def main() -> int:
    """Run all cells and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/matrix.md")
    options = parser.parse_args()
    without_settings()
    with tempfile.TemporaryDirectory(prefix="agm-matrix-") as folder:
        results = asyncio.run(_run(Path(folder)))
    print(f"\n{markdown(results)}")
    if options.write:
        write_page(results)
    wrong = [f"{row.title} / {kind.title}" for row, kind in cells() if not _cell(results, row, kind).is_true(row, kind)]
    print("\n".join(["not true:", *wrong]) if wrong else f"all {len(results)} cells are true")
    return 1 if wrong else 0


async def _run(folder: Path) -> dict[tuple[str, str], Cell]:
    pairs = sorted(cells(), key=lambda pair: not pair[0].long)
    async with town(folder) as (stack, sandbox):
        shops = await _shops(stack, sandbox, pairs)
        places = asyncio.Semaphore(_AT_ONCE)

        async def fill(row: Row, kind: PostKind, shop: Channels) -> tuple[tuple[str, str], Cell]:
            async with places:
                cell = await tried(_fill(stack, sandbox, row, kind, shop))
            print(f"{'ok ' if cell.is_true(row, kind) else 'NOT'}  {kind.title:22} {row.title:44} {cell}", flush=True)
            return (row.title, kind.title), cell

        filled = [fill(row, kind, shop) for (row, kind), shop in zip(pairs, shops, strict=True)]
        results = dict(await asyncio.gather(*filled))
        await asyncio.sleep(_PROCESSING_SECONDS)
        accounts = {
            (row.title, kind.title): _account(shop, kind) for (row, kind), shop in zip(pairs, shops, strict=True)
        }
        live = Counter(entry["account_id"] for entry in await sandbox.ledger())
        return {name: replace(cell, copies=live[accounts[name]]) for name, cell in results.items()}


async def _fill(stack: Stack, sandbox: Sandbox, row: Row, kind: PostKind, shop: Channels) -> Cell:
    """Publish once under the fault and see what comes of it; copies that come late are counted in the end."""
    account = _account(shop, kind)
    rules = [
        await sandbox.add_fault(
            strike.endpoint or kind.public_call, strike.fault, account=account, **strike.when, **strike.options
        )
        for strike in row.strikes
    ]
    started = time.monotonic()
    journey = Journey(stack.client)
    publication_id = await journey.accepted(kind.platform, shop.of(kind.platform), **_content(sandbox, row, kind))
    status = await ending(journey, publication_id)
    seconds = time.monotonic() - started
    fired = {rule["id"]: rule["fired"] for rule in await sandbox.faults()}
    assert all(fired[rule] for rule in rules), f"{row.title} did not strike {kind.title}"
    return Cell(await _copies(sandbox, account, row.wanted(kind)[0]), status, seconds)


async def _copies(sandbox: Sandbox, account: str, wanted: int) -> int:
    """Count live copies; a video that is accepted is seen once it is processed."""
    waited, found = time.monotonic(), len(await sandbox.ledger(account))
    while found < wanted and time.monotonic() - waited < _PROCESSING_SECONDS:
        await asyncio.sleep(0.2)
        found = len(await sandbox.ledger(account))
    return found


def _content(sandbox: Sandbox, row: Row, kind: PostKind) -> dict[str, Any]:
    content: dict[str, Any] = {}
    if kind.has_text:
        content["caption" if kind.platform == "instagram" else "text"] = f"{kind.title}: {row.title}"
    if kind.link:
        content["link"] = "https://example.com/news"
    samples = f"{sandbox.url}/samples"
    media = [image(f"{samples}/m{number}.jpg?width=400&height=400") for number in range(kind.images)]
    media += [image(f"{samples}/v{number}.mp4?seconds=10") for number in range(kind.videos)]
    if media:
        content["media"] = media
    if kind.placement:
        content["options"] = {"placement": kind.placement}
    return content


def _account(shop: Channels, kind: PostKind) -> str:
    return shop.platform_id(kind.platform)


def _cell(results: dict[tuple[str, str], Cell], row: Row, kind: PostKind) -> Cell:
    return results[row.title, kind.title]


async def _shops(stack: Stack, sandbox: Sandbox, pairs: Sequence[tuple[Row, PostKind]]) -> list[Channels]:
    """Give each cell a Page of its own; where the fault befalls a whole person, a person of its own."""
    alone = [
        await _person(stack, sandbox, number) for number, _ in enumerate((row for row, _ in pairs if row.alone), 1)
    ]
    many = await _person(stack, sandbox, len(pairs))
    return [alone.pop()[0] if row.alone else many.pop() for row, _ in pairs]


async def _person(stack: Stack, sandbox: Sandbox, pages: int) -> list[Channels]:
    """Connect somebody with that many Pages and choose them all."""
    journey = Journey(stack.client)
    persona = f"many:{pages}"
    account = await journey.connect(persona)
    people = (await sandbox.personas())["people"]
    return await journey.choose_all(account, people[persona]["pages"])


if __name__ == "__main__":
    sys.exit(main())

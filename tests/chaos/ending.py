"""The end of a run: waiting until all is over, and saying how it ended."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

from tests.chaos.city import City
from tests.chaos.verdict import BAD, ON_RECORD, Verdict, is_commenting, read_all
from tests.chaos.wanted import Wanted
from tests.support.programs import until

_WIDTH = 400
_OPEN = {"QUEUED", "PREPARING", "PROCESSING", "PUBLISHING", "RETRYING", "UNCONFIRMED", "SCHEDULED", "HELD"}


async def settle(city: City, items: Sequence[Wanted], patience: float) -> None:
    """Wait until all have ended, or long enough."""

    async def over() -> bool:
        await asyncio.sleep(0.5)
        published = not any(row["status"] in _OPEN for row in (await read_all(city, items)).values())
        return published and not await is_commenting(city)

    try:
        await until(over, seconds=patience, what="the end of all publications")
    except AssertionError as error:
        print(error)


def tell(verdict: Verdict, items: Sequence[Wanted], *, ran: float, settled: float) -> None:
    """Print what came of it."""
    print(f"\n{ran:.0f} s; all was over {settled:.1f} s after the end")
    print(f"asked {sum(item.tries for item in items)} times, {verdict.attempts} public calls marked")
    for quarter, statuses in sorted(verdict.statuses.items()):
        print(f"  {quarter:16} {', '.join(f'{count} {status}' for status, count in sorted(statuses.items()))}")
    for name in (*ON_RECORD, *BAD):  # a log that is cut short is cut in its middle, and its end says what is bad
        found: list[str] = getattr(verdict, name)
        print(f"  {name:16} {len(found):5}")
        for line in found[:10]:
            print(f"      {line[:_WIDTH]}")


def keep_logs(city: City, folder: Path) -> None:
    """Keep what the processes wrote."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "chaos.log").write_text("\n".join(stack.logs() for stack in city.stacks))
    print(f"the processes' logs are in {folder / 'chaos.log'}")

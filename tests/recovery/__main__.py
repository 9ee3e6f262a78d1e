"""Recovery: `make recovery`, or `python -m tests.recovery [--outage 600]`. Exits with 1 when a figure misses its bound.

All windows are the defaults, on PostgreSQL, with three workers. Times are read from the publications' own transitions.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publishing.ids import Kind, parse_id
from tests.chaos.city import City, build_city
from tests.chaos.meta import MetaQuarter
from tests.support.journey import Channels, Journey, image
from tests.support.programs import until
from tests.support.rows import rows_of
from tests.support.stack import without_settings

LEASE, MARGIN, LATE = 60.0, 5.0, 5.0
_SHOPS = 10
_SETTLE, _AFTER = 600.0, 900.0
"""The settle window; and how long after an outage the last may still be waited for."""


@dataclass(frozen=True)
class Figure:
    """What was measured, and what it must not exceed."""

    title: str
    value: float
    bound: float

    def __str__(self) -> str:
        verdict = "ok " if self.value <= self.bound else "NOT"
        return f"{verdict}  {self.title:70} {self.value:8.2f}   at most {self.bound:g}"


def main() -> int:
    """Measure everything and say what missed its bound."""
    parser = argparse.ArgumentParser(prog="python -m tests.recovery", description=__doc__)
    parser.add_argument("--outage", type=float, default=600.0, help="seconds in which every call is answered with 503")
    options = parser.parse_args()
    without_settings()
    with tempfile.TemporaryDirectory(prefix="agm-recovery-") as folder:
        figures = asyncio.run(_measure(Path(folder), options.outage))
    return 0 if all(figure.value <= figure.bound for figure in figures) else 1


async def _measure(folder: Path, outage: float) -> list[Figure]:
    figures: list[Figure] = []
    async with build_city(folder, {}, {"meta": MetaQuarter()}) as city:
        await city.open(_SHOPS)
        parts: tuple[Callable[[], Awaitable[list[Figure]]], ...] = (
            lambda: _without_redis(city),
            lambda: _killed(city),
            lambda: _outage(city, outage),
        )
        for part in parts:
            for figure in await part():
                print(figure, flush=True)
                figures.append(figure)
    return figures


def _shops(city: City) -> list[Channels]:
    quarter = city.quarters["meta"]
    assert isinstance(quarter, MetaQuarter)
    return quarter.shops


async def _without_redis(city: City) -> list[Figure]:
    """Redis dies, work becomes due; then an empty one takes its place, and work becomes due again."""
    city.valkey.kill()
    gone = await _publish(city, "without Redis")
    await _all_out(city, gone, seconds=60)
    await asyncio.to_thread(city.valkey.start)
    empty = await _publish(city, "with an empty Redis")
    await _all_out(city, empty, seconds=60)
    copies = await _copies(city, "without Redis", "with an empty Redis")
    return [
        Figure("Redis gone: from accepted to claimed, the latest of 20 [s]", await _latest(city, gone), LATE),
        Figure("an empty one in its place: the same [s]", await _latest(city, empty), LATE),
        Figure("lost or doubled meanwhile", sum(count != 1 for count in copies.values()) + 40 - len(copies), 0),
    ]


async def _killed(city: City) -> list[Figure]:
    """Every worker is killed, with work in preparation and in its public call; one is started at once."""
    journey = Journey(city.stacks[0].client)
    first, second, *_ = _shops(city)
    for endpoint, account in (("POST /photos", first.page_id), ("POST /feed", second.page_id)):
        await city.sandbox.add_fault(endpoint, "slow", account=account, seconds=25, next_calls=1)
    media = [image(f"{city.sandbox.url}/samples/k.jpg?width=400&height=400")]
    prepared = await journey.accepted("facebook", first.facebook, text="killed in preparation", media=media)
    sent = await journey.accepted("facebook", second.facebook, text="killed in its call")

    async def called() -> bool:
        places = (("POST /photos", first.page_id), ("POST /feed", second.page_id))
        seen = [await city.sandbox.calls(endpoint=one, account=account) for one, account in places]
        return all(any(call for call in calls) for calls in seen) and await _are(city, prepared, sent)

    await until(called, seconds=20, what="both calls")
    for worker in city.workers:
        worker.kill()
    died = time.time()
    await city.sandbox.clear_faults()
    city.workers = [await city.stacks[0].start_worker()]
    fresh = await journey.accepted("facebook", _shops(city)[2].facebook, text="asked for after the death")
    await _all_out(city, [prepared, sent, fresh], seconds=LEASE * 12)
    copies = await _copies(city, "killed in", "asked for after")
    return [
        Figure(
            "kill -9 while preparing: until it is claimed again [s]",
            await _since(city, prepared, "claimed", died),
            LEASE + MARGIN,
        ),
        Figure(
            "kill -9 in the public call: until it is looked for [s]",
            await _since(city, sent, "lease_lost", died),
            LEASE + MARGIN,
        ),
        Figure("kill -9: until new work is claimed by another [s]", await _since(city, fresh, "claimed", died), MARGIN),
        Figure("lost or doubled by it", sum(count != 1 for count in copies.values()) + 3 - len(copies), 0),
    ]


async def _outage(city: City, seconds: float) -> list[Figure]:
    """Every call is answered with 503; what was accepted at its beginning goes out after its end, once."""
    await city.sandbox.add_fault("*", "clean_503", lasting_seconds=seconds)
    ended = time.time() + seconds
    ids = await _publish(city, "in the outage")
    await _all_out(city, ids, seconds=seconds + _AFTER)
    last = max([await _since(city, one, "confirmed", ended) for one in ids])
    (failures,) = await rows_of(city.url, "SELECT max(failures) AS n FROM publication")
    copies = await _copies(city, "in the outage")
    wrong = sum(count != 1 for count in copies.values()) + 20 - len(copies)
    return [
        Figure(f"{seconds:g} s of 503: tries that failed, the most of one publication", failures["n"], 13),
        Figure("from its end until the last is out [s]", last, max(375, _SETTLE + MARGIN + LATE - seconds)),
        Figure("lost or doubled by it", wrong, 0),
    ]


async def _publish(city: City, text: str) -> list[str]:
    """Ask for a text and an image on each Page and its account."""
    journey = Journey(city.stacks[0].client)
    return [await _accepted(city, journey, shop, number, text) for shop in _shops(city) for number in range(2)]


async def _accepted(city: City, journey: Journey, shop: Channels, number: int, text: str) -> str:
    said = f"{text} {shop.page_id} {number}"
    if number == 0:
        return await journey.accepted("facebook", shop.facebook, text=said)
    media = [image(f"{city.sandbox.url}/samples/{shop.page_id}.jpg?width=400&height=400")]
    return await journey.accepted("instagram", shop.instagram, caption=said, media=media)


async def _all_out(city: City, ids: Sequence[str], *, seconds: float) -> None:
    async def out() -> bool:
        await asyncio.sleep(0.2)
        found = await rows_of(city.url, f"SELECT status FROM publication WHERE id IN ({_listed(ids)})")
        return all(row["status"] == "published" for row in found)

    await until(out, seconds=seconds, what="the last of them")


async def _are(city: City, prepared: str, sent: str) -> bool:
    wanted = {_listed([prepared]): "preparing", _listed([sent]): "publishing"}
    found = await rows_of(city.url, f"SELECT id, status FROM publication WHERE id IN ({', '.join(wanted)})")
    return all(wanted[f"'{row['id']}'"] == row["status"] for row in found)


async def _latest(city: City, ids: Sequence[str]) -> float:
    """From acceptance until the first claim, the latest of all: what a platform takes after it is not ours."""
    rows = await rows_of(
        city.url,
        "SELECT publication_id, EXTRACT(EPOCH FROM min(at) FILTER (WHERE reason = 'claimed') "
        "- min(at) FILTER (WHERE reason = 'accepted')) AS late FROM transition "
        f"WHERE publication_id IN ({_listed(ids)}) GROUP BY publication_id",
    )
    return max(float(row["late"]) for row in rows)


async def _since(city: City, publication_id: str, reason: str, moment: float) -> float:
    rows: list[dict[str, Any]] = await rows_of(
        city.url,
        f"SELECT min(EXTRACT(EPOCH FROM at)) AS at FROM transition WHERE publication_id = {_listed([publication_id])} "
        f"AND reason = '{reason}' AND at > to_timestamp({moment})",
    )
    return float(rows[0]["at"] or moment) - moment


async def _copies(city: City, *beginnings: str) -> dict[str, int]:
    """Count what the public sees, by text."""
    texts = [entry["text"] for entry in await city.sandbox.ledger() if entry["text"].startswith(beginnings)]
    return {text: texts.count(text) for text in texts}


def _listed(ids: Sequence[str]) -> str:
    return ", ".join(f"'{parse_id(Kind.PUBLICATION, one)}'" for one in ids)


if __name__ == "__main__":
    sys.exit(main())

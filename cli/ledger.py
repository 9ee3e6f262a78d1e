"""The sandbox's ledger as an independent witness: what became public, whatever our own server believes."""

from collections.abc import Sequence
from dataclasses import dataclass

import httpx


class WitnessError(Exception):
    """The ledger does not show what should be public exactly once; the message says what it shows."""


@dataclass(frozen=True, slots=True)
class Expected:
    """One publication that should be public: its platform, in lower case, and its words."""

    platform: str
    text: str


async def check_exactly_once(http: httpx.AsyncClient, sandbox_url: str, expected: Sequence[Expected]) -> None:
    """Read the ledger and check that each expected publication is public exactly once, and nothing else.

    Raises:
        WitnessError: one is missing, there twice, or something else is public.
    """
    answer = (await http.get(f"{sandbox_url}/_admin/ledger")).raise_for_status().json()
    public = [Expected(platform=entry["platform"], text=entry["text"]) for entry in answer["entries"]]
    for one in expected:
        if (times := public.count(one)) != 1:
            raise WitnessError(f"{one.platform} shows the post {times} times instead of once")
    if others := len(public) - len(expected):
        raise WitnessError(f"{others} more posts are public than were published")

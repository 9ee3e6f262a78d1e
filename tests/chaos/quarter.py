"""A platform's quarter of the city: how one signs in, what is published, what fails, and what the public sees.

A platform is a file beside this one and a line in `platforms.py`.
"""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.chaos.wanted import Wanted
from tests.support.graphql import GraphQLClient
from tests.support.sandbox import Sandbox

SIGN_INS = 3
"""How often a sign-in is begun before it counts as failed: calls have two seconds, on whatever machine."""


@dataclass(frozen=True)
class Order:
    """A `publishTo…` mutation by the platform's name in it, and its input but for the idempotency key."""

    name: str
    input: dict[str, Any]


@dataclass(frozen=True)
class Ground:
    """What a quarter is built on: a caller of an API, the sandbox, and what is closed in the end."""

    client: GraphQLClient
    sandbox: Sandbox
    held: AsyncExitStack


class Quarter(Protocol):
    """A platform under chaos.

    `kinds` are drawn with equal chance, so that one may be there more than once; of `commented` ones, some have a first
    comment.
    """

    kinds: Sequence[str]
    commented: frozenset[str]

    async def open(self, ground: Ground, channels: int) -> None:
        """Sign in and choose about as many channels."""
        ...

    async def break_platform(self, seed: int) -> None:
        """Let the platform misbehave from now on."""
        ...

    async def heal(self) -> None:
        """Let it behave."""
        ...

    def order(self, item: Wanted) -> Order:
        """Say what to ask the API for."""
        ...

    async def seen(self) -> dict[str, list[str]]:
        """Read the platform's own list: the public ids of each text."""
        ...


@dataclass(frozen=True)
class Fault:
    """A fault of the sandbox: its name, at which endpoint, how likely, with which options."""

    name: str
    endpoint: str
    probability: float
    options: dict[str, Any] = field(default_factory=dict)


async def break_sandbox(sandbox: Sandbox, faults: Sequence[Fault], seed: int) -> None:
    """Put faults in force, each with chances of its own."""
    for number, fault in enumerate(faults):
        await sandbox.add_fault(
            fault.endpoint, fault.name, probability=fault.probability, seed=seed + number, **fault.options
        )


async def seen_in(sandbox: Sandbox, platforms: frozenset[str]) -> dict[str, list[str]]:
    """Read the sandbox's ledger."""
    copies: dict[str, list[str]] = {}
    for entry in await sandbox.ledger():
        if entry["platform"] in platforms:
            copies.setdefault(entry["text"], []).append(entry["public_id"])
    return copies

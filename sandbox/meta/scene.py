"""What a trigger is, where it acts, and what it leaves to tell."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from sandbox.meta.call import Meta
from sandbox.meta.callbacks import Delivery
from sandbox.meta.params import is_web_address


class TriggerError(ValueError):
    """A trigger cannot be pulled like this; the message says why and what there is. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a trigger acts.

    Attributes:
        server: Origin of the server under test; None is where people were sent back after the newest sign-in.
        origin: The sandbox's own.
    """

    meta: Meta
    server: str | None
    origin: str

    def address(self, path: str) -> str:
        """Return an address at the server under test.

        Raises:
            TriggerError: If nobody said where it is.
        """
        server = self.server or self.meta.signins.app_origin
        if server is None:
            raise TriggerError("Where is the server under test? Say its address (--server), or sign in once before.")
        if not is_web_address(server):
            raise TriggerError(f"The server's address must be like http://127.0.0.1:8000, not {server!r}.")
        return f"{server.rstrip('/')}{path}"

    @property
    def host_now(self) -> int:
        """The time by the host's clock, by which the server judges how old a message is."""
        return int(self.meta.world.clock.host_now())


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trigger did, in a sentence; and what the server said, where it was told."""

    did: str
    delivery: Delivery | None = None


class NoOptions(BaseModel):
    """Nothing to say."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Run = Callable[[Scene, str, Any], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that can happen.

    Attributes:
        about: One line.
        target: What it happens to: `person`, `page`, `account` (a Page or an Instagram account), `instagram` (an
            Instagram account alone), or `app`: Facebook Login's or Instagram Login's.
        options: What else may be said.
        tells_server: Whether the server under test is told.
    """

    name: str
    about: str
    target: Literal["person", "page", "account", "instagram", "app"]
    run: Run
    options: type[NoOptions] = NoOptions
    tells_server: bool = False


def tokens(count: int) -> str:
    """Say how many tokens."""
    return "1 token" if count == 1 else f"{count} tokens"

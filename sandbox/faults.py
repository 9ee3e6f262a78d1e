"""What can go wrong, by name. Those of any connection are here; a platform registers its own beside its endpoints."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, Response

from sandbox.answers import CutConnection, Json

ANY_ENDPOINT = ("*",)
MAX_SECONDS = 600
GOOD = (200, 201)
IDS = frozenset({"id", "post_id"})


@dataclass(frozen=True, slots=True)
class Exchange:
    """The call a fault acts on: its endpoint label, the account it touches, its trace id, its moment (unix seconds)."""

    endpoint: str
    account_id: str | None
    request_id: str
    now: float

    def broken(self) -> Response:
        """Return the platform's own way to say that something went wrong inside it: HTTP 500."""
        return gateway_page(500, "Internal Server Error")


class Fault(BaseModel):
    """One way to misbehave; its fields are the options a rule may set, its docstring is what people read about it.

    A subclass overrides `before` (may answer in place of the platform), `after` (may replace the answer), or both.
    An instance belongs to one rule and may keep what it did in private attributes; `memory` and `recall` carry that
    over a restart of the sandbox.

    Attributes:
        endpoints: Labels, or patterns, of the calls it can happen to.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    endpoints: ClassVar[tuple[str, ...]] = ANY_ENDPOINT

    def can_strike(self, exchange: Exchange) -> bool:  # noqa: ARG002 - for subclasses
        """Say whether it makes a difference to this call; a rule counts no other."""
        return True

    def goes_on(self, exchange: Exchange) -> bool:  # noqa: ARG002 - for subclasses
        """Say whether an earlier strike still weighs on this call, whatever the rule says about it."""
        return False

    def memory(self) -> dict[str, Any]:
        """Return what it keeps about its past, as JSON."""
        return {}

    def recall(self, memory: dict[str, Any]) -> None:
        """Take up what `memory` returned."""

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - for subclasses
        """Act before anything was done; a response returned here ends the call."""
        return None

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - for subclasses
        """Act after the platform did its work; what is returned goes out."""
        return answer


FaultType = TypeVar("FaultType", bound=type[Fault])
FAULTS: dict[str, type[Fault]] = {}
"""All known faults by name."""


def fault(name: str) -> Callable[[FaultType], FaultType]:
    """Register a fault class under the name that rules use."""

    def register(kind: FaultType) -> FaultType:
        FAULTS[name] = kind
        return kind

    return register


def gateway_page(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    """Answer as a gateway in front of a platform does: HTML that no client can read an error code from."""
    page = f"<!DOCTYPE html><title>{status}</title><h1>{reason}</h1>\n"
    return HTMLResponse(page, status_code=status, headers=headers)


@fault("drop_before")
class DropBefore(Fault):
    """The connection is cut before anything was done."""

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Hang up."""
        return CutConnection(status_code=500)


@fault("land_then_drop")
class LandThenDrop(Fault):
    """The work is done, then the connection is cut without an answer."""

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the answer is what is lost
        """Replace the answer by silence."""
        return CutConnection(status_code=500)


@fault("clean_503")
class Clean503(Fault):
    """503 with an HTML page and Retry-After, as a gateway answers, before anything was done."""

    retry_after: int = Field(default=1, ge=0, le=86_400, description="seconds in the Retry-After header")

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Refuse at the door."""
        return gateway_page(503, "Service Unavailable", {"retry-after": str(self.retry_after)})


@fault("clean_500")
class Clean500(Fault):
    """HTTP 500 in the platform's own words, before anything was done."""

    async def before(self, exchange: Exchange) -> Response | None:
        """Fail at once."""
        return exchange.broken()


@fault("land_then_500")
class LandThen500(Fault):
    """The work is done, then the answer is HTTP 500 in the platform's own words; Meta's ask for a retry."""

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the answer is what is lost
        """Say that it failed, to whom will publish twice."""
        return exchange.broken()


@fault("html_502")
class Html502(Fault):
    """502 with an HTML page, before anything was done or after all of it was."""

    landed: bool = Field(default=False, description="do the work first")

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Refuse at the door, unless the work comes first."""
        return None if self.landed else gateway_page(502, "Bad Gateway")

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the answer is what is lost
        """Lose the answer behind the gateway."""
        return gateway_page(502, "Bad Gateway") if self.landed else answer


@fault("slow")
class Slow(Fault):
    """The call waits before it is worked on, or its answer waits; the work is done although the caller left."""

    seconds: float = Field(default=1.0, ge=0, le=MAX_SECONDS, description="how long, by the host's clock")
    landed: bool = Field(default=False, description="do the work first and let the answer wait")

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Wait."""
        if not self.landed:
            await asyncio.sleep(self.seconds)
        return None

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the same for every call
        """Answer late."""
        if self.landed:
            await asyncio.sleep(self.seconds)
        return answer


@fault("unreadable_200")
class Unreadable200(Fault):
    """The work is done and the status is 200 or 201, but the JSON breaks off in the middle."""

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the same for every call
        """Cut a good answer in half; a refusal goes out whole."""
        if answer.status_code not in GOOD:
            return answer
        body = bytes(answer.body)
        return Response(body[: len(body) // 2], answer.status_code, media_type=answer.media_type)


@fault("no_id")
class NoId(Fault):
    """The work is done and the status is 200 or 201, but the JSON does not say the id of what was made."""

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the same for every call
        """Leave the id out of a good answer and of its `data`."""
        told = _object_in(answer) if answer.status_code in GOOD else None
        if told is None:
            return answer
        shown = {name: _nameless(value) if name == "data" else value for name, value in _nameless(told).items()}
        return Json(shown, answer.status_code)


def _object_in(answer: Response) -> dict[str, Any] | None:
    try:
        value = orjson.loads(bytes(answer.body))
    except (orjson.JSONDecodeError, AttributeError):
        return None
    return value if isinstance(value, dict) else None


def _nameless(value: Any) -> Any:
    return {name: one for name, one in value.items() if name not in IDS} if isinstance(value, dict) else value

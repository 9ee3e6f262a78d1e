"""Faults on request: what goes wrong, at which endpoint, at which call. New faults register themselves by name."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import HTMLResponse, Response

from sandbox.answers import CutConnection


@dataclass(frozen=True, slots=True)
class Exchange:
    """The call a fault acts on: its endpoint label, the account it touches, its trace id."""

    endpoint: str
    account_id: str | None
    request_id: str


class Fault(BaseModel):
    """One way to misbehave; its fields are the options a rule may set.

    A subclass overrides `before` (may answer in place of the platform), `after` (may replace the answer), or both.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

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


@fault("land_then_drop")
class LandThenDrop(Fault):
    """Do the work, then cut the connection without an answer."""

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the answer is what is lost
        """Replace the answer by silence."""
        return CutConnection(status_code=500)


@fault("clean_503")
class Clean503(Fault):
    """Answer 503 with an HTML page, as a gateway does, before anything was done."""

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Refuse at the door."""
        return HTMLResponse(
            "<!DOCTYPE html><title>503</title><h1>Service Unavailable</h1>\n",
            status_code=503,
            headers={"retry-after": "1"},
        )


@fault("slow")
class Slow(Fault):
    """Let the call wait before it is worked on. It is worked on even if the caller has gone away meanwhile."""

    seconds: float = Field(default=1.0, ge=0, le=600)

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Wait."""
        await asyncio.sleep(self.seconds)
        return None


@dataclass(slots=True)
class Rule:
    """When a fault happens.

    Attributes:
        endpoint: An endpoint label or a pattern with `*`, such as `POST /feed` or `POST *`.
        account_id: Only calls that touch this Page or Instagram account; None is any.
        nth: Only the n-th matching call, counted from the rule's creation.
        next_calls: Only the next k matching calls. With neither, always.
        hits: Matching calls so far. `fired`: faults so far.
    """

    id: int
    endpoint: str
    name: str
    fault: Fault
    account_id: str | None = None
    nth: int | None = None
    next_calls: int | None = None
    hits: int = 0
    fired: int = 0

    def strikes(self, exchange: Exchange) -> bool:
        """Count a call against this rule and say whether the fault happens to it."""
        if not fnmatchcase(exchange.endpoint, self.endpoint) or self.account_id not in (None, exchange.account_id):
            return False
        self.hits += 1
        due = self._due()
        self.fired += due
        return due

    def _due(self) -> bool:
        if self.nth is not None:
            return self.hits == self.nth
        return self.next_calls is None or self.fired < self.next_calls


@dataclass(slots=True)
class FaultRegistry:
    """The rules in force, in the order they were made."""

    rules: dict[int, Rule] = field(default_factory=dict[int, Rule])
    _last_id: int = 0

    def add(
        self,
        *,
        endpoint: str,
        name: str,
        options: Mapping[str, Any],
        account_id: str | None = None,
        nth: int | None = None,
        next_calls: int | None = None,
    ) -> Rule:
        """Put a rule in force.

        Raises:
            KeyError: If no fault has that name.
            pydantic.ValidationError: If the fault does not take these options.
        """
        chosen = FAULTS[name].model_validate(dict(options))
        self._last_id += 1
        rule = Rule(self._last_id, endpoint, name, chosen, account_id, nth, next_calls)
        self.rules[rule.id] = rule
        return rule

    def remove(self, rule_id: int | None = None) -> int:
        """Lift one rule, or all, and return how many were lifted."""
        if rule_id is not None:
            return 0 if self.rules.pop(rule_id, None) is None else 1
        count = len(self.rules)
        self.rules.clear()
        return count

    def striking(self, exchange: Exchange) -> list[Rule]:
        """Count a call and return the rules whose faults happen to it."""
        return [rule for rule in self.rules.values() if rule.strikes(exchange)]

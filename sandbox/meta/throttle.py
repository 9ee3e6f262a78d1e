"""Rate limits on demand: usage headers that rise to 100, refusals until time is over, a record of who did not wait.

Source: "Rate limits" on developers.facebook.com, 2026-11-22. Usage is in percent of the quota, the time to regain
access in minutes; it stands only in the business use case header.
"""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import orjson
from pydantic import Field, PrivateAttr
from starlette.responses import Response

from sandbox.faults import Exchange
from sandbox.meta import errors
from sandbox.meta.call import Call
from sandbox.meta.exchange import MetaExchange, MetaFault, call_of, refuse
from sandbox.violations import Violation

FULL = 100
APP_USAGE, PAGE_USAGE, BUSINESS_USAGE = "x-app-usage", "x-page-usage", "x-business-use-case-usage"
HEADERS = {4: APP_USAGE, 17: APP_USAGE, 32: PAGE_USAGE, 80001: BUSINESS_USAGE, 80002: BUSINESS_USAGE}
BUSINESS_TYPES = {80001: "pages", 80002: "instagram"}


@dataclass(slots=True)
class Episode:
    """One throttle: calls that still passed, then from `told_at` on refusals until `until`, in unix seconds."""

    passed: int = 0
    told_at: float | None = None
    until: float | None = None

    def is_over(self, now: float) -> bool:
        """Say whether the time is over."""
        return self.until is not None and now >= self.until


class Rate(MetaFault):
    """Too many calls: everything in the limit's reach is refused for a time, and who calls meanwhile is put on record.

    4 reaches the whole app, 17 the person's tokens, 32 and 80001 the Page, 80002 the Instagram account.
    """

    code: Literal[4, 17, 32, 80001, 80002] = Field(default=4, description="Meta's error code")
    minutes: float = Field(default=5.0, gt=0, le=1440, description="until access is regained, on the sandbox's clock")
    ramp: int = Field(default=0, ge=0, le=1000, description="calls that pass first, with usage headers that rise")
    _episodes: dict[str, Episode] = PrivateAttr(default_factory=dict[str, Episode])

    def concerns(self, call: Call) -> bool:
        """Only calls that the limit counts."""
        return self._reach(call) is not None

    def goes_on(self, exchange: Exchange) -> bool:
        """Say whether a throttle has begun, and is not over, for this call's app, person or account."""
        if not isinstance(exchange, MetaExchange):
            return False
        episode = self._episodes.get(self._reach(exchange.call) or "")
        return episode is not None and not episode.is_over(exchange.now)

    def begin(self, reach: str, *, until: float) -> None:
        """Begin an episode before anybody called.

        Args:
            reach: The app, person or account that is throttled.
            until: Unix seconds of the sandbox's clock.
        """
        self._episodes[reach] = Episode(passed=self.ramp, until=until)

    def memory(self) -> dict[str, Any]:
        """Return the episodes that have begun, by whom they reach."""
        return {reach: asdict(episode) for reach, episode in self._episodes.items()}

    def recall(self, memory: dict[str, Any]) -> None:
        """Go on with the episodes."""
        self._episodes.update({reach: Episode(**episode) for reach, episode in memory.items()})

    async def before(self, exchange: Exchange) -> Response | None:
        """Let the first calls of an episode pass; refuse all others, and record those that had been told."""
        episode = self._episode(exchange)
        if episode.passed < self.ramp:
            episode.passed += 1
            return None
        if episode.until is None:
            episode.until = exchange.now + self.minutes * 60
        if episode.told_at is None:
            episode.told_at = exchange.now
        elif exchange.now > episode.told_at:
            _record(exchange, episode.told_at, episode.until, self.code)
        answer = refuse(exchange, errors.throttled(self.code))
        answer.headers[HEADERS[self.code]] = self._usage(exchange, FULL, episode.until - exchange.now)
        return answer

    async def after(self, exchange: Exchange, answer: Response) -> Response:
        """Tell a call that passed how much is used up."""
        passed = self._episode(exchange).passed
        answer.headers[HEADERS[self.code]] = self._usage(exchange, FULL * passed // (self.ramp + 1), 0)
        return answer

    def _episode(self, exchange: Exchange) -> Episode:
        reach = self._reach(call_of(exchange)) or ""
        episode = self._episodes.get(reach)
        if episode is None or episode.is_over(exchange.now):
            episode = self._episodes[reach] = Episode()
        return episode

    def _reach(self, call: Call) -> str | None:
        """Return the app, the person or the account whose quota the call uses up; None where it uses up no such one."""
        people, account = call.meta.people, call.account_id
        match self.code:
            case 4:
                return "app"
            case 17:
                token = call.meta.tokens.find(call.token_text or "")
                return token and token.user_id
            case 80002:
                return account if account in people.instagram_accounts else None
            case _:
                return account if account in people.pages else None

    def _usage(self, exchange: Exchange, percent: int, seconds_left: float) -> str:
        usage: dict[str, Any] = {"call_count": percent, "total_cputime": percent // 2, "total_time": percent // 2}
        kind = BUSINESS_TYPES.get(self.code)
        if kind is None:
            return orjson.dumps(usage).decode()
        minutes = -(-int(seconds_left) // 60)
        case = {"type": kind, **usage, "estimated_time_to_regain_access": minutes}
        return orjson.dumps({call_of(exchange).account_id or "": [case]}).decode()


def _record(exchange: Exchange, told_at: float, until: float, code: int) -> None:
    call_of(exchange).meta.world.violations.add(
        Violation(
            kind="called_while_throttled",
            request_id=exchange.request_id,
            endpoint=exchange.endpoint,
            account_id=exchange.account_id,
            at=exchange.now,
            told_at=told_at,
            until=until,
            detail=f"Called {until - exchange.now:.0f} s before the limit of code {code} had passed.",
        )
    )

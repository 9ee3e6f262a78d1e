"""LinkedIn's own ways to fail: what developers met, to be had on demand."""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from pydantic import Field, PrivateAttr, field_validator
from starlette.responses import Response

from sandbox.dated import http_date
from sandbox.faults import Exchange, Fault, fault
from sandbox.linkedin import facts
from sandbox.linkedin.call import LinkedInExchange, record_early
from sandbox.linkedin.errors import REFUSALS, throttled
from sandbox.linkedin.tokens import Token

MEMBER = "MEMBER"


class LinkedInFault(Fault):
    """A fault that only LinkedIn has."""

    def can_strike(self, exchange: Exchange) -> bool:
        """Only calls to LinkedIn."""
        return isinstance(exchange, LinkedInExchange)


@fault("linkedin_error")
class LinkedInError(LinkedInFault):
    """Any refusal that LinkedIn is known for, in place of the work or after it."""

    error: str = Field(default="500", description="status and code", json_schema_extra={"enum": list(REFUSALS)})
    landed: bool = Field(default=False, description="do the work first")

    @field_validator("error", mode="before")
    @classmethod
    def _known(cls, value: object) -> str:
        if str(value) not in REFUSALS:
            raise ValueError(f"there is no such refusal; there are {', '.join(REFUSALS)}")
        return str(value)

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Refuse at the door, unless the work comes first."""
        return None if self.landed else REFUSALS[self.error].answer()

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the same for every call
        """Deny what was done."""
        return REFUSALS[self.error].answer() if self.landed else answer


@dataclass(slots=True)
class Day:
    """A day without posts left: refused since, and until when, in unix seconds."""

    told_at: float
    until: float


@fault("linkedin_day_limit")
class DayLimit(LinkedInFault):
    """A member's posts of the day are used up: 429 until the day is over, dated as long before midnight UTC."""

    endpoints: ClassVar = ("POST /rest/posts",)
    seconds: float = Field(
        default=60.0, gt=0, le=facts.DAY, description="until the day is over, on the sandbox's clock"
    )
    _days: dict[str, Day] = PrivateAttr(default_factory=dict[str, Day])

    def can_strike(self, exchange: Exchange) -> bool:
        """Only calls of somebody."""
        return _token_of(exchange) is not None

    def goes_on(self, exchange: Exchange) -> bool:
        """Say whether the caller's day is not over."""
        token = _token_of(exchange) if exchange.endpoint in self.endpoints else None
        day = self._days.get(_whose(token)) if token is not None else None
        return day is not None and exchange.now < day.until

    def memory(self) -> dict[str, Any]:
        """Return the days, by whose they are."""
        return {who: asdict(day) for who, day in self._days.items()}

    def recall(self, memory: dict[str, Any]) -> None:
        """Go on with the days."""
        self._days.update({who: Day(**day) for who, day in memory.items()})

    async def before(self, exchange: Exchange) -> Response | None:
        """Refuse, and put on record who had been told."""
        token, now = _token_of(exchange), exchange.now
        if token is None or not isinstance(exchange, LinkedInExchange):
            return None
        if self.goes_on(exchange):
            day = self._days[_whose(token)]
            record_early(exchange.call, token, MEMBER, told_at=day.told_at, until=day.until)
        else:
            day = self._days[_whose(token)] = Day(now, now + self.seconds)
        answer = throttled(MEMBER).answer()
        midnight = (now // facts.DAY + 1) * facts.DAY
        answer.headers["date"] = http_date(midnight - (day.until - now))
        return answer


def _token_of(exchange: Exchange) -> Token | None:
    if not isinstance(exchange, LinkedInExchange) or not exchange.call.token_text:
        return None
    return exchange.call.linkedin.tokens.find(exchange.call.token_text)


def _whose(token: Token) -> str:
    return f"{token.client_id}/{token.persona}"


@fault("no_restli_id")
class NoRestliId(LinkedInFault):
    """The post is made, but the answer's header does not say its id."""

    endpoints: ClassVar = ("POST /rest/posts",)

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the same for every call
        """Take the header away."""
        for name in ("x-restli-id", "x-linkedin-id"):
            if name in answer.headers:
                del answer.headers[name]
        return answer


@fault("linkedin_processing_fails")
class ProcessingFails(LinkedInFault):
    """The upload is taken, and its processing fails."""

    endpoints: ClassVar = (
        "PUT /dms-uploads/image/{key}",
        "PUT /dms-uploads/document/{key}",
        "POST /rest/videos/finalizeUpload",
    )

    async def after(self, exchange: Exchange, answer: Response) -> Response:
        """Note what becomes of it."""
        if isinstance(exchange, LinkedInExchange) and exchange.call.asset is not None:
            exchange.call.asset.failure = "The processing failed"
            exchange.call.linkedin.assets.touch(exchange.call.asset.urn)
        return answer

"""X's own ways to fail, to be had on demand."""

from typing import ClassVar

from pydantic import Field, field_validator
from starlette.responses import Response

from sandbox.faults import Exchange, Fault, fault
from sandbox.x import facts
from sandbox.x.call import Call, XExchange
from sandbox.x.errors import REFUSALS, Refusal
from sandbox.x.limits import use_up

API = ("* /2/*",)


class XFault(Fault):
    """A fault that happens to calls to X which could be read."""

    def can_strike(self, exchange: Exchange) -> bool:
        """Say whether the call is one that this fault changes."""
        return isinstance(exchange, XExchange) and isinstance(exchange.call, Call)


@fault("x_refusal")
class XRefusal(XFault):
    """X refuses with a row of its error table, in place of the work or after it."""

    endpoints: ClassVar = API
    error: str = Field(default="403", description="status, or status/kind", json_schema_extra={"enum": list(REFUSALS)})
    landed: bool = Field(default=False, description="do the work first")

    @field_validator("error", mode="before")
    @classmethod
    def _known(cls, value: object) -> str:
        if str(value) not in REFUSALS:
            raise ValueError(f"there is no such row; there are {', '.join(REFUSALS)}")
        return str(value)

    async def before(self, exchange: Exchange) -> Response | None:  # noqa: ARG002 - the same for every call
        """Refuse at the door, unless the work comes first."""
        return None if self.landed else REFUSALS[self.error]().answer()

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the answer is what is lost
        """Deny what was done."""
        return REFUSALS[self.error]().answer() if self.landed else answer


@fault("x_limit")
class XLimit(XFault):
    """The account has no such call left: 429 with X's headers, until so many seconds are over."""

    endpoints: ClassVar = API
    seconds: float = Field(
        default=60.0, gt=0, le=facts.WINDOW_SECONDS, description="until the next window, on the sandbox's clock"
    )

    async def before(self, exchange: Exchange) -> Response | None:
        """Use up the calls; the platform then refuses by itself."""
        if isinstance(exchange, XExchange) and isinstance(exchange.call, Call):
            use_up(exchange.call, exchange.endpoint, seconds=self.seconds)
        return None


@fault("x_token_ends")
class XTokenEnds(XFault):
    """The access token stops working for good, from this call on: 401; a refresh gives a new one."""

    endpoints: ClassVar = API

    async def before(self, exchange: Exchange) -> Response | None:
        """End the token; the platform then refuses it by itself."""
        if isinstance(exchange, XExchange) and not isinstance(exchange.call, Refusal):
            token = exchange.call.x.tokens.find(exchange.call.token_text or "")
            if token is not None:
                exchange.call.x.tokens.end(token)
        return None

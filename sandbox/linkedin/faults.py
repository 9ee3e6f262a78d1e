"""LinkedIn's own ways to fail: what developers met, to be had on demand."""

from typing import ClassVar

from pydantic import Field, field_validator
from starlette.responses import Response

from sandbox.faults import Exchange, Fault, fault
from sandbox.linkedin.call import LinkedInExchange
from sandbox.linkedin.errors import REFUSALS


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

"""Meta's own ways to fail: recorded incidents and documented refusals, to be had on demand."""

import os
from typing import ClassVar, Literal

import orjson
from pydantic import Field, field_validator
from starlette.responses import Response

from sandbox.answers import CutConnection, Json
from sandbox.faults import Exchange, fault
from sandbox.meta import errors
from sandbox.meta.call import Call, Meta
from sandbox.meta.containers import status_code
from sandbox.meta.exchange import MetaFault, call_of, refuse
from sandbox.meta.graph_errors import GRAPH_ERRORS
from sandbox.meta.instagram_errors import REFUSALS, Step, publishing_error
from sandbox.meta.instagram_objects import Container
from sandbox.meta.throttle import Rate

fault("rate")(Rate)
MAX_LAG_SECONDS = 30 * 86_400
PERSON_WIDE = frozenset({458, 459, 460, 464})
"""Reasons that lie with the person, so that all their tokens go: app removed, checkpoint, password, unconfirmed."""
STEP_ENDPOINTS: dict[Step, str] = {
    "create": "POST /media",
    "status": "POST /media",
    "publish": "POST /media_publish",
    "delete": "DELETE /ig-media",
}
LISTS = (
    "GET /published_posts",
    "GET /posts",
    "GET /feed",
    "GET /media",
    "GET /ig-stories",
    "GET /photo",
    "GET /videos",
    "GET /video_reels",
    "GET /stories",
    "GET /comments",
)
PUBLISHING = (
    "POST /feed",
    "POST /photos",
    "POST /post",
    "POST /media_publish",
    "POST /videos*",
    "POST /video_reels/finish",
    "POST /video_stories/finish",
    "POST /photo_stories",
    "POST /comments",
)


@fault("publish_then_2207051")
class PublishThen2207051(MetaFault):
    """Instagram publishes, then says that the action is blocked (4/2207051)."""

    endpoints: ClassVar = ("POST /media_publish",)

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the answer is what is lost
        """Deny what was done."""
        return refuse(exchange, publishing_error(2207051))


@fault("instagram_refusal")
class InstagramRefusal(MetaFault):
    """Instagram refuses with a row of its error table, at the step where the platform gives it, or at another.

    The steps: `create` and `publish` refuse the call, `delete` refuses the deletion of a media, `status` lets the
    container be made and turns its status to ERROR.
    """

    endpoints: ClassVar = ("POST /media", "POST /media_publish", "DELETE /ig-media")
    code: str = Field(
        default="9004/2207052", description="code, or code/subcode", json_schema_extra={"enum": list(REFUSALS)}
    )
    at: Literal["usual", "create", "status", "publish", "delete"] = Field(
        default="usual", description="the step; where the platform gives it by default"
    )
    landed: bool = Field(default=False, description="do the work first")

    @field_validator("code", mode="before")
    @classmethod
    def _known(cls, value: object) -> str:
        if str(value) not in REFUSALS:
            raise ValueError(f"There is no such row; there are {', '.join(REFUSALS)}.")
        return str(value)

    @property
    def step(self) -> Step:
        """Where it refuses."""
        return REFUSALS[self.code].step if self.at == "usual" else self.at

    def can_strike(self, exchange: Exchange) -> bool:
        """Only calls of its step."""
        return super().can_strike(exchange) and exchange.endpoint == STEP_ENDPOINTS[self.step]

    async def before(self, exchange: Exchange) -> Response | None:
        """Refuse at once, or note what becomes of the container, unless the work comes first."""
        error = REFUSALS[self.code].error()
        if self.step == "status":
            call_of(exchange).mishap.failure = error
            return None
        return None if self.landed else refuse(exchange, error)

    async def after(self, exchange: Exchange, answer: Response) -> Response:
        """Deny what was done."""
        if self.step == "status" or not self.landed:
            return answer
        return refuse(exchange, REFUSALS[self.code].error())


@fault("container_unreadable")
class ContainerUnreadable(MetaFault):
    """Reading a container answers 100/33 although it is there and can be published."""

    endpoints: ClassVar = ("GET /container",)

    async def before(self, exchange: Exchange) -> Response | None:
        """Deny that it exists."""
        call = call_of(exchange)
        return refuse(exchange, errors.unsupported(call.method, call.target_id))


@fault("permalink_100_33")
class Permalink10033(MetaFault):
    """Reading the permalink of a post that is public answers 100/33."""

    endpoints: ClassVar = ("GET /ig-media", "GET /post")

    def concerns(self, call: Call) -> bool:
        """Only reads that ask for the permalink."""
        return any(name.startswith("permalink") for name in call.params.names("fields"))

    async def before(self, exchange: Exchange) -> Response | None:
        """Deny that it exists."""
        call = call_of(exchange)
        return refuse(exchange, errors.unsupported(call.method, call.target_id))


@fault("status_without_code")
class StatusWithoutCode(MetaFault):
    """A container's answer comes without its status_code."""

    endpoints: ClassVar = ("GET /container",)

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - the same for every call
        """Leave the field out, unless another fault has spoilt the answer already."""
        if not isinstance(answer, Json):
            return answer
        body = orjson.loads(answer.body)
        body.pop("status_code", None)
        return Json(body, status_code=answer.status_code)


@fault("finished_but_9007")
class FinishedBut9007(MetaFault):
    """A container says FINISHED, yet its publication is refused as not ready (9007/2207027) a few times."""

    endpoints: ClassVar = ("POST /media_publish",)
    times: int = Field(default=1, ge=1, le=1000, description="refusals per container")

    def concerns(self, call: Call) -> bool:
        """Only containers that are finished and were not refused often enough."""
        container = _named_container(call)
        return (
            container is not None and status_code(container, call.now) == "FINISHED" and container.refusals < self.times
        )

    async def before(self, exchange: Exchange) -> Response | None:
        """Refuse once more."""
        if container := _named_container(call_of(exchange)):
            container.refusals += 1
            call_of(exchange).meta.graph.objects.touch(container.id)
        return refuse(exchange, publishing_error(2207027))


@fault("drop_child")
class DropChild(MetaFault):
    """A carousel is published without one of its pictures, and nobody is told."""

    endpoints: ClassVar = ("POST /media_publish",)
    child: int | None = Field(default=None, ge=1, le=10, description="which one, from 1; the last by default")

    def concerns(self, call: Call) -> bool:
        """Only carousels that have such a child and are not public yet."""
        container = _named_container(call)
        return container is not None and not container.media_ids and len(container.children) >= (self.child or 1)

    async def before(self, exchange: Exchange) -> Response | None:
        """Note what will be missing."""
        call_of(exchange).mishap.lost_child = -1 if self.child is None else self.child - 1
        return None


@fault("feed_lag")
class FeedLag(MetaFault):
    """What was made public shows up late in lists and in a photo's page_story_id.

    On a publishing call it delays that post; on a reading call it hides what is younger.
    """

    endpoints: ClassVar = (*PUBLISHING, *LISTS)
    seconds: float = Field(default=60.0, gt=0, le=MAX_LAG_SECONDS, description="how late, by the sandbox's clock")

    async def before(self, exchange: Exchange) -> Response | None:
        """Note the delay."""
        call_of(exchange).mishap.lag_seconds = self.seconds
        return None


@fault("duplicate_506")
class Duplicate506(MetaFault):
    """A Page refuses a text as posted already (506) and does nothing, whether that is true or not."""

    endpoints: ClassVar = ("POST /feed", "POST /photos", "POST /videos*", "POST /video_reels/finish", "POST /comments")
    repeats_only: bool = Field(default=False, description="refuse only what was posted before")

    def concerns(self, call: Call) -> bool:
        """Every text, or those that the Page has posted."""
        named = (call.params.text(name) for name in ("message", "caption", "description"))
        text = next((text for text in named if text), "")
        return bool(text) and (not self.repeats_only or call.meta.graph.last_posted(call.target_id, text) is not None)

    async def before(self, exchange: Exchange) -> Response | None:
        """Refuse."""
        return refuse(exchange, errors.duplicate())


@fault("graph_error")
class GraphErrorFault(MetaFault):
    """Any refusal of the Graph API's tables, in place of the work or after it."""

    error: str = Field(
        default="190/463",
        description="code, or code/subcode",
        json_schema_extra={"enum": list(GRAPH_ERRORS)},
    )
    landed: bool = Field(default=False, description="do the work first")

    @field_validator("error")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in GRAPH_ERRORS:
            raise ValueError(f"there is no such row; there are {', '.join(GRAPH_ERRORS)}")
        return value

    async def before(self, exchange: Exchange) -> Response | None:
        """Refuse at the door, unless the work comes first."""
        return None if self.landed else refuse(exchange, GRAPH_ERRORS[self.error].error())

    async def after(self, exchange: Exchange, answer: Response) -> Response:
        """Deny what was done."""
        return refuse(exchange, GRAPH_ERRORS[self.error].error()) if self.landed else answer


@fault("cut_upload")
class CutUpload(MetaFault):
    """The connection is cut in the middle of an upload; the bytes that arrived before are kept."""

    endpoints: ClassVar = ("POST /video-upload", "POST /ig-api-upload")
    kept_bytes: int = Field(default=1024, ge=0, description="how many of the call's bytes arrive")

    def concerns(self, call: Call) -> bool:
        """Only calls that bring bytes, and more of them."""
        return call.upload is not None and call.upload.stat().st_size > self.kept_bytes

    async def before(self, exchange: Exchange) -> Response | None:
        """Lose the rest of the body; the call itself is worked on as one whose sender left."""
        call = call_of(exchange)
        if call.upload is not None:
            os.truncate(call.upload, self.kept_bytes)
        return None

    async def after(self, exchange: Exchange, answer: Response) -> Response:  # noqa: ARG002 - nobody hears the answer
        """Cut."""
        return CutConnection()


@fault("reset_token")
class ResetToken(MetaFault):
    """The token stops working for good, from this call on: 190 with a reason."""

    subcode: Literal[458, 459, 460, 463, 464, 467, 492] = Field(
        default=460, description="458, 459, 460 and 464 take all of the person's tokens, the others the one used"
    )

    def concerns(self, call: Call) -> bool:
        """Only calls with a token that works."""
        token = call.meta.tokens.find(call.token_text or "")
        return token is not None and token.user_id is not None and token.dead_subcode is None

    async def before(self, exchange: Exchange) -> Response | None:
        """End the token; the platform then refuses it by itself."""
        call = call_of(exchange)
        token = call.meta.tokens.find(call.token_text or "")
        if token is not None and token.user_id is not None:
            call.meta.tokens.end(token, self.subcode)
            if self.subcode in PERSON_WIDE:
                call.meta.tokens.kill(token.user_id, self.subcode)
        return None


def stand(meta: Meta) -> None:
    """Put the faults in force that belong to Pages which are named for them."""
    for page in meta.people.person("trouble").pages:
        for one in page.trouble.faults if page.trouble else ():
            account = page.instagram if one.on_instagram else page
            if account is not None:
                meta.world.faults.stand(one.name, account_id=account.id, endpoint=one.endpoint, options=one.options)


def _named_container(call: Call) -> Container | None:
    found = call.meta.graph.objects.get(call.params.text("creation_id") or "")
    return found if isinstance(found, Container) else None

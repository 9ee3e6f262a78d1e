"""What an administrator can set about the Meta stand-in."""

import math
import random
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from sandbox.meta import facts, instagram_facts
from sandbox.meta.personas import persona_name

Z_OF_P99 = 2.3263478740408408
"""The standard normal distribution's 99th percentile."""


class FixedProcessing(BaseModel):
    """Every container takes the same time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fixed_seconds: float = Field(ge=0)

    def draw(self, chance: random.Random) -> float:  # noqa: ARG002 - nothing is left to chance here
        """Return the seconds one container takes."""
        return self.fixed_seconds


class LognormalProcessing(BaseModel):
    """Processing times follow a lognormal law given by its median and 99th percentile."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    median_seconds: float = Field(gt=0)
    p99_seconds: float = Field(gt=0)

    @model_validator(mode="after")
    def _ordered(self) -> "LognormalProcessing":
        if self.p99_seconds < self.median_seconds:
            raise ValueError("p99_seconds must not be below median_seconds")
        return self

    def draw(self, chance: random.Random) -> float:
        """Return the seconds one container takes."""
        sigma = math.log(self.p99_seconds / self.median_seconds) / Z_OF_P99
        return chance.lognormvariate(math.log(self.median_seconds), sigma)


class Settings(BaseModel):
    """The switches; replaced as a whole, so that a call sees one consistent set.

    Attributes:
        persona: Who signs in next where the dialog's address names nobody.
        redirect_uris: The app's registered redirect addresses, compared exactly; with none, any address is taken.
        instagram_redirect_uris: The same for the app of Instagram Login.
        instagram_answer: The shape of its code exchange's answer: as documented, or as it was recorded in the field.
        require_proof: Refuse Graph calls without `appsecret_proof` (a wrong one is always refused).
        processing: How long a container is IN_PROGRESS and a Page's video in processing, on the sandbox's clock.
        image_errors: Whether a bad image is refused when the container is made, or turns its status to ERROR.
        quota_total: Publishes per rolling 24 hours and Instagram account. Meta's pages name 25, 50 and 100.
        containers_per_day: Containers per rolling 24 hours and Instagram account.
        reels_per_day: Reels published per rolling 24 hours and Page.
        calls_per_hour: Calls per rolling hour that a Page or an Instagram account has, told in headers as they are used
            up; 0, the default, counts none.
        chunk_bytes: How much of a video each chunk of an upload to `/videos` takes; the platform chooses.
        hosted_upload: Whether the upload host wants `offset` and `file_size` beside `file_url`; it has done both.
        republish: What a second `media_publish` of a published container does; Meta does not document it.
        duplicate_seconds: Within it, the same text again on a Page is refused with 506. Off (0) by default because
            Meta publishes no window, and a client must not lean on being stopped.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    persona: str = "solo"
    redirect_uris: tuple[str, ...] = ()
    instagram_redirect_uris: tuple[str, ...] = ()
    instagram_answer: Literal["documented", "field"] = "documented"
    require_proof: bool = True
    processing: FixedProcessing | LognormalProcessing = FixedProcessing(fixed_seconds=1.0)
    image_errors: Literal["sync", "status"] = "sync"
    quota_total: int = Field(default=50, ge=0)
    containers_per_day: int = Field(default=instagram_facts.CONTAINERS_PER_DAY, ge=0)
    reels_per_day: int = Field(default=facts.REELS_PER_DAY, ge=0)
    calls_per_hour: int = Field(default=0, ge=0)
    chunk_bytes: int = Field(default=facts.CHUNK_BYTES, ge=1)
    hosted_upload: Literal["url_alone", "with_headers"] = "url_alone"
    republish: Literal["same_id", "error_24_2207008", "error_9007", "duplicate"] = "same_id"
    duplicate_seconds: float = Field(default=0, ge=0, allow_inf_nan=False)

    @field_validator("persona")
    @classmethod
    def _known(cls, value: str) -> str:
        return persona_name(value)

"""What an administrator can set about the X stand-in."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sandbox.x import facts
from sandbox.x.personas import persona_name


class Settings(BaseModel):
    """The switches; replaced as a whole, so that a call sees one consistent set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    persona: str = Field(default="ordinary", description="who signs in where the consent page's address names nobody")
    redirect_uris: tuple[str, ...] = Field(
        default=(), description="the apps' registered redirect addresses, compared exactly; with none, any is taken"
    )
    family_kill_on_reuse: bool = Field(
        default=False, description="a refresh token that comes twice ends every token of its consent"
    )
    self_serve: bool = Field(
        default=True, description="the rules of 2026: no quotes, replies only to oneself or where one is summoned"
    )
    vocabulary: Literal["asked", "new", "both"] = Field(
        default="asked", description="names of fields: those the call uses (old where it uses none), the new, or both"
    )
    duplicate_seconds: float = Field(
        default=86_400, ge=0, allow_inf_nan=False, description="within it, the same text again is refused; X tells none"
    )
    timeline_lag_seconds: float = Field(
        default=0, ge=0, allow_inf_nan=False, description="how late a post shows up in timelines"
    )
    reply_lag_seconds: float = Field(
        default=0, ge=0, allow_inf_nan=False, description="how long a new post cannot be replied to"
    )
    processing_seconds: float = Field(
        default=1.0, ge=0, allow_inf_nan=False, description="how long X works on a video or GIF"
    )
    credits_usd: float = Field(
        default=1_000.0, ge=0, allow_inf_nan=False, description="what the app has bought, in dollars"
    )
    posts_per_user_day: int = Field(default=10_000, ge=0, description="posts in a day and account; X tells no number")
    posts_per_app_day: int = Field(default=10_000, ge=0, description="posts in a day and app")
    chunk_bytes: int = Field(
        default=facts.CHUNK_BYTES, ge=1, description="the longest chunk of an upload; a longer one gets 413"
    )

    @field_validator("persona")
    @classmethod
    def _known(cls, value: str) -> str:
        return persona_name(value)

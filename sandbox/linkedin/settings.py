"""What an administrator can set about the LinkedIn stand-in."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from sandbox.linkedin import facts
from sandbox.linkedin.personas import persona_name


class Settings(BaseModel):
    """The switches; replaced as a whole, so that a call sees one consistent set.

    Attributes:
        persona: Who signs in next where the consent page's address names nobody.
        redirect_uris: The member app's registered redirect addresses, compared exactly; with none, any is taken.
        page_redirect_uris: The same for the Page app.
        refresh_apps: Apps whose tokens come with a refresh token: `member`, `page`.
        fresh_token_401s: How many calls with a fresh token are refused with 401 65601.
        versions: The living values of LinkedIn-Version.
        processing_seconds: How long LinkedIn works on an image, a video, a document, on the sandbox's clock.
        image_early: What a post with an image that is not ready does: 400, or it is taken.
        duplicate_seconds: Within it, the same author, text and content again are refused with 422.
        comment_lag_seconds: How long a new post cannot be commented on.
        posts_per_member: Creates in a day of UTC and member.
        posts_per_app: Creates in a day of UTC and app.
        userinfo_per_app: Reads of userinfo in a day of UTC and app.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    persona: str = "member"
    redirect_uris: tuple[str, ...] = ()
    page_redirect_uris: tuple[str, ...] = ()
    refresh_apps: tuple[Literal["member", "page"], ...] = ()
    fresh_token_401s: int = Field(default=0, ge=0)
    versions: tuple[str, ...] = facts.VERSIONS
    processing_seconds: float = Field(default=1.0, ge=0, allow_inf_nan=False)
    image_early: Literal["400", "ok"] = "400"
    duplicate_seconds: float = Field(default=facts.DUPLICATE_SECONDS, ge=0, allow_inf_nan=False)
    comment_lag_seconds: float = Field(default=0, ge=0, allow_inf_nan=False)
    posts_per_member: int = Field(default=facts.POSTS_PER_MEMBER, ge=0)
    posts_per_app: int = Field(default=facts.POSTS_PER_APP, ge=0)
    userinfo_per_app: int = Field(default=facts.USERINFO_PER_APP, ge=0)

    @field_validator("persona")
    @classmethod
    def _known(cls, value: str) -> str:
        return persona_name(value)

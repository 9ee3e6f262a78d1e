"""Bluesky's settings: where an account is when its person names no server."""

from pydantic import BaseModel, Field


class BlueskyEnvironment(BaseModel):
    """The variables an operator sets for Bluesky."""

    bluesky_url: str = Field(
        default="https://bsky.social",
        description="Bluesky: origin of the AT Protocol server of accounts whose person names none. It may be in your "
        "own network; servers that people name must be public.",
        examples=["https://bsky.social"],
    )

"""Whom the demo signs in, and what it publishes for them. A platform of the sandbox is an entry of `SIGN_INS`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Post:
    """A post to one kind of channel.

    Attributes:
        channel_kind: The schema's `ChannelKind`.
        label: What people call the place.
        mutation: What publishes to it; its input is the mutation's name with a capital, and `Input`.
        ledger_platform: What the sandbox's ledger calls the platform.
        words: The input's field for the text.
    """

    channel_kind: str
    label: str
    mutation: str
    ledger_platform: str
    words: str = "text"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A sign-in in the sandbox: the schema's `Platform`, whose it is, and a post to each kind of channel it gives."""

    platform: str
    label: str
    persona: str
    posts: tuple[Post, ...]


SIGN_INS = (
    SignIn(
        "FACEBOOK",
        "Facebook",
        "two-pages",
        (
            Post("FACEBOOK_PAGE", "Facebook", "publishToFacebook", "facebook"),
            Post("INSTAGRAM_ACCOUNT", "Instagram", "publishToInstagram", "instagram", words="caption"),
        ),
    ),
    SignIn(
        "LINKEDIN",
        "LinkedIn",
        "member",
        (Post("LINKEDIN_MEMBER", "LinkedIn member", "publishToLinkedIn", "linkedin"),),
    ),
    SignIn(
        "LINKEDIN_PAGES",
        "LinkedIn Pages",
        "refresh",
        (Post("LINKEDIN_ORGANIZATION", "LinkedIn Page", "publishToLinkedIn", "linkedin"),),
    ),
    SignIn("X", "X", "ordinary", (Post("X_ACCOUNT", "X", "publishToX", "x"),)),
)
LEFT_OUT = (
    "Bluesky is left out: it has no sandbox. Tests publish to its own server, which needs Node.js (make pds, make test)"
)

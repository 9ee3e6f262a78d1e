"""Every platform's settings as one class; apart from the registry, for reading them needs no client."""

from platforms.bluesky.settings import BlueskyEnvironment
from platforms.instagram.settings import InstagramEnvironment


class PlatformsEnvironment(InstagramEnvironment, BlueskyEnvironment):
    """Every platform's settings; a new platform's class joins the bases."""

"""Every platform's settings as one class; apart from the registry, for reading them needs no client."""

from platforms.bluesky.settings import BlueskyEnvironment
from platforms.instagram.settings import InstagramEnvironment
from platforms.linkedin.settings import LinkedInEnvironment
from platforms.x.settings import XEnvironment


class PlatformsEnvironment(InstagramEnvironment, LinkedInEnvironment, XEnvironment, BlueskyEnvironment):
    """Every platform's settings; a new platform's class joins the bases."""

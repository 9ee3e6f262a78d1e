"""Every platform's settings as one class; apart from the registry, for reading them needs no client."""

from platforms.instagram.settings import InstagramEnvironment


class PlatformsEnvironment(InstagramEnvironment):
    """Every platform's settings; a new platform's class joins the bases."""

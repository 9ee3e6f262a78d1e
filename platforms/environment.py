"""Every platform's settings as one class; apart from the registry, for reading them needs no client."""

from platforms.meta.settings import MetaEnvironment


class PlatformsEnvironment(MetaEnvironment):
    """Every platform's settings; a new platform's class joins the bases."""

"""Permalinks: nice to have. Whatever goes wrong here changes nothing about a publication that is out."""

from uuid import UUID

import structlog

from platforms.base import Environment, Platform
from platforms.errors import PlatformError
from publishing.deps import Deps
from publishing.store import AWAY
from publishing.system import save_permalink

log = structlog.get_logger(__name__)


async def fetch_permalink(
    deps: Deps,
    *,
    publication_id: UUID,
    platform: Platform,
    environment: Environment,
    platform_post_id: str,
    token: str,
) -> None:
    """Read the address of what is out and store it; what fails is logged, and there is no address."""
    publisher = deps.networks.get(platform, environment).publisher
    try:
        permalink = await publisher.permalink(platform_post_id=platform_post_id, token=token)
        if permalink is not None:
            await save_permalink(deps, publication_id=publication_id, permalink=permalink)
    except (PlatformError, *AWAY) as error:
        log.info("permalink_missing", error=type(error).__name__)

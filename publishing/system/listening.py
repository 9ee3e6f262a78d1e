"""The worker's side of being told: a platform is asked to tell what happens on the pages of a sign-in.

Nothing depends on it. It makes a lost answer known sooner than looking does.
"""

import structlog

from platforms.errors import PlatformError, RateLimitedError
from publishing import credentials, models
from publishing.deps import Deps

log = structlog.get_logger(__name__)


async def listen_to_channels(deps: Deps, account: models.ConnectedAccount) -> None:
    """Subscribe to each channel of a sign-in; one that cannot be is left for the next check.

    At a limit the others are left too.
    """
    listener = deps.networks.get(account.platform, account.environment).listener
    if listener is None or listener.permission not in account.granted_permissions:
        return
    channels = await models.Channel.filter(
        workspace_id=account.workspace_id, account_id=account.id, platform=account.platform, removed_at=None
    )
    pages = {channel.page_id: channel.platform_account_id for channel in channels if channel.page_id is not None}
    tokens, _ = await credentials.open_each(deps.token_keys, workspace_id=account.workspace_id, owner_ids=list(pages))
    for page_id, token in tokens.items():
        try:
            if await listener.listen(platform_account_id=pages[page_id], token=token):
                log.info("listening", account=str(account.id), platform_account_id=pages[page_id])
        except PlatformError as error:
            log.info("not_listening", account=str(account.id), code=error.failure.platform_code)
            if isinstance(error, RateLimitedError):
                return

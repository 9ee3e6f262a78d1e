"""Being told of what happens on a Page: an app has to be subscribed to each Page of its own.

Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started/webhooks-for-pages (read 2026-11-26)
"""

from collections.abc import Mapping
from typing import Any

from platforms.meta.errors import entries_of
from platforms.meta.graph import GraphClient

PERMISSION = "pages_manage_metadata"
_FEED = "feed"


class FacebookListener:
    """Subscribes one app to Pages; what it was subscribed to before stays."""

    permission = PERMISSION

    def __init__(self, graph: GraphClient) -> None:
        self._graph = graph

    async def listen(self, *, platform_account_id: str, token: str) -> bool:
        """Subscribe to a Page's posts; False when that was so already. `token` is the Page's.

        Raises:
            PlatformError: it could not be done; what the Page publishes is found out without.
        """
        path = f"/{platform_account_id}/subscribed_apps"
        known = self._fields(await self._graph.get(path, token=token))
        if _FEED in known:
            return False
        await self._graph.post(path, token=token, form={"subscribed_fields": ",".join((*known, _FEED))})
        return True

    def _fields(self, answer: Mapping[str, Any]) -> list[str]:
        mine = [entry for entry in entries_of(answer) if str(entry.get("id")) == self._graph.settings.app_id]
        return [str(name) for entry in mine for name in entry.get("subscribed_fields") or ()]

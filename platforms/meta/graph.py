"""The Graph API's client: tokens in the header only, `appsecret_proof` on every call with a token.

Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests (read 2026-11-22).
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from net.errors import NetError
from net.http import PlatformClient
from platforms.base import Platform
from platforms.meta.errors import answer_of, of_net_error
from platforms.meta.settings import MetaSettings
from platforms.meta.usage import usages_of
from platforms.usage import report


class GraphClient:
    """Calls the Graph API for one platform in one environment."""

    def __init__(self, client: PlatformClient, settings: MetaSettings, platform: Platform) -> None:
        self._client = client
        self.settings = settings
        self.platform = platform

    async def get(self, path: str, *, token: str | None, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Read a node or edge; `path` starts with a slash.

        Raises:
            PlatformError: its class says what to do.
        """
        query = {**(params or {}), **self._proof(token)}
        return await self._call("GET", path, token=token, params=query, form=None, public=False)

    async def post(self, path: str, *, token: str, form: Mapping[str, str], public: bool = False) -> dict[str, Any]:
        """Make or change something; `public` when this call makes a post public.

        Raises:
            PlatformError: its class says what to do; OutcomeUnknownError only when `public`.
        """
        body = {**form, **self._proof(token)}
        return await self._call("POST", path, token=token, params=None, form=body, public=public)

    async def delete(self, path: str, *, token: str) -> dict[str, Any]:
        """Delete or revoke something.

        Raises:
            PlatformError: its class says what to do.
        """
        return await self._call("DELETE", path, token=token, params=self._proof(token), form=None, public=False)

    async def sign_in(self, form: Mapping[str, str]) -> dict[str, Any]:
        """Ask for a token with the app's secret, which travels in the body.

        Raises:
            PlatformError: its class says what to do.
        """
        app = {"client_id": self.settings.app_id, "client_secret": self.settings.app_secret}
        return await self._call(
            "POST", "/oauth/access_token", token=None, params=None, form={**app, **form}, public=False
        )

    async def inspect_token(self, token: str) -> dict[str, Any]:
        """Ask what a token is and until when it works.

        The one call whose subject is a token: the documented form has no other place for it than the query
        (https://developers.facebook.com/docs/graph-api/reference/debug_token, read 2026-11-22).

        Raises:
            PlatformError: its class says what to do.
        """
        app_token = f"{self.settings.app_id}|{self.settings.app_secret}"
        answer = await self.get("/debug_token", token=app_token, params={"input_token": token})
        data = answer.get("data")
        return data if isinstance(data, dict) else {}

    def _proof(self, token: str | None) -> dict[str, str]:
        if token is None:
            return {}
        digest = hmac.new(self.settings.app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
        return {"appsecret_proof": digest}

    async def _call(
        self,
        method: str,
        path: str,
        *,
        token: str | None,
        params: Mapping[str, str] | None,
        form: Mapping[str, str] | None,
        public: bool,
    ) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {token}"} if token is not None else {}
        url = f"{self.settings.graph_base}{path}"
        try:
            reply = await self._client.request(method, url, headers=headers, params=params, form=form)
        except NetError as error:
            failure = of_net_error(error, platform=self.platform, public=public)
        else:
            report(usages_of(reply.headers, app_id=self.settings.app_id))
            return answer_of(reply, platform=self.platform, public=public)
        raise failure

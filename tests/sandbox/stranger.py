"""An app that knows Facebook and Instagram from their documentation only, and the sandbox inside this process."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

APP = {"client_id": "100000000000001", "client_secret": "sandbox-app-secret"}
REDIRECT = "https://app.example.com/callback"
VERSION = "/meta/v26.0"
SCOPES = (
    "pages_show_list,pages_read_engagement,pages_manage_posts,pages_manage_engagement,business_management,"
    "instagram_basic,instagram_content_publish"
)
DAY = 86_400


def proof(token: str, secret: str = APP["client_secret"]) -> str:
    return hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()


def fields_of(location: str) -> dict[str, str]:
    """Read what a redirect carries."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


@dataclass
class Page:
    """A Page as /me/accounts shows it, with its token."""

    id: str
    token: str
    instagram: str
    raw: dict[str, Any]


class Stranger:
    """Signs people in and calls the Graph API."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def dialog(self, **given: Any) -> httpx.Response:
        """Open the dialog; `None` leaves a parameter out."""
        asked = {"client_id": APP["client_id"], "redirect_uri": REDIRECT, "state": "s", "scope": SCOPES, **given}
        query = {name: value for name, value in asked.items() if value is not None}
        return await self.http.get(f"{VERSION}/dialog/oauth", params=query)

    async def code(self, persona: str = "solo", **given: Any) -> str:
        """Let a person say yes."""
        answer = await self.dialog(auto="approve", persona=persona, **given)
        assert answer.has_redirect_location, answer.text
        return fields_of(answer.headers["location"])["code"]

    async def exchange(self, **given: Any) -> httpx.Response:
        """Ask the token endpoint."""
        return await self.http.get(f"{VERSION}/oauth/access_token", params={**APP, **given})

    async def short_token(self, persona: str = "solo", **given: Any) -> str:
        answer = await self.exchange(code=await self.code(persona, **given), redirect_uri=REDIRECT)
        return answer.json()["access_token"]

    async def token(self, persona: str = "solo", **given: Any) -> str:
        """Sign a person in for sixty days."""
        short = await self.short_token(persona, **given)
        answer = await self.exchange(grant_type="fb_exchange_token", fb_exchange_token=short)
        return answer.json()["access_token"]

    async def pages(self, persona: str = "solo", **given: Any) -> list[Page]:
        """Sign a person in and give the Pages."""
        wanted = "id,name,access_token,tasks,instagram_business_account{id,username}"
        answer = await self.get("me/accounts", await self.token(persona, **given), fields=wanted, limit=100)
        return [
            Page(one["id"], one["access_token"], one.get("instagram_business_account", {}).get("id", ""), one)
            for one in answer.json()["data"]
        ]

    async def page(self, persona: str = "solo", **given: Any) -> Page:
        return (await self.pages(persona, **given))[0]

    async def get(self, path: str, token: str, **query: Any) -> httpx.Response:
        return await self.call("GET", path, token, params={**query, "appsecret_proof": proof(token)})

    async def post(self, path: str, token: str, **form: Any) -> httpx.Response:
        return await self.call("POST", path, token, data={**form, "appsecret_proof": proof(token)})

    async def delete(self, path: str, token: str) -> httpx.Response:
        return await self.call("DELETE", path, token, params={"appsecret_proof": proof(token)})

    async def call(self, method: str, path: str, token: str | None, **given: Any) -> httpx.Response:
        """Call the Graph API with the token in a header."""
        headers = {**({"authorization": f"Bearer {token}"} if token else {}), **given.pop("headers", {})}
        return await self.http.request(method, f"{VERSION}/{path}", headers=headers, **given)

    async def debug(self, token: str) -> dict[str, Any]:
        """Ask what the platform knows about a token."""
        app = f"{APP['client_id']}|{APP['client_secret']}"
        answer = await self.http.get(f"{VERSION}/debug_token", params={"input_token": token, "access_token": app})
        return answer.json()["data"]

    async def container(self, page: Page, **given: Any) -> str:
        """Make an Instagram container."""
        answer = await self.post(f"{page.instagram}/media", page.token, **given)
        assert answer.status_code == 200, answer.text
        return answer.json()["id"]

    async def publish(self, page: Page, container: str) -> httpx.Response:
        return await self.post(f"{page.instagram}/media_publish", page.token, creation_id=container)

    async def status(self, page: Page, container: str) -> dict[str, Any]:
        return (await self.get(container, page.token, fields="status_code,status")).json()

    async def photo(self, page: Page, url: str, **given: Any) -> str:
        """Stage a photo."""
        answer = await self.post(f"{page.id}/photos", page.token, url=url, published="false", **given)
        assert answer.status_code == 200, answer.text
        return answer.json()["id"]

    async def upload(
        self, url: str, token: str, data: bytes = b"", *, scheme: str = "OAuth", **headers: str
    ) -> httpx.Response:
        """Send bytes, or where they are, to the upload host's address."""
        sent = {"authorization": f"{scheme} {token}", **headers}
        return await self.http.post(url, content=data, headers=sent)

    async def start(self, page: Page, edge: str = "video_reels") -> tuple[str, str]:
        """Begin a reel or a video story, and give its id and where its bytes go."""
        answer = (await self.post(f"{page.id}/{edge}", page.token, upload_phase="start")).json()
        return answer["video_id"], answer["upload_url"]

    async def finish(self, page: Page, video: str, edge: str = "video_reels", **given: Any) -> httpx.Response:
        wanted = {"video_state": "PUBLISHED", **given}
        return await self.post(f"{page.id}/{edge}", page.token, upload_phase="finish", video_id=video, **wanted)

    async def admin(self, name: str, body: Any = None, *, method: str | None = None, **query: Any) -> Any:
        """Administer the sandbox: read, or with a body change."""
        chosen = method or ("GET" if body is None else "POST")
        answer = await self.http.request(chosen, f"/_admin/{name}", json=body, params=query)
        assert answer.is_success, answer.text
        return answer.json()

    async def settings(self, **changes: Any) -> None:
        await self.admin("personas", changes)

    async def pass_time(self, seconds: float) -> None:
        await self.admin("clock", {"advance_seconds": seconds})

    async def ledger(self, account: str | None = None) -> list[dict[str, Any]]:
        return (await self.admin("ledger", **({"account": account} if account else {})))["entries"]


def error_of(answer: httpx.Response) -> tuple[int, int, int | None]:
    """Give the status, code and subcode of a refusal in the Graph API's shape."""
    error = answer.json()["error"]
    assert {"message", "type", "code", "fbtrace_id"} <= error.keys()
    return answer.status_code, error["code"], error.get("error_subcode")

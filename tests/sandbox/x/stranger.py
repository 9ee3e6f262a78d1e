"""An app that knows X from its documentation only, and the sandbox inside this process."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

BASE = "/x"
CLIENT = ("sandbox-x-client", "sandbox-x-secret")
REDIRECT = "https://app.example.com/callback?kept=1"
SCOPES = "tweet.read tweet.write users.read offline.access media.write"
VERIFIER = "a-verifier~with.all_kinds-of-characters-that-are-allowed"
EPOCH_MS = 1_288_834_974_657


def challenge(verifier: str = VERIFIER) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def fields_of(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def moment_of(post_id: str) -> float:
    """Read the moment in an id, unix seconds."""
    return ((int(post_id) >> 22) + EPOCH_MS) / 1000


class XStranger:
    """Signs people in at X and calls its API."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def dialog(self, **given: Any) -> httpx.Response:
        """Open the consent page; `None` leaves a parameter out."""
        asked = {
            "response_type": "code",
            "client_id": CLIENT[0],
            "redirect_uri": REDIRECT,
            "scope": SCOPES,
            "state": "a state",
            "code_challenge": challenge(),
            "code_challenge_method": "S256",
            **given,
        }
        query = {name: value for name, value in asked.items() if value is not None}
        return await self.http.get(f"{BASE}/i/oauth2/authorize", params=query)

    async def code(self, persona: str = "ordinary", **given: Any) -> str:
        answer = await self.dialog(auto="approve", persona=persona, **given)
        assert answer.has_redirect_location, answer.text
        return fields_of(answer.headers["location"])["code"]

    async def token_call(self, *, auth: tuple[str, str] | None = CLIENT, **form: Any) -> httpx.Response:
        return await self.http.post(f"{BASE}/2/oauth2/token", data=form, auth=auth)

    async def exchange(self, code: str, **given: Any) -> httpx.Response:
        wanted = {"redirect_uri": REDIRECT, "code_verifier": VERIFIER, **given}
        return await self.token_call(grant_type="authorization_code", code=code, **wanted)

    async def refresh(self, token: str, **given: Any) -> httpx.Response:
        return await self.token_call(grant_type="refresh_token", refresh_token=token, **given)

    async def tokens(self, persona: str = "ordinary", **given: Any) -> dict[str, Any]:
        answer = await self.exchange(await self.code(persona, **given))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def token(self, persona: str = "ordinary", **given: Any) -> str:
        return (await self.tokens(persona, **given))["access_token"]

    async def call(self, method: str, path: str, token: str | None, **given: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return await self.http.request(method, f"{BASE}/2/{path}", headers=headers, **given)

    async def get(self, path: str, token: str, **query: Any) -> httpx.Response:
        return await self.call("GET", path, token, params={name.replace("__", "."): v for name, v in query.items()})

    async def post(self, token: str, **body: Any) -> httpx.Response:
        return await self.call("POST", "tweets", token, json=body)

    async def posted(self, token: str, **body: Any) -> dict[str, Any]:
        answer = await self.post(token, **body)
        assert answer.status_code == 201, answer.text
        return answer.json()["data"]

    async def me(self, token: str) -> dict[str, Any]:
        return (await self.get("users/me", token)).json()["data"]

    async def upload(self, token: str, data: bytes, category: str | None = "tweet_image") -> httpx.Response:
        form = {} if category is None else {"media_category": category}
        return await self.call("POST", "media/upload", token, data=form, files={"media": ("a.jpg", data)})

    async def image(self, token: str, data: bytes) -> str:
        answer = await self.upload(token, data)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]["id"]

    async def begin(self, token: str, size: int, **given: Any) -> str:
        wish = {"media_type": "video/mp4", "total_bytes": size, "media_category": "tweet_video", **given}
        answer = await self.call("POST", "media/upload/initialize", token, json=wish)
        assert answer.status_code == 200, answer.text
        return answer.json()["data"]["id"]

    async def append(self, token: str, media: str, segment: int, data: bytes) -> httpx.Response:
        files = {"media": ("chunk", data)}
        return await self.call(
            "POST", f"media/upload/{media}/append", token, data={"segment_index": str(segment)}, files=files
        )

    async def finalize(self, token: str, media: str) -> httpx.Response:
        return await self.call("POST", f"media/upload/{media}/finalize", token, json={})

    async def video(self, token: str, data: bytes) -> dict[str, Any]:
        """Upload a video in two chunks, and give what the end of it answers."""
        media = await self.begin(token, len(data))
        for segment, part in enumerate((data[:1000], data[1000:])):
            assert (await self.append(token, media, segment, part)).status_code == 200
        return (await self.finalize(token, media)).json()["data"]

    async def state(self, token: str, media: str) -> dict[str, Any]:
        answer = await self.get("media/upload", token, command="STATUS", media_id=media)
        return answer.json()["data"]["processing_info"]

    async def admin(self, name: str, body: Any = None, **query: Any) -> Any:
        answer = await self.http.request("GET" if body is None else "POST", f"/_admin/{name}", json=body, params=query)
        assert answer.is_success, answer.text
        return answer.json()

    async def settings(self, **changes: Any) -> None:
        await self.admin("x", changes)

    async def pass_time(self, seconds: float) -> None:
        await self.admin("clock", {"advance_seconds": seconds})

    async def ledger(self) -> list[dict[str, Any]]:
        return (await self.admin("ledger"))["entries"]


def problem_of(answer: httpx.Response) -> tuple[int, str]:
    """Give the status and detail of a refusal in the shape of API v2."""
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert {"title", "detail", "type"} <= body.keys()
    return answer.status_code, body["detail"]


def message_of(answer: httpx.Response) -> str:
    """Give the first message of a 400."""
    assert (answer.status_code, answer.json()["title"]) == (400, "Invalid Request")
    return answer.json()["errors"][0]["message"]

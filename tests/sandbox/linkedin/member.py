"""An app that knows LinkedIn from its documentation only."""

import itertools
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import httpx

REDIRECT = "https://app.example.com/callback"
MEMBER_APP = {"client_id": "86sandboxmembers", "client_secret": "sandbox-linkedin-secret"}
PAGE_APP = {"client_id": "86sandboxpagesx", "client_secret": "sandbox-linkedin-pages-secret"}
MEMBER_SCOPE = "openid profile email w_member_social"
PAGE_SCOPE = (
    "r_basicprofile w_organization_social r_organization_social w_organization_social_feed "
    "r_organization_social_feed rw_organization_admin"
)
AUTHORIZATION = "/linkedin/oauth/v2/authorization"
VERSION = {"LinkedIn-Version": "202609", "X-Restli-Protocol-Version": "2.0.0"}
DAY = 86_400


def fields_of(location: str) -> dict[str, str]:
    """Read what a redirect carries."""
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


def post_of(author: str, commentary: str = "Hello", **fields: Any) -> dict[str, Any]:
    """Write the body of a create."""
    distribution = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}
    return {
        "author": author,
        "commentary": commentary,
        "visibility": "PUBLIC",
        "distribution": distribution,
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
        **fields,
    }


@dataclass
class LinkedInApp:
    """Signs members in and calls the API with the token it got last."""

    http: httpx.AsyncClient
    app: dict[str, str] = field(default_factory=lambda: MEMBER_APP)
    scope: str = MEMBER_SCOPE
    token: str = ""
    author: str = ""
    numbers: Any = field(default_factory=itertools.count)

    async def consent(self, **given: Any) -> httpx.Response:
        asked = {
            "response_type": "code",
            "client_id": self.app["client_id"],
            "redirect_uri": REDIRECT,
            "state": "s",
            "scope": self.scope,
            **given,
        }
        return await self.http.get(AUTHORIZATION, params={name: one for name, one in asked.items() if one is not None})

    async def code(self, persona: str = "member", **given: Any) -> str:
        answer = await self.consent(auto="approve", persona=persona, **given)
        assert answer.has_redirect_location, answer.text
        return fields_of(answer.headers["location"])["code"]

    async def form(self, path: str, **given: str | None) -> httpx.Response:
        fields = {**self.app, **given}
        sent = {name: value for name, value in fields.items() if value is not None}
        return await self.http.post(f"/linkedin/oauth/v2/{path}", data=sent)

    async def exchange(self, text: str, **given: str | None) -> httpx.Response:
        return await self.form(
            "accessToken", **{"grant_type": "authorization_code", "code": text, "redirect_uri": REDIRECT, **given}
        )

    async def sign_in(self, persona: str = "member") -> dict[str, Any]:
        answer = (await self.exchange(await self.code(persona))).json()
        self.token = answer["access_token"]
        name = next(one for one in ("member", "page") if self.app is {"member": MEMBER_APP, "page": PAGE_APP}[one])
        people = (await self.admin("linkedin"))["people"]
        self.author = f"urn:li:person:{people[persona]['ids'][name]}"
        return answer

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """Call the API; a header's `_` is a dash, and an empty one is left out."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"authorization": f"Bearer {self.token}", **VERSION, **named}
        return await self.http.request(
            method, f"/linkedin{path}", json=body, headers={name: value for name, value in sent.items() if value}
        )

    async def post(self, commentary: str | None = None, **fields: Any) -> httpx.Response:
        """Create a post; without words, words that nobody said before."""
        said = f"Hello {next(self.numbers)}" if commentary is None else commentary
        return await self.call("POST", "/rest/posts", post_of(**{"author": self.author, "commentary": said, **fields}))

    async def image(self, data: bytes, *, kind: str = "image", owner: str | None = None) -> str:
        """Upload in one piece, and give the URN."""
        begun = await self.begin(kind, owner=owner or self.author)
        put = await self.put(begun["uploadUrl"], data)
        assert put.status_code == 201, put.text
        return begun[kind]

    async def begin(self, kind: str, **wish: Any) -> dict[str, Any]:
        answer = await self.call("POST", f"/rest/{kind}s?action=initializeUpload", {"initializeUploadRequest": wish})
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]

    async def put(self, url: str, data: bytes, *, bare: bool = False) -> httpx.Response:
        headers = {} if bare else {"authorization": f"Bearer {self.token}"}
        return await self.http.put(url, content=data, headers=headers)

    async def status(self, urn: str) -> str:
        kind = urn.split(":")[2]
        return (await self.call("GET", f"/rest/{kind}s/{quote(urn, safe='')}")).json()["status"]

    async def admin(self, name: str, body: Any = None) -> Any:
        address = f"/_admin/{name}"
        answer = await (self.http.get(address) if body is None else self.http.post(address, json=body))
        assert answer.is_success, answer.text
        return answer.json()

    async def ledger(self) -> list[dict[str, Any]]:
        return (await self.admin("ledger"))["entries"]

    async def later(self, seconds: float) -> None:
        await self.admin("clock", {"advance_seconds": seconds})

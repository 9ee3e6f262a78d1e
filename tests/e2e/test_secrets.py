"""No token, code, state, key or proof in any log line, row, Redis key or answer: canaries are looked for everywhere."""

import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from redis.asyncio import Redis

from publishing.ids import new_id
from publishing.keyring import parse_keyring
from publishing.sealing import SealedIn, unseal
from tests.e2e.conftest import Town
from tests.support.journey import image
from tests.support.rows import rows_of, tables_of

APP_SECRET = "sandbox-app-secret"
BROKEN_FAULTS = [
    ("POST /feed", "land_then_drop"),
    ("POST /photos", "clean_503"),
    ("POST /media", "land_then_drop"),
    ("POST /media_publish", "land_then_drop"),
]


async def test_no_secret_is_anywhere(own_town):
    town: Town = await own_town(lease_seconds=2, platform_timeout_seconds=1)
    await town.stack.start_worker()
    secrets = {APP_SECRET, town.journey.client.api_key, *town.stack.settings["AGM_TOKEN_KEYS"].split(":")[1:]}
    secrets |= {*town.stack.settings["AGM_SECRET_KEYS"].split(":")[1:]}
    answers = await _sign_in_in_every_way(town, secrets)
    secrets |= await _tokens(town)
    answers += await _publish_in_every_way(town)
    answers += await _bad_keys(town, secrets)
    redis = await _everything_in_redis(town)

    hay = {
        "logs": town.stack.logs(),
        "answers": str(answers),
        "redis": redis,
        **{table: str(await rows_of(_database(town), f'SELECT * FROM "{table}"')) for table in await _tables(town)},
    }

    assert len(secrets) > 12
    assert all(len(secret) > 8 for secret in secrets)
    found = [(place, secret[:6]) for place, text in hay.items() for secret in secrets if secret in text]
    assert found == []
    assert all(hay[place] for place in ("logs", "redis", "publication", "transition", "attempt", "event"))


async def test_the_platforms_see_tokens_in_headers_and_bodies_never_in_addresses(own_town):
    town: Town = await own_town()
    await town.stack.start_worker()
    shop = town.shop()
    await town.journey.outcome(
        await town.journey.accepted("instagram", shop.instagram, media=[image(town.picture("headers"))])
    )
    tokens = await _tokens(town)

    paths = [call["path"] for call in await town.sandbox.calls()]

    assert paths
    assert tokens
    assert not any(token in path for token in tokens for path in paths)


async def _sign_in_in_every_way(town: Town, secrets: set[str]) -> list[Any]:
    answers: list[Any] = []
    for persona, dialog in (("solo", {}), ("two-pages", {}), ("no-ig", {"auto": "deny"})):
        attempt = await town.journey.start()
        address = await town.journey.callback(attempt, persona, **dialog)
        query = parse_qs(urlsplit(address).query)
        secrets |= {attempt["state"], *query.get("code", [])}
        answers += [(await town.journey.client.http.get(address)).text]
        answers += [(await town.journey.client.http.get(address)).text]
        answers += [await town.journey.attempt_over(attempt["id"])]
    attempt = await town.journey.start()
    canary = "canary-code-that-was-made-up"
    secrets |= {canary, attempt["state"]}
    page = await town.journey.client.http.get(
        "/oauth/meta/callback", params={"state": attempt["state"], "code": canary, "error_description": canary}
    )
    return [*answers, page.text, await town.journey.attempt_over(attempt["id"])]


async def _publish_in_every_way(town: Town) -> list[Any]:
    shop = town.shop()
    answers: list[Any] = []
    for endpoint, fault in BROKEN_FAULTS:
        account = shop.instagram_id if "media" in endpoint else shop.page_id
        await town.sandbox.add_fault(endpoint, fault, next_calls=1, account=account)
    media = [image(town.picture("secret"))]
    run = new_id().hex  # the Page keeps what an earlier run posted, and nobody could tell the two apart
    ids = [
        await town.journey.accepted("facebook", shop.facebook, text=f"One {run}"),
        await town.journey.accepted("facebook", shop.facebook, text="Two", media=media),
        await town.journey.accepted("instagram", shop.instagram, caption=f"Two {run}", media=media),
        await town.journey.accepted("facebook", shop.facebook, text="Three", media=[image("http://127.0.0.1:9/x.jpg")]),
    ]
    answers += [await town.journey.outcome(publication_id) for publication_id in ids]
    await town.sandbox.kill_tokens("many:1", 460)
    answers += [await town.journey.outcome(await town.journey.accepted("facebook", shop.facebook, text="Four"))]
    return [*answers, await town.journey.disconnect(shop.account)]


async def _bad_keys(town: Town, secrets: set[str]) -> list[Any]:
    """Ask with keys that do not work; they may be mistyped good ones."""
    canary = f"{town.journey.client.api_key[:-1]}~"
    secrets.add(canary)
    http = town.journey.client.http
    answer = await http.post(
        "/graphql", json={"query": "{ viewer { __typename } }"}, headers={"Authorization": f"Bearer {canary}"}
    )
    broken = await http.post("/graphql", content=b'{"query": "{', headers=town.journey.client.headers)
    return [answer.text, broken.text]


async def _tokens(town: Town) -> set[str]:
    """Open every sealed token with the key that only the operator has; each with its proof."""
    keys = parse_keyring(town.stack.settings["AGM_TOKEN_KEYS"])
    rows = await rows_of(_database(town), "SELECT id, workspace_id, sealed_token FROM credential")
    tokens = {
        unseal(
            keys,
            row["sealed_token"],
            SealedIn("credential", "sealed_token", UUID(str(row["workspace_id"])), UUID(str(row["id"]))),
        )
        for row in rows
    }
    proofs = {hmac.new(APP_SECRET.encode(), token.encode(), hashlib.sha256).hexdigest() for token in tokens}
    return tokens | proofs


async def _everything_in_redis(town: Town) -> str:
    seen: list[Any] = []
    async with Redis.from_url(town.stack.settings["AGM_REDIS_URL"]) as redis:
        for key in [key async for key in redis.scan_iter()]:
            seen += [key, await redis.dump(key)]
    return str(seen)


def _database(town: Town) -> str:
    return town.stack.settings["AGM_DATABASE_URL"]


async def _tables(town: Town) -> list[str]:
    return [table for table in await tables_of(_database(town)) if not table.startswith("sqlite_")]

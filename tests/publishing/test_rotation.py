"""Rotating the token keys while the server goes on: all stays readable, and nothing that opens is left behind."""

import asyncio
import base64
import secrets
from datetime import timedelta
from uuid import UUID

import pytest

from platforms.base import Environment, Platform
from publishing import credentials, models
from publishing.ids import new_id
from publishing.keyring import Keyring, parse_keyring
from publishing.sealing import SealedIn, key_of, seal, unseal
from publishing.system import Rotated, rotate_tokens, rotation
from tests.publishing.town import NOW, Street, open_street

OLD, NEW = (f"{name}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for name in ("old", "new"))
BEFORE, BOTH, AFTER = parse_keyring(OLD), parse_keyring(f"{NEW},{OLD}"), parse_keyring(NEW)
MANY = 10_000


async def rotated(keys: Keyring) -> Rotated:
    return [done async for done in rotate_tokens(keys)][-1]


async def store(street: Street, count: int, keys: Keyring = BEFORE) -> list[UUID]:
    """Store tokens of as many owners, each `token of <owner>`."""
    owners = [new_id() for _ in range(count)]
    rows = [_credential(street, owner, keys) for owner in owners]
    await models.Credential.bulk_create(rows, batch_size=500)
    return owners


def _credential(street: Street, owner: UUID, keys: Keyring) -> models.Credential:
    row_id = new_id()
    return models.Credential(
        id=row_id,
        workspace_id=street.workspace_id,
        account_id=street.account.id,
        owner_id=owner,
        version=1,
        sealed_token=seal(
            keys, f"token of {owner}", SealedIn("credential", "sealed_token", street.workspace_id, row_id)
        ),
        created_at=NOW,
    )


async def opened(street: Street, owners: list[UUID], keys: Keyring) -> dict[UUID, str]:
    return await credentials.open_tokens(keys, workspace_id=street.workspace_id, owner_ids=owners)


def tokens_of(owners: list[UUID]) -> dict[UUID, str]:
    return {owner: f"token of {owner}" for owner in owners}


async def test_ten_thousand_tokens_are_sealed_again_and_every_read_meanwhile_succeeds(database: str):
    street = await open_street()
    owners = await store(street, MANY)
    over = asyncio.Event()
    reads = 0

    async def read() -> None:
        nonlocal reads
        while not over.is_set():
            some = secrets.SystemRandom().sample(owners, 50)
            assert await opened(street, some, BOTH) == tokens_of(some)
            reads += 1

    reading = asyncio.create_task(read())
    done = await rotated(BOTH)
    over.set()
    await reading

    assert done == Rotated(total=MANY, seen=MANY, resealed=MANY, shut=())
    assert reads > 10
    for start in range(0, MANY, 500):
        some = owners[start : start + 500]
        assert await opened(street, some, AFTER) == tokens_of(some)


async def test_a_second_run_finds_nothing_to_do(database: str):
    owners = await store(await open_street(), 3)

    assert (await rotated(BOTH)).resealed == len(owners)
    assert (await rotated(BOTH)).resealed == 0


async def test_two_at_once_leave_every_token_readable(database: str):
    street = await open_street()
    owners = await store(street, 600)

    await asyncio.gather(rotated(BOTH), rotated(BOTH))

    assert await opened(street, owners, AFTER) == tokens_of(owners)


async def test_what_does_not_open_is_told_and_stays_while_the_others_go_on(database: str):
    street = await open_street()
    good, flipped, lost = (
        (await store(street, 1))[0],
        (await store(street, 1))[0],
        (await store(street, 1, _other()))[0],
    )
    row = await models.Credential.get(owner_id=flipped)
    broken = row.sealed_token[:-6] + ("A" if row.sealed_token[-6] != "A" else "B") + row.sealed_token[-5:]
    await models.Credential.filter(id=row.id).update(sealed_token=broken)

    done = await rotated(BOTH)

    assert (done.resealed, len(done.shut)) == (1, 2)
    assert f"credential {row.id}: a stored secret does not open" in done.shut[0]
    assert "key 'lost' is missing from AGM_TOKEN_KEYS" in done.shut[1]
    assert (await models.Credential.get(owner_id=flipped)).sealed_token == broken
    assert await opened(street, [good], AFTER) == tokens_of([good])
    assert key_of((await models.Credential.get(owner_id=lost)).sealed_token) == "lost"


async def test_a_token_that_was_written_meanwhile_is_not_undone(database: str, monkeypatch: pytest.MonkeyPatch):
    street = await open_street()
    (owner,) = await store(street, 1)
    row = await models.Credential.get(owner_id=owner)
    place = SealedIn("credential", "sealed_token", street.workspace_id, row.id)
    written = seal(AFTER, "written meanwhile", place)
    exchange = rotation._exchange

    async def late(*given: object) -> int:
        await models.Credential.filter(id=row.id).update(sealed_token=written)
        return await exchange(*given)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(rotation, "_exchange", late)
    done = await rotated(BOTH)

    assert done.resealed == 0
    assert await opened(street, [owner], AFTER) == {owner: "written meanwhile"}


async def test_a_code_that_waits_for_its_exchange_is_sealed_again_too(database: str):
    street = await open_street()
    attempt_id = new_id()
    place = SealedIn("connection_attempt", "sealed_code", street.workspace_id, attempt_id)
    for row_id, code in ((attempt_id, seal(BEFORE, "code", place)), (new_id(), None)):
        await models.ConnectionAttempt.create(
            id=row_id,
            workspace_id=street.workspace_id,
            actor="key_test",
            platform=Platform.FACEBOOK,
            environment=Environment.SANDBOX,
            status=models.ConnectionAttemptStatus.COMPLETING,
            state_hash=str(row_id),
            redirect_uri="http://127.0.0.1/oauth/meta/callback",
            sealed_code=code,
            expires_at=NOW + timedelta(minutes=10),
            created_at=NOW,
        )

    assert await rotated(BOTH) == Rotated(total=1, seen=1, resealed=1, shut=())
    assert unseal(AFTER, (await models.ConnectionAttempt.get(id=attempt_id)).sealed_code or "", place) == "code"


def _other() -> Keyring:
    return parse_keyring(f"lost:{base64.b64encode(secrets.token_bytes(32)).decode()}")

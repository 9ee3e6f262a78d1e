"""Secrets at rest: they open where they were sealed, with a key that is there, unaltered; and nowhere else."""

import base64
import secrets
from dataclasses import replace
from datetime import timedelta

import pytest

from publishing import credentials, models
from publishing.credentials import NewToken
from publishing.ids import new_id
from publishing.keyring import Keyring, KeyringError, parse_keyring
from publishing.sealing import BrokenSealError, SealedIn, UnknownKeyError, seal, unseal
from tests.publishing.town import NOW, Street, open_street

TOKEN = "EAA-the-token-of-a-page"
HERE = SealedIn("credential", "sealed_token", new_id(), new_id())


def encoded() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


@pytest.fixture
def keys() -> Keyring:
    return parse_keyring(f"k1:{encoded()}")


def test_a_sealed_text_opens_where_it_was_sealed(keys: Keyring):
    sealed = seal(keys, TOKEN, HERE)

    assert sealed.startswith("v1.k1.")
    assert TOKEN not in sealed
    assert unseal(keys, sealed, HERE) == TOKEN


def test_the_same_text_is_sealed_differently_each_time(keys: Keyring):
    assert len({seal(keys, TOKEN, HERE) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, row_id=new_id()),
        replace(HERE, workspace_id=new_id()),
        replace(HERE, table="connection_attempt"),
        replace(HERE, column="sealed_code"),
    ],
    ids=["row", "workspace", "table", "column"],
)
def test_a_sealed_text_opens_nowhere_else(keys: Keyring, elsewhere: SealedIn):
    with pytest.raises(BrokenSealError):
        unseal(keys, seal(keys, TOKEN, HERE), elsewhere)


def test_one_flipped_bit_anywhere_keeps_it_shut(keys: Keyring):
    version, key_id, text = seal(keys, TOKEN, HERE).split(".")
    blob = base64.urlsafe_b64decode(text)

    for place in range(len(blob) * 8):
        flipped = bytearray(blob)
        flipped[place // 8] ^= 1 << place % 8
        with pytest.raises(BrokenSealError):
            unseal(keys, f"{version}.{key_id}.{base64.urlsafe_b64encode(flipped).decode()}", HERE)


@pytest.mark.parametrize("text", ["", "v1", "v1.k1", "v2.k1.AAAA", "v1.k1.!!", "v1.k1.", "v1.k1.AAAA.AAAA", TOKEN])
def test_what_is_no_sealed_text_is_refused_and_not_repeated(keys: Keyring, text: str):
    with pytest.raises(BrokenSealError) as refused:
        unseal(keys, text, HERE)

    assert TOKEN not in str(refused.value)


def test_an_unknown_key_is_named_so_that_an_operator_puts_it_back(keys: Keyring):
    sealed = seal(keys, TOKEN, HERE)

    with pytest.raises(UnknownKeyError, match="'k1' is missing from AGM_TOKEN_KEYS"):
        unseal(parse_keyring(f"k2:{encoded()}"), sealed, HERE)


def test_another_key_under_the_same_id_opens_nothing(keys: Keyring):
    with pytest.raises(BrokenSealError):
        unseal(parse_keyring(f"k1:{encoded()}"), seal(keys, TOKEN, HERE), HERE)


def test_keys_are_rotated_while_old_ones_still_open():
    first, second = encoded(), encoded()
    old, both, new = (parse_keyring(text) for text in (f"k1:{first}", f"k2:{second},k1:{first}", f"k2:{second}"))
    before, during = seal(old, TOKEN, HERE), seal(both, TOKEN, HERE)

    assert unseal(both, before, HERE) == unseal(both, during, HERE) == TOKEN
    assert unseal(new, during, HERE) == TOKEN
    with pytest.raises(UnknownKeyError):
        unseal(new, before, HERE)


# -- stored tokens ----------------------------------------------------------------------------------------------


async def keep(keys: Keyring, street: Street, token: str) -> None:
    given = NewToken(street.account.id, None, token, NOW + timedelta(days=60))
    await credentials.append(keys, workspace_id=street.workspace_id, tokens=[given], now=NOW)


async def opened(keys: Keyring, street: Street) -> dict[object, str]:
    ids = [street.account.id]
    return await credentials.open_tokens(keys, workspace_id=street.workspace_id, owner_ids=ids)


async def test_two_rows_that_were_swapped_stay_shut(database: str, keys: Keyring):
    streets = [await open_street(name="One"), await open_street(name="Two")]
    for street in streets:
        await keep(keys, street, f"token of {street.workspace_id}")
    first, second = await models.Credential.all().order_by("id")
    await models.Credential.filter(id=first.id).update(sealed_token=second.sealed_token)
    await models.Credential.filter(id=second.id).update(sealed_token=first.sealed_token)

    for street in streets:
        with pytest.raises(BrokenSealError):
            await opened(keys, street)


async def test_the_newest_version_of_a_token_counts_and_an_empty_one_replaces_nothing(database: str, keys: Keyring):
    street = await open_street()
    for token in ("first", "second", ""):
        await keep(keys, street, token)

    assert await opened(keys, street) == {street.account.id: "second"}
    assert sorted([row.version for row in await models.Credential.all()]) == [1, 2]


async def test_one_token_that_does_not_open_does_not_stop_the_others(database: str, keys: Keyring):
    street = await open_street()
    await keep(keys, street, "fine")
    other = parse_keyring(f"k9:{encoded()}")
    page = await models.SelectablePage.create(
        id=new_id(),
        workspace_id=street.workspace_id,
        account_id=street.account.id,
        kind="facebook_page",
        platform_account_id="1",
        name="Page",
        publishable=True,
        position=0,
        seen_at=NOW,
    )
    given = NewToken(street.account.id, page.id, "sealed elsewhere", None)
    await credentials.append(other, workspace_id=street.workspace_id, tokens=[given], now=NOW)

    tokens, closed = await credentials.open_each(
        keys, workspace_id=street.workspace_id, owner_ids=[street.account.id, page.id]
    )

    assert tokens == {street.account.id: "fine"}
    assert isinstance(closed[page.id], UnknownKeyError)


async def test_tokens_of_another_workspace_are_not_found(database: str, keys: Keyring):
    street, stranger = await open_street(name="One"), await open_street(name="Two")
    await keep(keys, street, "secret")

    found = await credentials.open_tokens(keys, workspace_id=stranger.workspace_id, owner_ids=[street.account.id])

    assert found == {}


# -- keyrings ---------------------------------------------------------------------------------------------------

KEYS = {"KEY1": encoded(), "KEY2": encoded()}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "entry 1 must look like kid:base64"),
        ("k1", "the key of entry 1"),
        (":AAAA", "entry 1 must look like"),
        ("k-1:AAAA", "entry 1 must look like"),
        ("k1:not base64!", "entry 1 is not base64"),
        (f"k1:{base64.b64encode(b'short').decode()}", "entry 1 has 5 bytes; it must have 32"),
        (f"k1:{base64.b64encode(bytes(33)).decode()}", "entry 1 has 33 bytes"),
        (f"k1:{base64.b64encode(bytes(32)).decode()}", "too regular"),
        (f"k1:{base64.b64encode(b'changeme' * 4).decode()}", "too regular"),
        ("k1:KEY1,k1:KEY2", "entry 2 repeats a key id"),
        ("k1:KEY1,k2:KEY1", "two ids have the same key"),
        ("k1:KEY1,", "entry 2 must look like"),
    ],
)
def test_a_keyring_that_cannot_be_one_is_refused_without_its_text(text: str, says: str):
    for name, key in KEYS.items():
        text = text.replace(name, key)

    with pytest.raises(KeyringError, match=says) as refused:
        parse_keyring(text)

    assert not any(part and len(part) > 4 and part in str(refused.value) for part in text.replace(":", ",").split(","))


def test_the_first_key_seals_and_all_open():
    ring = parse_keyring(f" new:{encoded()} , old:{encoded()} ")

    assert (ring.newest, list(ring.keys)) == ("new", ["new", "old"])
    assert ring.newest_key == ring.keys["new"]


def test_a_keyring_does_not_show_its_keys(keys: Keyring):
    assert str(keys.newest_key) not in repr(keys)
    assert base64.b64encode(keys.newest_key).decode() not in repr(keys)

"""Media addresses: whoever holds a signed one may fetch that file until it ends, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
import pytest

from media.signing import sign_path
from publishing import models
from publishing.clock import DatabaseClock
from publishing.ids import Kind, new_id, public_id
from publishing.media import signed_url
from publishing.system import ensure_workspace
from tests.api.door import Door

BYTES = b"\xff\xd8\xff\xe0 a picture"


@dataclass
class Shelf:
    """A file of the library with its address."""

    door: Door
    asset: models.MediaAsset
    now: datetime

    @property
    def name(self) -> str:
        return public_id(Kind.MEDIA_ASSET, self.asset.id)

    @property
    def url(self) -> str:
        return signed_url(self.door.deps, asset_id=self.asset.id, now=self.now)

    async def fetch(self, url: str) -> httpx.Response:
        return await self.door.http.get(url)

    def signed(self, **given: Any) -> str:
        keys = self.door.deps.secret_keys
        chosen = {"expires_at": self.now + timedelta(hours=1), "key_id": keys.newest, "key": keys.newest_key}
        return sign_path(given.pop("name", self.name), **{**chosen, **given})


@pytest.fixture
async def shelf(door: Door) -> Shelf:
    now = await DatabaseClock().now()
    asset = await models.MediaAsset.create(
        id=new_id(),
        workspace_id=await ensure_workspace(name="Default", now=now),
        status=models.MediaStatus.READY,
        origin="url",
        file_name="picture.jpg",
        mime_type="image/jpeg",
        created_at=now,
    )
    await door.deps.storage.put(public_id(Kind.MEDIA_ASSET, asset.id), BYTES, "image/jpeg")
    return Shelf(door, asset, now)


async def test_a_signed_address_gives_the_file_to_anyone_as_what_it_is(shelf: Shelf):
    answer = await shelf.fetch(shelf.url)

    assert (answer.status_code, answer.content) == (200, BYTES)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in answer.headers["content-security-policy"]


async def test_the_api_hands_out_such_addresses(shelf: Shelf):
    ask = "query ($id: ID!) { node(id: $id) { ... on MediaAsset { url } } }"

    url = (await shelf.door.ask(ask, id=shelf.name))["data"]["node"]["url"]

    assert url.startswith(f"{shelf.door.settings.public_url}/media/{shelf.name}?")
    assert (await shelf.fetch(url)).content == BYTES


def _with(url: str, **changes: str | None) -> str:
    parts = urlsplit(url)
    query = {**dict(parse_qsl(parts.query)), **changes}
    return parts._replace(query=urlencode({name: value for name, value in query.items() if value is not None})).geturl()


def _later(url: str) -> str:
    query = dict(parse_qsl(urlsplit(url).query))
    return _with(url, exp=str(int(query["exp"]) + 1))


TAMPERED: dict[str, Callable[[Shelf], str]] = {
    "no query": lambda shelf: shelf.url.partition("?")[0],
    "no signature": lambda shelf: _with(shelf.url, sig=None),
    "empty signature": lambda shelf: _with(shelf.url, sig=""),
    "cut signature": lambda shelf: shelf.url[:-1],
    "a signature of other letters": lambda shelf: _with(shelf.url, sig="ü" * 43),
    "no end": lambda shelf: _with(shelf.url, exp=None),
    "a later end": lambda shelf: _later(shelf.url),
    "an end that is no number": lambda shelf: _with(shelf.url, exp="soon"),
    "an end in other digits": lambda shelf: _with(shelf.url, exp="١٢٣"),
    "an end of a thousand digits": lambda shelf: _with(shelf.url, exp="9" * 1000),
    "an unknown key": lambda shelf: _with(shelf.url, kid="k9"),
    "no key": lambda shelf: _with(shelf.url, kid=None),
    "another key's signature": lambda shelf: shelf.signed(key=b"0" * 32),
    "another file's signature": lambda shelf: shelf.url.replace(
        shelf.name, public_id(Kind.MEDIA_ASSET, shelf.asset.workspace_id)
    ),
    "a file in capitals": lambda shelf: shelf.url.replace(shelf.name, shelf.name.upper()),
    "over": lambda shelf: shelf.signed(expires_at=shelf.now - timedelta(seconds=1)),
    "a file that is missing": lambda shelf: shelf.signed(name=public_id(Kind.MEDIA_ASSET, new_id())),
    "a thing that is no file": lambda shelf: shelf.signed(name=public_id(Kind.WORKSPACE, shelf.asset.workspace_id)),
    "a name that is none": lambda shelf: shelf.signed(name="..%5C..%5Ckeys"),
}


@pytest.mark.parametrize("tampered", TAMPERED.values(), ids=TAMPERED)
async def test_any_other_address_gives_nothing_and_does_not_say_why(shelf: Shelf, tampered: Any):
    answer = await shelf.fetch(tampered(shelf))

    assert (answer.status_code, answer.text) == (404, "There is nothing here.")
    assert answer.headers["cache-control"] == "no-store"


async def test_t16_an_address_given_to_a_platform_works_for_a_day(shelf: Shelf):
    yesterday = signed_url(shelf.door.deps, asset_id=shelf.asset.id, now=shelf.now - timedelta(hours=23))
    before = signed_url(shelf.door.deps, asset_id=shelf.asset.id, now=shelf.now - timedelta(hours=24))

    assert [(await shelf.fetch(url)).status_code for url in (yesterday, before)] == [200, 404]
    assert yesterday.isascii()


@pytest.mark.parametrize("status", [models.MediaStatus.PROCESSING, models.MediaStatus.FAILED])
async def test_a_file_that_is_not_ready_is_not_served(shelf: Shelf, status: models.MediaStatus):
    await models.MediaAsset.filter(id=shelf.asset.id).update(status=status)

    assert (await shelf.fetch(shelf.url)).status_code == 404


async def test_a_file_whose_bytes_are_gone_is_not_there(shelf: Shelf):
    await shelf.door.deps.storage.delete(shelf.name)

    assert (await shelf.fetch(shelf.url)).status_code == 404

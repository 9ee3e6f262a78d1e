"""Somebody wants their data deleted at the platform, and no store of this server knows them any more."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from redis.asyncio import Redis

from publishing.db import connection, is_postgres, open_database
from tests.e2e.conftest import Town
from tests.support.dialect import forget_dialect
from tests.support.journey import image
from tests.support.programs import until

PERSONA = "agency"


async def dumped(database_url: str) -> str:
    """Write every column of every row."""
    forget_dialect()
    async with open_database(database_url):
        listed = (
            "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'"
            if is_postgres()
            else "SELECT name FROM sqlite_master WHERE type = 'table'"
        )
        tables = [row["name"] for row in await connection().execute_query_dict(listed)]
        rows = [await connection().execute_query_dict(f'SELECT * FROM "{name}"') for name in tables]
    forget_dialect()
    assert len(tables) > 15
    return "\n".join(str(dict(row)) for table in rows for row in table)


async def cached(redis_url: str) -> AsyncIterator[bytes]:
    """Give each key of Redis with its value, as Redis itself writes it."""
    async with Redis.from_url(redis_url) as redis:
        async for key in redis.scan_iter():
            yield key + (await redis.dump(key) or b"")


def written(folder: Path) -> bytes:
    """Read every log and every medium."""
    files = [path for path in folder.rglob("*") if path.is_file() and ".db" not in path.name]
    assert any(path.suffix == ".log" for path in files)
    return b"\n".join(path.read_bytes() for path in files if not path.name.startswith("sandbox"))


def known(things: list[dict[str, Any]], *names: str) -> set[str]:
    return {thing[name] for thing in things for name in names}


async def commented(town: Town, publication_id: str) -> bool:
    asked = "query ($id: ID!) { publication(id: $id) { followUps { platformId } } }"
    return any(one["platformId"] for one in (await town.journey.ask(asked, id=publication_id))["followUps"])


async def test_after_a_deletion_no_store_knows_the_person_or_what_was_theirs(town: Town):
    account = await town.journey.connect(PERSONA)
    person = (await town.sandbox.personas())["people"][PERSONA]
    shop = (await town.journey.choose_all(account, person["pages"][:2]))[0]
    for platform, content in (("facebook", {"text": "Ours"}), ("instagram", {"caption": "Ours"})):
        media = {"media": [image(town.picture("ours"))]} if platform == "instagram" else {}
        publication = await town.journey.accepted(platform, shop.of(platform), **content, **media, firstComment="Ours")
        await town.journey.with_permalink(publication)
        await until(lambda publication=publication: commented(town, publication), what="the comment")
    canaries = {person["id"], person["name"], *known(person["pages"], "id", "name", "username")}
    canaries |= known([page["instagram"] for page in person["pages"] if page["instagram"]], "id", "username")
    settings = town.stack.settings
    before = await dumped(settings["AGM_DATABASE_URL"])
    assert {one for one in canaries if one not in before} == set()

    await town.sandbox.trigger("data-deletion", PERSONA)

    async def erased() -> bool:
        return person["name"] not in await dumped(settings["AGM_DATABASE_URL"])

    await until(erased, what="the deletion")
    after = await dumped(settings["AGM_DATABASE_URL"])
    stores = {
        "database": after.encode(),
        "redis": b"\n".join([entry async for entry in cached(settings["AGM_REDIS_URL"])]),
        "files": written(town.stack.folder),
    }
    left = {(store, one) for store, text in stores.items() for one in canaries if one.encode() in text}
    assert left == set()
    assert after.count("Ours") >= 2

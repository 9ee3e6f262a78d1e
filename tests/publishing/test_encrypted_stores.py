"""Database and Redis over TLS: what the addresses ask for is done, and never less."""

import ssl
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError

from publishing.db import connection, open_database
from publishing.queue import Bell, redis_client
from tests.support.tls import new_certificate, tls_before_postgres, tls_before_socket
from tests.support.valkey import ValkeyServer


async def answer(url: str) -> int:
    async with open_database(url):
        return (await connection().execute_query_dict("SELECT 7 AS answer"))[0]["answer"]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    return new_certificate(tmp_path, "ours")


async def test_a_database_is_spoken_to_over_tls_as_its_address_says(
    postgres_database_url: str, ours: Path, tmp_path: Path
):
    parts = urlsplit(postgres_database_url)
    theirs = new_certificate(tmp_path, "theirs")
    async with tls_before_postgres(ours, str(parts.hostname), int(parts.port or 0)) as port:
        encrypted = parts._replace(netloc=f"postgres@127.0.0.1:{port}").geturl()

        assert await answer(f"{encrypted}?sslmode=require") == 7
        assert await answer(f"{encrypted}?sslmode=verify-full&sslrootcert={ours}&maxsize=2") == 7
        with pytest.raises(ssl.SSLCertVerificationError):
            await answer(f"{encrypted}?sslmode=verify-full&sslrootcert={theirs}")


async def test_a_database_without_tls_is_refused_where_it_is_required(postgres_database_url: str):
    with pytest.raises(ConnectionError, match="rejected SSL upgrade"):
        await answer(f"{postgres_database_url}?sslmode=require")


async def ping(url: str) -> None:
    bell = Bell(redis_client(url))
    try:
        await bell.ping()
    finally:
        await bell.aclose()


async def test_redis_is_spoken_to_over_tls_as_its_address_says(valkey_server: ValkeyServer, ours: Path, tmp_path: Path):
    theirs = new_certificate(tmp_path, "theirs")
    async with tls_before_socket(ours, valkey_server.folder / "valkey.sock") as port:
        encrypted = f"rediss://127.0.0.1:{port}/0"

        await ping(f"{encrypted}?ssl_ca_certs={ours}")
        with pytest.raises(RedisConnectionError, match="certificate verify failed"):
            await ping(f"{encrypted}?ssl_ca_certs={theirs}")

"""Calls to addresses that users gave: they lead where the policy does, whatever a name says, and nowhere else."""

import asyncio
import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

import pytest

from net.addresses import Address, FetchPolicy
from net.errors import ForbiddenAddressError
from net.http import PlatformClient
from net.names import Resolve
from tests.net.talker import answer, platform

LOOPBACK = FetchPolicy(allowed_private=(ipaddress.ip_network("127.0.0.0/8"),))


def leading_to(*addresses: str) -> Resolve:
    async def resolve(_: str, __: int) -> Sequence[Address]:
        return [ipaddress.ip_address(address) for address in addresses]

    return resolve


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "[::1]", "0x7f.1", "[::ffff:127.0.0.1]", "localhost", "169.254.169.254", "user@127.0.0.1"],
)
async def test_a_call_never_reaches_this_network(host: str):
    async with platform(answer) as (url, requests, connections), PlatformClient() as client:
        address = f"http://{host}:{urlsplit(url).port}/xrpc/some.call"
        with pytest.raises(ForbiddenAddressError):
            await client.request("GET", address, guarded=True)
        await client.request("GET", f"{url}/open")  # what the operator configured is reached

    assert (len(requests), len(connections)) == (1, 1)


@pytest.mark.parametrize("url", ["http://a.example", "https://a.example:8443"])
async def test_a_public_server_is_called_by_https_on_its_port_only(url: str):
    async with PlatformClient(resolve=leading_to("93.184.215.14")) as client:
        with pytest.raises(ForbiddenAddressError):
            await client.request("GET", f"{url}/xrpc/some.call", guarded=True)


async def test_one_bad_address_of_a_name_refuses_it():
    async with PlatformClient(resolve=leading_to("93.184.215.14", "10.0.0.1")) as client:
        with pytest.raises(ForbiddenAddressError, match="not public"):
            await client.request("POST", "https://a.example/xrpc/some.call", json={}, guarded=True)


async def test_networks_that_are_opened_are_reached_by_address_and_by_name():
    client = PlatformClient(policy=LOOPBACK, resolve=leading_to("127.0.0.1"))
    async with platform(answer) as (url, requests, _), client:
        await client.request("GET", f"{url}/a", guarded=True)
        await client.request("GET", f"http://a.example:{urlsplit(url).port}/b", guarded=True)

    assert [request.split(b" ")[1] for request in requests] == [b"/a", b"/b"]


async def test_a_name_that_moves_is_checked_for_each_connection():
    moved: list[str] = []

    async def resolve(_: str, __: int) -> Sequence[Address]:
        moved.append("127.0.0.1" if not moved else "192.168.0.1")
        return [ipaddress.ip_address(moved[-1])]

    async def answer_once(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}")
        await writer.drain()

    async with platform(answer_once) as (url, requests, _), PlatformClient(policy=LOOPBACK, resolve=resolve) as client:
        address = f"http://a.example:{urlsplit(url).port}/"
        await client.request("GET", address, guarded=True)
        with pytest.raises(ForbiddenAddressError):
            await client.request("GET", address, guarded=True)

    assert len(requests) == 1

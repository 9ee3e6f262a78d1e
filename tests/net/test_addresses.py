"""Where a user's address may not lead: every form in which people have smuggled an inner address past a check."""

import ipaddress

import pytest

from net.addresses import FetchPolicy
from net.errors import AddressRefusedError, FetchError
from net.fetch import GuardedFetcher

REFUSED = [
    "https://127.0.0.1/x.jpg",
    "https://127.1/x.jpg",
    "https://127.0.1/x.jpg",
    "https://2130706433/x.jpg",
    "https://0x7f000001/x.jpg",
    "https://0x7f.0.0.1/x.jpg",
    "https://0177.0.0.1/x.jpg",
    "https://017700000001/x.jpg",
    "https://0/x.jpg",
    "https://0.0.0.0/x.jpg",
    "https://localhost/x.jpg",
    "https://LOCALHOST/x.jpg",
    "https://10.0.0.1/x.jpg",
    "https://172.16.5.4/x.jpg",
    "https://192.168.1.1/x.jpg",
    "https://169.254.169.254/latest/meta-data/",
    "https://2852039166/latest/meta-data/",
    "https://0xa9fea9fe/latest/meta-data/",
    "https://100.64.0.1/x.jpg",
    "https://192.0.0.1/x.jpg",
    "https://192.0.2.1/x.jpg",
    "https://198.18.0.1/x.jpg",
    "https://198.51.100.1/x.jpg",
    "https://203.0.113.1/x.jpg",
    "https://224.0.0.1/x.jpg",
    "https://240.0.0.1/x.jpg",
    "https://255.255.255.255/x.jpg",
    "https://[::1]/x.jpg",
    "https://[::]/x.jpg",
    "https://[0:0:0:0:0:0:0:1]/x.jpg",
    "https://[::ffff:127.0.0.1]/x.jpg",
    "https://[::ffff:7f00:1]/x.jpg",
    "https://[::ffff:169.254.169.254]/x.jpg",
    "https://[::127.0.0.1]/x.jpg",
    "https://[64:ff9b::7f00:1]/x.jpg",
    "https://[64:ff9b:1::7f00:1]/x.jpg",
    "https://[2002:7f00:1::]/x.jpg",
    "https://[2001:0:7f00:1::]/x.jpg",
    "https://[fe80::1]/x.jpg",
    "https://[fc00::1]/x.jpg",
    "https://[fd12:3456::1]/x.jpg",
    "https://[ff02::1]/x.jpg",
    "https://[2001:db8::1]/x.jpg",
    "https://user@93.184.216.34/x.jpg",
    "https://user:secret@93.184.216.34/x.jpg",
    "https://93.184.216.34@127.0.0.1/x.jpg",
    "https://93.184.216.34:8443/x.jpg",
    "https://93.184.216.34:22/x.jpg",
    "http://93.184.216.34/x.jpg",
    "file:///etc/passwd",
    "ftp://93.184.216.34/x.jpg",
    "gopher://127.0.0.1:6379/_FLUSHALL",
    "data:image/png;base64,AAAA",
    "//93.184.216.34/x.jpg",
    "/etc/passwd",
    "",
    "https://",
    "https:///x.jpg",
    "https://93.184.216.34\\@127.0.0.1/x.jpg",
    "https://93.184.216.34 /x.jpg",
    "https://93.184.216.34\n/x.jpg",
    "https://[::1/x.jpg",
    "https://93.184.216.34:99999/x.jpg",
]
PUBLIC, INNER = ipaddress.ip_address("93.184.216.34"), ipaddress.ip_address("10.0.0.7")


@pytest.mark.parametrize("url", REFUSED)
async def test_an_address_that_leads_inside_or_is_no_plain_https_is_refused(url: str):
    async with GuardedFetcher(FetchPolicy(total_seconds=2)) as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch(url)


def test_the_table_is_long():
    assert len(set(REFUSED)) >= 40


async def test_one_inner_address_of_a_name_refuses_all():
    async def both(_host: str, _port: int) -> list[ipaddress.IPv4Address]:
        return [PUBLIC, INNER]

    async with GuardedFetcher(FetchPolicy(), resolve=both) as fetcher:
        with pytest.raises(AddressRefusedError):
            await fetcher.fetch("https://example.com/x.jpg")


async def test_a_name_without_an_address_may_work_later():
    async def nobody(_host: str, _port: int) -> list[ipaddress.IPv4Address]:
        return []

    async with GuardedFetcher(FetchPolicy(), resolve=nobody) as fetcher:
        with pytest.raises(FetchError) as caught:
            await fetcher.fetch("https://nobody.example/x.jpg")

    assert not isinstance(caught.value, AddressRefusedError)
    assert caught.value.host == "nobody.example"


@pytest.mark.parametrize("url", ["https://user:secret@127.0.0.1/x?token=secret", "https://127.0.0.1/x?token=secret"])
async def test_a_refusal_names_the_host_and_no_secret(url: str):
    async with GuardedFetcher(FetchPolicy()) as fetcher:
        with pytest.raises(AddressRefusedError) as caught:
            await fetcher.fetch(url)

    assert caught.value.host == "127.0.0.1"
    assert "secret" not in str(caught.value)

"""Counting as the platforms count."""

import hashlib
import hmac

import pytest

from platforms.base import Platform
from platforms.meta.graph import GraphClient
from platforms.meta.settings import MetaEnvironment, live
from platforms.text import count_hashtags, count_mentions


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("#one", 1),
        ("#one#two", 1),
        ("#one #two", 2),
        ("a#one", 0),
        ("#1", 0),
        ("#1st", 1),
        ("# one", 0),
        ("(#one)", 1),
        ("#größe #日本", 2),
        ("https://example.com/#part", 0),
        ("&#39;", 0),
        ("#\n#a", 1),
        ("#\u00a0a", 0),
        ("#_", 1),
        ("#ก #한국 #عيد", 3),
        ("#e\u0301te\u0301", 1),
        ("#\U0001d400", 1),
        ("#️⃣ #1️⃣", 0),
        ("\u202e#one", 1),
        ("#" * 50, 0),
        (" ".join(["#a"] * 31), 31),
        ("#one.#two,#three", 3),
        ("日本#tag", 0),
    ],
)
def test_hashtags(text: str, count: int):
    assert count_hashtags(text) == count


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("@one", 1),
        ("@one @two.three", 2),
        ("me@example.com", 0),
        ("@ one", 0),
        ("https://medium.com/@one", 0),
        ("(@one)", 1),
        ("@@one", 0),
        ("@größe @日本", 2),
        ("@one,@two", 2),
        ("@one@two", 1),
        ("@.one", 0),
        ("@_one_ @1", 2),
        ("\n@one\t@two\u3000@three", 3),
        (" ".join(["@a"] * 21), 21),
    ],
)
def test_mentions(text: str, count: int):
    assert count_mentions(text) == count


@pytest.mark.timeout(5)
@pytest.mark.parametrize("text", ["#" * 60_000, "#1" * 30_000, "@" * 60_000, "@a." * 20_000])
def test_hostile_texts_are_counted_in_no_time(text: str):
    count_hashtags(text)
    count_mentions(text)


def test_the_proof_of_a_token_is_its_keyed_hash():
    """The expected value was computed with another tool: openssl dgst -sha256 -hmac secret."""
    settings = live(MetaEnvironment(meta_app_id="1", meta_app_secret="secret"))
    proof = GraphClient(None, settings, Platform.FACEBOOK)._proof("token")

    assert proof == {"appsecret_proof": "e941110e3d2bfe82621f0e3e1434730d7305d106c5f68c87165d0b27a4611a4a"}
    assert proof["appsecret_proof"] == hmac.new(b"secret", b"token", hashlib.sha256).hexdigest()

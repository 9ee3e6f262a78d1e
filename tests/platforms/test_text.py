"""Counting as the platforms count."""

import hashlib
import hmac
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platforms.base import Platform
from platforms.meta.graph import GraphClient
from platforms.meta.settings import MetaEnvironment, live
from platforms.text import _MANY_MARKS, composed, count_hashtags, count_mentions


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


MARKS = st.lists(st.sampled_from("\u0301\u0327\u0323\u0344\u0f71\u0f73\u0f72\u05bc\u20d0"), min_size=28, max_size=60)
BEFORE = st.sampled_from(["", "a", "\u00e9", "\uac01", "\u1100\u1161\u11a8", "\u1fa7", "e\n"])


@given(st.text())
def test_a_text_is_composed_as_unicode_says(text: str):
    assert composed(text) == unicodedata.normalize("NFC", text)


@given(st.lists(st.tuples(BEFORE, MARKS.map("".join)), max_size=3))
def test_marks_in_any_order_are_composed_as_unicode_says(parts: list[tuple[str, str]]):
    text = "".join(one for part in parts for one in part)

    assert composed(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["", "\u3002" * 40, "a" + "\u0301" * 400, "\u0301\u0323" * 40, "\u0f73" * 40])
def test_signs_without_marks_and_marks_without_a_letter_are_composed_too(text: str):
    assert composed(text) == unicodedata.normalize("NFC", text)


def test_no_mark_is_left_out_of_those_that_are_counted():
    """Nor what begins with one when it is taken apart."""
    every = [chr(number) for number in range(sys.maxunicode + 1)]
    marks = [one for one in every if unicodedata.combining(one) or unicodedata.combining(_apart(one)[0])]

    assert len(marks) > 800
    assert [one for one in marks if not _MANY_MARKS.fullmatch(one * 32)] == []


def _apart(one: str) -> str:
    return unicodedata.normalize("NFD", one) if unicodedata.decomposition(one) else one


NORMALIZE = unicodedata.normalize
HOSTILE: dict[str, Callable[[int], str]] = {
    "two marks in turn": lambda number: "a" + "\u0301\u0323" * number,
    "from the last class to the first": lambda number: "a" + "\u0345" * number + "\u0301" * number + "\u0334" * number,
    "marks that are two": lambda number: "a" + "\u0f73\u0344" * number,
    "before any letter": lambda number: "\u0301\u0323" * number,
    "in many letters": lambda number: ("\u1fa7" + "\u0301\u0323" * 20) * (number // 20),
    "one short of many, each of two": lambda number: ("a" + "\u0f73" * 31) * (number // 31),
    "one short of many": lambda number: ("a" + "\u0301\u0323" * 15 + "\u0301") * (number // 15),
}


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_composing_takes_steps_as_the_text_is_long(made: Callable[[int], str], monkeypatch: pytest.MonkeyPatch):
    short, long = (steps(made(number), monkeypatch) for number in (600, 2_400))

    assert long <= 4.1 * short
    assert long <= 40 * len(made(2_400))


def steps(text: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the calls that composing makes, and how often `normalize` swaps two marks that stand side by side."""
    calls, handed, before = 0, list[str](), sys.getprofile()

    def count(_: Any, event: str, __: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    def normalize(form: Any, given: str) -> str:
        handed.append(given)
        return NORMALIZE(form, given)

    with monkeypatch.context() as patched:
        patched.setattr(unicodedata, "normalize", normalize)
        sys.setprofile(count)
        try:
            composed(text)
        finally:
            sys.setprofile(before)
    return calls + sum(map(swaps, handed))


def swaps(text: str) -> int:
    """Count, for each mark of a run, those of a higher class that stand before it: `normalize` moves it past each."""
    total, run = 0, Counter[int]()
    for one in "".join(map(_apart, text)):
        if kind := unicodedata.combining(one):
            total += sum(number for other, number in run.items() if other > kind)
            run[kind] += 1
        else:
            run.clear()
    return total


def test_the_proof_of_a_token_is_its_keyed_hash():
    """The expected value was computed with another tool: openssl dgst -sha256 -hmac secret."""
    settings = live(MetaEnvironment(meta_app_id="1", meta_app_secret="secret"))
    proof = GraphClient(None, settings, Platform.FACEBOOK)._proof("token")

    assert proof == {"appsecret_proof": "e941110e3d2bfe82621f0e3e1434730d7305d106c5f68c87165d0b27a4611a4a"}
    assert proof["appsecret_proof"] == hmac.new(b"secret", b"token", hashlib.sha256).hexdigest()

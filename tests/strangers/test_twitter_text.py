"""twitter-text, which X wrote, weighs texts and finds addresses: ours says the same of each.

Left out are texts with CR LF, which we send as LF, and those few of which the library contradicts itself.
"""

import json
import os
import random
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from platforms.x.weight import FORBIDDEN, find_addresses, plain, weigh
from tests.platforms.x_texts import PIECES, WEIGHTS, addresses_of, unmarked

pytestmark = pytest.mark.xdist_group("strangers")
ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".agm" / "strangers-node"
SIGNS = ("\ufe0f", "\U0001f3fd", "\ufe0f\U0001f3fd", "\u200d♂\ufe0f", "\U0001f3fd\u200d♂\ufe0f", "\ufe0f\u200d♂\ufe0f")
PICTURES = (*range(0x20, 0x3300), *range(0xFE00, 0x10000), *range(0x1F000, 0x1FC00))
FAMILY = "\U0001f466\U0001f467\U0001f468\U0001f469\U0001f48b❤"


class Told(NamedTuple):
    """What is said of a text."""

    weight: int
    is_valid: bool
    addresses: list[str]


@pytest.fixture(scope="module")
def library() -> Path:
    """Where twitter-text is; it is installed on first use, and only CI insists on it."""
    subprocess.run(["make", "--silent", "strangers"], cwd=ROOT, check=True)
    if not (FOLDER / ".ready").is_file():
        assert not os.environ.get("CI"), "CI compares with twitter-text: run `make strangers`"
        pytest.skip("NOTHING IS COMPARED WITH TWITTER-TEXT: run `make strangers`, which needs npm's registry")
    return FOLDER


def test_it_says_what_its_published_cases_say_and_so_do_we(library: Path):
    texts = [text for text, _, _ in WEIGHTS]

    assert _theirs(library, texts) == {text: _ours(text) for text in texts}
    assert [(_ours(text).weight, _ours(text).is_valid) for text in texts] == [(one[1], one[2]) for one in WEIGHTS]


def test_it_finds_the_addresses_of_its_published_cases_and_so_do_we(library: Path):
    theirs = _theirs(library, unmarked())

    assert {text: told.addresses for text, told in theirs.items()} == addresses_of()
    assert theirs == {text: _ours(text) for text in theirs}


def test_hostile_texts_weigh_the_same(library: Path):
    chance = random.Random(1)
    theirs = _theirs(library, {_hostile(chance) for _ in range(15_000)})

    assert len(theirs) > 12_000
    assert {text: told for text, told in theirs.items() if told != _ours(text)} == {}


def test_every_character_weighs_the_same_with_each_sign_of_an_emoji(library: Path):
    theirs = _theirs(library, (" ".join(chr(one) + sign for sign in ("", *SIGNS)) for one in PICTURES))

    assert {text: told for text, told in theirs.items() if told != _ours(text)} == {}


def test_flags_families_and_professions_weigh_the_same(library: Path):
    letters = [chr(0x1F1E6 + number) for number in range(26)]
    flags = ["".join(one + other + " " for other in letters) for one in letters]
    people = [f"{one}\u200d{two}\u200d{three}" for one in FAMILY for two in FAMILY for three in FAMILY]
    families = [f"{one}\u200d{other}" for one in people for other in FAMILY]
    couples = [one.replace("❤", "❤\ufe0f") for one in (*people, *families)]
    at_work = [f"\U0001f468\u200d{chr(one)} \U0001f469\U0001f3fd\u200d{chr(one)}\ufe0f" for one in PICTURES]
    theirs = _theirs(library, [*flags, *people, *families, *couples, *at_work])

    assert {text: told for text, told in theirs.items() if told != _ours(text)} == {}


def _theirs(library: Path, texts: Iterable[str]) -> dict[str, Told]:
    asked = list(texts)
    program = (library / "weigh.mjs").as_posix()
    answer = subprocess.run(["node", program], input=json.dumps(asked), capture_output=True, text=True, check=True)
    told = zip(asked, json.loads(answer.stdout), strict=True)
    return {text: Told(weight, valid, urls) for text, (weight, valid, urls, stands) in told if stands}


def _ours(text: str) -> Told:
    whole, weight = plain(text), weigh(text)
    addresses = [whole[span.start : span.end] for span in find_addresses(whole)]
    return Told(weight, 0 < weight <= 280 and not FORBIDDEN.search(whole), addresses)


def _hostile(chance: random.Random) -> str:
    """Many kinds of pieces, or few that come again and again."""
    some = PIECES if chance.random() < 0.5 else [*chance.sample(PIECES, chance.choice([3, 5, 8])), "com", ".", "a"]
    return "".join(chance.choices(some, k=chance.choice([2, 4, 7, 12, 25])))

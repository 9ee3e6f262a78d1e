"""Measuring hostile texts as platforms count and mark them: ten times the text takes ten times the time, no more."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.report import Figure, median_of, ratio_of
from bench.turns import Arm, take_turns
from platforms.bluesky.text import count_text, find_marks
from platforms.linkedin.littletext import escape, unescape
from platforms.x.weight import weigh
from publishing.collector import calm_collector

GROUP = "Measuring texts"
HOW = (
    "Texts for which a counter may take too long, each kind at 10,000 and at 100,000 characters: processor time for "
    "one, of so many that a sample has 200,000 characters. X's weights, Bluesky's graphemes and marks, LinkedIn's "
    "little text, there and back: the API does this with each draft."
)


def _mark(text: str) -> None:
    count_text(text)
    find_marks(text)


def _spell(text: str) -> None:
    unescape(escape(text))
    unescape(text)


@dataclass(frozen=True)
class Measured:
    """What a platform does with a text, and pieces of texts that are hostile to that."""

    work: Callable[[str], object]
    pieces: dict[str, str]


PLATFORMS = {
    "X": Measured(
        weigh,
        {
            "dots": "a.",
            "only dots": ".",
            "domains without a scheme": "a.co ",
            "domains in brackets": "a.co/(",
            "labels that end a domain too early": "x.com_.",
            "addresses": "https://a.co?",
            "emoji in chains": "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
            "chains that are no emoji": "\U0001f44d\u200d",
            "at signs": "@",
            "slashes": "/",
            "domains beside other scripts": "\u65e5\u672ca.com",
            "domains of other scripts": "\u65e5.\u307f\u3093\u306a ",
            "marks out of order": "\u0f73",
        },
    ),
    "Bluesky": Measured(
        _mark,
        {
            "flags": "\U0001f1e9",
            "chains of people": "\U0001f469\u200d",
            "marks": "\u0300",
            "brackets": "https://a.example/).",
            "open brackets": "https://a.example/(",
            "at signs": "@",
            "mentions": "@a.b ",
            "dots": "@a.",
            "hashtags": "#a ",
            "one hashtag": "#",
            "punctuation": "#!",
            "addresses": "https://a.b ",
            "half characters": "\ud800#",
            "both directions": "\u202e\u05d0",
        },
    ),
    "LinkedIn": Measured(
        _spell,
        {
            "hashes": "#",
            "numbers": "#1",
            "open mentions": "@[",
            "mentions without a place": "@[a](",
            "backslashes": "\\",
            "hashtags": "#a_",
            "open templates": "{hashtag|\\#|",
            "escaped mentions": "@[\\",
            "templates of one letter": "{hashtag|\\#|a",
        },
    ),
}
_SHORT, _LONG, _SAMPLE = 10_000, 100_000, 200_000
_ROUNDS = 5


async def measure() -> list[Figure]:
    """Measure every kind on its own."""
    calm_collector()  # as the API does when it starts
    slowest: list[float] = []
    figures: list[Figure] = []
    kinds = [(name, one.work, *piece) for name, one in PLATFORMS.items() for piece in one.pieces.items()]
    for number, (name, work, kind, piece) in enumerate(kinds):
        arms = {"short": _doing(work, piece, _SHORT), "long": _doing(work, piece, _LONG)}
        part = (number / len(kinds), (number + 1) / len(kinds))
        short, long = (await take_turns(arms, rounds=_ROUNDS, of=f"{name}, {kind}", part=part)).values()
        slowest = max(slowest, long, key=sum)
        what = f"ten times the text, {name}: {kind}"
        figures.append(ratio_of(GROUP, what, long, short, most=12, how=HOW, goal="G11"))
    return [median_of(GROUP, "100,000 characters of the slowest kind", slowest, "ms", how=HOW), *figures]


def _doing(work: Callable[[str], object], piece: str, length: int) -> Arm:
    text = (piece * length)[:length]

    async def arm() -> float:
        began = time.process_time()
        for _ in range(_SAMPLE // length):
            work(text)
        return (time.process_time() - began) / (_SAMPLE // length) * 1000

    return arm

"""Weighing a hostile text for X: ten times the text takes ten times the time, and no more."""

import time

from bench.report import Figure, median_of, ratio_of
from bench.turns import Arm, take_turns
from platforms.x.weight import weigh

GROUP = "Weighing a text for X"
HOW = (
    "Texts for which a counter may take too long, each kind at 10,000 and at 100,000 characters: processor time for "
    "one, of so many that a sample has 200,000 characters. The API weighs each draft for X."
)
KINDS = {
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
}
_SHORT, _LONG, _SAMPLE = 10_000, 100_000, 200_000
_ROUNDS = 5


async def measure() -> list[Figure]:
    """Measure every kind on its own."""
    slowest: list[float] = []
    figures: list[Figure] = []
    for number, (kind, piece) in enumerate(KINDS.items()):
        arms = {"short": _weighing(piece, _SHORT), "long": _weighing(piece, _LONG)}
        part = (number / len(KINDS), (number + 1) / len(KINDS))
        short, long = (await take_turns(arms, rounds=_ROUNDS, of=kind, part=part)).values()
        slowest = max(slowest, long, key=sum)
        figures.append(ratio_of(GROUP, f"ten times the text: {kind}", long, short, most=12, how=HOW, goal="G11"))
    return [median_of(GROUP, "100,000 characters of the slowest kind", slowest, "ms", how=HOW), *figures]


def _weighing(piece: str, length: int) -> Arm:
    text = (piece * length)[:length]

    async def arm() -> float:
        began = time.process_time()
        for _ in range(_SAMPLE // length):
            weigh(text)
        return (time.process_time() - began) / (_SAMPLE // length) * 1000

    return arm

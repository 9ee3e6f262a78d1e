"""Arms that take turns, and what is shown while they do.

spent = await take_turns({"hand": hand, "ours": ours}, rounds=5)     # each arm gives one sample a round
ratio_of(GROUP, "against the hand-written one", spent["ours"], spent["hand"], most=3, how=HOW)
"""

import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeVar

from rich.console import Console

Sample = TypeVar("Sample")
Arm = Callable[[], Awaitable[float]]


class Progress:
    """Says which measurement runs, which arm, how far it is, and about how long the rest takes.

    `minutes` are how long each measurement takes about, in the order in which they run.
    """

    def __init__(self, console: Console, minutes: Mapping[str, float]) -> None:
        self._console = console
        self._minutes = dict(minutes)
        self._began = time.monotonic()
        self._number, self._name, self._share = 0, "", 0.0

    @contextmanager
    def measuring(self, name: str) -> Iterator[None]:
        """Show one measurement while it runs."""
        self._number, self._name, self._share, began = self._number + 1, name, 0.0, time.monotonic()
        with self._console.status("") as self._status:
            self.step("setting up", 0)
            yield
        taken = time.monotonic() - began
        del self._minutes[name]
        self._console.print(f"{self._number} of {self._total}: {name} took {taken:.0f} s", highlight=False)

    @property
    def minutes_run(self) -> float:
        return (time.monotonic() - self._began) / 60

    def step(self, what: str, share: float | None = None) -> None:
        """Say what runs now, and how much of this measurement is done, from 0 to 1."""
        self._share = self._share if share is None else share
        left = sum(self._minutes.values()) - self._minutes.get(self._name, 0) * self._share
        text = f"{self._number} of {self._total}: {self._name} · {what} · {self._share:.0%} · about {left:.0f} min left"
        if self._console.is_terminal:
            self._status.update(text)
        else:
            self._console.print(text, highlight=False)

    @property
    def _total(self) -> int:
        return (
            self._number - 1 + len(self._minutes) if self._name in self._minutes else self._number + len(self._minutes)
        )


_shown: list[Progress] = []


@contextmanager
def showing(progress: Progress) -> Iterator[None]:
    """Let `step` speak to it."""
    _shown.append(progress)
    try:
        yield
    finally:
        _shown.remove(progress)


def step(what: str, share: float | None = None) -> None:
    """Say what the running measurement does now, and how much of it is done, from 0 to 1."""
    for progress in _shown:
        progress.step(what, share)


async def take_turns(
    arms: Mapping[str, Callable[[], Awaitable[Sample]]],
    *,
    rounds: int,
    of: str = "",
    part: tuple[float, float] = (0, 1),
) -> dict[str, list[Sample]]:
    """Run every arm once to warm it up, then all of them in turns, and give each one's sample of each round.

    `part` is which part of the measurement this is, for the progress; `of` is said with it.
    """
    samples: dict[str, list[Sample]] = {name: [] for name in arms}
    turns = [(number, name) for number in range(rounds + 1) for name in arms]
    for done, (number, name) in enumerate(turns):
        said = " · ".join(
            text for text in (of, name, f"round {number} of {rounds}" if number else "warming up") if text
        )
        step(said, part[0] + (part[1] - part[0]) * done / len(turns))
        sample = await arms[name]()
        if number:
            samples[name].append(sample)
    return samples

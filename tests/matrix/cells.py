"""What a matrix is made of: kinds of posts, faults with where they strike, and what must come of each pair."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class PostKind:
    """A kind of post: where it goes, what it has, and the call that makes it public.

    `told`: its upload has an id from the start, of which the platform itself says whether it is out. `nameless`: the
    answer of its public call never says an id. `options` are those of the platform, as the API takes them.
    """

    title: str
    platform: str
    public_call: str
    images: int = 0
    videos: int = 0
    gifs: int = 0
    documents: int = 0
    link: bool = False
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    told: bool = False
    nameless: bool = False

    @property
    def has_text(self) -> bool:
        """Whether people can read something in it; a story has no text."""
        return self.options.get("placement") != "STORY"


@dataclass(frozen=True)
class Strike:
    """One rule of the sandbox: a fault, where (None: at the public call), and which of the calls."""

    fault: str
    endpoint: str | None = None
    options: dict[str, Any] = field(default_factory=dict)
    when: dict[str, Any] = field(default_factory=lambda: {"next_calls": 1})


ALWAYS: dict[str, Any] = {}


@dataclass(frozen=True)
class Row:
    """A fault of the matrix. `ends` is the state that is true, `copies` how many the public then sees.

    `once_told` is the same where the platform says of an upload whether it is out. `alone` where it befalls everything
    of the person who signed in, `about_text` where there is no such fault without a text, `about_id` where there is
    none in an answer that never says an id, `long` where it takes minutes, nearly all of them waiting.
    """

    title: str
    strikes: tuple[Strike, ...]
    ends: str = "PUBLISHED"
    copies: int = 1
    once_told: tuple[int, str] | None = None
    only: str | None = None
    alone: bool = False
    about_text: bool = False
    about_id: bool = False
    long: bool = False

    def befalls(self, kind: PostKind) -> bool:
        """Whether there is such a fault for a kind of post."""
        is_felt = (kind.has_text or not self.about_text) and not (kind.nameless and self.about_id)
        return self.only in {None, kind.platform} and is_felt

    def wanted(self, kind: PostKind) -> tuple[int, str]:
        """Say how many copies there must be in the end, and in which state."""
        return self.once_told if kind.told and self.once_told else (self.copies, self.ends)


@dataclass(frozen=True)
class Cell:
    """What came of a pair."""

    copies: int
    status: str
    seconds: float

    def is_true(self, row: Row, kind: PostKind) -> bool:
        """Whether it ended as it must."""
        return (self.copies, self.status) == row.wanted(kind)

    def __str__(self) -> str:
        return f"{self.copies} · {self.status} · {self.seconds:.1f} s"


Results = Mapping[tuple[str, str], Cell]
"""By the titles of row and kind."""

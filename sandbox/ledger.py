"""The publish ledger: what became public, in order. Tests and demos take it for the truth."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sandbox.state import State, codec_of

COUNTER = "ledger"


@dataclass(slots=True)
class Entry:
    """One thing the public can (or could) see.

    Attributes:
        sequence: Position in the ledger, from 1.
        platform: `facebook`, `instagram` or `linkedin`.
        account_id: The Page or Instagram account it appeared on; on LinkedIn the author's URN.
        account_name: Its name, for the feed page.
        kind: `text`, `link`, `photo`, `photos`, `video`, `reel`, `photo_story`, `video_story` or `comment` on
            Facebook, `image`, `carousel`, `reel`, `story` or `comment` on Instagram,
            `text`, `image`, `images`, `video`, `document`, `article`, `poll`, `reshare` or `comment` on LinkedIn.
        public_id: The platform's id of the post.
        text: Message or caption, as the public reads it now.
        link: The link of a link post.
        image_hashes: SHA-256 of each picture's bytes, in order.
        alt_texts: One per picture, empty where none was given.
        video_hashes: SHA-256 of each video's bytes, in order.
        also_at: Another path that shows it, as a video has one beside its post's.
        parent_id: The public id of what a comment is under.
        media_types: `IMAGE` or `VIDEO` of each item, in order: which of the hashes comes next. Instagram only.
        details: What else the public sees of it, by the platform's name: `location_id`, `user_tags`, `cover`, …
        path: Where the sandbox shows it, from its own origin: `/facebook/…`, `/p/…` or `/linkedin/feed/update/…`.
        published_at: Unix seconds of the sandbox's clock.
        request_id: The trace id of the call that made it public.
        token_fingerprint: Which token was used; never the token.
        ready_at: Unix seconds at which Instagram was done with its container; None on Facebook.
        deleted_at: Unix seconds, once it was taken down.
    """

    sequence: int
    platform: str
    account_id: str
    account_name: str
    kind: str
    public_id: str
    text: str
    path: str
    published_at: float
    request_id: str
    token_fingerprint: str
    link: str | None = None
    image_hashes: tuple[str, ...] = ()
    alt_texts: tuple[str, ...] = ()
    ready_at: float | None = None
    deleted_at: float | None = None
    video_hashes: tuple[str, ...] = ()
    parent_id: str | None = None
    media_types: tuple[str, ...] = ()
    details: dict[str, Any] = field(default_factory=dict[str, Any])
    also_at: str | None = None

    @property
    def intent(self) -> tuple[str, ...]:
        """What it has in common with an unwanted copy of itself: account and text; without text, link and media.

        A comment is a copy only of one under the same post.
        """
        where = (self.account_id, self.parent_id or "", self.text)
        return where if self.text else (*where, self.link or "", *self.image_hashes, *self.video_hashes)


def repeated(entries: Iterable[Entry]) -> list[list[Entry]]:
    """Return the visible entries that say the same on the same account, group by group; none where all is well."""
    groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.deleted_at is None:
            groups[entry.intent].append(entry)
    return [group for group in groups.values() if len(group) > 1]


class Ledger:
    """Append-only list of entries with look-ups by account and by path; no call walks through all of it to write."""

    def __init__(self, state: State) -> None:
        self._kept = state.shelf("ledger", codec_of(Entry))
        self._counters = state.shelf("counters", codec_of(int))
        self._entries: list[Entry] = []
        self._by_account: dict[str, list[Entry]] = defaultdict(list)
        self._by_path: dict[str, Entry] = {}
        for entry in self._kept.values():
            self._index(entry)

    def next_sequence(self) -> int:
        """Return the position the next entry takes."""
        return self._counters.get(COUNTER, 0) + 1

    def record(self, entry: Entry) -> None:
        """Add an entry: from here on it is public."""
        self._counters[COUNTER] = entry.sequence
        self._kept[str(entry.sequence)] = entry
        self._index(entry)

    def reword(self, path: str, text: str, **details: Any) -> None:
        """Change what the public reads at a path, and details beside it, if anything is there."""
        if entry := self.at(path):
            entry.text = text
            entry.details.update(details)
            self._kept.touch(str(entry.sequence))

    def show(self, path: str, *, image_hashes: Iterable[str], alt_texts: Iterable[str]) -> None:
        """Change which pictures the public sees at a path, if anything is there."""
        if entry := self.at(path):
            entry.image_hashes, entry.alt_texts = tuple(image_hashes), tuple(alt_texts)
            self._kept.touch(str(entry.sequence))

    def take_down(self, path: str, moment: float) -> None:
        """Note that the public does not see any more what was at a path, if anything was."""
        if entry := self.at(path):
            entry.deleted_at = moment
            self._kept.touch(str(entry.sequence))

    def at(self, path: str) -> Entry | None:
        """Return the entry shown at a permalink's path."""
        return self._by_path.get(path)

    def entries(self, account_id: str | None = None) -> list[Entry]:
        """Return all entries in the order they became public, or one account's."""
        return list(self._entries if account_id is None else self._by_account.get(account_id, []))

    def newest(self, count: int) -> Iterator[Entry]:
        """Yield up to `count` visible entries, newest first."""
        return islice((entry for entry in reversed(self._entries) if entry.deleted_at is None), count)

    def clear(self) -> int:
        """Forget all entries and return how many there were; the posts themselves stay on their Pages."""
        count = len(self._entries)
        self._kept.clear()
        self._entries.clear()
        self._by_account.clear()
        self._by_path.clear()
        return count

    def _index(self, entry: Entry) -> None:
        self._entries.append(entry)
        self._by_account[entry.account_id].append(entry)
        self._by_path[entry.path] = entry
        if entry.also_at is not None:
            self._by_path[entry.also_at] = entry

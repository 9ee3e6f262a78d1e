"""Threads: a post whose further parts go out one after another, each below the one before.

The parts that are out are rows, written with the step that a part's call ends in; which part is next follows from
them. A publisher sees one part at a time, as a post of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from platforms.base import Draft, Receipt, ReplyTo
from platforms.options import read_options
from platforms.rules import Rules
from publishing import media, models, setwise
from publishing.ids import new_id
from publishing.mapping import Mapper
from publishing.records import Attachment, ThreadPart

OUT = "part"
"""The kind of a part that is out."""
_DELETED = "deleted"
_COPY = "copy"
"""The kind of what a call made public whose answer came while another call for the same part was made, or after it."""
_KINDS = (OUT, _DELETED)


class Spoken(Protocol):
    """What a publication says, as its row has it."""

    @property
    def text(self) -> str:
        """The text of the post itself."""
        ...

    @property
    def link(self) -> str | None:
        """Its link."""
        ...

    @property
    def options(self) -> dict[str, Any] | None:
        """Its stored options."""
        ...


@dataclass(frozen=True, slots=True)
class PartOut:
    """A part that went out: its place in the thread, from 0, and what the platform says of it.

    `deleted`: it was deleted there since.
    """

    index: int
    receipt: Receipt
    published_at: datetime | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of a publication is next: `number` from 0, `of` so many; `root` is the post itself, once it is out.

    A publication without a thread is one part.
    """

    number: int = 0
    of: int = 1
    root: Receipt | None = None
    parent: Receipt | None = None
    began_after: datetime | None = None

    @property
    def is_last(self) -> bool:
        """Whether nothing follows it."""
        return self.number + 1 >= self.of

    @property
    def reply_to(self) -> ReplyTo | None:
        """Where it goes; None for the post itself."""
        if self.root is None or self.parent is None:
            return None
        return ReplyTo(self.root.platform_post_id, self.parent.platform_post_id)


ALONE = Place()


def place_of(thread: Sequence[Any] | None, out: Sequence[PartOut]) -> Place:
    """Say which part is next, by the parts that went out, in order."""
    if not thread:
        return ALONE
    if not out:
        return Place(of=len(thread) + 1)
    return Place(
        number=len(out),
        of=len(thread) + 1,
        root=out[0].receipt,
        parent=out[-1].receipt,
        began_after=out[-1].published_at,
    )


def draft_of(
    row: "Spoken | models.Publication", thread: Sequence[ThreadPart] | None, place: Place, rules: Rules
) -> Draft:
    """Give the draft of the part at a place, without its files. Link and options are those of the post itself."""
    if place.number == 0 or not thread:
        return Draft(text=row.text, link=row.link, options=read_options(rules.options, row.options))
    return Draft(text=thread[place.number - 1].text, options=rules.options(), reply_to=place.reply_to)


def files_of(post: Sequence[Attachment], thread: Sequence[ThreadPart] | None, place: Place) -> tuple[Attachment, ...]:
    """Give the files of the part at a place."""
    return thread[place.number - 1].media if place.number and thread else tuple(post)


def parts_of(value: Any) -> tuple[ThreadPart, ...]:
    """Read a `thread` column."""
    return tuple(ThreadPart(part["text"], media.attachments_of(part["media"])) for part in value)


def stored_parts(parts: Iterable[ThreadPart]) -> list[dict[str, Any]] | None:
    """Write a `thread` column."""
    return [{"text": part.text, "media": media.stored_attachments(part.media)} for part in parts] or None


@dataclass(frozen=True, slots=True)
class _Row:
    """The columns of a part that is out."""

    publication_id: UUID
    kind: str
    index: int
    platform_id: str | None
    permalink: str | None
    published_at: datetime | None


_ROWS = Mapper(models.PublicationPart, _Row)


async def parts_out(publication_ids: Sequence[UUID]) -> Mapping[UUID, tuple[PartOut, ...]]:
    """Find which parts of publications went out, in order; also those that were deleted since."""
    if not publication_ids:
        return {}
    rows = models.PublicationPart.filter(publication_id__in=list(publication_ids), kind__in=_KINDS).order_by("index")
    found: defaultdict[UUID, list[PartOut]] = defaultdict(list)
    for row in await _ROWS.read(rows):
        receipt = Receipt(row.platform_id or "", row.permalink)
        found[row.publication_id].append(PartOut(row.index, receipt, row.published_at, row.kind == _DELETED))
    return {publication_id: tuple(parts) for publication_id, parts in found.items()}


def still_out(parts: Iterable[PartOut]) -> tuple[PartOut, ...]:
    """Leave out the parts that were deleted."""
    return tuple(part for part in parts if not part.deleted)


async def note_deleted(publication_id: UUID, platform_ids: Sequence[str]) -> None:
    """Write down that parts were deleted at the platform."""
    if platform_ids:
        rows = models.PublicationPart.filter(publication_id=publication_id, platform_id__in=list(platform_ids))
        await rows.filter(kind=OUT).update(kind=_DELETED)
        await rows.filter(kind=_COPY).delete()


async def keep_copy(publication_id: UUID, part: PartOut, now: datetime) -> None:
    """Write down, in the open transaction that holds the publication, what may be a part's second public copy."""
    rows = models.PublicationPart.filter(publication_id=publication_id)
    known = {str(one) for one in await rows.filter(kind__in=_KINDS).values_list("platform_id", flat=True)}
    await rows.filter(kind=_COPY, platform_id__in=list(known)).delete()  # it turned out to be the part itself
    if part.receipt.platform_post_id not in known and not await rows.filter(kind=_COPY, index=part.index).exists():
        await keep_parts({publication_id: part}, now, kind=_COPY)


async def copies_of(publication_id: UUID) -> tuple[PartOut, ...]:
    """Find the second copies of a thread's parts that are out; what is the part itself by now is none."""
    parts = (await parts_out([publication_id])).get(publication_id, ())
    known = {part.receipt.platform_post_id for part in parts}
    rows = models.PublicationPart.filter(publication_id=publication_id, kind=_COPY).order_by("index")
    found = [PartOut(row.index, Receipt(row.platform_id or "", row.permalink)) for row in await _ROWS.read(rows)]
    return tuple(copy for copy in found if copy.index < len(parts) and copy.receipt.platform_post_id not in known)


async def owned_parts(platform_ids: Sequence[str], *, publication_id: UUID) -> frozenset[str]:
    """Find which of these ids of a platform are parts of threads, out or deleted, or copies of another's parts."""
    rows = models.PublicationPart.filter(platform_id__in=list(platform_ids))
    found = [
        *await rows.filter(kind__in=_KINDS).values_list("platform_id", flat=True),
        *await rows.filter(kind=_COPY).exclude(publication_id=publication_id).values_list("platform_id", flat=True),
    ]
    return frozenset(str(one) for one in found)


async def keep_parts(parts: Mapping[UUID, PartOut], now: datetime, *, kind: str = OUT) -> None:
    """Write down parts that are out, in the open transaction."""
    rows = [
        {
            "id": new_id(),
            "publication_id": publication_id,
            "kind": kind,
            "index": part.index,
            "platform_id": part.receipt.platform_post_id,
            "permalink": part.receipt.permalink,
            "published_at": now,
        }
        for publication_id, part in parts.items()
    ]
    await setwise.insert(setwise.Rows("publication_part", _COLUMNS, rows))


_COLUMNS = {
    "id": "uuid",
    "publication_id": "uuid",
    "kind": "text",
    "index": "integer",
    "platform_id": "text",
    "permalink": "text",
    "published_at": "timestamptz",
}

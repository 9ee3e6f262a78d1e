"""Files of a publication made ready while it prepares: fetched into the library, looked into, and kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from media.document import DocumentFacts, inspect_document_async, looks_like_document
from media.inspect import ImageFacts, MediaError, inspect_image_async
from media.storage import StorageError
from media.video import VideoFacts, inspect_video_async, looks_like_video
from net.errors import AddressRefusedError, AnsweredError, EncodedAnswerError, FetchError, TooLargeError
from net.fetch import GuardedFetcher
from platforms.base import MediaKind, Platform
from platforms.errors import Failure, FailureCode, RejectedError, TransientError
from platforms.rules import Rules
from publishing.delivery import Delivery
from publishing.deps import Deps
from publishing.drafts import MediaUse, whole_draft
from publishing.failures import media_rejected, unfit
from publishing.ids import Kind, public_id
from publishing.models import MediaAsset, MediaStatus

_AT_ONCE = asyncio.Semaphore(8)
"""Files under way in a worker: each has a megabyte in memory, and an image is looked into whole."""
_BUFFER = 1024 * 1024
LARGEST_FILE = 1_000_000_000
"""What this server keeps, in bytes, whatever a platform takes."""
_FETCH_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class _Source:
    """Whose file is fetched, for which platform; `last`: what cannot be reached now is not tried again."""

    use: MediaUse
    platform: Platform
    rules: Rules
    last: bool


async def ready_to_step(
    deps: Deps,
    fetcher: GuardedFetcher,
    delivery: Delivery,
    uses: Sequence[MediaUse],
    *,
    rules: Rules,
    last: bool,
) -> None:
    """Complete a publication's draft with its files, all of them there and within the rules.

    Raises:
        TransientError, RejectedError: as `ready_media`; also when content does not fit the channel, with each issue.
    """
    await ready_media(deps, fetcher, uses, platform=delivery.platform, rules=rules, last=last)
    draft, issues = whole_draft(deps, delivery.draft, uses, rules, delivery.now)
    if issues:
        raise unfit(delivery.platform, issues)
    keys = [public_id(Kind.MEDIA_ASSET, use.asset.id) for use in uses]
    delivery.complete(draft, lambda number, start, size: deps.storage.read_part(keys[number], start, size))


async def ready_media(
    deps: Deps, fetcher: GuardedFetcher, uses: Sequence[MediaUse], *, platform: Platform, rules: Rules, last: bool
) -> None:
    """Fetch what is not there yet, look into it and keep it.

    `last` says that an address that cannot be reached now is not tried again.

    Raises:
        TransientError: an address could not be reached; worth trying again.
        RejectedError: a file cannot be used; the message names it, its host and the rule.
    """
    for use in uses:
        if use.asset.status is not MediaStatus.READY:
            async with _AT_ONCE:
                await _ready(deps, fetcher, _Source(use, platform, rules, last))


async def _ready(deps: Deps, fetcher: GuardedFetcher, source: _Source) -> None:
    with deps.storage.scratch() as folder:
        path = folder / "file"
        try:
            await _download(fetcher, source, path)
            facts = await _look_into(path)
        except TooLargeError as error:
            raise _rejected(source, f"is {str(error).partition(' is ')[2].rstrip('.')}") from None
        except AddressRefusedError:
            raise await _unusable(source, "has an address that this server must not fetch") from None
        except EncodedAnswerError:
            raise await _unusable(source, "comes compressed: serve it without Content-Encoding") from None
        except AnsweredError as error:
            raise await _unreachable(source, f"answered {error.status} instead of a file") from None
        except FetchError as error:
            raise await _unreachable(source, f"could not be fetched ({str(error).rstrip('.')})") from None
        except MediaError as error:
            raise await _unusable(source, f"cannot be used: {error}") from None
        await _store(deps, source.use.asset, path, facts)


async def _download(fetcher: GuardedFetcher, source: _Source, path: Path) -> None:
    """Write a file as it comes, up to what may be of the kind that its first bytes show."""
    with path.open("wb") as file:
        limits = Limits(_largest_image(source.rules), _largest_document(source.rules))
        download = Download(file, limits=limits, host=_host(source.use))
        url = source.use.asset.source_url or ""
        await fetcher.fetch_into(download.take, url, max_bytes=_largest(source.rules), seconds=_FETCH_SECONDS)
        download.finish()


@dataclass(frozen=True, slots=True)
class Limits:
    """How many bytes an image and a document may have on a channel; a document as an image where none is taken."""

    image: int
    document: int

    def of(self, head: bytes) -> tuple[str, int]:
        """Say what a file is that begins so, and how large it may be."""
        return ("document", self.document) if looks_like_document(head) else ("image", self.image)


class Download:
    """A file being fetched: what comes is held until it is a megabyte, then written by a thread."""

    def __init__(self, file: BinaryIO, *, limits: Limits, host: str) -> None:
        self._file, self._limits, self._host = file, limits, host
        self._held, self._head, self._size = bytearray(), b"", 0

    async def take(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            TooLargeError: it is no video, and larger than any file of its kind may be.
        """
        self._size += len(piece)
        self._head = (self._head + piece)[:12] if len(self._head) < 12 else self._head  # noqa: PLR2004 - tells the type
        if not looks_like_video(self._head):
            kind, most = self._limits.of(self._head)
            if self._size > most:
                raise TooLargeError(f"The {kind} is larger than {most:,} bytes.", host=self._host)
        self._held += piece
        if len(self._held) >= _BUFFER:
            await asyncio.to_thread(self.finish)

    def finish(self) -> None:
        """Write what is held.

        Raises:
            StorageError: the disk does not take it; it is this server's fault, and not the address's.
        """
        try:
            self._file.write(self._held)
        except OSError as error:
            raise StorageError("This server's disk takes no more of a file that is fetched") from error
        self._held.clear()


_Facts = ImageFacts | VideoFacts | DocumentFacts


async def _look_into(path: Path) -> _Facts:
    with path.open("rb") as file:
        head = file.read(12)
    if looks_like_video(head):
        return await inspect_video_async(path)
    if looks_like_document(head):
        return await inspect_document_async(path)
    return await inspect_image_async(await asyncio.to_thread(path.read_bytes))


async def _store(deps: Deps, asset: MediaAsset, path: Path, facts: _Facts) -> None:
    await deps.storage.put_file(public_id(Kind.MEDIA_ASSET, asset.id), path, facts.mime_type)
    asset.status, asset.error = MediaStatus.READY, None
    asset.mime_type, asset.byte_size, asset.sha256 = facts.mime_type, facts.byte_size, facts.sha256
    if isinstance(facts, DocumentFacts):
        asset.page_count = facts.pages
    else:
        asset.width, asset.height = facts.width, facts.height
    if isinstance(facts, VideoFacts):
        asset.duration_seconds, asset.video_codec, asset.frame_rate = facts.seconds, facts.codec, facts.frame_rate
    names = ["status", "error", "mime_type", "byte_size", "sha256", "width", "height"]
    await asset.save(update_fields=[*names, "duration_seconds", "video_codec", "frame_rate", "page_count"])


async def _fail(asset: MediaAsset, message: str) -> None:
    asset.status, asset.error = MediaStatus.FAILED, message
    await asset.save(update_fields=["status", "error"])


def _largest(rules: Rules) -> int:
    return min(rules.largest_file, LARGEST_FILE)


def _largest_image(rules: Rules) -> int:
    limits = [post.limits(MediaKind.IMAGE) for post in rules.posts]
    return max(limit.max_bytes.value for limit in limits if limit is not None)


def _largest_document(rules: Rules) -> int:
    limits = [post.limits(MediaKind.DOCUMENT) for post in rules.posts]
    return max((limit.max_bytes.value for limit in limits if limit is not None), default=_largest_image(rules))


def _rejected(source: _Source, what: str) -> RejectedError:
    return media_rejected(source.platform, f"File {source.use.number} ({_host(source.use)}) {what}.")


async def _unusable(source: _Source, what: str) -> RejectedError:
    """What no platform could use: the library keeps that it failed."""
    await _fail(source.use.asset, f"It {what}.")
    return _rejected(source, what)


async def _unreachable(source: _Source, what: str) -> TransientError:
    message = f"File {source.use.number} ({_host(source.use)}) {what}."
    hint = "Check that the address works from everywhere. It is tried again."
    if source.last:
        await _fail(source.use.asset, f"It {what}.")
        hint = "Make the address work from everywhere, and publish again."
    return TransientError(Failure(FailureCode.MEDIA_REJECTED, source.platform, message, hint))


def _host(use: MediaUse) -> str:
    return urlsplit(use.asset.source_url or "").hostname or "the library"

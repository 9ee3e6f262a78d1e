"""Images of a publication: fetched into the library while it prepares, checked, and signed for the platform."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from media.inspect import ImageFacts, MediaError, inspect_image_async
from net.errors import AddressRefusedError, AnsweredError, EncodedAnswerError, FetchError, TooLargeError
from net.fetch import GuardedFetcher
from platforms.base import DraftImage, Platform, Rules
from platforms.errors import Failure, FailureCode, RejectedError, TransientError
from publishing import media, models
from publishing.deps import Deps
from publishing.failures import media_rejected
from publishing.ids import Kind, public_id
from publishing.models import MediaStatus

_AT_ONCE = asyncio.Semaphore(8)
"""Files in the memory of a worker: each may have ten megabytes."""


@dataclass(frozen=True, slots=True)
class ImageUse:
    """An image of a publication; `number` counts from 1, as messages do."""

    number: int
    asset: models.MediaAsset
    alt_text: str | None


async def ready_images(
    deps: Deps,
    fetcher: GuardedFetcher,
    uses: Sequence[ImageUse],
    *,
    platform: Platform,
    rules: Rules,
    now: datetime,
    last: bool,
) -> tuple[DraftImage, ...]:
    """Fetch what is not there yet, check each image against the rules and sign its address.

    `last` says that an address that cannot be reached now is not tried again.

    Raises:
        TransientError: an address could not be reached; worth trying again.
        RejectedError: an image cannot be used; the message names it, its host and the rule.
    """
    images: list[DraftImage] = []
    for use in uses:
        if use.asset.status is not MediaStatus.READY:
            await _fetch(deps, fetcher, use, platform, rules, last=last)
        _check(use, platform, rules)
        images.append(_draft(deps, use, now))
    return tuple(images)


async def _fetch(
    deps: Deps, fetcher: GuardedFetcher, use: ImageUse, platform: Platform, rules: Rules, *, last: bool
) -> None:
    async with _AT_ONCE:
        await _fetch_one(deps, fetcher, use, platform, rules, last=last)


async def _fetch_one(
    deps: Deps, fetcher: GuardedFetcher, use: ImageUse, platform: Platform, rules: Rules, *, last: bool
) -> None:
    try:
        fetched = await fetcher.fetch(use.asset.source_url or "", max_bytes=rules.max_image_bytes.value)
        facts = await inspect_image_async(fetched.body)
    except TooLargeError:
        raise _rejected(use, platform, f"is larger than {rules.max_image_bytes.value:,} bytes") from None
    except AddressRefusedError:
        raise await _unusable(use, platform, "has an address that this server must not fetch") from None
    except EncodedAnswerError:
        raise await _unusable(use, platform, "comes compressed: serve it without Content-Encoding") from None
    except AnsweredError as error:
        raise await _unreachable(use, platform, f"answered {error.status} instead of an image", last=last) from None
    except FetchError as error:
        what = f"could not be fetched ({str(error).rstrip('.')})"
        raise await _unreachable(use, platform, what, last=last) from None
    except MediaError as error:
        raise await _unusable(use, platform, f"cannot be used: {error}") from None
    await _store(deps, use.asset, fetched.body, facts)


async def _store(deps: Deps, asset: models.MediaAsset, body: bytes, facts: ImageFacts) -> None:
    await deps.storage.put(public_id(Kind.MEDIA_ASSET, asset.id), body, facts.mime_type)
    asset.status, asset.error = MediaStatus.READY, None
    asset.mime_type, asset.byte_size, asset.sha256 = facts.mime_type, facts.byte_size, facts.sha256
    asset.width, asset.height = facts.width, facts.height
    await asset.save(update_fields=["status", "error", "mime_type", "byte_size", "sha256", "width", "height"])


async def _fail(asset: models.MediaAsset, message: str) -> None:
    asset.status, asset.error = MediaStatus.FAILED, message
    await asset.save(update_fields=["status", "error"])


def _check(use: ImageUse, platform: Platform, rules: Rules) -> None:
    asset = use.asset
    if asset.mime_type not in rules.image_mime_types.value:
        taken = ", ".join(rules.image_mime_types.value)
        raise _rejected(use, platform, f"is {asset.mime_type}; {platform.value} takes {taken}")
    if (asset.byte_size or 0) > rules.max_image_bytes.value:
        raise _rejected(use, platform, f"is larger than {rules.max_image_bytes.value:,} bytes")
    ratio = (asset.width or 0) / (asset.height or 1)
    low, high = rules.min_aspect_ratio, rules.max_aspect_ratio
    if (low is not None and ratio < low.value) or (high is not None and ratio > high.value):
        allowed = f"{low.value if low else 0:g} to {high.value if high else 0:g}"
        raise _rejected(use, platform, f"is {asset.width} by {asset.height} pixels; width to height must be {allowed}")


def _draft(deps: Deps, use: ImageUse, now: datetime) -> DraftImage:
    asset = use.asset
    return DraftImage(
        url=media.signed_url(deps, asset_id=asset.id, now=now),
        mime_type=asset.mime_type or "",
        byte_size=asset.byte_size or 0,
        width=asset.width or 0,
        height=asset.height or 0,
        alt_text=use.alt_text or asset.alt_text,
    )


def _rejected(use: ImageUse, platform: Platform, what: str) -> RejectedError:
    return media_rejected(platform, f"Image {use.number} ({_host(use)}) {what}.")


async def _unusable(use: ImageUse, platform: Platform, what: str) -> RejectedError:
    """What no platform could use: the library keeps that it failed."""
    await _fail(use.asset, f"It {what}.")
    return _rejected(use, platform, what)


async def _unreachable(use: ImageUse, platform: Platform, what: str, *, last: bool) -> TransientError:
    message = f"Image {use.number} ({_host(use)}) {what}."
    hint = "Check that the address works from everywhere. It is tried again."
    if last:
        await _fail(use.asset, f"It {what}.")
        hint = "Make the address work from everywhere, and publish again."
    return TransientError(Failure(FailureCode.MEDIA_REJECTED, platform, message, hint))


def _host(use: ImageUse) -> str:
    return urlsplit(use.asset.source_url or "").hostname or "the library"

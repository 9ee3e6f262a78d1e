"""POST /{ig}/media_publish: a finished container becomes public, and the ledger knows it."""

import string
from typing import Any

from sandbox.identifiers import random_number
from sandbox.ledger import Entry
from sandbox.meta.call import Call, require_ads_permission, require_instagram
from sandbox.meta.containers import status_code
from sandbox.meta.errors import invalid_parameter
from sandbox.meta.graph import use, used
from sandbox.meta.instagram_containers import PUBLISH, account_of
from sandbox.meta.instagram_errors import publishing_error
from sandbox.meta.instagram_objects import Container, Media, Piece

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
LEDGER_KINDS = {"IMAGE": "image", "VIDEO": "video", "REELS": "reel", "STORIES": "story", "CAROUSEL": "carousel"}
_UNREADY = {"IN_PROGRESS": 2207027, "ERROR": 2207032, "EXPIRED": 2207020}


async def publish_container(call: Call) -> dict[str, Any]:
    """Make a finished container public.

    Nothing awaits between the checks and the ledger, so that two calls at once publish once.
    """
    account = account_of(call)
    require_instagram(call, account, *PUBLISH)
    require_ads_permission(call, account)
    creation_id = call.params.text("creation_id")
    if not creation_id:
        raise invalid_parameter("The parameter creation_id is required.")
    container = call.meta.graph.objects.get(creation_id)
    if not isinstance(container, Container) or container.account is not account:
        raise publishing_error(2207008)
    if container.is_carousel_item:
        raise publishing_error(2207089 if container.kind == "VIDEO" else 2207008)
    if known := _published_before(call, container):
        return {"id": known}
    if subcode := _UNREADY.get(status_code(container, call.now)):
        raise publishing_error(subcode)
    published = call.meta.graph.published
    if used(published, account.id, call.now) >= call.meta.settings.quota_total:
        raise publishing_error(2207042)
    use(published, account.id, call.now)
    return {"id": _make_public(call, container).id}


def _published_before(call: Call, container: Container) -> str | None:
    """Do what the `republish` setting says about a container that is public already; None means: publish."""
    if not container.media_ids:
        return None
    match call.meta.settings.republish:
        case "same_id":
            return container.media_ids[0]
        case "error_24_2207008":
            raise publishing_error(2207008)
        case "error_9007":
            raise publishing_error(2207027)
        case "duplicate":
            return None


def _make_public(call: Call, container: Container) -> Media:
    positions = _kept(len(container.shown), call.mishap.lost_child)
    media = _media(call, container, tuple(container.shown[position] for position in positions))
    if container.children:
        media.children = tuple(_item(call, media, container.children[position]).id for position in positions)
    container.media_ids.append(media.id)
    call.meta.graph.objects.touch(container.id)
    call.meta.graph.add(media)
    _enter(call, container, media)
    return media


def _media(call: Call, container: Container, pieces: tuple[Piece, ...]) -> Media:
    media_id = random_number("180", 17)
    return Media(
        id=media_id,
        account=container.account,
        kind=container.kind,
        shortcode=_shortcode(int(media_id)),
        caption=container.caption,
        created_at=call.now,
        pieces=pieces,
        details=dict(container.details),
        lag_seconds=call.mishap.lag_seconds,
    )


def _item(call: Call, album: Media, child: Container) -> Media:
    """Make the media of a child; the child's container is used up."""
    item = _media(call, child, child.pieces)
    item.album_id = album.id
    child.media_ids.append(item.id)
    call.meta.graph.objects.touch(child.id)
    call.meta.graph.add(item)
    return item


def _enter(call: Call, container: Container, media: Media) -> None:
    """Enter a post into the ledger."""
    ledger = call.meta.world.ledger
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="instagram",
            account_id=media.account.id,
            account_name=media.account.username,
            kind=LEDGER_KINDS[media.kind],
            public_id=media.id,
            text=media.caption,
            path=media.path,
            published_at=media.created_at,
            request_id=call.trace_id,
            token_fingerprint=call.fingerprint,
            image_hashes=tuple(piece.picture.hash for piece in media.pieces if piece.picture is not None),
            alt_texts=tuple(piece.alt_text for piece in media.pieces),
            ready_at=container.ready_at,
            video_hashes=tuple(piece.video.hash for piece in media.pieces if piece.video is not None),
            media_types=tuple(piece.media_type for piece in media.pieces),
            details=_details(media),
        )
    )


def _details(media: Media) -> dict[str, Any]:
    tags = [list(piece.user_tags) for piece in media.pieces]
    return {**media.details, **({"user_tags": tags} if any(tags) else {})}


def _kept(count: int, lost: int | None) -> list[int]:
    """Return the positions of what is published: all but a lost one."""
    positions = list(range(count))
    if lost is not None:
        del positions[lost]
    return positions


def _shortcode(number: int) -> str:
    """Write a media id in base 64, as permalinks do, to 11 characters."""
    text = ""
    for _ in range(11):
        number, digit = divmod(number, 64)
        text = ALPHABET[digit] + text
    return text

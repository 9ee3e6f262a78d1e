"""Publishing on Instagram: containers, their publication, media and the quota."""

import re
import string
from collections.abc import Iterator
from typing import Any

from sandbox.identifiers import random_number
from sandbox.ledger import Entry
from sandbox.meta import facts, nodes
from sandbox.meta.call import Call, require_ads_permission, require_instagram
from sandbox.meta.containers import status_code
from sandbox.meta.errors import GraphError, invalid_parameter, publishing_error, unsupported
from sandbox.meta.fields import Node, parse_fields
from sandbox.meta.graph import Container, Media, use, used
from sandbox.meta.paging import answer_edge
from sandbox.meta.personas import InstagramAccount
from sandbox.pictures import FetchError, Picture, fetch, inspect

PUBLISH = ("instagram_basic", "instagram_content_publish")
ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
NOT_BUILT = frozenset({"REELS", "STORIES", "VIDEO"})


async def create_container(call: Call) -> dict[str, Any]:
    """POST /{ig}/media: fetch the image and start processing, or gather children into a carousel."""
    account = _account(call)
    require_instagram(call, account, *PUBLISH)
    require_ads_permission(call, account)
    _count_container(call, account)
    media_type = (call.params.text("media_type") or "IMAGE").upper()
    if media_type in NOT_BUILT or call.params.text("video_url"):
        raise GraphError(100, f"The sandbox does not stand in for media_type {media_type} yet", status=501)
    caption = call.params.text("caption") or ""
    _check_caption(caption)
    if media_type == "CAROUSEL":
        container = _carousel(call, account, caption)
    elif media_type == "IMAGE":
        container = await _image(call, account, caption)
    else:
        raise publishing_error(2207023)
    call.meta.graph.add(container)
    return {"id": container.id}


async def publish_container(call: Call) -> dict[str, Any]:
    """POST /{ig}/media_publish: make a finished container public.

    Nothing awaits between the checks and the ledger, so that two calls at once publish once.
    """
    account = _account(call)
    require_instagram(call, account, *PUBLISH)
    require_ads_permission(call, account)
    creation_id = call.params.text("creation_id")
    if not creation_id:
        raise invalid_parameter("The parameter creation_id is required.")
    container = call.meta.graph.objects.get(creation_id)
    if not isinstance(container, Container) or container.account is not account or container.is_carousel_item:
        raise publishing_error(2207008)
    if known := _published_before(call, container):
        return {"id": known}
    _check_ready(container, call.now)
    published = call.meta.graph.published
    if used(published, account.id, call.now) >= call.meta.settings.quota_total:
        raise publishing_error(2207042)
    use(published, account.id, call.now)
    return {"id": _make_public(call, container).id}


async def list_media(call: Call) -> dict[str, Any]:
    """GET /{ig}/media: newest first; `since` and `until` in unix seconds."""
    account = _account(call)
    require_instagram(call, account, "instagram_basic")
    total = len(call.meta.graph.grids[account.id])
    return answer_edge(call, _grid(call, account), lambda media: Node(nodes.MEDIA, media), total=total)


async def publishing_limit(call: Call) -> dict[str, Any]:
    """GET /{ig}/content_publishing_limit: usage of the last 24 hours and, if asked for, the quota."""
    account = _account(call)
    require_instagram(call, account, *PUBLISH)
    require_ads_permission(call, account)
    usage = used(call.meta.graph.published, account.id, call.now)
    config = {"quota_total": call.meta.settings.quota_total, "quota_duration": facts.QUOTA_SECONDS}
    wanted = [wish.name for wish in parse_fields(",".join(call.params.names("fields")))] or ["quota_usage"]
    known: dict[str, Any] = {"quota_usage": usage, "config": config}
    for name in wanted:
        if name not in known:
            raise invalid_parameter(f"Tried accessing nonexisting field ({name}) on node type (ContentPublishingLimit)")
    return {"data": [{name: known[name] for name in wanted}]}


def _account(call: Call) -> InstagramAccount:
    if not isinstance(call.target, InstagramAccount):
        raise unsupported(call.method, call.target_id)
    return call.target


def _grid(call: Call, account: InstagramAccount) -> Iterator[Media]:
    since, until = call.params.number("since"), call.params.number("until")
    for media in reversed(call.meta.graph.grids[account.id]):
        second = int(media.created_at)
        if since is not None and second < since:
            return
        if (until is None or second <= until) and nodes.is_listed(media, call):
            yield media


def _count_container(call: Call, account: InstagramAccount) -> None:
    """Count a creation, failed ones too. Which code Meta answers beyond 400 is not documented; 9/2207042 fits best."""
    made = call.meta.graph.containers_made
    if used(made, account.id, call.now) >= call.meta.settings.containers_per_day:
        raise publishing_error(2207042, "You reached the maximum number of containers in 24 hours.")
    use(made, account.id, call.now)


async def _image(call: Call, account: InstagramAccount, caption: str) -> Container:
    url = call.params.text("image_url")
    if not url:
        raise invalid_parameter("The parameter image_url is required.")
    alt_text = call.params.text("alt_text") or ""
    if len(alt_text) > facts.ALT_TEXT_MAX_CHARACTERS:
        raise invalid_parameter(f"Param alt_text must be at most {facts.ALT_TEXT_MAX_CHARACTERS} characters long.")
    failure: GraphError | None = None
    pictures: tuple[Picture, ...] = ()
    try:
        pictures = (await _picture(call, url),)
    except GraphError as error:
        if call.meta.settings.image_errors == "sync":
            raise
        failure = error
    return Container(
        id=random_number("179", 17),
        account=account,
        pictures=pictures,
        caption=caption,
        alt_texts=(alt_text,),
        created_at=call.now,
        expires_at=call.now + facts.CONTAINER_SECONDS,
        ready_at=call.meta.world.clock.now() + _processing_seconds(call, account),
        is_carousel_item=call.params.flag("is_carousel_item", default=False),
        failure=failure,
    )


def _processing_seconds(call: Call, account: InstagramAccount) -> float:
    trouble = call.meta.people.owners[account.id].trouble
    if trouble is not None and trouble.processing_seconds is not None:
        return trouble.processing_seconds
    return call.meta.settings.processing.draw(call.meta.chance)


def _carousel(call: Call, account: InstagramAccount, caption: str) -> Container:
    children: list[Container] = []
    for child_id in call.params.names("children"):
        child = call.meta.graph.objects.get(child_id)
        if not isinstance(child, Container) or child.account is not account or not child.is_carousel_item:
            raise publishing_error(2207008)
        children.append(child)
    if not facts.CAROUSEL_MIN_ITEMS <= len(children) <= facts.CAROUSEL_MAX_ITEMS:
        raise publishing_error(2207028)
    return Container(
        id=random_number("180", 17),
        account=account,
        pictures=tuple(picture for child in children for picture in child.pictures),
        caption=caption,
        alt_texts=tuple(text for child in children for text in child.alt_texts),
        created_at=call.now,
        expires_at=call.now + facts.CONTAINER_SECONDS,
        ready_at=call.now + _processing_seconds(call, account),
        children=tuple(children),
    )


async def _picture(call: Call, url: str) -> Picture:
    if not url.isascii() or not url.startswith(("http://", "https://")):
        raise publishing_error(2207052)
    try:
        data = await fetch(call.meta.world.fetcher, url)
    except FetchError as error:
        raise publishing_error(2207052) from error
    picture = inspect(data)
    if picture is None:
        raise publishing_error(2207052)
    if picture.size_bytes > facts.IMAGE_MAX_BYTES:
        raise publishing_error(2207004)
    if picture.format not in facts.IMAGE_FORMATS:
        raise publishing_error(2207005, f"The image format {picture.format} is not supported. Supported: JPEG.")
    low, high = facts.IMAGE_MIN_RATIO - facts.RATIO_TOLERANCE, facts.IMAGE_MAX_RATIO + facts.RATIO_TOLERANCE
    if not low <= picture.ratio <= high:
        raise publishing_error(2207009)
    call.meta.world.pictures.keep(picture, data)
    return picture


def _check_caption(caption: str) -> None:
    """Check length and tags; for too many hashtags Meta documents no code of their own, 2207040 is assumed."""
    if len(caption) > facts.CAPTION_MAX_CHARACTERS:
        raise publishing_error(2207010, f"The caption has {len(caption)} characters; 2200 are allowed.")
    hashtags, mentions = re.findall(r"(?<!\w)#\w", caption), re.findall(r"(?<!\w)@\w", caption)
    if len(hashtags) > facts.CAPTION_MAX_HASHTAGS or len(mentions) > facts.CAPTION_MAX_MENTIONS:
        raise publishing_error(2207040)


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


def _check_ready(container: Container, now: float) -> None:
    match status_code(container, now):
        case "IN_PROGRESS":
            raise publishing_error(2207027)
        case "ERROR":
            raise publishing_error(2207032)
        case "EXPIRED":
            raise publishing_error(2207020)
        case _:
            return


def _make_public(call: Call, container: Container) -> Media:
    media_id = random_number("180", 17)
    kept = _kept(len(container.pictures), call.mishap.lost_child)
    media = Media(
        id=media_id,
        account=container.account,
        shortcode=_shortcode(int(media_id)),
        caption=container.caption,
        alt_texts=tuple(container.alt_texts[position] for position in kept),
        pictures=tuple(container.pictures[position] for position in kept),
        created_at=call.now,
        children=tuple(random_number("179", 17) for _ in kept) if container.children else (),
        lag_seconds=call.mishap.lag_seconds,
    )
    container.media_ids.append(media.id)
    call.meta.graph.objects.touch(container.id)
    call.meta.graph.add(media)
    _enter(call, container, media)
    return media


def _enter(call: Call, container: Container, media: Media) -> None:
    """Enter a post into the ledger."""
    ledger = call.meta.world.ledger
    ledger.record(
        Entry(
            sequence=ledger.next_sequence(),
            platform="instagram",
            account_id=media.account.id,
            account_name=media.account.username,
            kind="carousel" if media.children else "image",
            public_id=media.id,
            text=media.caption,
            path=f"/p/{media.shortcode}",
            published_at=media.created_at,
            request_id=call.trace_id,
            token_fingerprint=call.fingerprint,
            image_hashes=tuple(picture.hash for picture in media.pictures),
            alt_texts=media.alt_texts,
            ready_at=container.ready_at,
        )
    )


def _kept(count: int, lost: int | None) -> list[int]:
    """Return the positions of the pictures that are published: all but a lost one."""
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

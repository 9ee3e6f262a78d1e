"""POST /{ig}/media: containers of every kind, counted, checked, and on their way to be finished."""

from collections.abc import Awaitable
from dataclasses import replace
from typing import Any

from sandbox.identifiers import random_number
from sandbox.meta import instagram_facts as facts
from sandbox.meta.call import Call, require_ads_permission, require_instagram
from sandbox.meta.containers import status_code
from sandbox.meta.errors import GraphError, invalid_parameter, unsupported
from sandbox.meta.graph import use, used
from sandbox.meta.instagram_errors import publishing_error
from sandbox.meta.instagram_files import check_address, check_video, take_picture, take_video, whole_video
from sandbox.meta.instagram_objects import Container, Piece
from sandbox.meta.instagram_orders import Order, read_order
from sandbox.meta.personas import InstagramAccount

PUBLISH = ("instagram_basic", "instagram_content_publish")
UPLOADS = "ig-api-upload"
_UNFIT = {"IN_PROGRESS": 2207027, "ERROR": 2207032, "EXPIRED": 2207020, "PUBLISHED": 2207008}
"""Why a child makes no carousel, by its status."""


async def create_container(call: Call) -> dict[str, Any]:
    """Make a container: fetch its picture or video, wait for an upload, or gather children."""
    account = account_of(call)
    require_instagram(call, account, *PUBLISH)
    require_ads_permission(call, account)
    _count(call, account)
    order = read_order(call)
    container = Container(
        id=random_number("180" if order.shape == "carousel" else "179", 17),
        account=account,
        kind=order.kind,
        caption=order.caption,
        created_at=call.now,
        ready_at=None,
        expires_at=call.now + facts.CONTAINER_SECONDS,
        details=order.details,
        is_carousel_item=order.shape in ("image_item", "video_item"),
        failure=call.mishap.failure,
    )
    await _fill(call, order, container)
    if not order.is_resumable:
        begin_processing(call, container)
    call.meta.graph.add(container)
    if order.is_resumable:
        return {"id": container.id, "uri": f"{call.origin}/meta/{UPLOADS}/{call.version}/{container.id}"}
    return {"id": container.id}


def account_of(call: Call) -> InstagramAccount:
    """Return the account that the path names.

    Raises:
        GraphError: 100/33.
    """
    if not isinstance(call.target, InstagramAccount):
        raise unsupported(call.method, call.target_id)
    return call.target


def begin_processing(call: Call, container: Container) -> None:
    """Say when the container will be finished, now that all of it is there."""
    trouble = call.meta.people.owners[container.account.id].trouble
    if trouble is not None and trouble.processing_seconds is not None:
        seconds = trouble.processing_seconds
    else:
        seconds = call.meta.settings.processing.draw(call.meta.chance)
    container.ready_at = call.meta.world.clock.now() + seconds


def take_upload(call: Call, container: Container) -> None:
    """Look at the video whose bytes have all arrived, and begin to process it."""
    try:
        video = whole_video(call, container.id)
        check_video(video, is_story=container.kind == "STORIES", thumb_offset=container.details.get("thumb_offset"))
        container.pieces = tuple(replace(piece, video=video) for piece in container.pieces)
    except GraphError as error:
        container.failure = error
    begin_processing(call, container)
    call.meta.graph.objects.touch(container.id)


def _count(call: Call, account: InstagramAccount) -> None:
    """Count a creation, failed ones too. Which code Meta answers beyond 400 is not documented; 9/2207042 fits best."""
    made = call.meta.graph.containers_made
    if used(made, account.id, call.now) >= call.meta.settings.containers_per_day:
        raise publishing_error(2207042, "You reached the maximum number of containers in 24 hours.")
    use(made, account.id, call.now)


async def _fill(call: Call, order: Order, container: Container) -> None:
    """Put into a container what it will show. Videos are always found out late, pictures when the settings say so."""
    if order.shape == "carousel":
        container.children = _children(call, order, container.account)
        return
    if order.thumb_offset is not None:
        container.details["thumb_offset"] = order.thumb_offset
    piece = Piece(alt_text=order.alt_text, user_tags=order.user_tags)
    container.pieces = (piece,)
    if order.image_url is not None:
        picture = await _late(call, container, take_picture(call, order.image_url, any_ratio=order.shape == "story"))
        container.pieces = (replace(piece, picture=picture),)
    elif order.video_url is not None:
        check_address(order.video_url)
        await _late(call, container, _video(call, order, container, order.video_url), always=True)
    if order.cover_url is not None:
        await _late(call, container, _cover(call, container, order.cover_url), always=True)


async def _video(call: Call, order: Order, container: Container, url: str) -> None:
    video = await take_video(call, url, container.id)
    check_video(video, is_story=order.shape == "story", thumb_offset=order.thumb_offset)
    container.pieces = tuple(replace(piece, video=video) for piece in container.pieces)


async def _cover(call: Call, container: Container, url: str) -> None:
    picture = await take_picture(call, url, any_ratio=True)
    container.details["cover"] = picture.hash


async def _late(call: Call, container: Container, work: Awaitable[Any], *, always: bool = False) -> Any:
    """Do the work; a refusal turns the container's status, unless it is to be given at once."""
    try:
        return await work
    except GraphError as error:
        if not always and call.meta.settings.image_errors == "sync":
            raise
        container.failure = container.failure or error
        return None


def _children(call: Call, order: Order, account: InstagramAccount) -> tuple[Container, ...]:
    """Return the finished children.

    Raises:
        GraphError: 100/2207028 for too few or too many, 24/2207008 for one that is none of this account's,
            9007/2207027 for one that is not finished yet.
    """
    if not facts.CAROUSEL_MIN_ITEMS <= len(order.children) <= facts.CAROUSEL_MAX_ITEMS:
        raise publishing_error(2207028)
    if len(set(order.children)) < len(order.children):
        raise invalid_parameter("Param children names a container twice.")
    return tuple(_child(call, child_id, account) for child_id in order.children)


def _child(call: Call, child_id: str, account: InstagramAccount) -> Container:
    child = call.meta.graph.objects.get(child_id)
    if not isinstance(child, Container) or child.account is not account or not child.is_carousel_item:
        raise publishing_error(2207008)
    if subcode := _UNFIT.get(status_code(child, call.now)):
        raise publishing_error(subcode)
    return child

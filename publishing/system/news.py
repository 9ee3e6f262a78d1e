"""News from a platform: a hint to look, or that a post is gone. Nothing is believed public on a hint alone."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import structlog

from platforms.base import Environment
from platforms.callbacks import CallbackRefusedError, News, PersonNews, PostNews
from platforms.registry import platform_of
from publishing import models
from publishing.db import transaction
from publishing.deps import Deps
from publishing.lifecycle import Reason, Status
from publishing.store import store_errors
from publishing.transitions import Change, advance

log = structlog.get_logger(__name__)
ACTOR = "system:callbacks"


def answer_challenge(deps: Deps, *, callback_name: str, query: Mapping[str, str]) -> str | None:
    """Answer a platform's question whether its news are wanted here; None when it is not the platform's."""
    answers = (place.callbacks.challenge(query) for place in deps.networks.callbacks(callback_name))
    return next((answer for answer in answers if answer is not None), None)


@store_errors
async def receive_news(deps: Deps, *, callback_name: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Take news; the same twice does nothing more.

    Returns:
        False when they are not the platform's.
    """
    for place in deps.networks.callbacks(callback_name):
        try:
            news = place.callbacks.news(body, headers)
        except CallbackRefusedError as error:
            log.info("callback_refused", environment=place.environment.value, reason=str(error))
            continue
        await _follow(deps, place.environment, news)
        return True
    return False


async def _follow(deps: Deps, environment: Environment, news: Sequence[News]) -> None:
    now = await deps.clock.now()
    people = {one.platform_user_id for one in news if isinstance(one, PersonNews)}
    if people:
        same = models.ConnectedAccount.filter(platform_user_id__in=sorted(people), environment=environment)
        await same.update(check_due_at=now)
    for one in (one for one in news if isinstance(one, PostNews)):
        channels = await models.Channel.filter(
            platform=platform_of(one.kind), environment=environment, platform_account_id=one.platform_account_id
        )
        ids = [channel.id for channel in channels]
        if one.gone:
            await _gone(deps, ids, one)
        else:  # perhaps the one whose answer was lost: it is looked for now instead of later
            unknown = models.Publication.filter(channel_id__in=ids, status=Status.UNCONFIRMED, due_at__gt=now)
            await unknown.update(due_at=now)
    deps.bell.announce()


async def _gone(deps: Deps, channel_ids: Sequence[UUID], news: PostNews) -> None:
    rows = await models.Publication.filter(
        channel_id__in=channel_ids, platform_post_id=news.platform_post_id, status=Status.PUBLISHED
    )
    changes = [Change(row.id, Status.DELETED, Reason.DELETED_AT_PLATFORM, ACTOR) for row in rows]
    async with transaction():
        await advance(changes, now=await deps.clock.now())

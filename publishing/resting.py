"""Resting: whom a platform asked to be left alone for is left alone until then, whatever else is due.

A limit may be about one Page or account, about all that a person's sign-in reaches, or about the app. The same Page
may be a channel of several workspaces; all of them rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from platforms.errors import PlatformError, RateLimitedError, Reach
from publishing import models, setwise
from publishing.db import connection, is_postgres


@dataclass(frozen=True, slots=True)
class Rest:
    """A platform's wish: nothing for whom the limit reaches, for so long."""

    reach: Reach
    duration: timedelta


def rest_of(error: PlatformError) -> Rest | None:
    """Read the wish out of what a call ended in; None when there is none."""
    if isinstance(error, RateLimitedError) and error.retry_after is not None:
        return Rest(error.reach, error.retry_after)
    return None


async def let_rest(publication_id: UUID, rest: Rest, *, now: datetime) -> None:
    """Let the channels that a limit reaches rest, met with a publication of one of them. An earlier end never wins."""
    publication = await models.Publication.get(id=publication_id)
    await let_channel_rest(await models.Channel.get(id=publication.channel_id), rest, now=now)


async def let_channel_rest(channel: models.Channel, rest: Rest, *, now: datetime) -> None:
    """Let the channels that a limit reaches rest, met with a call for one of them. An earlier end never wins."""
    until = now + rest.duration
    sooner = Q(rests_until__isnull=True) | Q(rests_until__lt=until)
    await (await _reached(channel, rest.reach)).filter(sooner).update(rests_until=until)


async def resting(publication_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, datetime]:
    """Find those publications whose channels rest, and until when."""
    if not publication_ids:
        return {}
    rows = await connection().execute_query_dict(
        f"""SELECT v.id AS id, channel.rests_until AS rests_until
        FROM {setwise.recordset({"id": "uuid"})}
        JOIN publication ON publication.id = v.id
        JOIN channel ON channel.id = publication.channel_id
        WHERE channel.rests_until > {"$2" if is_postgres() else "?2"}""",  # noqa: S608 - names are ours
        [setwise.parameter([{"id": one} for one in publication_ids]), setwise.moment(now)],
    )
    return {UUID(str(row["id"])): setwise.read_moment(row["rests_until"]) for row in rows}


async def _reached(channel: models.Channel, reach: Reach) -> QuerySet[models.Channel]:
    if reach is Reach.CHANNEL:
        return models.Channel.filter(
            platform=channel.platform,
            environment=channel.environment,
            platform_account_id=channel.platform_account_id,
        )
    account = await models.ConnectedAccount.get(id=channel.account_id)
    alike = models.ConnectedAccount.filter(platform=account.platform, environment=account.environment)
    if reach is Reach.SIGN_IN:
        alike = alike.filter(platform_user_id=account.platform_user_id)
    return models.Channel.filter(account_id__in=[UUID(str(one)) for one in await alike.values_list("id", flat=True)])

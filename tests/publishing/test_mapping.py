"""Records read straight from columns are what copying Tortoise's objects gives, on both databases."""

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from uuid import uuid4

import pytest
from tortoise.models import Model

from platforms.base import Platform
from platforms.errors import Failure, FailureCode
from platforms.following import Task
from publishing import (
    accounts,
    channels,
    connections,
    failures,
    follow_ups,
    keys,
    media,
    models,
    pages,
    posts,
    publications,
)
from publishing import workspaces as homes
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status, Step
from publishing.mapping import Mapper
from publishing.models import AttemptOutcome, ConnectionAttemptStatus, MediaStatus
from publishing.planning import follow_up
from tests.publishing.town import NOW, Street, open_street

pytestmark = pytest.mark.usefixtures("database")

MAPPERS: dict[type[Model], Mapper] = {
    models.Workspace: homes._WORKSPACE,
    models.ApiKey: keys._KEY,
    models.ConnectionAttempt: connections._ATTEMPT,
    models.ConnectedAccount: accounts._ACCOUNT,
    models.SelectablePage: pages._OFFERED,
    models.Channel: channels.CHANNEL,
    models.MediaAsset: media._ASSET,
    models.Post: posts._POST,
    models.Publication: publications.PUBLICATION,
    models.Attempt: publications._ATTEMPT,
    models.Transition: publications._TRANSITION,
    models.FollowUp: follow_ups._FOLLOW_UP,
}
ELSEWHERE = datetime(2026, 11, 22, 9, 30, 0, 250, tzinfo=timezone(timedelta(hours=5, minutes=45)))


async def fill() -> Street:
    """Write a row of every kind, with and without what may be missing."""
    street = await open_street(channels=2)
    home = {"workspace_id": street.workspace_id}
    failure = Failure(code=FailureCode.RATE_LIMITED, platform=Platform.FACEBOOK, message="Später", hint="Wait.")
    error = failures.stored(failure, retryable=True)
    use = {"asset_id": str(uuid4()), "alt_text": None}
    queued = await street.publish(Status.QUEUED)
    await models.Attempt.create(
        **home,
        publication_id=queued.id,
        number=1,
        epoch=1,
        step=Step.PUBLISH,
        request="POST /feed",
        outcome=AttemptOutcome.UNKNOWN,
        error=error,
        started_at=NOW,
    )
    await models.Transition.create(
        publication_id=queued.id, after=Status.QUEUED, reason=Reason.ACCEPTED, actor="a", epoch=0, at=ELSEWHERE
    )
    retrying = await street.publish(
        Status.RETRYING,
        channel=1,
        text="Grüße 🎈",
        media=[use],
        error=error,
        scheduled_at=ELSEWHERE,
        permalink="https://a",
    )
    await models.ApiKey.create(
        **home, name="k", prefix="abc", secret_hash="0", hash_key_id="1", scopes=["posts:read"], created_at=NOW
    )
    await models.SelectablePage.create(
        **home, account_id=street.account.id, kind=street.channels[0].kind, platform_account_id="1", name="Page",
        publishable=False, position=0, seen_at=NOW,
    )  # fmt: skip
    await models.MediaAsset.create(
        **home, status=MediaStatus.READY, origin="upload", file_name="a.jpg", byte_size=2**40, width=1, created_at=NOW
    )
    await models.ConnectionAttempt.create(
        **home, actor="a", platform=Platform.FACEBOOK, environment=street.account.environment, state_hash="0",
        status=ConnectionAttemptStatus.FAILED, redirect_uri="https://a", error=error, expires_at=ELSEWHERE,
        created_at=NOW,
    )  # fmt: skip
    for row in (queued, retrying):
        await models.FollowUp.create(**follow_up(row.id, row.workspace_id, Task.DELETE, "a", NOW))
    await models.Channel.filter(id=street.channels[1].id).update(rests_until=NOW + timedelta(microseconds=250))
    return street


def typed(found: list[object]) -> str:
    """Write records with the types of their values; Tortoise has another name for UTC."""
    return repr(found).replace("ZoneInfo(key='UTC')", "datetime.timezone.utc").replace("zoneinfo.", "")


async def beside(row: Model) -> dict[str, object]:
    """Give what a record has of another row."""
    if isinstance(row, models.FollowUp):
        row = await models.Publication.get(id=row.publication_id)
    if not isinstance(row, models.Publication):
        return {}
    return {"rests_until": (await models.Channel.get(id=row.channel_id)).rests_until}


async def test_columns_and_objects_give_the_same_records():
    await fill()

    for model, mapper in MAPPERS.items():
        copied = [mapper.copy(row, **await beside(row)) for row in await model.all().order_by("id")]
        read = await mapper.read(model.all().order_by("id"))
        assert read, model
        assert read == copied
        assert typed(read) == typed(copied)
        table = model._meta.db_table
        assert await mapper.read_by(f'SELECT {mapper.columns} FROM "{table}" ORDER BY id', []) == copied


async def test_the_first_of_nothing_is_none():
    await open_street(channels=1)
    assert await publications.PUBLICATION.first(models.Publication.filter(id=new_id())) is None


async def test_a_field_without_a_column_is_no_record():
    @dataclass(frozen=True)
    class Wrong:
        id: object
        mood: object

    with pytest.raises(Exception, match="mood"):
        await Mapper(models.Post, Wrong).read(models.Post.all())


async def test_an_object_is_not_copied_without_what_stands_beside_it():
    street = await open_street(channels=1)

    with pytest.raises(KeyError, match="rests_until"):
        publications.PUBLICATION.copy(await street.publish(Status.QUEUED))

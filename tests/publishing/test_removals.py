"""When a person takes the app away, their tokens are gone at once; when they want it, so is the rest, for ever."""

from datetime import datetime, timedelta

import pytest

from publishing import models
from publishing.deps import Deps
from publishing.lifecycle import Reason, Status
from publishing.models import ConnectionStatus
from publishing.system import (
    claim_erasures,
    erase_claimed,
    find_deletion,
    receive_news,
    receive_removal,
)
from tests.publishing.signing_in import choose, connect
from tests.publishing.town import SECOND, Street, at
from tests.support.signed import feed, signature, signed_request


async def remove(deps: Deps, account: models.ConnectedAccount, when: datetime, *, deletes: bool = False) -> str | None:
    signed = signed_request(account.platform_user_id, when)
    return await receive_removal(deps, callback_name="meta", signed=signed, deletes=deletes)


async def erase(deps: Deps) -> int:
    claimed = await claim_erasures(deps, limit=5)
    for removal_id in claimed:
        await erase_claimed(deps, removal_id=removal_id)
    return len(claimed)


async def tokens(account: models.ConnectedAccount) -> int:
    return await models.Credential.filter(account_id=account.id).count()


@pytest.mark.parametrize("deletes", [False, True])
async def test_tokens_are_gone_at_once_in_every_workspace_and_what_waits_is_held(deps: Deps, deletes: bool):
    mine, other, stranger = await connect(deps), await connect(deps), await connect(deps, "no-ig")
    row = await Street(mine.workspace_id, mine, await choose(mine)).publish(Status.QUEUED)
    now = await deps.clock.now() + 2 * SECOND

    assert await remove(at(deps, now), mine, now, deletes=deletes)

    assert [await tokens(one) for one in (mine, other)] == [0, 0]
    assert await tokens(stranger) > 0
    assert (await models.ConnectedAccount.get(id=mine.id)).status is ConnectionStatus.DISCONNECTED
    row = await models.Publication.get(id=row.id)
    assert (row.status, row.reason) == (Status.HELD, Reason.ACCOUNT_DISCONNECTED)


async def test_a_replay_does_not_end_a_sign_in_made_since(deps: Deps):
    account = await connect(deps)
    signed_at = await deps.clock.now() + 2 * SECOND
    await remove(at(deps, signed_at), account, signed_at, deletes=True)
    again = await connect(deps)

    assert await remove(at(deps, signed_at + 60 * SECOND), account, signed_at, deletes=True)
    assert await remove(deps, again, await deps.clock.now() - timedelta(hours=1))  # late, about the one before

    assert await tokens(again) > 0


async def test_a_replay_in_another_spelling_ends_nothing_made_since(deps: Deps):
    account = await connect(deps)
    when = await deps.clock.now() + 2 * SECOND
    signed = signed_request(account.platform_user_id, when)
    name, text = signed.split(".")
    first = await receive_removal(at(deps, when), callback_name="meta", signed=signed, deletes=True)
    again = await connect(deps)

    for spelled in (f"{name}=", name.replace("-", "+").replace("_", "/")):
        taken = {"callback_name": "meta", "signed": f"{spelled}.{text}", "deletes": True}
        assert await receive_removal(at(deps, when + 60 * SECOND), **taken) in {first, None}

    assert await tokens(again) > 0


async def test_the_same_request_at_both_addresses_does_both(deps: Deps):
    account = await connect(deps)
    now = await deps.clock.now() + 2 * SECOND
    assert await remove(at(deps, now), account, now)

    code = await remove(at(deps, now), account, now, deletes=True) or ""

    assert await find_deletion(code=code) is not None
    assert await erase(at(deps, now)) == 1


async def test_a_deletion_leaves_what_the_workspace_wrote_and_nothing_of_the_person(deps: Deps):
    account = await connect(deps, "two-pages")
    street = Street(account.workspace_id, account, await choose(account))
    out = await street.publish(Status.PUBLISHED, platform_post_id="1_2", permalink="https://facebook.com/1_2")
    waits = await street.publish(Status.QUEUED)
    now = await deps.clock.now() + 2 * SECOND
    code = await remove(at(deps, now), account, now, deletes=True) or ""

    assert (await find_deletion(code=code)).completed_at is None  # type: ignore[union-attr]
    assert await erase(at(deps, now)) == 1
    assert await erase(at(deps, now)) == 0

    done = await find_deletion(code=code)
    assert done is not None
    assert done.completed_at is not None
    assert done.completed_at <= done.promised_by
    assert await models.SelectablePage.filter(account_id=account.id).count() == 0
    assert {row.status for row in await models.Publication.filter(id__in=[out.id, waits.id])} == {
        Status.PUBLISHED,
        Status.CANCELED,
    }
    kept = await models.Publication.get(id=out.id)
    assert (kept.text, kept.platform_post_id, kept.permalink) == ("Hello", None, None)
    assert (await connect(deps, "two-pages")).id != account.id


async def test_a_worker_that_dies_while_erasing_is_followed_by_the_next(deps: Deps):
    account = await connect(deps)
    now = await deps.clock.now() + 2 * SECOND
    await remove(at(deps, now), account, now, deletes=True)

    assert len(await claim_erasures(at(deps, now), limit=5)) == 1
    assert await claim_erasures(at(deps, now), limit=5) == []
    assert await erase(at(deps, now + timedelta(minutes=6))) == 1


# -- news -------------------------------------------------------------------------------------------------------


async def hear(deps: Deps, body: bytes) -> bool:
    return await receive_news(deps, callback_name="meta", body=body, headers=signature(body))


async def test_a_new_post_on_a_page_lets_a_lost_answer_be_looked_for_now(deps: Deps):
    account = await connect(deps)
    page, _ = street = await choose(account)
    now = await deps.clock.now()
    rows = Street(account.workspace_id, account, list(street))
    lost = await rows.publish(Status.UNCONFIRMED, due_at=now + timedelta(minutes=10))
    elsewhere = await rows.publish(Status.UNCONFIRMED, channel=1, due_at=now + timedelta(minutes=10))

    assert await hear(at(deps, now), feed(page.platform_account_id, item="status", verb="add", post_id="1_9"))

    due = {row.id: row.due_at for row in await models.Publication.filter(status=Status.UNCONFIRMED)}
    assert due == {lost.id: now, elsewhere.id: now + timedelta(minutes=10)}


async def test_a_post_that_was_deleted_at_the_platform_is_shown_so_once(deps: Deps):
    account = await connect(deps)
    page, *_ = channels = await choose(account)
    street = Street(account.workspace_id, account, channels)
    gone = await street.publish(Status.PUBLISHED, platform_post_id="1_2")
    stays = await street.publish(Status.PUBLISHED, platform_post_id="1_3")
    body = feed(page.platform_account_id, item="post", verb="remove", post_id="1_2")

    assert [await hear(deps, body) for _ in range(2)] == [True, True]

    assert (await models.Publication.get(id=gone.id)).status is Status.DELETED
    assert (await models.Publication.get(id=stays.id)).status is Status.PUBLISHED
    assert await models.Transition.filter(publication_id=gone.id, after=Status.DELETED).count() == 1


async def test_a_person_whose_permissions_changed_is_asked_about_soon(deps: Deps):
    account = await connect(deps)
    now = await deps.clock.now()
    body = b'{"object":"permissions","entry":[{"id":"%s"}]}' % account.platform_user_id.encode()

    assert await hear(at(deps, now), body)

    assert (await models.ConnectedAccount.get(id=account.id)).check_due_at == now


async def test_news_that_the_platform_did_not_sign_change_nothing(deps: Deps):
    headers = signature(b"{}", secret="another app's")

    assert await receive_news(deps, callback_name="meta", body=b"{}", headers=headers) is False


async def test_a_call_under_way_is_waited_for_and_what_comes_back_late_is_erased(deps: Deps):
    account = await connect(deps)
    channel = (await choose(account))[0]
    street = Street(account.workspace_id, account, [channel])
    row = await street.publish(Status.PUBLISHING, platform_post_id=None)
    now = await deps.clock.now() + 2 * SECOND
    code = await remove(at(deps, now), account, now, deletes=True)
    assert code
    await erase(at(deps, now))
    assert (await models.Channel.get(id=channel.id)).name == channel.name

    await models.Publication.filter(id=row.id).update(status=Status.UNCONFIRMED)
    await erase(at(deps, now + 10 * SECOND))
    assert (await models.Channel.get(id=channel.id)).name == "Deleted channel"
    deletion = await find_deletion(code=code)
    assert deletion is not None
    assert deletion.completed_at == now + 10 * SECOND

    await models.Publication.filter(id=row.id).update(platform_post_id="1_2", permalink="https://example.com/1_2")
    assert await erase(at(deps, now + timedelta(minutes=30))) == 0
    assert await erase(at(deps, now + timedelta(hours=2))) == 1
    assert await erase(at(deps, now + timedelta(hours=9))) == 0
    late = await models.Publication.get(id=row.id)
    assert (late.platform_post_id, late.permalink) == (None, None)


async def test_a_call_that_never_ends_holds_no_deletion_up_for_longer_than_an_hour(deps: Deps):
    account = await connect(deps)
    channel = (await choose(account))[0]
    await Street(account.workspace_id, account, [channel]).publish(Status.PUBLISHING)
    now = await deps.clock.now() + 2 * SECOND
    await remove(at(deps, now), account, now, deletes=True)

    await erase(at(deps, now + timedelta(hours=1)))

    assert (await models.Channel.get(id=channel.id)).name == "Deleted channel"

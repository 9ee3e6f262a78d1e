"""Success without an id at Meta: a doubt that is looked for, and never taken for absence."""

from dataclasses import dataclass
from typing import Any

import pytest

from platforms.base import NAMELESS, Draft, Wait
from platforms.errors import OutcomeUnknownError
from platforms.facebook.options import FacebookOptions, FacebookPlacement
from tests.platforms.conftest import Desk
from tests.platforms.test_look import new_account, new_page, sent_of
from tests.platforms.work import Work, sample, work_on
from tests.support.sandbox import Sandbox

STORY = FacebookOptions(FacebookPlacement.STORY)


@dataclass(frozen=True)
class Kind:
    """A post of a Page, and the call that makes it public."""

    text: str
    photos: int = 0
    options: Any = None
    endpoint: str = "POST /feed"

    async def accepted(self, desk: Desk, sandbox: Sandbox) -> Work:
        """Bring it out, and be told no id."""
        media = tuple(sample(sandbox.url, f"nameless-{number}") for number in range(self.photos))
        work = work_on(await new_page(desk), Draft(self.text, media=media, options=self.options))
        await sandbox.add_fault(self.endpoint, "no_id", next_calls=1, account=work.channel_id)
        with pytest.raises(OutcomeUnknownError, match="did not say its id") as caught:
            await desk.facebook.step(work)
        assert caught.value.failure.platform_code == NAMELESS
        return work


KINDS = {
    "text": Kind("Nameless"),
    "photos": Kind("Nameless", photos=2),
    "story": Kind("", photos=1, options=STORY, endpoint="POST /photo_stories"),
}
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@each_kind
async def test_it_is_found(desk: Desk, sandbox: Sandbox, kind: Kind):
    work = await kind.accepted(desk, sandbox)

    sighting = await desk.facebook.look(sent_of(work, answer=NAMELESS))

    [entry] = await sandbox.ledger(work.channel_id)
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]


@each_kind
async def test_it_is_not_absent_because_it_cannot_be_seen(desk: Desk, sandbox: Sandbox, kind: Kind):
    await sandbox.add_fault(kind.endpoint, "feed_lag", seconds=600)
    work = await kind.accepted(desk, sandbox)

    without_answer, nameless = [await desk.facebook.look(sent_of(work, answer=one)) for one in (None, NAMELESS)]

    assert (without_answer.out, nameless.out, nameless.matches) == (False, None, ())
    assert len(await sandbox.ledger(work.channel_id)) == 1


async def test_instagrams_container_says_that_it_is_out(desk: Desk, sandbox: Sandbox):
    media = (sample(sandbox.url, "nameless", width=1080, height=1080),)
    work = work_on(await new_account(desk), Draft("Nameless", media=media))
    await sandbox.add_fault("POST /media_publish", "no_id", next_calls=1, account=work.channel_id)
    assert isinstance(await desk.instagram.step(work), Wait)
    with pytest.raises(OutcomeUnknownError, match="did not say its id"):
        await desk.instagram.step(work)

    sighting = await desk.instagram.look(sent_of(work, answer=NAMELESS))

    [entry] = await sandbox.ledger(work.channel_id)
    assert sighting.out is True
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]

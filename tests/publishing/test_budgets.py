"""Budgets of platforms: one each, whoever met it; what is nearly used up slows down, and only whom it is of."""

from datetime import timedelta
from typing import Any

import pytest

from platforms.base import Environment, Platform
from platforms.errors import Reach
from platforms.usage import BudgetName, Usage, report
from publishing import models
from publishing.budgets import Met, limits_of_channels, rest_for
from publishing.deps import Deps
from publishing.lifecycle import Status
from publishing.resting import Rest
from publishing.system import claim_due, note_usages
from tests.publishing.town import NOW, SECOND, at, open_street
from workers.budgets import Budgets

APP = "meta:100000000000001"
MINUTE = timedelta(minutes=1)
PAUSE = 5 * MINUTE


def met(percent: int, *, page: str = "0", name: BudgetName = BudgetName.ACCOUNT, **given: Any) -> Met:
    return Met(Platform.FACEBOOK, Environment.SANDBOX, page, Usage(name, percent, **given), Platform.FACEBOOK)


def test_calls_slow_down_from_three_quarters_and_wait_as_long_as_they_are_told():
    pauses = [rest_for(Usage(BudgetName.PAGE, percent), longest=PAUSE) for percent in (0, 74, 75, 90, 100, 500)]

    assert pauses[:2] == [None, None]
    lengths = [rest.duration for rest in pauses[2:] if rest is not None]
    assert lengths == sorted(lengths)
    assert (lengths[0], lengths[-1]) == (10 * SECOND, PAUSE)
    assert rest_for(Usage(BudgetName.ACCOUNT, 3, 20 * MINUTE), longest=PAUSE) == Rest(Reach.CHANNEL, 20 * MINUTE)
    assert rest_for(Usage(BudgetName.APP, 100, app=APP), longest=PAUSE) == Rest(Reach.APP, PAUSE)
    assert rest_for(Usage(BudgetName.APP, 75, app=APP), longest=SECOND) == Rest(Reach.APP, SECOND)


async def test_one_throttled_page_delays_no_other(deps: Deps):
    street = await open_street(2)
    await street.publish(Status.QUEUED, channel=0)
    await street.publish(Status.QUEUED, channel=1)

    await note_usages(at(deps, NOW), met=[met(100, regain=20 * MINUTE), met(10, page="1")])

    assert (await claim_due(at(deps, NOW), limit=10)).size == 1
    assert (await claim_due(at(deps, NOW + 20 * MINUTE - SECOND), limit=10)).size == 0
    assert (await claim_due(at(deps, NOW + 20 * MINUTE), limit=10)).size == 1


async def test_the_apps_budget_slows_down_everything_it_reaches(deps: Deps):
    street = await open_street(2)

    await note_usages(at(deps, NOW), met=[met(100, name=BudgetName.APP, app=APP)])

    assert {row.rests_until for row in await models.Channel.filter(account_id=street.account.id)} == {NOW + 5 * MINUTE}


async def test_a_budget_is_one_row_with_its_newest_word(deps: Deps):
    await open_street()

    for percent in (10, 40, 30):
        await note_usages(at(deps, NOW + percent * SECOND), met=[met(percent), met(percent, name=BudgetName.PAGE)])

    rows = await models.RateBudget.all().order_by("name")
    assert [(row.name, row.percent, row.observed_at) for row in rows] == [
        (BudgetName.ACCOUNT, 30, NOW + 30 * SECOND),
        (BudgetName.PAGE, 30, NOW + 30 * SECOND),
    ]


async def test_a_channel_shows_its_own_budgets_and_the_apps_for_an_hour(deps: Deps):
    street = await open_street(2)
    usages = [met(12), met(99, page="1"), met(40, name=BudgetName.APP, app=APP)]
    await note_usages(at(deps, NOW), met=usages)
    ids = [channel.id for channel in street.channels]

    async def shown(after: timedelta) -> list[list[tuple[str, int]]]:
        found = await limits_of_channels(at(deps, NOW + after), workspace_id=street.workspace_id, ids=ids)
        return [[(limit.name.value, limit.percent) for limit in found[one]] for one in ids]

    assert await shown(MINUTE) == [[("account", 12), ("app", 40)], [("account", 99), ("app", 40)]]
    assert await shown(timedelta(hours=1)) == [[], []]
    stranger = await open_street(name="Stranger")
    assert await limits_of_channels(deps, workspace_id=stranger.workspace_id, ids=ids) == {}


@pytest.mark.parametrize(("percents", "written"), [((10, 12, 14), 10), ((10, 12, 15), 15), ((80, 81, 82), 82)])
async def test_a_worker_writes_what_moved_or_slows_down(deps: Deps, percents: tuple[int, ...], written: int):
    await open_street()
    budgets = Budgets(deps)

    for percent in percents:
        with budgets.metering(Platform.FACEBOOK, Environment.SANDBOX, "0", sign_in=Platform.FACEBOOK):
            report([Usage(BudgetName.PAGE, percent)])
        await budgets.flush()

    assert [row.percent for row in await models.RateBudget.all()] == [written]

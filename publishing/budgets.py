"""Rate budgets: what platforms tell of their limits, kept for all workers; calls slow down before a limit is met."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from platforms.base import Environment, Platform
from platforms.errors import Reach
from platforms.usage import BudgetName, Usage
from publishing import models, records
from publishing.deps import Deps
from publishing.resting import Rest
from publishing.store import store_errors

SLOW_FROM = 75
"""Percent from which calls are spread out; Meta refuses at 100 and counts a rolling hour."""
_FULL = 100
_FIRST_PAUSE = timedelta(seconds=10)
_FRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Met:
    """A usage, the Page or account the call was made for, and where its person signed in."""

    platform: Platform
    environment: Environment
    platform_account_id: str
    usage: Usage
    sign_in: Platform

    @property
    def subject(self) -> str:
        """Whose budget it is."""
        return self.usage.app or self.platform_account_id

    @property
    def key(self) -> tuple[Environment, BudgetName, str]:
        """Which budget it is."""
        return self.environment, self.usage.name, self.subject


def is_scarce(usage: Usage) -> bool:
    """Say whether calls have to slow down."""
    return usage.regain is not None or usage.percent >= SLOW_FROM


def rest_for(usage: Usage, *, longest: timedelta) -> Rest | None:
    """Say how long whom a budget is of is left alone; None while there is plenty of it.

    `longest` bounds what is up to this server: a time that the platform names is kept to.
    """
    reach = Reach.APP if usage.name is BudgetName.APP else Reach.CHANNEL
    if usage.regain is not None:
        return Rest(reach, usage.regain)
    if not is_scarce(usage):
        return None
    share = min(1.0, (usage.percent - SLOW_FROM) / (_FULL - SLOW_FROM))
    return Rest(reach, min(longest, _FIRST_PAUSE + share * (longest - _FIRST_PAUSE)))


@store_errors
async def limits_of_channels(
    deps: Deps, *, workspace_id: UUID, ids: Iterable[UUID]
) -> dict[UUID, tuple[records.ChannelLimit, ...]]:
    """Read what is known of the limits of channels: of each itself and of the app; an hour later it says nothing."""
    now = await deps.clock.now()
    channels = await models.Channel.filter(workspace_id=workspace_id, id__in=list(ids))
    accounts = await models.ConnectedAccount.filter(id__in=[row.account_id for row in channels])
    sign_ins = {account.id: account.platform for account in accounts}
    subjects = {row.id: {row.platform_account_id, _app(deps, row, sign_ins[row.account_id])} for row in channels}
    wanted = {subject for found in subjects.values() for subject in found if subject is not None}
    budgets = await models.RateBudget.filter(subject__in=list(wanted), observed_at__gt=now - _FRESH).order_by("name")
    return {
        row.id: tuple(
            _limit(budget, row, now)
            for budget in budgets
            if budget.environment is row.environment and budget.subject in subjects[row.id]
        )
        for row in channels
    }


def _app(deps: Deps, row: models.Channel, sign_in: Platform) -> str | None:
    if not deps.networks.has(row.environment):
        return None
    return deps.networks.route(row.platform, row.environment, sign_in=sign_in).app


def _limit(budget: models.RateBudget, row: models.Channel, now: datetime) -> records.ChannelLimit:
    rests = row.rests_until if row.rests_until is not None and row.rests_until > now else None
    return records.ChannelLimit(budget.name, budget.percent, budget.regains_at, rests, budget.observed_at)

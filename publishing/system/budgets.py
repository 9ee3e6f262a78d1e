"""The worker's side of rate budgets: write what was told, and let rest whom it is about."""

from collections.abc import Iterable
from datetime import timedelta

from publishing import models
from publishing.budgets import Met, rest_for
from publishing.db import transaction
from publishing.deps import Deps
from publishing.ids import new_id
from publishing.resting import let_channel_rest


async def note_usages(deps: Deps, *, met: Iterable[Met]) -> None:
    """Store budgets, the newest word of each, and slow down what is nearly used up.

    Of one Page only that Page rests; of the app everything that it reaches.
    """
    now, longest = await deps.clock.now(), timedelta(seconds=deps.settings.usage_pause_seconds)
    newest = {one.key: one for one in met}
    rows = [
        models.RateBudget(
            id=new_id(),
            environment=environment,
            name=name,
            subject=subject,
            percent=one.usage.percent,
            regains_at=now + one.usage.regain if one.usage.regain else None,
            observed_at=now,
        )
        for (environment, name, subject), one in sorted(newest.items())
    ]
    async with transaction():
        await models.RateBudget.bulk_create(
            rows,
            on_conflict=["environment", "name", "subject"],
            update_fields=["percent", "regains_at", "observed_at"],
        )
        for one in newest.values():
            if (rest := rest_for(one.usage, longest=longest)) is not None:
                channel = await models.Channel.filter(
                    platform=one.platform,
                    environment=one.environment,
                    platform_account_id=one.platform_account_id,
                    account__platform=one.sign_in,
                ).first()
                if channel is not None:
                    await let_channel_rest(channel, rest, now=now)

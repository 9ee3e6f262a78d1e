"""A platform's rate limits that reach a channel, as the platform last told them; it asks no platform."""

from datetime import datetime

import strawberry

from api.enums import expose
from platforms.usage import BudgetName
from publishing import records

expose(
    BudgetName,
    name="RateLimitName",
    description="Whose rate limit it is.",
    values={
        "APP": "Of the app, shared by everything that is connected with it.",
        "PAGE": "Of the Page.",
        "ACCOUNT": "Of the Page or account, by its business use case.",
    },
)


@strawberry.type(description="A rate limit of the platform that reaches a channel. From 75 percent calls slow down.")
class ChannelLimit:
    name: BudgetName = strawberry.field(description="Whose limit it is.")
    percent: int = strawberry.field(description="How much is used; the platform refuses at 100.")
    regains_at: datetime | None = strawberry.field(description="When the platform allows calls again, if it does not.")
    rests_until: datetime | None = strawberry.field(description="Until when nothing is sent for the channel.")
    observed_at: datetime = strawberry.field(description="When the platform told it.")


def limit_of(record: records.ChannelLimit) -> ChannelLimit:
    """Map a record."""
    return ChannelLimit(
        name=record.name,
        percent=record.percent,
        regains_at=record.regains_at,
        rests_until=record.rests_until,
        observed_at=record.observed_at,
    )

"""What a claim takes: due publications, or scheduled ones that soon are; the first of each channel that is free.

What is scheduled is taken a little before its time, so that it is loaded and decided on by then: its worker waits for
the instant with it in hand. Anything else has a time before which it must not be touched.
"""

from datetime import datetime, timedelta

from publishing import setwise
from publishing.lifecycle import CLAIMABLE, LEASED, Reason, Status, listed
from publishing.transitions import Found

CLAIM_LIMIT = 400
AHEAD = timedelta(seconds=1)
"""How long before its time a scheduled publication may be claimed; what a worker gives back waits at least as long."""


def claim(*, now: datetime, lease: timedelta, limit: int, actor: str, ahead: bool = False) -> Found:
    """Describe a claim: due rows, at most one of a channel, none of a channel that is busy or rests.

    `ahead`: not those that are due, but scheduled ones within `AHEAD` of their time. Rows are looked at one by one in
    the order of the index until there are enough. `IS FALSE` and an order without the id keep PostgreSQL to that: it
    would join and sort all ten thousand that are due to find the first four hundred.
    """
    claimable, leased = listed(CLAIMABLE), listed(LEASED)
    return Found(
        where=f"""{is_ahead("{0}", "{1}") if ahead else "c.due_at <= {0}"}
            AND EXISTS (
                SELECT 1 FROM publication AS busy
                WHERE busy.channel_id = c.channel_id AND busy.status IN ({leased})) IS FALSE
            AND EXISTS (
                SELECT 1 FROM channel AS quiet WHERE quiet.id = c.channel_id AND quiet.rests_until > {{0}}) IS FALSE
            AND EXISTS (
                SELECT 1 FROM publication AS earlier
                WHERE earlier.channel_id = c.channel_id AND earlier.status IN ({claimable})
                    AND (earlier.due_at < c.due_at OR (earlier.due_at = c.due_at AND earlier.id < c.id))) IS FALSE""",  # noqa: S608 - statuses are ours
        parameters=(setwise.moment(now), setwise.moment(now + AHEAD)) if ahead else (setwise.moment(now),),
        before=CLAIMABLE,
        after=Status.PREPARING,
        reason=Reason.CLAIMED,
        actor=actor,
        limit=min(limit, CLAIM_LIMIT),
        order="c.due_at",
        lease_in=lease,
        counts_claim=True,
    )


def is_ahead(now: str, horizon: str) -> str:
    """Write that a row is scheduled and not due yet, and due by the horizon (`AHEAD` of now)."""
    return f"c.due_at > {now} AND c.due_at <= {horizon} AND c.status = '{Status.SCHEDULED.value}'"

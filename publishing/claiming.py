"""What a claim takes: due publications, or scheduled ones that soon are; the first of each channel that is free.

What is scheduled is taken a little before its time, so that it is loaded and decided on by then: its worker waits for
the instant with it in hand. Anything else has a time before which it must not be touched.

Of those on their last chance, of which one more death asks for a person, a worker has one in hand at a time: it may be
what kills workers, and would take the others along.
"""

from datetime import datetime, timedelta

from publishing import setwise
from publishing.db import is_postgres
from publishing.lifecycle import CLAIMABLE, LEASED, Reason, Status, listed
from publishing.transitions import Found

CLAIM_LIMIT = 400
AHEAD = timedelta(seconds=1)
"""How long before its time a scheduled publication may be claimed; what a worker gives back waits at least as long."""
MOST_DEATHS = 3
"""A publication of which so many workers died while preparing it asks for a person; one fewer is its last chance."""


def claim(
    *, now: datetime, lease: timedelta, limit: int, actor: str, ahead: bool = False, last_chance: bool = True
) -> Found:
    """Describe a claim: due rows, at most one of a channel, none of a channel that is busy or rests.

    `ahead`: not those that are due, but scheduled ones within `AHEAD` of their time. `last_chance`: also one of those
    on their last chance, when it is due. Rows are looked at one by one in the order of the index until there are
    enough. `IS FALSE` and an order without the id keep PostgreSQL to that: it would join and sort all ten thousand that
    are due to find the first four hundred.
    """
    due = is_ahead("{0}", "{1}") if ahead else _IS_DUE.format("c")
    return Found(
        where=f"{due} AND {_is_safe(one_more=last_chance and not ahead)} AND {_is_free('c')}",
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


def is_last_chance(lost_leases: int) -> bool:
    """Tell whether one more death asks for a person."""
    return lost_leases >= MOST_DEATHS - 1


_IS_DUE = "{}.due_at <= {{0}}"
_ON_LAST_CHANCE = f"{{}}.lost_leases >= {MOST_DEATHS - 1}"


def _is_safe(*, one_more: bool) -> str:
    """Write that a row is not on its last chance, or with `one_more` the first of those that can be taken.

    Which one that is, is looked up only where a claim comes upon any. PostgreSQL passes over what another worker's
    claim is taking, so that each finds one of its own.
    """
    safe = f"NOT {_ON_LAST_CHANCE.format('c')}"
    if not one_more:
        return safe
    lock = "FOR UPDATE SKIP LOCKED" if is_postgres() else ""
    return f"""({safe} OR c.id = (
        SELECT risky.id FROM publication AS risky
        WHERE risky.status IN ({listed(CLAIMABLE)}) AND {_IS_DUE.format("risky")}
            AND {_ON_LAST_CHANCE.format("risky")} AND {_is_free("risky")}
        ORDER BY risky.due_at LIMIT 1 {lock}))"""  # noqa: S608 - statuses are ours


def _is_free(row: str) -> str:
    """Write that nothing of its channel is under way or comes before it, and that the channel does not rest."""
    return f"""EXISTS (
            SELECT 1 FROM publication AS busy
            WHERE busy.channel_id = {row}.channel_id AND busy.status IN ({listed(LEASED)})) IS FALSE
        AND EXISTS (
            SELECT 1 FROM channel AS quiet WHERE quiet.id = {row}.channel_id AND quiet.rests_until > {{0}}) IS FALSE
        AND EXISTS (
            SELECT 1 FROM publication AS earlier
            WHERE earlier.channel_id = {row}.channel_id AND earlier.status IN ({listed(CLAIMABLE)})
                AND (earlier.due_at < {row}.due_at OR (earlier.due_at = {row}.due_at AND earlier.id < {row}.id))
        ) IS FALSE"""  # noqa: S608 - statuses are ours

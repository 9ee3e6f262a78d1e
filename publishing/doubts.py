"""Doubts: what ended, or waits for a person, although a call for it may have made it public.

A doubt follows from the calls, the parts that are out and the history; nothing else keeps it. It is over when the part
is out, or when a person, or the platform itself, said that it is not. Of what is out as a whole nothing is in doubt.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from tortoise.expressions import Q

from publishing import models, threads
from publishing.lifecycle import Reason, Status
from publishing.models import AttemptOutcome

_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_OPEN = (AttemptOutcome.UNKNOWN, AttemptOutcome.IN_FLIGHT)
_SAID = Q(reason=Reason.RESOLVED_BY_CALLER) | Q(before=Status.UNCONFIRMED, after=Status.FAILED)


async def in_doubt(publication_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Find which of these publications may be public, or the next part of their thread; not those that surely are."""
    ids = list(publication_ids)
    if not ids:
        return frozenset()
    calls, restored = await _open_calls(ids), await _latest(ids, Q(reason=Reason.RESTORED))
    suspects = [one for one in ids if one in calls or one in restored]
    if not suspects:
        return frozenset()
    said, out = await _latest(suspects, _SAID), await threads.parts_out(suspects)
    whole = await _whole(out)
    return frozenset(
        one
        for one in suspects
        if one not in whole
        and (
            restored.get(one, _LONG_AGO) > said.get(one, _LONG_AGO)
            or (one in calls and calls[one] > said.get(one, _LONG_AGO) and calls[one] >= _began(out.get(one, ())))
        )
    )


async def restored_at(publication_id: UUID) -> datetime:
    """Say when a restored backup left it to a person: what that forgot was sent before. Else long ago."""
    return (await _latest([publication_id], Q(reason=Reason.RESTORED))).get(publication_id, _LONG_AGO)


async def _whole(out: Mapping[UUID, Sequence[threads.PartOut]]) -> frozenset[UUID]:
    """Find which of these are threads of which every part went out."""
    rows = await models.Publication.filter(id__in=list(out)) if out else []
    return frozenset(row.id for row in rows if len(out[row.id]) > len(row.thread or ()))


def _began(out: Sequence[threads.PartOut]) -> datetime:
    """Say from when on calls were for the part after these."""
    return (out[-1].published_at if out else None) or _LONG_AGO


async def _open_calls(ids: Sequence[UUID]) -> Mapping[UUID, datetime]:
    """Find when the last call of each began whose outcome is not known."""
    calls = models.Attempt.filter(publication_id__in=list(ids), outcome__in=list(_OPEN)).order_by("number")
    return {one.publication_id: one.started_at for one in await calls}


async def _latest(ids: Sequence[UUID], which: Q) -> Mapping[UUID, datetime]:
    steps = models.Transition.filter(which, publication_id__in=list(ids)).order_by("id")
    return {one.publication_id: one.at for one in await steps}

"""What a look at a platform needs: the call whose outcome is not known, as its publisher sees it again.

Read for publications that a caller holds: one that is unconfirmed, or one that is to be deleted while a part is in
doubt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from platforms.base import Environment, Platform, Sent, Sighting
from platforms.registry import rules_for
from publishing import credentials, media, models, threads
from publishing.channels import USABLE
from publishing.deps import Deps
from publishing.doubts import in_doubt, restored_at
from publishing.drafts import MediaUse, uses_of, whole_draft
from publishing.following import Doubt
from publishing.lifecycle import ON_PART
from publishing.models import AttemptOutcome
from publishing.records import ThreadPart
from publishing.store import is_away
from publishing.threads import ALONE, Place

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """A claimed publication whose outcome is not known, with what a look at its platform needs.

    `since` is when the outcome became unknown, `unknowns` how many of its calls ended so. `now` is when it was claimed:
    the look comes after. `refusal` is what its last call was refused with, after one that had no clear answer: it is
    not sent again. `sent` holds a token and is None when the platform cannot be asked: the sign-in is gone, which
    `signed_in` tells, or the environment is switched off. `row` is as it was when it was read.
    """

    publication_id: UUID
    workspace_id: UUID
    account_id: UUID
    platform: Platform
    environment: Environment
    sign_in: Platform
    epoch: int
    since: datetime
    now: datetime
    unknowns: int
    sent: Sent | None = field(repr=False)
    row: models.Publication = field(repr=False)
    signed_in: bool
    traceparent: str | None = None
    place: Place = ALONE
    refusal: dict[str, Any] | None = None


async def find_doubt(deps: Deps, row: models.Publication, now: datetime) -> Doubt | None:
    """Load the part of an ended thread that may be public beside those that are known; None where there is none."""
    if row.status not in ON_PART or not await in_doubt([row.id]):
        return None
    found = await load_unknown(deps, [row], now)
    if not found:
        raise LookupError("the part in doubt cannot be loaded")
    return Doubt(found[0].sent, max(found[0].since, await restored_at(row.id)), found[0].place)


async def load_unknown(deps: Deps, rows: Sequence[models.Publication], now: datetime) -> tuple[Unconfirmed, ...]:
    """Load what a look at the platform needs for the next part of each; what cannot be loaded is left out."""
    attempts = await models.Attempt.filter(publication_id__in=[row.id for row in rows]).order_by("number")
    calls = {row.id: [one for one in attempts if one.publication_id == row.id] for row in rows}
    out = await threads.parts_out([row.id for row in rows if row.thread])
    places = {row.id: threads.place_of(row.thread, out.get(row.id, ())) for row in rows}
    files = {row.id: threads.files_of(media.attachments_of(row.media), _parts(row), places[row.id]) for row in rows}
    uses = await uses_of(files)
    cases = [await _loaded(deps, row, _Told(uses[row.id], calls[row.id], places[row.id]), now) for row in rows]
    return tuple(case for case in cases if case is not None)


def _parts(row: models.Publication) -> tuple[ThreadPart, ...] | None:
    return threads.parts_of(row.thread) if row.thread else None


@dataclass(frozen=True, slots=True)
class _Told:
    """What other tables tell of a publication: the files of its next part, its calls, and which part that is."""

    uses: Sequence[MediaUse]
    calls: Sequence[models.Attempt]
    place: Place


async def _loaded(deps: Deps, row: models.Publication, told: _Told, now: datetime) -> Unconfirmed | None:
    """Load one; what cannot be loaded waits for the end of its lease, and stops no other."""
    try:
        return await _case(deps, row, told, now)
    except Exception as error:
        if is_away(error):
            raise
        log.exception("load_fault", publication=str(row.id), error=type(error).__name__)
        return None


async def _case(deps: Deps, row: models.Publication, told: _Told, now: datetime) -> Unconfirmed:
    channel = await models.Channel.get(id=row.channel_id)
    place, began = told.place, told.place.began_after
    calls = [one for one in told.calls if began is None or _is_later(one, began)]
    last = calls[-1] if calls else None
    account = await models.ConnectedAccount.get(id=channel.account_id)
    token, rules = await _token(deps, channel, account), rules_for(channel.kind, channel.tier)
    draft, _ = whole_draft(deps, threads.draft_of(row, _parts(row), place, rules), told.uses, rules, now)
    sent = Sent(
        draft=draft,
        channel_id=channel.platform_account_id,
        token=token or "",
        handles=dict(row.handles),
        sent_at=calls[0].started_at if calls else began or row.created_at,
        now=now,
        answer=(last.error or {}).get("platform_code") if last else None,
    )
    return Unconfirmed(
        publication_id=row.id,
        workspace_id=row.workspace_id,
        account_id=account.id,
        platform=row.platform,
        environment=row.environment,
        sign_in=account.platform,
        epoch=row.epoch,
        since=_since(calls) or row.updated_at,
        now=now,
        unknowns=sum(one.outcome is AttemptOutcome.UNKNOWN for one in calls),
        sent=sent if token else None,
        row=row,
        signed_in=account.status in USABLE,
        traceparent=row.traceparent,
        place=place,
        refusal=last.error if last and last.outcome is AttemptOutcome.FAILED_PERMANENT else None,
    )


def _since(calls: Sequence[models.Attempt]) -> datetime | None:
    """Say when the outcome became unknown. A refused call made nothing public: after it nothing is waited for."""
    open_ = [one for one in calls if one.outcome is not AttemptOutcome.FAILED_PERMANENT]
    last = (open_ or calls)[-1] if calls else None
    return (last.finished_at or last.started_at) if last else None


def _is_later(call: models.Attempt, began: datetime) -> bool:
    """Whether a call was for the part of a thread that began then: those before it are over."""
    return call.started_at >= began and call.outcome is not AttemptOutcome.SUCCEEDED


async def _token(deps: Deps, channel: models.Channel, account: models.ConnectedAccount) -> str | None:
    if channel.page_id is None or not deps.networks.has(channel.environment) or account.status not in USABLE:
        return None
    opened, _ = await credentials.open_each(
        deps.token_keys, workspace_id=channel.workspace_id, owner_ids=[channel.page_id]
    )
    return opened.get(channel.page_id)


async def owned_by_others(
    platform: Platform, environment: Environment, sighting: Sighting, *, publication_id: UUID
) -> frozenset[str]:
    """Find which of the posts that were seen belong to other publications, in any workspace, or are parts already."""
    wanted = [match.platform_post_id for match in sighting.matches]
    if not wanted:
        return frozenset()
    same = models.Publication.filter(platform=platform, environment=environment, platform_post_id__in=wanted)
    found = same.exclude(id=publication_id)
    others = frozenset(str(one) for one in await found.values_list("platform_post_id", flat=True))
    return others | await threads.owned_parts(wanted, publication_id=publication_id)

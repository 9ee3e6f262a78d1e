"""Posts: what is said. Publishing one writes everything in one transaction and rings after the commit."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from platforms.base import DraftMedia
from platforms.issues import Fix, Issue, Rule
from platforms.options import stored_options
from platforms.rules import Rules
from platforms.text import is_web_address
from publishing import idempotency, media, models, records, setwise, threads, tracing
from publishing.channels import UsableChannel, usable_channel
from publishing.db import transaction
from publishing.deps import Deps
from publishing.drafts import facts_of
from publishing.errors import DomainError, InvalidError, NotAllowedAddressError
from publishing.failpoints import CrashPoint, crash_here
from publishing.fitting import FileFacts
from publishing.ids import Kind, new_id, public_id
from publishing.lifecycle import Reason, Status
from publishing.mapping import Mapper
from publishing.noticing import notice
from publishing.publications import PUBLICATION, get_publications
from publishing.queue import Queue
from publishing.records import Attachment, Caller, MediaInput, NewPart, Published, PublishRequest, ThreadPart
from publishing.store import store_errors
from publishing.threads import Place, draft_of, files_of, stored_parts
from publishing.transitions import start
from publishing.validation import check, check_thread

_POST = Mapper(models.Post, records.Post, media=media.attachments_of, thread=threads.parts_of)


class _KeyTakenError(Exception):
    """Another call with the same idempotency key was faster; nothing of this one is written."""


@store_errors
async def publish(deps: Deps, caller: Caller, request: PublishRequest) -> Published:
    """Accept a post for one channel, to go out now.

    Writes key, post, media, publication, transition and event in one transaction; rings the workers after it.

    Raises:
        NotFoundError: no such channel, or no such file, for this caller.
        InvalidError: the content breaks rules; all of them are named.
        ConflictError: the idempotency key was used with another input.
        ReconnectError: a person has to sign in at the platform first.
        NotAllowedAddressError: a file's address cannot be fetched by any rule.
        StoreUnavailableError: the database is away; nothing was written.
    """
    claim = idempotency.claim_of(request)
    try:
        publication, channel, noticed = await _accept(deps, caller, request, claim)
    except (_KeyTakenError, DomainError):
        earlier = await idempotency.earlier_answer(claim, workspace_id=caller.workspace_id)
        if earlier is None:
            raise
        return await _replayed(caller, earlier)
    crash_here(CrashPoint.AFTER_ACCEPT_COMMIT)
    deps.bell.ring(Queue.PUBLISHING)
    deps.bell.announce()
    record = PUBLICATION.copy(publication, rests_until=channel.rests_until)
    return Published(publication=record, warnings=(*_warnings(record, channel.rules), *noticed), replayed=False)


@store_errors
async def get_posts(*, workspace_id: UUID, ids: Iterable[UUID]) -> dict[UUID, records.Post]:
    """Read posts of a workspace; ids that lead nowhere are left out."""
    query = models.Post.filter(workspace_id=workspace_id, id__in=list(ids))
    return {record.id: record for record in await _POST.read(query)}


async def _accept(
    deps: Deps, caller: Caller, request: PublishRequest, claim: idempotency.Claim | None
) -> tuple[models.Publication, UsableChannel, tuple[Issue, ...]]:
    """Check and write; the key is looked at last, by taking it, for nearly every key is new."""
    channel, now = await asyncio.gather(
        usable_channel(workspace_id=caller.workspace_id, channel_id=request.channel_id, platform=request.platform),
        deps.clock.now(),
    )
    known = await _known(caller, request.media, ())
    parts = [await _known(caller, part.media, ("thread", str(number))) for number, part in enumerate(request.thread)]
    files = _facts(request.media, known)
    facts = [_facts(part.media, found) for part, found in zip(request.thread, parts, strict=True)]
    issues = (
        *check(request, channel.rules, files),
        *check_thread(request, channel.rules, facts),
        *_unpermitted(request, channel),
    )
    if issues:
        raise InvalidError(issues)
    attachments, fetched = _attachments(caller.workspace_id, request.media, known)
    thread = _thread(caller.workspace_id, request.thread, parts, fetched)
    publication = await _write(
        caller=caller,
        request=request,
        claim=claim,
        channel=channel,
        attachments=attachments,
        thread=thread,
        fetched=fetched,
        now=now,
    )
    return publication, channel, notice(request, channel.rules, files, facts)


def _unpermitted(request: PublishRequest, channel: UsableChannel) -> Iterator[Issue]:
    """Say what the sign-in may not do: files that cannot be sent, a comment that would fail once the post is out."""
    lacking = set(channel.rules.media_needs.value if channel.rules.media_needs else ()) - channel.granted
    for path in _with_files(request) if channel.granted and lacking else ():
        message = (
            f"The channel's sign-in lacks {', '.join(sorted(lacking))}, which files need: renew it and allow that."
        )
        yield Issue(Rule.CHANNEL_NEEDS_RECONNECT, message, path, fix=Fix.RECONNECT_CHANNEL)
    needed = channel.rules.comment_needs.value
    if request.first_comment is not None and channel.granted and not channel.granted & set(needed):
        message = (
            f"The channel's sign-in lacks the permission {' or '.join(needed)}, which a first comment needs: renew it "
            "with reconnectAccount, or leave the comment out."
        )
        yield Issue(Rule.FIRST_COMMENT_UNSUPPORTED, message, ("firstComment",), fix=Fix.RECONNECT_CHANNEL)


def _with_files(request: PublishRequest) -> list[tuple[str, ...]]:
    parts = [("thread", str(number), "media") for number, part in enumerate(request.thread) if part.media]
    return [*([("media",)] if request.media else []), *parts]


async def _write(
    *,
    caller: Caller,
    request: PublishRequest,
    claim: idempotency.Claim | None,
    channel: UsableChannel,
    attachments: tuple[Attachment, ...],
    thread: Sequence[ThreadPart],
    fetched: Sequence[models.MediaAsset],
    now: datetime,
) -> models.Publication:
    post = _post(caller, request, attachments, thread, now)
    publication = _publication(post, channel, now)
    for asset in fetched:
        asset.created_at = now
    with tracing.sending(Queue.PUBLISHING, public_id(Kind.PUBLICATION, publication.id)) as span:
        publication.traceparent = span.traceparent
        async with transaction():
            if not await idempotency.take(
                claim, workspace_id=caller.workspace_id, publication_id=publication.id, now=now
            ):
                raise _KeyTakenError
            if fetched:
                await models.MediaAsset.bulk_create(fetched)
            written = setwise.rows_of(post)
            await start(publication, reason=Reason.ACCEPTED, actor=caller.actor, now=now, after=[written])
            crash_here(CrashPoint.BEFORE_ACCEPT_COMMIT)
    return publication


def _post(
    caller: Caller,
    request: PublishRequest,
    attachments: tuple[Attachment, ...],
    thread: Sequence[ThreadPart],
    now: datetime,
) -> models.Post:
    return models.Post(
        id=new_id(),
        workspace_id=caller.workspace_id,
        text=request.text,
        link=request.link,
        media=media.stored_attachments(attachments),
        options=stored_options(request.options) if request.options is not None else None,
        first_comment=request.first_comment,
        thread=stored_parts(thread),
        created_by=caller.actor,
        created_at=now,
        updated_at=now,
    )


def _publication(post: models.Post, channel: UsableChannel, now: datetime) -> models.Publication:
    return models.Publication(
        id=new_id(),
        workspace_id=channel.workspace_id,
        post_id=post.id,
        channel_id=channel.id,
        platform=channel.platform,
        environment=channel.environment,
        status=Status.QUEUED,
        reason=Reason.ACCEPTED,
        text=post.text,
        link=post.link,
        media=post.media,
        options=post.options,
        first_comment=post.first_comment,
        thread=post.thread,
        handles={},
        due_at=now,
        created_at=now,
        updated_at=now,
    )


async def _known(caller: Caller, files: Sequence[MediaInput], path: tuple[str, ...]) -> dict[int, models.MediaAsset]:
    return await media.find_assets(workspace_id=caller.workspace_id, files=files, path=path)


def _warnings(record: records.Publication, rules: Rules) -> tuple[Issue, ...]:
    """List what is noticed of every part and stops none."""
    found: list[Issue] = []
    for number in range(len(record.thread or ()) + 1):
        place = Place(number=number)
        path = ("thread", str(number - 1)) if number else ()
        files = files_of(record.media, record.thread, place)
        draft = replace(draft_of(record, record.thread, place, rules), media=tuple(map(_told_of, files)))
        found += [replace(issue, path=(*path, *issue.path)) for issue in rules.warn(draft)]
    return tuple(found)


def _told_of(file: Attachment) -> DraftMedia:
    """Give what a caller told of a file; the rest is known once a worker has looked into it."""
    return DraftMedia(url="", mime_type="", byte_size=0, width=0, height=0, alt_text=file.alt_text)


def _facts(files: Sequence[MediaInput], known: Mapping[int, models.MediaAsset]) -> list[FileFacts]:
    places = range(len(files))
    return [facts_of(known[number]) if number in known else FileFacts() for number in places]


def _attachments(
    workspace_id: UUID,
    files: Sequence[MediaInput],
    known: Mapping[int, models.MediaAsset],
    path: tuple[str, ...] = (),
) -> tuple[tuple[Attachment, ...], list[models.MediaAsset]]:
    """Turn files into uses of assets; those with an address become assets that a worker fetches."""
    attachments: list[Attachment] = []
    fetched: list[models.MediaAsset] = []
    for number, file in enumerate(files):
        asset = known.get(number)
        if asset is None:
            asset = _asset(workspace_id, file, number, path)
            fetched.append(asset)
        attachments.append(Attachment(asset_id=asset.id, alt_text=file.alt_text))
    return tuple(attachments), fetched


def _thread(
    workspace_id: UUID,
    wanted: Sequence[NewPart],
    known: Sequence[Mapping[int, models.MediaAsset]],
    fetched: list[models.MediaAsset],
) -> list[ThreadPart]:
    """Turn what a caller gave into parts; the assets that are to be fetched for them are added to `fetched`."""
    thread: list[ThreadPart] = []
    for number, (part, found) in enumerate(zip(wanted, known, strict=True)):
        uses, more = _attachments(workspace_id, part.media, found, ("thread", str(number)))
        thread.append(ThreadPart(part.text, uses))
        fetched += more
    return thread


def _asset(workspace_id: UUID, file: MediaInput, number: int, path: tuple[str, ...]) -> models.MediaAsset:
    url = file.url or ""
    if not is_web_address(url):
        message = f"File {number + 1} has no http or https address that could be fetched: give a public one."
        raise NotAllowedAddressError(message, path=(*path, "media", str(number), "source", "url"))
    return models.MediaAsset(
        id=new_id(),
        workspace_id=workspace_id,
        status=models.MediaStatus.PROCESSING,
        origin="url",
        source_url=url,
        file_name=urlsplit(url).path.rpartition("/")[2][:300] or "file",
        alt_text=file.alt_text,
    )


async def _replayed(caller: Caller, publication_id: UUID) -> Published:
    found = await get_publications(workspace_id=caller.workspace_id, ids=[publication_id])
    return Published(publication=found[publication_id], warnings=(), replayed=True)

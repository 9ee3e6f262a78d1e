"""From a publication's row and the files it uses to the draft that its publisher sees."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from platforms.base import Draft, DraftMedia
from platforms.issues import Issue
from platforms.rules import PostRules, Rules
from publishing import media, models
from publishing.deps import Deps
from publishing.fitting import FileFacts, check_files, check_options, choose_post
from publishing.records import Attachment


@dataclass(frozen=True, slots=True)
class MediaUse:
    """A file of a publication; `number` counts from 1, as messages do."""

    number: int
    asset: models.MediaAsset
    alt_text: str | None


def whole_draft(
    deps: Deps, draft: Draft, uses: Sequence[MediaUse], rules: Rules, now: datetime
) -> tuple[Draft, tuple[Issue, ...]]:
    """Complete a draft with its files, which are there, and say what keeps them from being published."""
    files = [facts_of(use.asset) for use in uses]
    post, misfits = choose_post(rules, draft.options.placement.value, files)
    issues = (*misfits, *(check_files(post, files) if not misfits else ()))
    issues += tuple(check_options(rules, draft.options, files)) if not misfits else ()
    return replace(draft, media=tuple(_file(deps, use, post, now) for use in uses), post=post.name), issues


async def uses_of(uses: Mapping[UUID, Sequence[Attachment]]) -> dict[UUID, tuple[MediaUse, ...]]:
    """Find the files that publications use, in order, by publication."""
    wanted = {use.asset_id for attachments in uses.values() for use in attachments}
    assets = {row.id: row for row in await models.MediaAsset.filter(id__in=list(wanted))} if wanted else {}
    return {
        publication_id: tuple(
            MediaUse(number=number, asset=assets[use.asset_id], alt_text=use.alt_text)
            for number, use in enumerate(attachments, start=1)
        )
        for publication_id, attachments in uses.items()
    }


def facts_of(asset: models.MediaAsset) -> FileFacts:
    """Say what is known of a file."""
    return FileFacts(
        mime_type=asset.mime_type,
        byte_size=asset.byte_size or 0,
        width=asset.width or 0,
        height=asset.height or 0,
        seconds=asset.duration_seconds,
        codec=asset.video_codec,
        frame_rate=asset.frame_rate,
        pages=asset.page_count,
    )


def _file(deps: Deps, use: MediaUse, post: PostRules, now: datetime) -> DraftMedia:
    asset = use.asset
    return DraftMedia(
        url=media.signed_url(deps, asset_id=asset.id, now=now),
        mime_type=asset.mime_type or "",
        byte_size=asset.byte_size or 0,
        width=asset.width or 0,
        height=asset.height or 0,
        alt_text=(use.alt_text or asset.alt_text) if post.takes_alt_text.value else None,
        seconds=asset.duration_seconds,
    )

"""A publication under way as a publisher sees it, with everything it did written down in order."""

from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from platforms.base import Cap, Draft, DraftMedia
from platforms.registry import rules_for
from platforms.sign_in import FoundPage
from publishing.fitting import FileFacts, choose_post

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@dataclass
class Work:
    """Handles in memory; `marks` are the public calls that were announced."""

    draft: Draft
    channel_id: str
    token: str
    now: datetime = NOW
    handles: dict[str, str] = field(default_factory=dict)
    marks: list[str] = field(default_factory=list)
    files: tuple[bytes, ...] = ()
    spent: Counter[str] = field(default_factory=Counter)
    before_send: Callable[[], Awaitable[Any]] | None = None

    async def keep(self, handles: Mapping[str, str]) -> None:
        merged = {**self.handles, **handles}
        self.handles = {name: value for name, value in merged.items() if value}

    async def read(self, number: int, start: int, size: int) -> bytes:
        return self.files[number][start : start + size]

    async def spend(self, cap: Cap, *, of: int = 1) -> datetime | None:
        if self.spent[cap.name] + of > cap.most:
            return self.now + cap.window
        self.spent[cap.name] += 1
        return None

    async def make_public(self, request: str, send: Callable[[], Awaitable[Any]]) -> Any:
        self.marks.append(request)
        if self.before_send is not None:
            await self.before_send()
        return await send()


def work_on(page: FoundPage, draft: Draft, **given: Any) -> Work:
    assert page.token, page.problem
    rules = rules_for(page.kind)
    options = draft.options or rules.options()
    facts = [FileFacts(mime_type=file.mime_type) for file in draft.media]
    post, issues = choose_post(rules, options.placement.value, facts)
    assert not issues, issues
    draft = replace(draft, post=post.name, options=options)
    return Work(draft, page.platform_account_id, page.token, **given)


def sample(origin: str, name: str = "bread", alt_text: str | None = None, **size: int) -> DraftMedia:
    """Name a picture that the sandbox draws."""
    query = "&".join(f"{side}={pixels}" for side, pixels in size.items())
    url = f"{origin}/samples/{name}.jpg{'?' if query else ''}{query}"
    return DraftMedia(url=url, mime_type="image/jpeg", byte_size=1, width=1, height=1, alt_text=alt_text)

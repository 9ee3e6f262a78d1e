"""A publication under way as a publisher sees it, with everything it did written down in order."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from platforms.base import Draft, DraftImage
from platforms.sign_in import FoundPage

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
    before_send: Callable[[], Awaitable[Any]] | None = None

    async def keep(self, handles: Mapping[str, str]) -> None:
        merged = {**self.handles, **handles}
        self.handles = {name: value for name, value in merged.items() if value}

    async def make_public(self, request: str, send: Callable[[], Awaitable[Any]]) -> Any:
        self.marks.append(request)
        if self.before_send is not None:
            await self.before_send()
        return await send()


def work_on(page: FoundPage, draft: Draft, **given: Any) -> Work:
    assert page.token, page.problem
    return Work(draft, page.platform_account_id, page.token, **given)


def sample(origin: str, name: str = "bread", alt_text: str | None = None, **size: int) -> DraftImage:
    """Name a picture that the sandbox draws."""
    query = "&".join(f"{side}={pixels}" for side, pixels in size.items())
    url = f"{origin}/samples/{name}.jpg{'?' if query else ''}{query}"
    return DraftImage(url=url, mime_type="image/jpeg", byte_size=1, width=1, height=1, alt_text=alt_text)

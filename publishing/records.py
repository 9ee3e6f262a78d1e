"""What the doors get to see: frozen copies of rows, with ids as UUIDs; the words of the schema."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar
from uuid import UUID

from platforms.base import ChannelKind, Environment, Platform
from platforms.errors import FailureCode
from platforms.following import Task
from platforms.issues import Issue
from platforms.usage import BudgetName
from publishing.lifecycle import Reason, Status, Step
from publishing.models import AttemptOutcome, ConnectionAttemptStatus, ConnectionStatus, FollowUpState, MediaStatus

Item = TypeVar("Item")


class Scope(StrEnum):
    """What a key may do, as written on the wire and in the table."""

    WORKSPACE_READ = "workspace:read"
    WORKSPACE_ADMIN = "workspace:admin"
    ACCOUNTS_READ = "accounts:read"
    ACCOUNTS_MANAGE = "accounts:manage"
    POSTS_READ = "posts:read"
    POSTS_WRITE = "posts:write"
    POSTS_PUBLISH = "posts:publish"
    MEDIA_READ = "media:read"
    MEDIA_WRITE = "media:write"
    ANALYTICS_READ = "analytics:read"
    WEBHOOKS_MANAGE = "webhooks:manage"
    AUDIT_READ = "audit:read"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Which part of a list: `first` after `after`, or `last` before `before`; ids are keyset cursors."""

    first: int | None = None
    after: UUID | None = None
    last: int | None = None
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list, in the list's order."""

    items: tuple[Item, ...]
    has_next: bool
    has_previous: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: a key, its workspace and its scopes. `actor` is how the history names it."""

    workspace_id: UUID
    key_id: UUID
    actor: str
    scopes: frozenset[Scope]
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key for programs, without its secret."""

    id: UUID
    name: str
    prefix: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Workspace:
    """The tenant."""

    id: UUID
    name: str
    time_zone: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """A platform's error in one shape, as stored with what it stopped."""

    code: FailureCode
    platform: Platform
    message: str
    hint: str
    retryable: bool
    platform_code: str | None = None
    platform_message: str | None = None
    platform_request_id: str | None = None
    issues: tuple[Issue, ...] = ()
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConnectionAttempt:
    """A started sign-in."""

    id: UUID
    platform: Platform
    environment: Environment
    status: ConnectionAttemptStatus
    account_id: UUID | None
    error: Failure | None
    return_to: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class StartedConnection:
    """A started sign-in with what is shown once: where to send the browser, and the state."""

    attempt: ConnectionAttempt
    authorization_url: str
    state: str


@dataclass(frozen=True, slots=True)
class ChannelLimit:
    """A platform's rate limit that reaches a channel: percent used, and until when calls for the channel rest."""

    name: BudgetName
    percent: int
    regains_at: datetime | None
    rests_until: datetime | None
    observed_at: datetime


@dataclass(frozen=True, slots=True)
class ConnectedAccount:
    """One sign-in at a platform."""

    id: UUID
    platform: Platform
    environment: Environment
    status: ConnectionStatus
    name: str
    granted_permissions: tuple[str, ...]
    missing_permissions: tuple[str, ...]
    expires_at: datetime | None
    data_access_expires_at: datetime | None
    diagnosis: str | None
    refreshed_at: datetime | None
    checked_at: datetime
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SelectablePage:
    """A Page or account that a sign-in offers; `linked_instagram_id` is set on a Page that has one."""

    id: UUID
    account_id: UUID
    kind: ChannelKind
    name: str
    handle: str | None
    avatar_url: str | None
    publishable: bool
    problem: str | None
    linked_instagram_id: UUID | None
    channel_id: UUID | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A chosen page."""

    id: UUID
    account_id: UUID
    platform: Platform
    kind: ChannelKind
    environment: Environment
    name: str
    handle: str | None
    avatar_url: str | None
    profile_url: str | None
    platform_account_id: str
    tier: str | None
    paused: bool
    created_at: datetime
    removed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A use of a file in a post."""

    asset_id: UUID
    alt_text: str | None


@dataclass(frozen=True, slots=True)
class ThreadPart:
    """A further part of a thread."""

    text: str
    media: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class MediaAsset:
    """A file of the library. Sizes in bytes and pixels, and what a video is, known once it is READY."""

    id: UUID
    status: MediaStatus
    origin: str
    file_name: str
    mime_type: str | None
    byte_size: int | None
    width: int | None
    height: int | None
    sha256: str | None
    alt_text: str | None
    error: str | None
    created_at: datetime
    duration_seconds: float | None = None
    video_codec: str | None = None
    frame_rate: float | None = None
    page_count: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """What is said, once."""

    id: UUID
    text: str
    link: str | None
    media: tuple[Attachment, ...]
    first_comment: str | None
    thread: tuple[ThreadPart, ...] | None
    created_by: str
    revision: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Publication:
    """One post to one channel. `text`, `link` and `media` are exactly what is sent.

    `thread` are further parts, None where there are none. `rests_until` is its channel's.
    """

    id: UUID
    post_id: UUID
    channel_id: UUID
    platform: Platform
    status: Status
    reason: Reason
    text: str
    link: str | None
    media: tuple[Attachment, ...]
    options: dict[str, Any] | None
    first_comment: str | None
    thread: tuple[ThreadPart, ...] | None
    scheduled_at: datetime | None
    due_at: datetime | None
    published_at: datetime | None
    permalink: str | None
    platform_post_id: str | None
    error: Failure | None
    attempt_count: int
    created_at: datetime
    rests_until: datetime | None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is done after a publication's call: next at `due_at` (None once over), and not before `rests_until`."""

    id: UUID
    publication_id: UUID
    task: Task
    state: FollowUpState
    text: str | None
    platform_id: str | None
    error: Failure | None
    due_at: datetime | None
    created_at: datetime
    finished_at: datetime | None
    rests_until: datetime | None


@dataclass(frozen=True, slots=True)
class Attempt:
    """One call to a platform for a publication; `request` is its method and path, without query."""

    id: UUID
    number: int
    step: Step
    request: str
    http_status: int | None
    outcome: AttemptOutcome
    error: Failure | None
    trace_id: str | None
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of a publication's status; `before` is None for the first."""

    publication_id: UUID
    before: Status | None
    after: Status
    reason: Reason
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """The answer of a publish call; `replayed` when an earlier call with the same key did the work."""

    publication: Publication
    warnings: tuple[Issue, ...]
    replayed: bool


@dataclass(frozen=True, slots=True)
class MediaInput:
    """A file to publish: exactly one of an address to fetch, or a file of the library."""

    url: str | None = None
    media_id: str | None = None
    alt_text: str | None = None


@dataclass(frozen=True, slots=True)
class NewPart:
    """A further part of a thread, as a caller gives it."""

    text: str
    media: tuple[MediaInput, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """A publish call: to one channel, now.

    `options` are those of its platform, None for the defaults; `first_comment` is written below what is out. `thread`
    are further parts, each published below the one before.
    """

    platform: Platform
    channel_id: str
    text: str
    link: str | None
    media: tuple[MediaInput, ...]
    text_path: str
    idempotency_key: str | None
    options: Any = None
    first_comment: str | None = None
    thread: tuple[NewPart, ...] = ()


@dataclass(frozen=True, slots=True)
class PageProblem:
    """A page that did not become a channel, and why."""

    path: tuple[str, ...]
    page_id: str
    message: str
    found: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """The channels made or kept, and the pages that could not become one."""

    channels: tuple[Channel, ...]
    problems: tuple[PageProblem, ...]


@dataclass(frozen=True, slots=True)
class EventNote:
    """One committed event, in order of `position`."""

    position: int
    workspace_id: UUID
    type: str
    subject_id: UUID
    post_id: UUID | None
    channel_id: UUID | None

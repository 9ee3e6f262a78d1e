"""What a worker is handed for one step of one publication."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from platforms.base import Draft, Environment, Platform
from platforms.rules import Rules
from publishing.retries import Backoff
from publishing.threads import ALONE, Place


@dataclass(frozen=True, slots=True)
class Assignment:
    """A claimed publication with what a step needs. `token` opens the channel; never log it.

    `sign_in` is where the person behind the channel signed in, `place` which part of a thread
    is to go out, `rules` what its channel accepts.
    """

    publication_id: UUID
    workspace_id: UUID
    account_id: UUID
    rules: Rules
    platform: Platform
    environment: Environment
    sign_in: Platform
    platform_account_id: str
    token: str = field(repr=False)
    draft: Draft
    handles: Mapping[str, str]
    epoch: int
    failures: int
    alike: int
    now: datetime
    failed_by: Backoff = Backoff.PLATFORM
    traceparent: str | None = None
    place: Place = ALONE

    @property
    def media_failures(self) -> int:
        """How often this server could not fetch its files, in a row."""
        return self.alike if self.failed_by is Backoff.MEDIA else 0


@dataclass(frozen=True, slots=True)
class Windows:
    """The times a step keeps to: the lease it works under, and the deadline of a call in seconds.

    `first_look` is how long after a call with an unknown outcome the platform is asked first.
    """

    lease: timedelta
    call_seconds: float
    first_look: timedelta = timedelta(seconds=5)

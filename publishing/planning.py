"""What follows from a publication's step: planned in the transaction that writes the step, done by a worker later.

A post that is out gets its first comment. One that ended without going out may have left photos at the platform.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from platforms.base import Platform
from platforms.following import Task
from platforms.registry import rules_of
from publishing import models, setwise
from publishing.ids import new_id
from publishing.lifecycle import Status
from publishing.mapping import Mapper
from publishing.models import FollowUpState

ACTOR = "system:worker"
ENDED: frozenset[Status] = frozenset({Status.FAILED, Status.CANCELED})
"""Where a publication ends without going out."""


class Stepped(Protocol):
    """A publication that did change; `comments` says that it has a first comment."""

    @property
    def id(self) -> UUID:
        """Which one."""
        ...

    @property
    def platform(self) -> Platform:
        """Where it goes."""
        ...

    @property
    def before(self) -> Status:
        """From which state."""
        ...

    @property
    def after(self) -> Status:
        """To which state."""
        ...

    @property
    def comments(self) -> bool:
        """Whether it has a first comment."""
        ...


@dataclass(frozen=True, slots=True)
class _Planned:
    """The columns of a publication that a plan needs."""

    id: UUID
    workspace_id: UUID
    first_comment: str | None
    handles: dict[str, str]


_PLANNED = Mapper(models.Publication, _Planned)


async def plan(steps: Sequence[Stepped], *, now: datetime) -> None:
    """Write what follows from steps, in the open transaction."""
    wanted = {step.id: step for step in steps if _is_followed(step)}
    if not wanted:
        return
    ids = list(wanted)
    cleaned = models.FollowUp.filter(publication_id__in=ids, task=Task.CLEAN_UP, due_at__isnull=False)
    open_ = {UUID(str(one)) for one in await cleaned.values_list("publication_id", flat=True)}
    found = await _PLANNED.read(models.Publication.filter(id__in=ids))
    rows = [row for one in found for row in _tasks(one, wanted[one.id], planned=one.id in open_, now=now)]
    await setwise.insert(setwise.Rows("follow_up", _COLUMNS, rows))


def leftovers(platform: Platform, handles: Mapping[str, str]) -> dict[str, str]:
    """Pick the handles that a publication leaves at its platform when it never goes out."""
    prefixes = _prefixes(platform)
    return {name: value for name, value in handles.items() if prefixes and name.startswith(prefixes)}


def _prefixes(platform: Platform) -> tuple[str, ...]:
    return tuple(prefix for rules in rules_of(platform) for prefix in rules.leftovers)


def _is_followed(step: Stepped) -> bool:
    return step.comments if step.after is Status.PUBLISHED else step.after in ENDED and bool(_prefixes(step.platform))


def _is_busy(step: Stepped) -> bool:
    return step.after is Status.CANCELED and step.before is Status.PREPARING


def _tasks(row: _Planned, step: Stepped, *, planned: bool, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield the rows to write. Who is called off while a worker prepares it may yet leave something."""
    if step.after is Status.PUBLISHED:
        yield follow_up(row.id, row.workspace_id, Task.FIRST_COMMENT, ACTOR, now, text=row.first_comment)
    elif not planned and (_is_busy(step) or leftovers(step.platform, row.handles)):
        yield follow_up(row.id, row.workspace_id, Task.CLEAN_UP, ACTOR, now)


_COLUMNS = {
    "id": "uuid",
    "workspace_id": "uuid",
    "publication_id": "uuid",
    "task": "text",
    "state": "text",
    "text": "text",
    "handles": "jsonb",
    "actor": "text",
    "due_at": "timestamptz",
    "epoch": "integer",
    "failures": "integer",
    "unknowns": "integer",
    "created_at": "timestamptz",
}


def follow_up(
    publication_id: UUID, workspace_id: UUID, task: Task, actor: str, now: datetime, *, text: str | None = None
) -> dict[str, Any]:
    """Give the columns of a new follow-up that is due now."""
    return {
        "id": new_id(),
        "workspace_id": workspace_id,
        "publication_id": publication_id,
        "task": task.value,
        "state": FollowUpState.PENDING.value,
        "text": text,
        "handles": {},
        "actor": actor,
        "due_at": now,
        "epoch": 0,
        "failures": 0,
        "unknowns": 0,
        "created_at": now,
    }

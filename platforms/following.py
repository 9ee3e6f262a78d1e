"""The contract for what is done after a publication's call: a comment below it, an edit, its deletion, a clean-up."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Task(StrEnum):
    """What is done after a publication's call."""

    FIRST_COMMENT = "first_comment"
    EDIT = "edit"
    DELETE = "delete"
    CLEAN_UP = "clean_up"

    @property
    def is_repeatable(self) -> bool:
        """Whether doing it twice leaves the same as doing it once."""
        return self is not Task.FIRST_COMMENT


@dataclass(frozen=True, slots=True)
class Following:
    """One task for one publication, as its publisher sees it.

    `platform_post_id` is the platform's id of what is out; None for a clean-up, which is about what never went out.
    `text` is the comment, or the new text. `handles` are what earlier steps left at the platform. `sent_at` is when
    the last call was about to be made whose outcome is not known, None where there was none; none was made before
    `since`. `parts` are the ids of all parts of a thread, in order, for a deletion; empty where there is no thread.
    """

    task: Task
    channel_id: str
    token: str = field(repr=False)
    platform_post_id: str | None
    text: str = ""
    handles: Mapping[str, str] = field(default_factory=dict[str, str])
    sent_at: datetime | None = None
    since: datetime | None = None
    parts: tuple[str, ...] = ()

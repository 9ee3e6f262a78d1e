"""Rows, constraints and indexes; no behaviour. Touched only inside `publishing`."""

from publishing.models.accounts import (
    Channel,
    ConnectedAccount,
    ConnectionAttempt,
    ConnectionAttemptStatus,
    ConnectionStatus,
    Credential,
    RefreshAttempt,
    SelectablePage,
)
from publishing.models.budgets import RateBudget
from publishing.models.caps import CapUse
from publishing.models.events import Event
from publishing.models.follow_ups import FollowUp, FollowUpState
from publishing.models.posts import (
    Attempt,
    AttemptOutcome,
    MediaAsset,
    MediaStatus,
    Post,
    Publication,
    PublicationPart,
    Transition,
)
from publishing.models.removals import Removal
from publishing.models.workspaces import ApiKey, IdempotencyKey, Member, User, Workspace

__all__ = [
    "ApiKey",
    "Attempt",
    "AttemptOutcome",
    "CapUse",
    "Channel",
    "ConnectedAccount",
    "ConnectionAttempt",
    "ConnectionAttemptStatus",
    "ConnectionStatus",
    "Credential",
    "Event",
    "FollowUp",
    "FollowUpState",
    "IdempotencyKey",
    "MediaAsset",
    "MediaStatus",
    "Member",
    "Post",
    "Publication",
    "PublicationPart",
    "RateBudget",
    "RefreshAttempt",
    "Removal",
    "SelectablePage",
    "Transition",
    "User",
    "Workspace",
]

"""Rows of what is done for a publication after its call: the row is the job."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from platforms.following import Task
from publishing.ids import new_id
from publishing.models.columns import optional_text
from publishing.models.indexes import PartialIndex, PartialUniqueIndex


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    PENDING = "pending"
    UNCONFIRMED = "unconfirmed"
    DONE = "done"
    FAILED = "failed"


class FollowUp(Model):
    """One thing to be done for a publication after its call.

    `due_at` is when a worker may next claim it; None once it is over. `epoch` rises with each claim and fences every
    later write of that claim. `sent_at` is when a call was about to be made that must not be made twice and whose
    outcome is not known; `unknowns` counts those calls. `handles` are what a clean-up took over from the publication,
    `text` is the comment or the new text, `platform_id` is what was made. `error` is the last failure.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    publication = fields.ForeignKeyField("models.Publication", related_name=False, on_delete=fields.RESTRICT)
    publication_id: UUID
    task = fields.CharEnumField(Task, max_length=32, description="task")
    state = fields.CharEnumField(FollowUpState, max_length=32, description="state")
    text = optional_text()
    handles = fields.JSONField()
    actor = fields.CharField(max_length=64)
    due_at = fields.DatetimeField(null=True)
    epoch = fields.IntField(default=0)
    failures = fields.IntField(default=0)
    sent_at = fields.DatetimeField(null=True)
    unknowns = fields.IntField(default=0)
    platform_id = fields.CharField(max_length=200, null=True)
    error = fields.JSONField(null=True)
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "follow_up"
        indexes = (
            ("publication_id", "id"),
            PartialIndex(fields=("due_at",), name="follow_up_due", where="due_at IS NOT NULL"),
            PartialUniqueIndex(
                fields=("publication_id", "task"), name="follow_up_one_open", where="due_at IS NOT NULL"
            ),
        )

"""The event outbox: written with every change, numbered after the commit, read by everyone who watches."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from publishing.ids import new_id
from publishing.models.indexes import PartialIndex


class Event(Model):
    """Something that happened to a subject. `position` orders committed events and is given by the relay."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    position = fields.BigIntField(null=True, unique=True)
    type = fields.CharField(max_length=64)
    subject_id = fields.UUIDField()
    post_id = fields.UUIDField(null=True)
    channel_id = fields.UUIDField(null=True)
    occurred_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "event"
        indexes = (PartialIndex(fields=("id",), name="event_unnumbered", where="position IS NULL"),)

"""Rows that count what platforms allow only so often and do not count for us."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from platforms.base import Environment
from publishing.ids import new_id


class CapUse(Model):
    """How often something was used within an hour. `subject` is the Page or account it counts for, in any workspace."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    environment = fields.CharEnumField(Environment, max_length=16, description="environment")
    name = fields.CharField(max_length=32)
    subject = fields.CharField(max_length=128)
    hour = fields.DatetimeField()
    uses = fields.IntField()

    class Meta(Model.Meta):
        table = "cap_use"
        unique_together = (("environment", "name", "subject", "hour"),)

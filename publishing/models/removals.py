"""Rows of what platforms tell: a person removed the app, or wants their data deleted."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from platforms.base import Environment, Platform
from publishing.ids import new_id
from publishing.models.indexes import PartialIndex


class Removal(Model):
    """A signed request of a platform, taken once: `digest` is its SHA-256, so that a replay is known.

    `code` is what the person can ask about. `due_at` is when a worker erases what is left, None where nothing is to be
    erased or all is. `platform_user_id` is forgotten with the rest.
    """

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    platform = fields.CharEnumField(Platform, max_length=32, description="platform")
    environment = fields.CharEnumField(Environment, max_length=16, description="environment")
    digest = fields.CharField(max_length=64, unique=True)
    code = fields.CharField(max_length=64, unique=True)
    deletes = fields.BooleanField()
    platform_user_id = fields.CharField(max_length=128, null=True)
    received_at = fields.DatetimeField()
    due_at = fields.DatetimeField(null=True)
    completed_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "removal"
        indexes = (PartialIndex(fields=("due_at",), name="removal_due", where="due_at IS NOT NULL"),)

"""Rows of platforms' rate limits, as the platforms last told them."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from platforms.base import Environment
from platforms.usage import BudgetName
from publishing.ids import new_id


class RateBudget(Model):
    """How much of one limit is used. `subject` is the app, Page or account it is of, whoever the workspace."""

    id: UUID = fields.UUIDField(primary_key=True, default=new_id)
    environment = fields.CharEnumField(Environment, max_length=16, description="environment")
    name = fields.CharEnumField(BudgetName, max_length=16, description="what it is of")
    subject = fields.CharField(max_length=128)
    percent = fields.IntField()
    regains_at = fields.DatetimeField(null=True)
    observed_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "rate_budget"
        unique_together = (("environment", "name", "subject"),)

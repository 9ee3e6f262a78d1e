"""Changes to the models, made in a process of its own: what a later release may want of its migrations."""

from tortoise import fields
from tortoise.models import Model


def add_a_table_a_column_and_indexes() -> None:
    from publishing import models
    from publishing.models.indexes import PartialIndex, PartialUniqueIndex

    class Label(Model):
        id = fields.UUIDField(primary_key=True)
        workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
        name = fields.CharField(max_length=60)
        ended_at = fields.DatetimeField(null=True)

        class Meta(Model.Meta):
            table = "label"
            indexes = (
                PartialUniqueIndex(fields=("workspace_id", "name"), name="label_live", where="ended_at IS NULL"),
            )

    models.Label = Label  # type: ignore[attr-defined]
    models.Post._meta.add_field("colour", fields.CharField(max_length=20, default='none; or "quoted"'))
    models.Channel._meta.indexes = (
        *models.Channel._meta.indexes,
        PartialUniqueIndex(fields=("name",), name="channel_live_name", where="name <> 'x'"),
        PartialIndex(fields=("kind",), name="channel_some_kind", where="name <> 'y'"),
    )


def forbid_null() -> None:
    """SQLite cannot change a column."""
    from publishing import models

    models.Publication._meta.fields_map["permalink"].null = False

"""Rows of the tenant: workspaces, the people in them, their keys, and what their callers asked once already."""

from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from publishing.ids import new_id


class Workspace(Model):
    """The tenant: owner of connected accounts, posts and media."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=200)
    time_zone = fields.CharField(max_length=64, default="UTC")
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "workspace"


class User(Model):
    """A person. Signing in comes later; members point here."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    name = fields.CharField(max_length=200)
    email = fields.CharField(max_length=320, unique=True)
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "user"


class Member(Model):
    """A person's place in a workspace."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    user = fields.ForeignKeyField("models.User", related_name=False, on_delete=fields.RESTRICT)
    user_id: UUID
    role = fields.CharField(max_length=32)
    joined_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "member"
        unique_together = (("workspace", "user"),)


class ApiKey(Model):
    """A key for programs. `prefix` finds it, `secret_hash` (HMAC-SHA256) proves it; the secret is not stored."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    name = fields.CharField(max_length=200)
    prefix = fields.CharField(max_length=16, unique=True)
    secret_hash = fields.CharField(max_length=128)
    hash_key_id = fields.CharField(max_length=64)
    scopes = fields.JSONField()
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField(null=True)
    last_used_at = fields.DatetimeField(null=True)
    revoked_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "api_key"


class IdempotencyKey(Model):
    """What a caller asked once: the hash of its input and the publication that came of it."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    key = fields.CharField(max_length=255)
    request_hash = fields.CharField(max_length=64)
    publication_id = fields.UUIDField()
    created_at = fields.DatetimeField(db_index=True)

    class Meta(Model.Meta):
        table = "idempotency_key"
        unique_together = (("workspace", "key"),)

"""Rows of sign-ins: attempts to connect, accounts, their sealed tokens, what they offer, and the chosen channels."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from platforms.base import ChannelKind, Environment, Platform
from publishing.ids import new_id
from publishing.models.columns import optional_text
from publishing.models.indexes import PartialIndex, PartialUniqueIndex


class ConnectionAttemptStatus(StrEnum):
    """Where a started sign-in stands."""

    WAITING = "waiting"
    COMPLETING = "completing"
    COMPLETED = "completed"
    FAILED = "failed"


class ConnectionStatus(StrEnum):
    """The state of a connected account."""

    ACTIVE = "active"
    EXPIRING = "expiring"
    RECONNECT_REQUIRED = "reconnect_required"
    DISCONNECTED = "disconnected"


class ConnectionAttempt(Model):
    """A started sign-in. The state is stored hashed, the code sealed and only until it is exchanged."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    actor = fields.CharField(max_length=64)
    platform = fields.CharEnumField(Platform, max_length=32, description="platform")
    environment = fields.CharEnumField(Environment, max_length=16, description="environment")
    status = fields.CharEnumField(ConnectionAttemptStatus, max_length=32, description="status")
    state_hash = fields.CharField(max_length=64, unique=True)
    redirect_uri = fields.CharField(max_length=2000)
    return_to = fields.CharField(max_length=2000, null=True)
    reconnects = fields.ForeignKeyField(
        "models.ConnectedAccount", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    reconnects_id: UUID | None
    account = fields.ForeignKeyField(
        "models.ConnectedAccount", related_name=False, null=True, on_delete=fields.SET_NULL
    )
    account_id: UUID | None
    sealed_code = optional_text()
    error = fields.JSONField(null=True)
    tries = fields.IntField(default=0)
    epoch = fields.IntField(default=0)
    due_at = fields.DatetimeField(null=True)
    lease_until = fields.DatetimeField(null=True)
    expires_at = fields.DatetimeField()
    created_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "connection_attempt"
        indexes = (PartialIndex(fields=("due_at",), name="connection_attempt_due", where="status = 'completing'"),)


class ConnectedAccount(Model):
    """One OAuth sign-in at a platform.

    `signed_in_at` is when its person last signed in, `check_due_at` when the platform is asked about it next (None:
    soon). `warned_days` says how many days before `warned_of`, the end of something, somebody was told last.
    `diagnosis` says why it offers less than its person expects.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    platform = fields.CharEnumField(Platform, max_length=32, description="platform")
    environment = fields.CharEnumField(Environment, max_length=16, description="environment")
    platform_user_id = fields.CharField(max_length=128)
    name = fields.CharField(max_length=300)
    status = fields.CharEnumField(ConnectionStatus, max_length=32, description="status")
    granted_permissions = fields.JSONField()
    missing_permissions = fields.JSONField()
    expires_at = fields.DatetimeField(null=True)
    data_access_expires_at = fields.DatetimeField(null=True)
    refreshed_at = fields.DatetimeField(null=True)
    signed_in_at = fields.DatetimeField(null=True)
    diagnosis = optional_text()
    checked_at = fields.DatetimeField()
    check_due_at = fields.DatetimeField(null=True)
    warned_of = fields.DatetimeField(null=True)
    warned_days = fields.IntField(null=True)
    revoke_due_at = fields.DatetimeField(null=True)
    revoke_tries = fields.IntField(default=0)
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "connected_account"
        unique_together = (("workspace", "platform", "environment", "platform_user_id"),)


class Credential(Model):
    """One version of one sealed token; versions are appended, the highest counts.

    `page` is None for the token of the sign-in itself, else it is the Page's own token.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    account = fields.ForeignKeyField("models.ConnectedAccount", related_name=False, on_delete=fields.CASCADE)
    account_id: UUID
    page = fields.ForeignKeyField("models.SelectablePage", related_name=False, null=True, on_delete=fields.CASCADE)
    page_id: UUID | None
    owner_id = fields.UUIDField()
    version = fields.IntField()
    sealed_token = fields.TextField()
    expires_at = fields.DatetimeField(null=True)
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "credential"
        unique_together = (("owner_id", "version"),)


class RefreshAttempt(Model):
    """A token refresh that was started: at most one call for each version of a token."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    credential = fields.ForeignKeyField("models.Credential", related_name=False, on_delete=fields.CASCADE)
    credential_id: UUID
    token_hash = fields.CharField(max_length=64)
    outcome = fields.CharField(max_length=32, null=True)
    started_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "refresh_attempt"


class SelectablePage(Model):
    """A Page or account that a sign-in offers."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    account = fields.ForeignKeyField("models.ConnectedAccount", related_name=False, on_delete=fields.CASCADE)
    account_id: UUID
    kind = fields.CharEnumField(ChannelKind, max_length=32, description="kind")
    platform_account_id = fields.CharField(max_length=128)
    name = fields.CharField(max_length=300)
    handle = fields.CharField(max_length=200, null=True)
    avatar_url = optional_text()
    profile_url = optional_text()
    publishable = fields.BooleanField()
    problem = optional_text()
    linked_to = fields.CharField(max_length=128, null=True)
    tier = fields.CharField(max_length=32, null=True)
    position = fields.IntField()
    seen_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "selectable_page"
        unique_together = (("account", "kind", "platform_account_id"),)


class Channel(Model):
    """A chosen page: where one can publish. Removed channels stay, for their history.

    Until `rests_until` the platform wants to hear nothing for it.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    account = fields.ForeignKeyField("models.ConnectedAccount", related_name=False, on_delete=fields.RESTRICT)
    account_id: UUID
    page = fields.ForeignKeyField("models.SelectablePage", related_name=False, null=True, on_delete=fields.SET_NULL)
    page_id: UUID | None
    platform = fields.CharEnumField(Platform, max_length=32, description="platform")
    kind = fields.CharEnumField(ChannelKind, max_length=32, description="kind")
    environment = fields.CharEnumField(Environment, max_length=16, description="environment")
    platform_account_id = fields.CharField(max_length=128)
    name = fields.CharField(max_length=300)
    handle = fields.CharField(max_length=200, null=True)
    avatar_url = optional_text()
    profile_url = optional_text()
    tier = fields.CharField(max_length=32, null=True)
    paused = fields.BooleanField(default=False)
    created_at = fields.DatetimeField()
    removed_at = fields.DatetimeField(null=True)
    rests_until = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "channel"
        indexes = (
            PartialUniqueIndex(
                fields=("workspace_id", "platform", "environment", "platform_account_id"),
                name="channel_once",
                where="removed_at IS NULL",
            ),
        )

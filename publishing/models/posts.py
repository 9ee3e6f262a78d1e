"""Rows of publishing: posts, their publications with every attempt and transition, and media."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields
from tortoise.models import Model

from platforms.base import Environment, Platform
from publishing.ids import new_id
from publishing.lifecycle import Reason, Status
from publishing.models.columns import optional_text
from publishing.models.indexes import PartialIndex, PartialUniqueIndex


class MediaStatus(StrEnum):
    """Where a file stands."""

    PROCESSING = "processing"
    READY = "ready"
    FAILED = "failed"


class AttemptOutcome(StrEnum):
    """How a call to a platform ended."""

    IN_FLIGHT = "in_flight"
    SUCCEEDED = "succeeded"
    FAILED_RETRYABLE = "failed_retryable"
    FAILED_PERMANENT = "failed_permanent"
    UNKNOWN = "unknown"


class MediaAsset(Model):
    """A file of the library. One that comes from an address is fetched by a worker while it prepares."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    status = fields.CharEnumField(MediaStatus, max_length=32, description="status")
    origin = fields.CharField(max_length=32)
    source_url = optional_text()
    file_name = fields.CharField(max_length=300)
    mime_type = fields.CharField(max_length=100, null=True)
    byte_size = fields.BigIntField(null=True)
    width = fields.IntField(null=True)
    height = fields.IntField(null=True)
    duration_seconds = fields.FloatField(null=True)
    video_codec = fields.CharField(max_length=32, null=True)
    frame_rate = fields.FloatField(null=True)
    page_count = fields.IntField(null=True)
    sha256 = fields.CharField(max_length=64, null=True)
    alt_text = optional_text()
    error = optional_text()
    created_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "media_asset"


class Post(Model):
    """What is said. `media` is a list of `{"asset_id": uuid, "alt_text": text or null}`, in order.

    `options` are those of the platform it was written for, as its dataclass has them; null for its defaults. `thread`
    is a list of further parts, `{"text": text, "media": as above}`; null where there are none.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    text = fields.TextField()
    link = optional_text()
    media = fields.JSONField()
    options = fields.JSONField(null=True)
    first_comment = optional_text()
    thread = fields.JSONField(null=True)
    created_by = fields.CharField(max_length=64)
    revision = fields.IntField(default=1)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "post"
        indexes = (("workspace_id", "id"),)


class Publication(Model):
    """One post to one channel: the row is the job.

    `due_at` is when a worker may next claim it, in every claimable state. `asked_again_at` is when a person last wanted
    it tried as if it were new, or until when its caller chose to let it wait. `epoch` rises with each claim and fences
    every later write of that claim. `previous_status` is what the last transition left, so that a set-wise write can
    record its history without reading first. `traceparent` is the context of the trace it was accepted in, as W3C
    Trace Context writes it; None while nothing is traced.
    """

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    post = fields.ForeignKeyField("models.Post", related_name=False, on_delete=fields.RESTRICT)
    post_id: UUID
    channel = fields.ForeignKeyField("models.Channel", related_name=False, on_delete=fields.RESTRICT)
    channel_id: UUID
    platform = fields.CharEnumField(Platform, max_length=32, description="platform")
    environment = fields.CharEnumField(Environment, max_length=16, description="environment")
    status = fields.CharEnumField(Status, max_length=32, description="status")
    previous_status = fields.CharEnumField(Status, max_length=32, null=True, description="previous status")
    reason = fields.CharEnumField(Reason, max_length=32, description="reason")
    text = fields.TextField()
    link = optional_text()
    media = fields.JSONField()
    options = fields.JSONField(null=True)
    first_comment = optional_text()
    thread = fields.JSONField(null=True)
    handles = fields.JSONField()
    scheduled_at = fields.DatetimeField(null=True)
    asked_again_at = fields.DatetimeField(null=True)
    due_at = fields.DatetimeField(null=True)
    epoch = fields.IntField(default=0)
    lease_until = fields.DatetimeField(null=True)
    lost_leases = fields.IntField(default=0)
    failures = fields.IntField(default=0)
    attempt_count = fields.IntField(default=0)
    error = fields.JSONField(null=True)
    platform_post_id = fields.CharField(max_length=200, null=True)
    permalink = optional_text()
    published_at = fields.DatetimeField(null=True)
    traceparent = fields.CharField(max_length=55, null=True)
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "publication"
        indexes = (
            ("workspace_id", "id"),
            ("post_id",),
            ("channel_id", "id"),
            PartialIndex(
                fields=("workspace_id", "status", "id"),
                name="publication_at_rest",
                where="status NOT IN ('preparing', 'publishing')",
            ),
            PartialIndex(
                fields=("due_at",),
                name="publication_due",
                where="status IN ('scheduled', 'queued', 'retrying', 'processing')",
            ),
            PartialIndex(
                fields=("lease_until",), name="publication_leased", where="status IN ('preparing', 'publishing')"
            ),
            PartialIndex(
                fields=("channel_id",), name="publication_channel_busy", where="status IN ('preparing', 'publishing')"
            ),
            PartialIndex(
                fields=("channel_id", "due_at", "id"),
                name="publication_channel_due",
                where="status IN ('scheduled', 'queued', 'retrying', 'processing')",
            ),
            PartialIndex(
                fields=("channel_id", "due_at"), name="publication_unconfirmed", where="status = 'unconfirmed'"
            ),
            PartialIndex(fields=("channel_id",), name="publication_held", where="status = 'held'"),
            PartialIndex(
                fields=("channel_id",), name="publication_needs_attention", where="status = 'needs_attention'"
            ),
            PartialUniqueIndex(
                fields=("channel_id",), name="publication_one_publishing", where="status = 'publishing'"
            ),
            PartialUniqueIndex(
                fields=("channel_id", "platform_post_id"),
                name="publication_owns_post",
                where="platform_post_id IS NOT NULL",
            ),
        )


class PublicationPart(Model):
    """One part of a thread that went out; `index` 0 is the post itself. `kind` is `part`, or `deleted` since."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    publication = fields.ForeignKeyField("models.Publication", related_name=False, on_delete=fields.RESTRICT)
    publication_id: UUID
    kind = fields.CharField(max_length=32)  # or `copy`: what another call for the same part made public
    index = fields.IntField()
    platform_id = fields.CharField(max_length=200, null=True)
    permalink = optional_text()
    published_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "publication_part"
        unique_together = (("publication", "kind", "index"),)


class Attempt(Model):
    """One call that makes a publication public, committed before its first byte leaves."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    workspace = fields.ForeignKeyField("models.Workspace", related_name=False, on_delete=fields.RESTRICT)
    workspace_id: UUID
    publication = fields.ForeignKeyField("models.Publication", related_name=False, on_delete=fields.RESTRICT)
    publication_id: UUID
    number = fields.IntField()
    epoch = fields.IntField()
    step = fields.CharField(max_length=32)
    request = fields.CharField(max_length=300)
    http_status = fields.IntField(null=True)
    outcome = fields.CharEnumField(AttemptOutcome, max_length=32, description="outcome")
    error = fields.JSONField(null=True)
    trace_id = fields.CharField(max_length=32, null=True)
    started_at = fields.DatetimeField()
    finished_at = fields.DatetimeField(null=True)

    class Meta(Model.Meta):
        table = "attempt"
        unique_together = (("publication", "number"),)


class Transition(Model):
    """A change of a publication's status. Appended with the change, never altered."""

    id = fields.UUIDField(primary_key=True, default=new_id)
    publication = fields.ForeignKeyField("models.Publication", related_name=False, on_delete=fields.RESTRICT)
    publication_id: UUID
    before = fields.CharEnumField(Status, max_length=32, null=True, description="from status")
    after = fields.CharEnumField(Status, max_length=32, description="to status")
    reason = fields.CharEnumField(Reason, max_length=32, description="reason")
    actor = fields.CharField(max_length=64)
    epoch = fields.IntField()
    at = fields.DatetimeField()

    class Meta(Model.Meta):
        table = "transition"
        indexes = (("publication_id", "id"),)

"""Initial. Made by `agm migrate new initial`."""

from tortoise import BaseDBAsyncClient

RUN_IN_TRANSACTION = True

UPGRADE = {
    "sqlite": [
        r"""CREATE TABLE "user" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL,
    "email" VARCHAR(320) NOT NULL UNIQUE,
    "created_at" TIMESTAMP NOT NULL
) /* A person. Signing in comes later; members point here. */;""",
        r"""CREATE TABLE "workspace" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL,
    "time_zone" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMP NOT NULL
) /* The tenant: owner of connected accounts, posts and media. */;""",
        r"""CREATE TABLE "api_key" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL,
    "prefix" VARCHAR(16) NOT NULL UNIQUE,
    "secret_hash" VARCHAR(128) NOT NULL,
    "hash_key_id" VARCHAR(64) NOT NULL,
    "scopes" JSON NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "expires_at" TIMESTAMP,
    "last_used_at" TIMESTAMP,
    "revoked_at" TIMESTAMP,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* A key for programs. `prefix` finds it, `secret_hash` (HMAC-SHA256) proves it; the secret is not stored. */;""",
        r"""CREATE TABLE "connected_account" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL /* platform */,
    "environment" VARCHAR(16) NOT NULL /* environment */,
    "platform_user_id" VARCHAR(128) NOT NULL,
    "name" VARCHAR(300) NOT NULL,
    "status" VARCHAR(32) NOT NULL /* status */,
    "granted_permissions" JSON NOT NULL,
    "missing_permissions" JSON NOT NULL,
    "expires_at" TIMESTAMP,
    "data_access_expires_at" TIMESTAMP,
    "refreshed_at" TIMESTAMP,
    "checked_at" TIMESTAMP NOT NULL,
    "revoke_due_at" TIMESTAMP,
    "revoke_tries" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_connected_a_workspa_68bf94" UNIQUE ("workspace_id", "platform", "environment", "platform_user_id")
) /* One OAuth sign-in at a platform. */;""",
        r"""CREATE TABLE "connection_attempt" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "actor" VARCHAR(64) NOT NULL,
    "platform" VARCHAR(32) NOT NULL /* platform */,
    "environment" VARCHAR(16) NOT NULL /* environment */,
    "status" VARCHAR(32) NOT NULL /* status */,
    "state_hash" VARCHAR(64) NOT NULL UNIQUE,
    "redirect_uri" VARCHAR(2000) NOT NULL,
    "return_to" VARCHAR(2000),
    "sealed_code" TEXT,
    "error" JSON,
    "tries" INT NOT NULL,
    "epoch" INT NOT NULL,
    "due_at" TIMESTAMP,
    "lease_until" TIMESTAMP,
    "expires_at" TIMESTAMP NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "finished_at" TIMESTAMP,
    "account_id" CHAR(36) REFERENCES "connected_account" ("id") ON DELETE SET NULL,
    "reconnects_id" CHAR(36) REFERENCES "connected_account" ("id") ON DELETE SET NULL,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* A started sign-in. The state is stored hashed, the code sealed and only until it is exchanged. */;""",
        r"""CREATE INDEX "connection_attempt_due" ON "connection_attempt" ("due_at") WHERE status = 'completing';""",
        r"""CREATE TABLE "event" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "position" BIGINT UNIQUE,
    "type" VARCHAR(64) NOT NULL,
    "subject_id" CHAR(36) NOT NULL,
    "post_id" CHAR(36),
    "channel_id" CHAR(36),
    "occurred_at" TIMESTAMP NOT NULL,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* Something that happened to a subject. `position` orders committed events and is given by the relay. */;""",
        r"""CREATE INDEX "event_unnumbered" ON "event" ("id") WHERE position IS NULL;""",
        r"""CREATE TABLE "idempotency_key" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "key" VARCHAR(255) NOT NULL,
    "request_hash" VARCHAR(64) NOT NULL,
    "publication_id" CHAR(36) NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_idempotency_workspa_218e85" UNIQUE ("workspace_id", "key")
) /* What a caller asked once: the hash of its input and the publication that came of it. */;""",
        r"""CREATE INDEX "idx_idempotency_created_98dcfd" ON "idempotency_key" ("created_at");""",
        r"""CREATE TABLE "media_asset" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "status" VARCHAR(32) NOT NULL /* status */,
    "origin" VARCHAR(32) NOT NULL,
    "source_url" TEXT,
    "file_name" VARCHAR(300) NOT NULL,
    "mime_type" VARCHAR(100),
    "byte_size" BIGINT,
    "width" INT,
    "height" INT,
    "sha256" VARCHAR(64),
    "alt_text" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMP NOT NULL,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* A file of the library. One that comes from an address is fetched by a worker while it prepares. */;""",
        r"""CREATE TABLE "member" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "role" VARCHAR(32) NOT NULL,
    "joined_at" TIMESTAMP,
    "user_id" CHAR(36) NOT NULL REFERENCES "user" ("id") ON DELETE RESTRICT,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_member_workspa_83386c" UNIQUE ("workspace_id", "user_id")
) /* A person's place in a workspace. */;""",
        r"""CREATE TABLE "post" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "text" TEXT NOT NULL,
    "link" TEXT,
    "media" JSON NOT NULL,
    "created_by" VARCHAR(64) NOT NULL,
    "revision" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "updated_at" TIMESTAMP NOT NULL,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* What is said. `media` is a list of `{"asset_id": uuid, "alt_text": text or null}`, in order. */;""",
        r"""CREATE INDEX "idx_post_workspa_0ab728" ON "post" ("workspace_id", "id");""",
        r"""CREATE TABLE "selectable_page" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(32) NOT NULL /* kind */,
    "platform_account_id" VARCHAR(128) NOT NULL,
    "name" VARCHAR(300) NOT NULL,
    "handle" VARCHAR(200),
    "avatar_url" TEXT,
    "profile_url" TEXT,
    "publishable" INT NOT NULL,
    "problem" TEXT,
    "linked_to" VARCHAR(128),
    "position" INT NOT NULL,
    "seen_at" TIMESTAMP NOT NULL,
    "account_id" CHAR(36) NOT NULL REFERENCES "connected_account" ("id") ON DELETE CASCADE,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_selectable__account_30d654" UNIQUE ("account_id", "kind", "platform_account_id")
) /* A Page or account that a sign-in offers. */;""",
        r"""CREATE TABLE "channel" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL /* platform */,
    "kind" VARCHAR(32) NOT NULL /* kind */,
    "environment" VARCHAR(16) NOT NULL /* environment */,
    "platform_account_id" VARCHAR(128) NOT NULL,
    "name" VARCHAR(300) NOT NULL,
    "handle" VARCHAR(200),
    "avatar_url" TEXT,
    "profile_url" TEXT,
    "paused" INT NOT NULL,
    "created_at" TIMESTAMP NOT NULL,
    "removed_at" TIMESTAMP,
    "account_id" CHAR(36) NOT NULL REFERENCES "connected_account" ("id") ON DELETE RESTRICT,
    "page_id" CHAR(36) REFERENCES "selectable_page" ("id") ON DELETE SET NULL,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* A chosen page: where one can publish. Removed channels stay, for their history. */;""",
        r"""CREATE UNIQUE INDEX "channel_once" ON "channel" ("workspace_id", "platform", "environment", "platform_account_id") WHERE removed_at IS NULL;""",
        r"""CREATE TABLE "credential" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "owner_id" CHAR(36) NOT NULL,
    "version" INT NOT NULL,
    "sealed_token" TEXT NOT NULL,
    "expires_at" TIMESTAMP,
    "created_at" TIMESTAMP NOT NULL,
    "account_id" CHAR(36) NOT NULL REFERENCES "connected_account" ("id") ON DELETE CASCADE,
    "page_id" CHAR(36) REFERENCES "selectable_page" ("id") ON DELETE CASCADE,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_credential_owner_i_1abe8d" UNIQUE ("owner_id", "version")
) /* One version of one sealed token; versions are appended, the highest counts. */;""",
        r"""CREATE TABLE "publication" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL /* platform */,
    "environment" VARCHAR(16) NOT NULL /* environment */,
    "status" VARCHAR(32) NOT NULL /* status */,
    "previous_status" VARCHAR(32) /* previous status */,
    "reason" VARCHAR(32) NOT NULL /* reason */,
    "text" TEXT NOT NULL,
    "link" TEXT,
    "media" JSON NOT NULL,
    "handles" JSON NOT NULL,
    "scheduled_at" TIMESTAMP,
    "due_at" TIMESTAMP,
    "epoch" INT NOT NULL,
    "lease_until" TIMESTAMP,
    "lost_leases" INT NOT NULL,
    "failures" INT NOT NULL,
    "attempt_count" INT NOT NULL,
    "error" JSON,
    "platform_post_id" VARCHAR(200),
    "permalink" TEXT,
    "published_at" TIMESTAMP,
    "created_at" TIMESTAMP NOT NULL,
    "updated_at" TIMESTAMP NOT NULL,
    "channel_id" CHAR(36) NOT NULL REFERENCES "channel" ("id") ON DELETE RESTRICT,
    "post_id" CHAR(36) NOT NULL REFERENCES "post" ("id") ON DELETE RESTRICT,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* One post to one channel: the row is the job. */;""",
        r"""CREATE INDEX "idx_publication_workspa_c88e36" ON "publication" ("workspace_id", "id");""",
        r"""CREATE INDEX "idx_publication_post_id_998755" ON "publication" ("post_id");""",
        r"""CREATE INDEX "idx_publication_channel_6ccd74" ON "publication" ("channel_id", "id");""",
        r"""CREATE INDEX "publication_due" ON "publication" ("due_at") WHERE status IN ('scheduled', 'queued', 'retrying', 'processing');""",
        r"""CREATE INDEX "publication_leased" ON "publication" ("lease_until") WHERE status IN ('preparing', 'publishing');""",
        r"""CREATE INDEX "publication_channel_busy" ON "publication" ("channel_id") WHERE status IN ('preparing', 'publishing');""",
        r"""CREATE INDEX "publication_channel_due" ON "publication" ("channel_id", "due_at", "id") WHERE status IN ('scheduled', 'queued', 'retrying', 'processing');""",
        r"""CREATE INDEX "publication_held" ON "publication" ("channel_id") WHERE status = 'held';""",
        r"""CREATE UNIQUE INDEX "publication_one_publishing" ON "publication" ("channel_id") WHERE status = 'publishing';""",
        r"""CREATE UNIQUE INDEX "publication_owns_post" ON "publication" ("channel_id", "platform_post_id") WHERE platform_post_id IS NOT NULL;""",
        r"""CREATE TABLE "attempt" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "number" INT NOT NULL,
    "epoch" INT NOT NULL,
    "step" VARCHAR(32) NOT NULL,
    "request" VARCHAR(300) NOT NULL,
    "http_status" INT,
    "outcome" VARCHAR(32) NOT NULL /* outcome */,
    "error" JSON,
    "started_at" TIMESTAMP NOT NULL,
    "finished_at" TIMESTAMP,
    "publication_id" CHAR(36) NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_attempt_publica_3bca86" UNIQUE ("publication_id", "number")
) /* One call that makes a publication public, committed before its first byte leaves. */;""",
        r"""CREATE TABLE "publication_part" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "kind" VARCHAR(32) NOT NULL,
    "index" INT NOT NULL,
    "platform_id" VARCHAR(200),
    "permalink" TEXT,
    "published_at" TIMESTAMP,
    "publication_id" CHAR(36) NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_publication_publica_215090" UNIQUE ("publication_id", "kind", "index")
) /* One piece that the platform holds: the post itself, later thread parts and the first comment. */;""",
        r"""CREATE TABLE "refresh_attempt" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "token_hash" VARCHAR(64) NOT NULL,
    "outcome" VARCHAR(32),
    "started_at" TIMESTAMP NOT NULL,
    "finished_at" TIMESTAMP,
    "credential_id" CHAR(36) NOT NULL REFERENCES "credential" ("id") ON DELETE CASCADE,
    "workspace_id" CHAR(36) NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
) /* A token refresh that was started: at most one call for each version of a token. */;""",
        r"""CREATE TABLE "transition" (
    "id" CHAR(36) NOT NULL PRIMARY KEY,
    "before" VARCHAR(32) /* from status */,
    "after" VARCHAR(32) NOT NULL /* to status */,
    "reason" VARCHAR(32) NOT NULL /* reason */,
    "actor" VARCHAR(64) NOT NULL,
    "epoch" INT NOT NULL,
    "at" TIMESTAMP NOT NULL,
    "publication_id" CHAR(36) NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT
) /* A change of a publication's status. Appended with the change, never altered. */;""",
        r"""CREATE INDEX "idx_transition_publica_6f6965" ON "transition" ("publication_id", "id");""",
        r"""CREATE TABLE IF NOT EXISTS "aerich" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "version" VARCHAR(255) NOT NULL,
    "app" VARCHAR(100) NOT NULL,
    "content" JSON NOT NULL
);""",
    ],
    "postgres": [
        r"""CREATE TABLE "user" (
    "id" UUID NOT NULL PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL,
    "email" VARCHAR(320) NOT NULL UNIQUE,
    "created_at" TIMESTAMPTZ NOT NULL
);""",
        r"""COMMENT ON TABLE "user" IS 'A person. Signing in comes later; members point here.';""",
        r"""CREATE TABLE "workspace" (
    "id" UUID NOT NULL PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL,
    "time_zone" VARCHAR(64) NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL
);""",
        r"""COMMENT ON TABLE "workspace" IS 'The tenant: owner of connected accounts, posts and media.';""",
        r"""CREATE TABLE "api_key" (
    "id" UUID NOT NULL PRIMARY KEY,
    "name" VARCHAR(200) NOT NULL,
    "prefix" VARCHAR(16) NOT NULL UNIQUE,
    "secret_hash" VARCHAR(128) NOT NULL,
    "hash_key_id" VARCHAR(64) NOT NULL,
    "scopes" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "expires_at" TIMESTAMPTZ,
    "last_used_at" TIMESTAMPTZ,
    "revoked_at" TIMESTAMPTZ,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""COMMENT ON TABLE "api_key" IS 'A key for programs. `prefix` finds it, `secret_hash` (HMAC-SHA256) proves it; the secret is not stored.';""",
        r"""CREATE TABLE "connected_account" (
    "id" UUID NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL,
    "environment" VARCHAR(16) NOT NULL,
    "platform_user_id" VARCHAR(128) NOT NULL,
    "name" VARCHAR(300) NOT NULL,
    "status" VARCHAR(32) NOT NULL,
    "granted_permissions" JSONB NOT NULL,
    "missing_permissions" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ,
    "data_access_expires_at" TIMESTAMPTZ,
    "refreshed_at" TIMESTAMPTZ,
    "checked_at" TIMESTAMPTZ NOT NULL,
    "revoke_due_at" TIMESTAMPTZ,
    "revoke_tries" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_connected_a_workspa_68bf94" UNIQUE ("workspace_id", "platform", "environment", "platform_user_id")
);""",
        r"""COMMENT ON COLUMN "connected_account"."platform" IS 'platform';""",
        r"""COMMENT ON COLUMN "connected_account"."environment" IS 'environment';""",
        r"""COMMENT ON COLUMN "connected_account"."status" IS 'status';""",
        r"""COMMENT ON TABLE "connected_account" IS 'One OAuth sign-in at a platform.';""",
        r"""CREATE TABLE "connection_attempt" (
    "id" UUID NOT NULL PRIMARY KEY,
    "actor" VARCHAR(64) NOT NULL,
    "platform" VARCHAR(32) NOT NULL,
    "environment" VARCHAR(16) NOT NULL,
    "status" VARCHAR(32) NOT NULL,
    "state_hash" VARCHAR(64) NOT NULL UNIQUE,
    "redirect_uri" VARCHAR(2000) NOT NULL,
    "return_to" VARCHAR(2000),
    "sealed_code" TEXT,
    "error" JSONB,
    "tries" INT NOT NULL,
    "epoch" INT NOT NULL,
    "due_at" TIMESTAMPTZ,
    "lease_until" TIMESTAMPTZ,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "account_id" UUID REFERENCES "connected_account" ("id") ON DELETE SET NULL,
    "reconnects_id" UUID REFERENCES "connected_account" ("id") ON DELETE SET NULL,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""CREATE INDEX "connection_attempt_due" ON "connection_attempt" ("due_at") WHERE status = 'completing';""",
        r"""COMMENT ON COLUMN "connection_attempt"."platform" IS 'platform';""",
        r"""COMMENT ON COLUMN "connection_attempt"."environment" IS 'environment';""",
        r"""COMMENT ON COLUMN "connection_attempt"."status" IS 'status';""",
        r"""COMMENT ON TABLE "connection_attempt" IS 'A started sign-in. The state is stored hashed, the code sealed and only until it is exchanged.';""",
        r"""CREATE TABLE "event" (
    "id" UUID NOT NULL PRIMARY KEY,
    "position" BIGINT UNIQUE,
    "type" VARCHAR(64) NOT NULL,
    "subject_id" UUID NOT NULL,
    "post_id" UUID,
    "channel_id" UUID,
    "occurred_at" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""CREATE INDEX "event_unnumbered" ON "event" ("id") WHERE position IS NULL;""",
        r"""COMMENT ON TABLE "event" IS 'Something that happened to a subject. `position` orders committed events and is given by the relay.';""",
        r"""CREATE TABLE "idempotency_key" (
    "id" UUID NOT NULL PRIMARY KEY,
    "key" VARCHAR(255) NOT NULL,
    "request_hash" VARCHAR(64) NOT NULL,
    "publication_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_idempotency_workspa_218e85" UNIQUE ("workspace_id", "key")
);""",
        r"""CREATE INDEX "idx_idempotency_created_98dcfd" ON "idempotency_key" ("created_at");""",
        r"""COMMENT ON TABLE "idempotency_key" IS 'What a caller asked once: the hash of its input and the publication that came of it.';""",
        r"""CREATE TABLE "media_asset" (
    "id" UUID NOT NULL PRIMARY KEY,
    "status" VARCHAR(32) NOT NULL,
    "origin" VARCHAR(32) NOT NULL,
    "source_url" TEXT,
    "file_name" VARCHAR(300) NOT NULL,
    "mime_type" VARCHAR(100),
    "byte_size" BIGINT,
    "width" INT,
    "height" INT,
    "sha256" VARCHAR(64),
    "alt_text" TEXT,
    "error" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""COMMENT ON COLUMN "media_asset"."status" IS 'status';""",
        r"""COMMENT ON TABLE "media_asset" IS 'A file of the library. One that comes from an address is fetched by a worker while it prepares.';""",
        r"""CREATE TABLE "member" (
    "id" UUID NOT NULL PRIMARY KEY,
    "role" VARCHAR(32) NOT NULL,
    "joined_at" TIMESTAMPTZ,
    "user_id" UUID NOT NULL REFERENCES "user" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_member_workspa_83386c" UNIQUE ("workspace_id", "user_id")
);""",
        r"""COMMENT ON TABLE "member" IS 'A person''s place in a workspace.';""",
        r"""CREATE TABLE "post" (
    "id" UUID NOT NULL PRIMARY KEY,
    "text" TEXT NOT NULL,
    "link" TEXT,
    "media" JSONB NOT NULL,
    "created_by" VARCHAR(64) NOT NULL,
    "revision" INT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""CREATE INDEX "idx_post_workspa_0ab728" ON "post" ("workspace_id", "id");""",
        r"""COMMENT ON TABLE "post" IS 'What is said. `media` is a list of `{"asset_id": uuid, "alt_text": text or null}`, in order.';""",
        r"""CREATE TABLE "selectable_page" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(32) NOT NULL,
    "platform_account_id" VARCHAR(128) NOT NULL,
    "name" VARCHAR(300) NOT NULL,
    "handle" VARCHAR(200),
    "avatar_url" TEXT,
    "profile_url" TEXT,
    "publishable" BOOL NOT NULL,
    "problem" TEXT,
    "linked_to" VARCHAR(128),
    "position" INT NOT NULL,
    "seen_at" TIMESTAMPTZ NOT NULL,
    "account_id" UUID NOT NULL REFERENCES "connected_account" ("id") ON DELETE CASCADE,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_selectable__account_30d654" UNIQUE ("account_id", "kind", "platform_account_id")
);""",
        r"""COMMENT ON COLUMN "selectable_page"."kind" IS 'kind';""",
        r"""COMMENT ON TABLE "selectable_page" IS 'A Page or account that a sign-in offers.';""",
        r"""CREATE TABLE "channel" (
    "id" UUID NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL,
    "kind" VARCHAR(32) NOT NULL,
    "environment" VARCHAR(16) NOT NULL,
    "platform_account_id" VARCHAR(128) NOT NULL,
    "name" VARCHAR(300) NOT NULL,
    "handle" VARCHAR(200),
    "avatar_url" TEXT,
    "profile_url" TEXT,
    "paused" BOOL NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL,
    "removed_at" TIMESTAMPTZ,
    "account_id" UUID NOT NULL REFERENCES "connected_account" ("id") ON DELETE RESTRICT,
    "page_id" UUID REFERENCES "selectable_page" ("id") ON DELETE SET NULL,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""CREATE UNIQUE INDEX "channel_once" ON "channel" ("workspace_id", "platform", "environment", "platform_account_id") WHERE removed_at IS NULL;""",
        r"""COMMENT ON COLUMN "channel"."platform" IS 'platform';""",
        r"""COMMENT ON COLUMN "channel"."kind" IS 'kind';""",
        r"""COMMENT ON COLUMN "channel"."environment" IS 'environment';""",
        r"""COMMENT ON TABLE "channel" IS 'A chosen page: where one can publish. Removed channels stay, for their history.';""",
        r"""CREATE TABLE "credential" (
    "id" UUID NOT NULL PRIMARY KEY,
    "owner_id" UUID NOT NULL,
    "version" INT NOT NULL,
    "sealed_token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "account_id" UUID NOT NULL REFERENCES "connected_account" ("id") ON DELETE CASCADE,
    "page_id" UUID REFERENCES "selectable_page" ("id") ON DELETE CASCADE,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_credential_owner_i_1abe8d" UNIQUE ("owner_id", "version")
);""",
        r"""COMMENT ON TABLE "credential" IS 'One version of one sealed token; versions are appended, the highest counts.';""",
        r"""CREATE TABLE "publication" (
    "id" UUID NOT NULL PRIMARY KEY,
    "platform" VARCHAR(32) NOT NULL,
    "environment" VARCHAR(16) NOT NULL,
    "status" VARCHAR(32) NOT NULL,
    "previous_status" VARCHAR(32),
    "reason" VARCHAR(32) NOT NULL,
    "text" TEXT NOT NULL,
    "link" TEXT,
    "media" JSONB NOT NULL,
    "handles" JSONB NOT NULL,
    "scheduled_at" TIMESTAMPTZ,
    "due_at" TIMESTAMPTZ,
    "epoch" INT NOT NULL,
    "lease_until" TIMESTAMPTZ,
    "lost_leases" INT NOT NULL,
    "failures" INT NOT NULL,
    "attempt_count" INT NOT NULL,
    "error" JSONB,
    "platform_post_id" VARCHAR(200),
    "permalink" TEXT,
    "published_at" TIMESTAMPTZ,
    "created_at" TIMESTAMPTZ NOT NULL,
    "updated_at" TIMESTAMPTZ NOT NULL,
    "channel_id" UUID NOT NULL REFERENCES "channel" ("id") ON DELETE RESTRICT,
    "post_id" UUID NOT NULL REFERENCES "post" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""CREATE INDEX "idx_publication_workspa_c88e36" ON "publication" ("workspace_id", "id");""",
        r"""CREATE INDEX "idx_publication_post_id_998755" ON "publication" ("post_id");""",
        r"""CREATE INDEX "idx_publication_channel_6ccd74" ON "publication" ("channel_id", "id");""",
        r"""CREATE INDEX "publication_due" ON "publication" ("due_at") WHERE status IN ('scheduled', 'queued', 'retrying', 'processing');""",
        r"""CREATE INDEX "publication_leased" ON "publication" ("lease_until") WHERE status IN ('preparing', 'publishing');""",
        r"""CREATE INDEX "publication_channel_busy" ON "publication" ("channel_id") WHERE status IN ('preparing', 'publishing');""",
        r"""CREATE INDEX "publication_channel_due" ON "publication" ("channel_id", "due_at", "id") WHERE status IN ('scheduled', 'queued', 'retrying', 'processing');""",
        r"""CREATE INDEX "publication_held" ON "publication" ("channel_id") WHERE status = 'held';""",
        r"""CREATE UNIQUE INDEX "publication_one_publishing" ON "publication" ("channel_id") WHERE status = 'publishing';""",
        r"""CREATE UNIQUE INDEX "publication_owns_post" ON "publication" ("channel_id", "platform_post_id") WHERE platform_post_id IS NOT NULL;""",
        r"""COMMENT ON COLUMN "publication"."platform" IS 'platform';""",
        r"""COMMENT ON COLUMN "publication"."environment" IS 'environment';""",
        r"""COMMENT ON COLUMN "publication"."status" IS 'status';""",
        r"""COMMENT ON COLUMN "publication"."previous_status" IS 'previous status';""",
        r"""COMMENT ON COLUMN "publication"."reason" IS 'reason';""",
        r"""COMMENT ON TABLE "publication" IS 'One post to one channel: the row is the job.';""",
        r"""CREATE TABLE "attempt" (
    "id" UUID NOT NULL PRIMARY KEY,
    "number" INT NOT NULL,
    "epoch" INT NOT NULL,
    "step" VARCHAR(32) NOT NULL,
    "request" VARCHAR(300) NOT NULL,
    "http_status" INT,
    "outcome" VARCHAR(32) NOT NULL,
    "error" JSONB,
    "started_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "publication_id" UUID NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_attempt_publica_3bca86" UNIQUE ("publication_id", "number")
);""",
        r"""COMMENT ON COLUMN "attempt"."outcome" IS 'outcome';""",
        r"""COMMENT ON TABLE "attempt" IS 'One call that makes a publication public, committed before its first byte leaves.';""",
        r"""CREATE TABLE "publication_part" (
    "id" UUID NOT NULL PRIMARY KEY,
    "kind" VARCHAR(32) NOT NULL,
    "index" INT NOT NULL,
    "platform_id" VARCHAR(200),
    "permalink" TEXT,
    "published_at" TIMESTAMPTZ,
    "publication_id" UUID NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT,
    CONSTRAINT "uid_publication_publica_215090" UNIQUE ("publication_id", "kind", "index")
);""",
        r"""COMMENT ON TABLE "publication_part" IS 'One piece that the platform holds: the post itself, later thread parts and the first comment.';""",
        r"""CREATE TABLE "refresh_attempt" (
    "id" UUID NOT NULL PRIMARY KEY,
    "token_hash" VARCHAR(64) NOT NULL,
    "outcome" VARCHAR(32),
    "started_at" TIMESTAMPTZ NOT NULL,
    "finished_at" TIMESTAMPTZ,
    "credential_id" UUID NOT NULL REFERENCES "credential" ("id") ON DELETE CASCADE,
    "workspace_id" UUID NOT NULL REFERENCES "workspace" ("id") ON DELETE RESTRICT
);""",
        r"""COMMENT ON TABLE "refresh_attempt" IS 'A token refresh that was started: at most one call for each version of a token.';""",
        r"""CREATE TABLE "transition" (
    "id" UUID NOT NULL PRIMARY KEY,
    "before" VARCHAR(32),
    "after" VARCHAR(32) NOT NULL,
    "reason" VARCHAR(32) NOT NULL,
    "actor" VARCHAR(64) NOT NULL,
    "epoch" INT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "publication_id" UUID NOT NULL REFERENCES "publication" ("id") ON DELETE RESTRICT
);""",
        r"""CREATE INDEX "idx_transition_publica_6f6965" ON "transition" ("publication_id", "id");""",
        r"""COMMENT ON COLUMN "transition"."before" IS 'from status';""",
        r"""COMMENT ON COLUMN "transition"."after" IS 'to status';""",
        r"""COMMENT ON COLUMN "transition"."reason" IS 'reason';""",
        r"""COMMENT ON TABLE "transition" IS 'A change of a publication''s status. Appended with the change, never altered.';""",
        r"""CREATE TABLE IF NOT EXISTS "aerich" (
    "id" SERIAL NOT NULL PRIMARY KEY,
    "version" VARCHAR(255) NOT NULL,
    "app" VARCHAR(100) NOT NULL,
    "content" JSONB NOT NULL
);""",
    ],
}

DOWNGRADE = {
    "sqlite": [
        r"""DROP TABLE "transition";""",
        r"""DROP TABLE "refresh_attempt";""",
        r"""DROP TABLE "publication_part";""",
        r"""DROP TABLE "attempt";""",
        r"""DROP TABLE "publication";""",
        r"""DROP TABLE "credential";""",
        r"""DROP TABLE "channel";""",
        r"""DROP TABLE "selectable_page";""",
        r"""DROP TABLE "post";""",
        r"""DROP TABLE "member";""",
        r"""DROP TABLE "media_asset";""",
        r"""DROP TABLE "idempotency_key";""",
        r"""DROP TABLE "event";""",
        r"""DROP TABLE "connection_attempt";""",
        r"""DROP TABLE "connected_account";""",
        r"""DROP TABLE "api_key";""",
        r"""DROP TABLE "workspace";""",
        r"""DROP TABLE "user";""",
    ],
    "postgres": [
        r"""DROP TABLE "transition";""",
        r"""DROP TABLE "refresh_attempt";""",
        r"""DROP TABLE "publication_part";""",
        r"""DROP TABLE "attempt";""",
        r"""DROP TABLE "publication";""",
        r"""DROP TABLE "credential";""",
        r"""DROP TABLE "channel";""",
        r"""DROP TABLE "selectable_page";""",
        r"""DROP TABLE "post";""",
        r"""DROP TABLE "member";""",
        r"""DROP TABLE "media_asset";""",
        r"""DROP TABLE "idempotency_key";""",
        r"""DROP TABLE "event";""",
        r"""DROP TABLE "connection_attempt";""",
        r"""DROP TABLE "connected_account";""",
        r"""DROP TABLE "api_key";""",
        r"""DROP TABLE "workspace";""",
        r"""DROP TABLE "user";""",
    ],
}


async def upgrade(db: BaseDBAsyncClient) -> str:
    for statement in UPGRADE[db.capabilities.dialect]:
        await db.execute_query(statement)
    return "SELECT 1"


async def downgrade(db: BaseDBAsyncClient) -> str:
    for statement in DOWNGRADE[db.capabilities.dialect]:
        await db.execute_query(statement)
    return "SELECT 1"


MODELS_STATE = (
    "eJztXW1z27i1/isYfXF2RuuJ5djJzbZ3Rnbcxm0SZ2LnbqebDg1RkIU1SbAgZEfN3f9eAH"
    "wnQYqk9QLR+GSLxAHB54AAznNwDn4MXDJFTnA49vHf0XLwFvwYeNBF/J/CnSEYQN9Pr4sL"
    "DE4cWRT62LqPCk0CRqHN+OUZdALEL01RYFPsM0w8UXgMeFEwIxT4lNxR6AaH4NanaIa/34"
    "IZ9qYBwGwIbgNkU8SsOQzmt+DF+4/j85+v349HJ6c/CcEHJIr9AtgcgbAkwAHwCAMBIxRN"
    "D0VjpsTmrcHe3Zafu/DwvxfIYuQO8XKUP/23f/HL/BnoOwrin/69NcPImeZQx1NRgbxusa"
    "Uvr339evnuL7KkeKeJZRNn4XppaX/J5sRLii8WeHooZMS9O+QhChmaZhTiLRwnUl18KWwx"
    "v8DoAiVNnaYXpmgGF45Q6+BPs4VnC20CfzFxcDDnAB/iaXDooUcLT/83amVGwrI+Xd1Y1x"
    "c3ljUodQjRmoKuoks28URnwh4TmP34I6w3xUZeHYgHnL8ff3lxfPqTRIME7I7KmxK5wR9S"
    "EDIYikr8U8Dl3xLk53NI1ZDH5Qug84Z2gTu+kOKdfjUxfDFAG4B04MLvloO8OzbnP0cvX9"
    "Zg/H/jLxJmXkriTPhnHn7+n6Jbo/CewDvFN/zC2iCcSqwH49VdemsIH502APjotBJfcSsP"
    "b2a0aoNxQayHnflo9KYJ1qM31WCLe3m0BV5iprNUw3Q12gWxHqJ9+qoB2KevKrEWtwod2y"
    "aijhLKf7u++lTRpxOJAsBTbDPw/4BPVWwPga4BVmAhanaD4N9OFtAXH8f/KGJ9/uHqrDg/"
    "igrOCsDzgUGAY0FWBv8dv8Owi9QKyEsWlRCJHsb/9EsVN5cfL65vxh8/5/TxbnxzIe6M5N"
    "Vl4eqL4kCfVAJ+vbx5D8RP8M+rTxdFtSXlbv45EG2CC0YsjzxacJrFJL4cX8qpGX33Ma+u"
    "g5rzkmtQczQfGy2vX8sODJi1CDp9zkVZo2mdNU3RA7nvpOe8pNGyzlp+JPQ+8KGNlCvQaq"
    "KgKLdOykBf9a6gBQQJM7tXsgIJXmWQ/0Iownfe39FSQn3JGwM9W8UJRAzar9m69hPc9Gr6"
    "eVP4mPBXpf7FUeDvjpjE4Qvv9l8uz28GEvEJtO8fIZ1aOejFHTIihStJ2fItd+QWr0AP3k"
    "mIxLuIlscUJmPI9dlAxW5Gt4a19Gam0Ep688pDwIaOA9gcMuDCexQAGDJlNkxZM3sIbOK6"
    "mFc9BRM0450KYBaAGaYBA5MlQ8BB8AEFZSJzI09QUJa/DTJ1DmQ/dSf81r8Ml6krlxkqqA"
    "T6pccqyMxEoIC7+NL3b7Ti7eV/fh4dvXr96s3x6as3vIhsaHLldQ3wl59uCqYw8omtoNUq"
    "4UzKGzQVaAYM+a04yqh8D+my41EDuux4VEmXiVt/FJb//DUDxdq/Gt+MSB8hbuTMOK5xZh"
    "yXnRlzxnyLr/fYQsFMVg4LBalOg4NmNtW6xwayYHyxUuGIu+DTVGmtnUM4I65zV862c/dD"
    "BqKUKBYL1QR7IvAkfl2znrxtep33YNqNXs9LGnpda6Jmhj1uTXTSc0HUEHI66zljIrek5M"
    "qShpQrjJWG7TRs5x6znRXjxBpA/pyvracwl0dIrWhlbpp4HnIGClo5vjWso5XtTKEGu2bt"
    "OQmQB3zemLfgcY4oAkQywQl3eQi+IJc8oCmIqg4A70jLodz0yuYIUzDHYpvqUrU7du31r9"
    "4F+2OQQl0etB3IeMWu+B95D5gSz0WhrRzfsqBtk4XHhISoGn33+ZgXcMgS7SW7WsIWWyT6"
    "ruIPStb+nYMvfoBf3198uQA0fEu+/gKX1+DT1w8fwi5mSG4dSO5sv+jCFWTltSYLsg3dPV"
    "twz9+uK+SxrNZwx43cPdSF0a4L4sUBU2fgC23d/Z5q1fSi1EOFYacW11kHOu2xNgEZG/Zh"
    "QG/qtEI4leiEsWbs0xZiXuADX7xQa0GdMsw3fLWphjkv1Qeo64i+i3/c1HPrCc/34erTX+"
    "PiRcK9GGtEZthBbYEviBnkOyAPxUbhMuhnhDgIehW4J0IFyCdcalODd3Jlu6ifXV19yKF+"
    "dlmE9evHsws+W0oV8EI4ZDnKvlIToNGp2++bZyFlIdqqOS9p/Ec6a7nOxKimkWoti+fp3s"
    "jPRndtXUYZkSfAuT8fivHCGS+c3uBuwgsXjZtrAPiceB6yOabjtMqe4pyfbJr4OvlYugaI"
    "r/ljbOkt+xxVuJej72o3Zzr15MDlz884n3bg3yx2cZWjU/EZ1Hg849JW5kNsFlJzNV6wOQ"
    "h4B/oZewAyEfES8azqCJlVAsqAl9wQ3MQByQ1YKr2PJibGuAt3Ouxr5i40PixNfFjxCKVU"
    "wgoHVkZWZ/SN90pLfDfivaoKvmk2pFQG4WiFd6aZux/I7yj0xIrNR9TF0d6qEvrVMSMV4i"
    "ZD0xNCSCSQ3l1XlVSIG5U8QSUmm9JzIOulkcFNVxQEVneNV9ditK+z9ima8dq6xXQVZY2m"
    "dda0PUd2t1xaeUnjYddazWHiM2u6QJ2zpmWEzSe9B7rmL6xKKluZuqEotr3ELi83pNR1Z2"
    "4wu5GexfdjNgGYTQA6Ok+1TjwYeUf5q9ekICwXGjbwoYqY2FZ5Cccgyh8S+0QPwY04w4Tx"
    "PiGOMAmPLwEiVT2aDuX5JjZ/OggQdPh16E0B8ZwlWHgMOwDLY0/QdxFWeac+bWXTj2sZXh"
    "ot1FaFiZbQFSs8qYCagNGQrwV/Bgc2cX3e+zgIByZmVB8nMP8yVKmOqt0yiYDOfoKOfpn1"
    "n9VgfOzGx/4MfezGF7nlDi9XD+3POspJ9e5MqfUP53xhhilfBVkLitsAXZTTuV93BHv0sm"
    "m8aG3AaGlbA0VsQTlUpB3eGaE+RC1uB+vQxLCEuVFGuzpKtCDWB7y3HSVqMo6uQH0jexPa"
    "ct6G7K4ku/cgIfy+QNnN62bcbfvhLnAQDJAlybu2Ki6IGj3rrGeN9r3pZjj0Sc3Gyfss1G"
    "ySlj8PPe846cT+aLZFlgSKIt9h0BLWkqBB1uSfMFtPdg7uJvJPpN/6GjDukIJCz/FhJdKl"
    "IbIiT4I2qT72FOeaTB87T0ZB0RR5DEN1vv307rB281S+XKPMEw+Iiq1CgMxkPvxogxIj98"
    "j7Jb4ZAEgR4M9FXMHRdqY5vpujgAEJacUxrmuq+5v3zbsVaURuxTapT6KqKCV/WJeoX/yI"
    "s2FgFiBnNgQcHhTtrRK3RZqVgwCQRy8Uq86TwYskkeFRM00KDG13P2W11RT2rIxZOBVWpH"
    "GXL+FZ6QjISJizYVVnw4bOVTnsdHDKJnK92HKwdbesPiSungunXpA+hsN9Fmo2CWVNQlnN"
    "0TSEniH0dKQ/TELZndNM5+Pr8/G7C5NP9gnwVuWTTbDdDYN38YDUOWTDG8M63g4lRVZSdt"
    "fERUzwNYDNIQNzSZxJUg1AECwmv/M+cAhu+UiKhcgtIHTKjXNgE9fFTAQsyocFMgQRB+AO"
    "859gspQMGUUOVByeuaVntox4XH0opnyqtfC8hTtBNDyKpS7OMX4BcyymfiRfrJsy7Gf4rp"
    "KXykp1IqaKY+RuA2NCVup/RqPj49ejl8enb05evX598uZlQk+Vb9XxVGeXfxVU1TBry5W5"
    "KwlYCfXqsI24fC+4qk3HIkWjZ0tLIS9l7ISiOctvtzVnUxFjzhYy4ERHS7cDNC9lMM1jSm"
    "x7QWkntrIgauhKrelKwwUZLkhHI1rrvEKXU+T6hCHPXnKtDRQ2daHEsM64xmlZ6z4qvNLM"
    "/nUuj1SxoeMgCmBwj0TCHhu9DfenwGAuNp1gbtNiz18wadmKO9LUsqE0u6SxbPOGh0XLdv"
    "WmHrL67BeBg9nQoqutG/XSpgZXVLyH9tbo5KRJhPzJSXWAvLhX3MnO35Sv9tvm2SjK9RDv"
    "DaROSoeqthZZSdKsgfY6N+k2mTJjQhgTwpgQz9iE+IimGI6DACldcpm7taaDK8pZMCnYIA"
    "vpDDso3o/u4AmFdHkIxF74cKFOXBSAGSUuX8wDPggI15Vwic0Qs+d8+T9ZcoNAIMsNgse5"
    "qAsz4FPkQ15SlYZ0489b7ZUzhoMuhoPJ2LfljH2E4jus8ElWWxGphM4gd7QfNpASkSwon2"
    "EWVJFnpWbbfE7KpDJrv2deTCtW28Mec0J97N6bOPHR5QaW1dbHnhPqQ/8u5LJtBPRRDdBH"
    "ZaAnS4asAP9HAXTdFpKc2Fr2kOwa6p3sInnEU9YmtVxSvkeQry2cbM6t0bmC9KlEMxUwcC"
    "qi8+ZwdHLaZvxNJfo3+K6fBIYOsxhfrLVZwmVl+oDx1oMe1bloqwGvykVr0G6A9n4x8dqo"
    "wlDxhoo3VHzvqXgRfTFQ0vDyzrCegk/KNGDffUQD4h0EwHc4GgB7EbstwVHR56sFVm+mWQ"
    "T8stlNoyspTonTiluJy/eRwFo7P/s7wV6ndU9O0GTW0HnVI8a3lguejIhZ65j0AGYRuXtw"
    "N5EeQK58no7u16iangKbGQy1Wph/5p/TQLEsl9drF+V+XKLZPnpxHi7koxO4lRtqZBZHKE"
    "83EjtXbn98G8gtNhyjb1xGDGRD8C1hAMU18RcQGr7B7VCs02WMecWe+g0/cPWWmN9KX5OI"
    "Vjc2gS42QVs2+klMtKbj1tbIUQd7923AjssbIro91nK8K4NdfQRdIvCkI+j2qItv5Ay6mM"
    "WftArcyUv1YmzZ/NmtD7hlbtqsyPaS0x5tCuA1+76N56rT2L13HI4/7ajmvKRRs9ZqNtyS"
    "4ZZ0pEC0dlB+TiNNByo6JHN7WMuKFAo2On5D9DuRSE8cahHlzAnD/yl5jA+u+J1M1OdrNB"
    "WWB2iEZ8tKLuRxjrw07seFS+AJvsN2IHYBZpLuQA+ILsNL4gWBCLtAh+BWnvl7CygOEK8I"
    "szlA0J5HsiJDwQzx7h5888IKHC5FwSPFLApTgtFzRMJAsTQji8AKQzqipvECMpgJinej0I"
    "ty8jloxhsWkLAKCALEfn7kjYjqtiF/R3GQDp3KjAlzbrgQ/nzRQrJggC9WpiKD4QzToDJL"
    "QiMWZwh+S9JFyR/5VEfh1VymwuhUX1F7TbbCbMAzl5Bda1mdrDDEDFx+Ai8OAhHLtXDQ9G"
    "AIDvhLLcL/KGJ0yV9a/O9TYosH818/hSRupoHZM2lbtFKKrcyqmG1oGFkWNykhkhRNyoDa"
    "okWx1GQRLDfeLvFFJuc1d2vnlvXcDdR5tGJo0Mo/gwNR+mBNT+bjmpVqo3kbMhpcoUCfj0"
    "8zQl0r80U3bt2jF1gxFV7XsOJDZH7RqxuTY1QzVjjWk5rDWR1AmZXXmc3JNXT3e0iQ94Ap"
    "8VykSjTeDPlCFVqDX2hr69io0yahUUUjNBMZdVqKsTRRw9vt8IV1b+fhplyNxi6TpLlAJ1"
    "VwsyBQscnNNJBKa93302buHnDjeTWe115ibTyvO/G8cmtu6iDFHFoNfEbEQP8E6BM2ooNX"
    "qShrdoDr7FZKaa42Ok6ljHZ11q5k9MvKrdxQkZTf3m6KlxtS47p3U2SJ9JZfS0HUfDI6fz"
    "KOIHKlxhQrj8oPpyBlPp/i5zOD2FnQVphmRQygRUAhY8j1mVVximMlqiU5A20R2ooEG9Vm"
    "R1WCjXZGx/4M6huxOUr+upICqrfbqmT7wHQUcuY3yp02qsmdNirnTvMRdWFbNikn1Aegt0"
    "0pRT7VTgZ2UdasJ3VeT5pd2M9CzWYX9rNQ845PTNwj1e7DoZ79hNNECphIgT2OFCiODGtA"
    "N0570FNgM4NhA0yjyWgNsJ6nNfUU2fzErWtoy2dI1dk+CkWGDUNcLD8u3SzOBSM7OpRGHm"
    "EZcTFgTvh7hEErMpoFswA5s2EUN8LmIm4DiEcFyfGXMoRDHG0jtlBWBMZs8mnKjICF4J97"
    "3mcHcdc1yQG13fId66kphxiX78V2tE3v9Qs7fwndSq9DUn573oZNortmh0NCX3dkvQ3hbQ"
    "hvQ3gbwlsLisycC7w9CqKwNH2qmZyvbT8BXm0tl3qZVnbdFzTj6p+Pw20aA4VZVygxrLPq"
    "aFjWgpnCDZKtM3KPPBAJh8bWI5ThPZT3h7eA/3aFkSWzE0DHAXwZEiYLeEBURNeKhAAwrE"
    "aVm33t9ZujTPUas4Y1hpnUmjWHgWJnavViNy/VQyNt/RnVyIKJU4LboJwR6cMqd+NnmIYD"
    "VpcoiZyk8fpqvaSdYa+r7VIQNaaLznq2KZoij2HY2sFfFDSGi3FKG6f07sHdhFM6/djX4U"
    "PNVdZTkEvDYw7l8/H1+fjdxa4M7mveEFsazJ+h5PVLBnehxLDO4A6SspYfF25gcIuKxaEE"
    "0JZxGUkmPN6XfhYHFMxm3O5VWdLNBZW+zUgs69dMvArRPSs+38AY0xoa09VeztU5TvbB45"
    "k0cvfGnurDUCK/wluXF9cZ/I529tHoTZNEVqM31ZmsxL08+vJvC7jj8j3E97iRW/S4xi16"
    "XHaLhqkz2iCcSvSPKtqI5xk+8FGcWguqWDjWHJeek+oD1Fv3PVMyw3xB1hL4gphBvrPXX4"
    "JRQv6MEAdBr9bnH0sWwJ9w0T0cxmvgP7u6+pCD/+yyiO/Xj2cXfNqUuuCFcGg9KXYTUcJf"
    "X5HqtLarxyKmm3dLxob4k0ib6TMn1AfUt7AI5MYRVm92qNx5mBUxmw8Vw0WAkNfFgZWKGe"
    "+V1l6NOnO1mpuptVKfJ+1u/BnGn6E71d7Bn5HhgJ/qzCCeh2yO6Titsqc454dHnfwZN8nB"
    "OgOFLyNzd1jnx2D5cg1cGCJW7g6FG/MyeywP4qzgh2Ds+4hrdRqeLSQisEKZIZAnCgHoME"
    "TRVOXmWG/lTc4HKm8TNec86+T4mKAZH566uj5SaY0tr8GMElernPpwxj+irpgnwjpT8gNG"
    "tELcnGKw7S5uM1Xyv2oeJxHQGWJt9iTvQUbiPeJu2tM2hrHZA8bGhNBtj2AwIXS9C6H7Gk"
    "ibrmT7yuvDOqt3EZdoYO/6iPJFyyG45h1EHD+LPZFKBAVhxpFfgIvcCS8CfMKBBNzMRCrD"
    "tmMtJt5NrwFmWGOpmp1Lm91Wg1yoOpOhGuBEYD0Ir+7Q29sZNmq0M2xUszNsVMLXZLDt7a"
    "KztC7azYSdOmYUs3bOa1M9deccRavn75s5Agx50GNvAXnknU5wy3bsv4i30wdDmUwsTBkm"
    "T3Urz+FPqsnM42Ye34uRbgvzuJgDrP8QrxXIOaHtIT34enO+qd67aQrOzOdmPt/sfD5GFN"
    "tz1WQe3amdyWFaZtU0Xq3YNU+s1YkNVfOqgpyOJkd97Yi1MNPVk2eUt6fN0J4R6eMUenLS"
    "ZAo9OameQsW9gj+Af1QtEI6K9xDdo0YLlKOaBcpReYHCn8gX+opZs/pksIyIOZC45eFgO5"
    "3M/vgvlCp7iA=="
)

"""Enums of the middle as GraphQL enums, and those that every noun shares.

The wire has the members' names; a member without a description stops the import.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any, cast

import strawberry

from platforms.base import ChannelKind, Environment, Platform
from publishing.records import Scope


def expose(enum: type[Enum], *, description: str, values: Mapping[str, str], name: str | None = None) -> None:
    """Make an enum of the middle a GraphQL enum; `values` describes each member by its name."""
    strawberry.enum(enum, name=name, description=description)
    definition = cast("Any", enum).__strawberry_definition__
    for value in definition.values:
        value.description = values[value.name]


expose(
    Platform,
    description="The social networks this server can publish to.",
    values={
        "FACEBOOK": "Facebook Pages, through the Meta Graph API.",
        "INSTAGRAM": "Instagram professional accounts, through the Meta Graph API.",
        "LINKEDIN": "LinkedIn: members and organisation Pages.",
        "LINKEDIN_PAGES": "The sign-in for LinkedIn's organisation Pages, by an app of its own; what it finds are "
        "channels of LINKEDIN.",
        "X": "X, formerly Twitter.",
        "BLUESKY": "Bluesky accounts on any AT Protocol server.",
    },
)
expose(
    Environment,
    description="Whether something talks to a real platform or to the built-in sandbox platform.",
    values={
        "LIVE": "The real platform: a publication is visible to the public.",
        "SANDBOX": "The bundled imitation of the platform: nothing leaves this server.",
    },
)
expose(
    ChannelKind,
    description="What a channel is.",
    values={
        "FACEBOOK_PAGE": "A Facebook Page.",
        "INSTAGRAM_ACCOUNT": "An Instagram business or creator account.",
        "LINKEDIN_MEMBER": "A LinkedIn member's own profile.",
        "LINKEDIN_ORGANIZATION": "A LinkedIn organisation Page.",
        "X_ACCOUNT": "An X account.",
        "BLUESKY_ACCOUNT": "A Bluesky account.",
    },
)
expose(
    Scope,
    description="Permissions of a key. On the wire a scope is written in lower case with a colon, such as "
    "`posts:write`.",
    values={
        "WORKSPACE_READ": "Read the workspace, its members and its usage.",
        "WORKSPACE_ADMIN": "Change the workspace, its members and its keys.",
        "ACCOUNTS_READ": "See connected accounts and channels.",
        "ACCOUNTS_MANAGE": "Connect, select, reconnect and disconnect accounts.",
        "POSTS_READ": "See posts, publications and events.",
        "POSTS_WRITE": "Compose and change drafts.",
        "POSTS_PUBLISH": "Publish, schedule, cancel, retry and delete on platforms.",
        "MEDIA_READ": "See the media library.",
        "MEDIA_WRITE": "Add to and change the media library.",
        "ANALYTICS_READ": "Read metrics.",
        "WEBHOOKS_MANAGE": "Manage webhook endpoints and replay deliveries.",
        "AUDIT_READ": "Read the audit log.",
    },
)

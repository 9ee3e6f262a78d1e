"""Rules that content can break, and the issues that say so."""

from collections.abc import Iterable
from enum import StrEnum

import strawberry

from api.enums import expose
from publishing.errors import Issue, Rule

expose(
    Rule,
    name="ValidationRule",
    description="The rules.",
    values={
        "TEXT_TOO_LONG": "Text longer than the platform allows.",
        "CONTENT_EMPTY": "Neither text nor media.",
        "TEXT_UNSUPPORTED_CHARACTERS": "Characters the platform does not take.",
        "TOO_MANY_HASHTAGS": "More hashtags than allowed.",
        "TOO_MANY_MENTIONS": "More mentions of accounts than allowed.",
        "MEDIA_REQUIRED": "The platform requires an image. The usual case is Instagram.",
        "TOO_MANY_MEDIA": "More images than allowed.",
        "MEDIA_TYPE_UNSUPPORTED": "A file type the platform does not take.",
        "MEDIA_TOO_LARGE": "A file that is too large.",
        "MEDIA_ASPECT_RATIO": "An image too narrow or too wide.",
        "LINK_AND_MEDIA": "A link and media together where only one is shown.",
        "LINK_INVALID": "A link that is no absolute http or https address.",
        "ALT_TEXT_TOO_LONG": "Alternative text longer than the platform allows.",
        "CHANNEL_NEEDS_RECONNECT": "The channel's sign-in has to be renewed.",
    },
)


class IssueSeverity(StrEnum):
    """Whether an issue stops the post."""

    ERROR = "error"
    WARNING = "warning"


expose(
    IssueSeverity,
    description="How bad an issue is.",
    values={"ERROR": "The platform would refuse it.", "WARNING": "It would be published, and not as hoped."},
)


@strawberry.type(description="One thing that is wrong or worth knowing.")
class ValidationIssue:
    rule: Rule = strawberry.field(description="Stable code of the rule.")
    severity: IssueSeverity = strawberry.field(description="How bad it is.")
    message: str = strawberry.field(description="One sentence for a person.")
    path: list[str] = strawberry.field(description="Where in the input.")
    limit: float | None = strawberry.field(description="The rule's number, such as the longest text.")
    actual: float | None = strawberry.field(description="What was found instead.")


def issues_of(issues: Iterable[Issue], severity: IssueSeverity) -> list[ValidationIssue]:
    """Map issues of one severity."""
    return [
        ValidationIssue(
            rule=issue.rule,
            severity=severity,
            message=issue.message,
            path=list(issue.path),
            limit=issue.limit,
            actual=issue.actual,
        )
        for issue in issues
    ]

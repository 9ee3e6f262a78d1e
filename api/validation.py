"""Rules that content can break, and the issues that say so."""

from collections.abc import Iterable
from enum import StrEnum

import strawberry

from api.enums import expose
from platforms.issues import Fix, Issue, Rule

expose(
    Rule,
    name="ValidationRule",
    description="The rules.",
    values={
        "TEXT_TOO_LONG": "Text longer than the platform allows.",
        "CONTENT_EMPTY": "Neither text nor media.",
        "TEXT_UNSUPPORTED_CHARACTERS": "Characters the platform does not take.",
        "TEXT_UNSUPPORTED": "A text where the kind of post has none, such as a story.",
        "TEXT_DUPLICATE": "Text that the platform takes for a duplicate of a recent post.",
        "TOO_MANY_HASHTAGS": "More hashtags than allowed.",
        "TOO_MANY_MENTIONS": "More mentions of accounts than allowed.",
        "MEDIA_REQUIRED": "The platform requires an image or video. The usual case is Instagram.",
        "TOO_FEW_MEDIA": "Fewer images or videos than needed, such as one in a carousel.",
        "TOO_MANY_MEDIA": "More images or videos than allowed.",
        "MEDIA_MIX_NOT_ALLOWED": "Images and videos together where that is not allowed.",
        "MEDIA_TYPE_UNSUPPORTED": "A file type the platform does not take.",
        "MEDIA_TOO_LARGE": "A file that is too large.",
        "MEDIA_DIMENSIONS": "An image or video that is too small or too large in pixels.",
        "MEDIA_ASPECT_RATIO": "An image or video too narrow or too wide.",
        "VIDEO_DURATION": "A video that is too short or too long.",
        "VIDEO_FORMAT": "A codec or frame rate the platform does not take.",
        "LINK_AND_MEDIA": "A link and media together where only one is shown.",
        "LINK_INVALID": "A link that is no absolute http or https address.",
        "ALT_TEXT_TOO_LONG": "Alternative text longer than the platform allows.",
        "ALT_TEXT_UNSUPPORTED": "Alternative text where the kind of post has none.",
        "TAG_OUTSIDE_MEDIA": "An account tagged outside the picture.",
        "TAG_INVALID": "A tag without a handle, a place or a file.",
        "TOO_MANY_TAGS": "More tagged accounts than allowed.",
        "TOO_MANY_COLLABORATORS": "More collaborators than allowed.",
        "OPTION_UNSUPPORTED": "An option that does not go with the kind of post.",
        "BACKDATE_UNSUPPORTED": "A date in the past, which no post is given here.",
        "FIRST_COMMENT_UNSUPPORTED": "A first comment is not supported here.",
        "THREAD_UNSUPPORTED": "Threads are not supported here.",
        "THREAD_TOO_LONG": "More parts of a thread than allowed.",
        "PLATFORM_CHARGES": "The platform charges the app for it. A warning: nothing is refused for it.",
        "TOO_MANY_PAGES": "A document has more pages than the platform takes.",
        "CHANNEL_NEEDS_RECONNECT": "The channel's sign-in has to be renewed: it lacks a permission that this needs.",
    },
)

_FIXES = {
    "TRUNCATE_TEXT": "Cut the text at a word and add an ellipsis.",
    "DROP_EXTRA_HASHTAGS": "Drop hashtags beyond the limit.",
    "CONVERT_MEDIA": "Convert the file to a type or size that is taken.",
    "CROP_MEDIA": "Crop to an allowed shape.",
    "COMPRESS_MEDIA": "Make the file smaller.",
    "DROP_LINK_PREVIEW": "Leave out the link preview.",
    "DROP_EXTRA_MEDIA": "Leave out the files beyond the limit.",
    "TRIM_VIDEO": "Cut the video to an allowed length.",
    "MOVE_TAG": "Move the tag into the picture.",
    "DROP_OPTION": "Leave the option out.",
    "RECONNECT_CHANNEL": "Have a person sign in again.",
}
expose(Fix, name="FixKind", description="Ways to put an issue right.", values=_FIXES)


class IssueSeverity(StrEnum):
    """Whether an issue stops the post."""

    ERROR = "error"
    WARNING = "warning"


expose(
    IssueSeverity,
    description="How bad an issue is.",
    values={"ERROR": "The platform would refuse it.", "WARNING": "It would be published, and not as hoped."},
)


@strawberry.type(description="A way to put an issue right.")
class SuggestedFix:
    kind: Fix = strawberry.field(description="What would be done.")
    description: str = strawberry.field(description="The same in one sentence.")


@strawberry.type(description="One thing that is wrong or worth knowing.")
class ValidationIssue:
    rule: Rule = strawberry.field(description="Stable code of the rule.")
    severity: IssueSeverity = strawberry.field(description="How bad it is.")
    message: str = strawberry.field(description="One sentence for a person.")
    path: list[str] = strawberry.field(description="Where in the input.")
    limit: float | None = strawberry.field(description="The rule's number, such as the longest text.")
    actual: float | None = strawberry.field(description="What was found instead.")
    fixes: list[SuggestedFix] = strawberry.field(description="Ways to put it right.")


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
            fixes=[SuggestedFix(kind=issue.fix, description=_FIXES[issue.fix.name])] if issue.fix else [],
        )
        for issue in issues
    ]

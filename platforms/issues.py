"""What content can break: rules with their numbers, and ways to put it right. Found before any call to a platform."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """Rules that content can break; the same words as the API's `ValidationRule`."""

    TEXT_TOO_LONG = "text_too_long"
    CONTENT_EMPTY = "content_empty"
    TEXT_UNSUPPORTED_CHARACTERS = "text_unsupported_characters"
    TEXT_UNSUPPORTED = "text_unsupported"
    TEXT_DUPLICATE = "text_duplicate"
    TOO_MANY_HASHTAGS = "too_many_hashtags"
    TOO_MANY_MENTIONS = "too_many_mentions"
    MEDIA_REQUIRED = "media_required"
    TOO_FEW_MEDIA = "too_few_media"
    TOO_MANY_MEDIA = "too_many_media"
    MEDIA_MIX_NOT_ALLOWED = "media_mix_not_allowed"
    MEDIA_TYPE_UNSUPPORTED = "media_type_unsupported"
    MEDIA_TOO_LARGE = "media_too_large"
    MEDIA_DIMENSIONS = "media_dimensions"
    MEDIA_ASPECT_RATIO = "media_aspect_ratio"
    VIDEO_DURATION = "video_duration"
    VIDEO_FORMAT = "video_format"
    TOO_MANY_PAGES = "too_many_pages"
    LINK_AND_MEDIA = "link_and_media"
    LINK_INVALID = "link_invalid"
    ALT_TEXT_TOO_LONG = "alt_text_too_long"
    ALT_TEXT_UNSUPPORTED = "alt_text_unsupported"
    TAG_OUTSIDE_MEDIA = "tag_outside_media"
    TAG_INVALID = "tag_invalid"
    TOO_MANY_TAGS = "too_many_tags"
    TOO_MANY_COLLABORATORS = "too_many_collaborators"
    OPTION_UNSUPPORTED = "option_unsupported"
    BACKDATE_UNSUPPORTED = "backdate_unsupported"
    FIRST_COMMENT_UNSUPPORTED = "first_comment_unsupported"
    THREAD_UNSUPPORTED = "thread_unsupported"
    THREAD_TOO_LONG = "thread_too_long"
    PLATFORM_CHARGES = "platform_charges"
    CHANNEL_NEEDS_RECONNECT = "channel_needs_reconnect"


class Fix(StrEnum):
    """Ways to put an issue right; the same words as the API's `FixKind`."""

    TRUNCATE_TEXT = "truncate_text"
    DROP_EXTRA_HASHTAGS = "drop_extra_hashtags"
    CONVERT_MEDIA = "convert_media"
    CROP_MEDIA = "crop_media"
    COMPRESS_MEDIA = "compress_media"
    DROP_LINK_PREVIEW = "drop_link_preview"
    DROP_EXTRA_MEDIA = "drop_extra_media"
    TRIM_VIDEO = "trim_video"
    MOVE_TAG = "move_tag"
    DROP_OPTION = "drop_option"
    RECONNECT_CHANNEL = "reconnect_channel"


@dataclass(frozen=True, slots=True)
class Issue:
    """One broken rule: where in the input, the rule's number, what was found instead, and how to put it right."""

    rule: Rule
    message: str
    path: tuple[str, ...] = ()
    limit: float | None = None
    actual: float | None = None
    fix: Fix | None = None

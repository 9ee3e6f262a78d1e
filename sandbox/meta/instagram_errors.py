"""Instagram's errors while something is made, processed, published or deleted, row by row.

Sources: content publishing "error codes" on developers.facebook.com, 2026-06-02, complete; `message` strings where
answers were recorded. The rows of `FIELD` are in no table of Meta's: publishing tools met them; where nobody told the
code, -1 or 100 is assumed.
"""

from dataclasses import dataclass
from typing import Literal

from sandbox.meta.errors import GraphError

Step = Literal["create", "status", "publish", "delete"]
"""POST /media · the container's status afterwards · POST /media_publish · DELETE of a media."""
FORBIDDEN = 403


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row of the table.

    Attributes:
        code: Meta's error code.
        step: Where the platform gives it.
        message: The English `message`.
        title: `error_user_title`.
        user_message: `error_user_msg`.
        transient: `is_transient`.
        subcode: `error_subcode`, where there is one.
        status: HTTP status.
    """

    code: int
    step: Step
    message: str
    title: str | None = None
    user_message: str | None = None
    transient: bool = False
    subcode: int | None = None
    status: int = 400

    @property
    def name(self) -> str:
        """The row's name: `9004/2207052`, `200`."""
        return str(self.code) if self.subcode is None else f"{self.code}/{self.subcode}"

    def error(self, detail: str | None = None) -> GraphError:
        """Return the refusal, with a user message that says more than the table's where one is given."""
        return GraphError(
            self.code,
            self.message,
            subcode=self.subcode,
            title=self.title,
            user_message=detail or self.user_message,
            transient=self.transient,
            status=self.status,
        )


_BAD_URI = "Media download has failed. The media URI doesn't meet our requirements."
_TAGS = "Product tags"
_FATAL = "Fatal"


def _row(  # noqa: PLR0917 - a row of a table
    subcode: int, code: int, step: Step, message: str, title: str, told: str, *, transient: bool = False
) -> Refusal:
    return Refusal(code, step, message, title, told, transient, subcode)


DOCUMENTED = (
    _row(
        2207003,
        -2,
        "status",
        "Timeout",
        "Timeout downloading media",
        "It takes too long to download the media.",
        transient=True,
    ),
    _row(2207020, -2, "publish", "Media expired", "Media expired", "The media has expired. Please upload it again."),
    _row(
        2207001, -1, "publish", _FATAL, "Instagram server error", "Instagram server error. Try again.", transient=True
    ),
    _row(
        2207032,
        -1,
        "status",
        "Create media fail",
        "Create media fail",
        "Create media fail, please try to re-create media.",
    ),
    _row(2207053, -1, "status", "Unknown upload error", "Unknown upload error", "The upload of the video failed."),
    _row(
        2207057,
        1,
        "status",
        "Invalid thumbnail offset",
        "Invalid thumbnail offset",
        "The thumb offset is out of range.",
    ),
    _row(
        2207051,
        4,
        "publish",
        "Application request limit reached",
        "Action is blocked",
        "We restrict certain activity to protect our community. Tell us if you think we made a mistake.",
    ),
    _row(
        2207042,
        9,
        "publish",
        "Application request limit reached",
        "Reached the limit",
        "You reached maximum number of posts that is allowed to be published by Content Publishing API.",
    ),
    _row(
        2207006, 24, "publish", "The requested resource does not exist", "Media not found", "The media cannot be found."
    ),
    _row(
        2207008,
        24,
        "publish",
        "The requested resource does not exist",
        "Media builder does not exist",
        "The media builder with this creation id does not exist or has expired.",
        transient=True,
    ),
    _row(
        2207050,
        25,
        "create",
        "The account is restricted",
        "Account restricted",
        "The Instagram account is restricted, inactive or checkpointed.",
    ),
    _row(
        2207023, 100, "create", "The media type is unknown.", "Unknown media type", "The media type is not supported."
    ),
    _row(
        2207028,
        100,
        "create",
        "Invalid number of children",
        "Carousel items",
        "A carousel has between 2 and 10 photos and videos.",
    ),
    _row(2207035, 100, "create", "Invalid parameter", _TAGS, "Positions of product tags are not for videos."),
    _row(2207036, 100, "create", "Invalid parameter", _TAGS, "Positions of product tags are required for photos."),
    _row(2207037, 100, "create", "Invalid parameter", _TAGS, "Not all product tags could be added."),
    _row(
        2207040,
        100,
        "create",
        "Cannot use more than the allowed number of tags",
        "Too many tags",
        "Too many tags in the caption or on the media.",
    ),
    _row(
        2207026,
        352,
        "status",
        "The video format is not supported",
        "Unsupported video format",
        "The video format is not supported. Please check spec for supported format.",
    ),
    _row(2207052, 9004, "create", "Only photo or video can be accepted as media type.", _BAD_URI, _BAD_URI),
    _row(
        2207027,
        9007,
        "publish",
        "Media ID is not available",
        "The media is not ready",
        "The media is not ready for publishing, please wait for a moment",
    ),
    _row(
        2207004,
        36000,
        "create",
        "The image size is too large.",
        "Image size too large",
        "The image is too large to download. 8 MiB max.",
    ),
    _row(
        2207005,
        36001,
        "create",
        "The image format is not supported.",
        "Unsupported format",
        "Supported formats: JPEG.",
    ),
    _row(
        2207009,
        36003,
        "create",
        "The aspect ratio is not supported.",
        "Invalid aspect ratio",
        "The submitted image has an aspect ratio outside of 4:5 to 1.91:1.",
    ),
    _row(
        2207010,
        36004,
        "create",
        "The caption was too long.",
        "Caption too long",
        "The caption has at most 2200 characters.",
    ),
    Refusal(
        200,
        "create",
        "(#200) The calling app is missing the ads_management or ads_read permission, one of which is required because "
        "the role on the Page was granted through Business Manager",
        status=FORBIDDEN,
    ),
)
FIELD = (
    _row(
        2207013,
        110,
        "create",
        "Invalid user id",
        "Not a professional account",
        "The Instagram account is neither a business's nor a creator's.",
    ),
    _row(
        2207067,
        100,
        "create",
        "Invalid parameter",
        "Unsupported media type",
        "The VIDEO value for media_type is no longer supported. Use the REELS media_type to publish a video.",
    ),
    _row(
        2207089,
        100,
        "publish",
        "Invalid parameter",
        "Carousel item cannot be published standalone",
        "Media created with media_type=VIDEO is a carousel item and cannot be published as a standalone post.",
    ),
    _row(2207081, 100, "create", "Invalid parameter", "No trial reels", "This account does not have trial reels."),
    _row(2207082, -1, "status", _FATAL, "Media upload has failed", "Media upload has failed.", transient=True),
    _row(2207085, -1, "status", _FATAL, "Cannot process video", "The video cannot be processed."),
    _row(2207077, -1, "status", _FATAL, "Video download failed", "The video could not be downloaded."),
    _row(2207073, 100, "delete", "Invalid parameter", "Cannot delete", "Media of this type cannot be deleted."),
    Refusal(9009, "create", "The Instagram user is not available"),
)
REFUSALS: dict[str, Refusal] = {row.name: row for row in (*DOCUMENTED, *FIELD)}
_BY_SUBCODE = {row.subcode: row for row in REFUSALS.values()}


def publishing_error(subcode: int, detail: str | None = None) -> GraphError:
    """Return the error with this subcode.

    Args:
        subcode: 22070xx.
        detail: A user message that says more than the table's.
    """
    return _BY_SUBCODE[subcode].error(detail)

"""Meta's numbers and names as data, with where they stand. Pages on developers.facebook.com unless another is named."""

APP_ID = "100000000000001"
APP_SECRET = "sandbox-app-secret"  # noqa: S105 - the sandbox's published constant, not a secret
APP_NAME = "Sandbox app"

OLDEST_VERSION = (21, 0)  # changelog, 2026-11-22: v20 ended on 2026-09-24; calls to it are served by v21
CURRENT_VERSION = (26, 0)  # changelog, 2026-11-22: v26.0 since 2026-07-29

CODE_SECONDS = 600  # "manually build a login flow": codes are short-lived; ten minutes is what was observed
SHORT_TOKEN_SECONDS = 3600  # access tokens guide: "about an hour or two"
LONG_TOKEN_SECONDS = 5_183_944  # long-lived tokens guide: about 60 days, the number its example answers
DATA_ACCESS_SECONDS = 90 * 86_400  # auth-vs-data guide, copy of 2026-09-11

PERMISSIONS = frozenset(  # permissions reference, 2026-11-22
    {
        "public_profile",
        "email",
        "pages_show_list",
        "pages_read_engagement",
        "pages_manage_posts",
        "pages_manage_engagement",
        "pages_manage_metadata",
        "pages_read_user_content",
        "read_insights",
        "business_management",
        "instagram_basic",
        "instagram_content_publish",
        "instagram_manage_comments",
        "instagram_manage_insights",
        "instagram_manage_contents",
        "ads_management",
        "ads_read",
    }
)
ALWAYS_GRANTED = "public_profile"

ALL_TASKS = ("ANALYZE", "ADVERTISE", "MESSAGING", "MODERATE", "CREATE_CONTENT", "MANAGE")
PUBLISHING_TASKS = frozenset(  # Page user roles; New Pages variants from the specification in SDK v26.0
    {"CREATE_CONTENT", "MANAGE", "PROFILE_PLUS_CREATE_CONTENT", "PROFILE_PLUS_FULL_CONTROL"}
)

MAX_PAGE_SIZE = 100  # Page feed reference: limit is 100 at most
DEFAULT_PAGE_SIZE = 25

MESSAGE_MAX_CHARACTERS = 63_206  # not in the documentation that was read; what publishing tools enforce
LINK_SHIM = "https://l.facebook.com/l.php"  # what `url` of a share attachment shows; `unshimmed_url` is the plain one
ATTACHED_MEDIA_MAX = 10  # not documented; what publishing tools enforce
TEMPORARY_PHOTO_SECONDS = 86_400  # a life of about a day is assumed; the reference names only the parameter
PHOTO_MAX_BYTES = 10 * 1024 * 1024  # Page photos reference: less than 10 MB
PHOTO_FORMATS = frozenset({"JPEG", "MPO", "BMP", "PNG", "GIF", "TIFF"})  # Page photos reference

SCHEDULE_MIN_SECONDS = 600  # Page posts guide: 10 minutes to 30 days ahead
SCHEDULE_MAX_SECONDS = 30 * 86_400
LONGEST_UNIX_TIME = 12
UNPUBLISHED_CONTENT_TYPES = frozenset(  # specification in SDK v26.0
    {
        "ADS_POST",
        "DRAFT",
        "INLINE_CREATED",
        "PUBLISHED",
        "PUBLISH_PENDING",
        "REVIEWABLE_BRANDED_CONTENT",
        "SCHEDULED",
        "SCHEDULED_RECURRING",
    }
)

UPLOAD_HOST = "video-upload"  # Reels publishing guide, 2026-07-30: rupload.facebook.com/video-upload/{version}/{video}
CHUNK_BYTES = 4 * 1024 * 1024  # the platform chooses; it documents no size
REELS_PER_DAY = 30  # Reels publishing guide, 2026-07-30
REEL_SECONDS = (3.0, 90.0)  # the same; errors 1363127, 1363128, 1363129 and 1363040 too
REEL_MIN_SIZE = (540, 960)
REEL_FRAME_RATES = (23.0, 60.0)  # 24 to 60; film is shot at 23.976
REEL_RATIOS = (9 / 16, 16 / 9)
STORY_MAX_SECONDS = 60.0  # the same: what is published as a story is not longer
STORY_LIFE_SECONDS = 86_400
COMMENT_MAX_CHARACTERS = 8_000  # not documented; what Facebook's own pages enforce
BATCH_MAX = 50  # batch requests guide: 50 requests

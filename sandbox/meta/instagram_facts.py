"""Instagram's numbers as data, with where they stand: pages on developers.facebook.com."""

IMAGE_MAX_BYTES = 8 * 1024 * 1024  # content publishing error codes, 2026-06-02: 36000
IMAGE_FORMATS = frozenset({"JPEG"})  # IG user media reference, 2026-09-28: JPEG only, no MPO or JPS
IMAGE_MIN_RATIO = 4 / 5  # the same: 36003
IMAGE_MAX_RATIO = 1.91
RATIO_TOLERANCE = 0.01  # 1080 by 566 and 1079 by 1349 are accepted as 1.91:1 and 4:5
CAPTION_MAX_CHARACTERS = 2_200  # the same: 36004
CAPTION_MAX_HASHTAGS = 30
CAPTION_MAX_MENTIONS = 20
ALT_TEXT_MAX_CHARACTERS = 1_000
CAROUSEL_MIN_ITEMS = 2
CAROUSEL_MAX_ITEMS = 10
CONTAINER_SECONDS = 86_400  # content publishing guide: containers expire after 24 hours
CONTAINERS_PER_DAY = 400  # content publishing guide: 400 containers in a rolling 24 hours
QUOTA_SECONDS = 86_400  # IG user content_publishing_limit reference: quota_duration
USER_TAGS_MAX = 20  # content publishing error codes: 2207040 names the number
COLLABORATORS_MAX = 3  # IG user media reference
COMMENT_MAX_CHARACTERS = 2_200  # not in the documentation that was read; what publishing tools enforce
STORY_SECONDS = 86_400  # IG user stories reference: only what was made in the last 24 hours

VIDEO_CODECS = frozenset({"avc1", "avc3", "hvc1", "hev1"})  # IG user media reference: H264 and HEVC
VIDEO_MIN_SECONDS = 3
VIDEO_MAX_WIDTH = 1_920
VIDEO_MIN_FRAME_RATE, VIDEO_MAX_FRAME_RATE = 23, 60
FRAME_RATE_TOLERANCE = 0.1  # 23.976 and 59.94 are what cameras make
REEL_MAX_SECONDS, REEL_MAX_BYTES = 15 * 60, 300 * 1024 * 1024
REEL_MIN_RATIO, REEL_MAX_RATIO = 0.01, 10.0
STORY_MAX_SECONDS, STORY_MAX_BYTES = 60, 100 * 1024 * 1024
STORY_MIN_RATIO, STORY_MAX_RATIO = 0.1, 10.0

LOGIN_PERMISSIONS = (
    frozenset(  # Business Login for Instagram, 2026-11-22; the names without instagram_ ended on 2025-01-27
        {
            "instagram_business_basic",
            "instagram_business_content_publish",
            "instagram_business_manage_comments",
            "instagram_business_manage_insights",
            "instagram_business_manage_messages",
        }
    )
)
LOGIN_ALWAYS = "instagram_business_basic"  # the same: required by all others
LOGIN_NAMES = {  # what a permission of Facebook Login is called there; there is none to delete media
    "instagram_basic": "instagram_business_basic",
    "instagram_content_publish": "instagram_business_content_publish",
    "instagram_manage_comments": "instagram_business_manage_comments",
    "instagram_manage_insights": "instagram_business_manage_insights",
}
LOGIN_CODE_SECONDS = 3_600  # the same: codes are good for an hour, once
SHORT_TOKEN_SECONDS = 3_600  # the same: short-lived tokens are good for an hour
LONG_TOKEN_SECONDS = 5_184_000  # the same: 60 days
REFRESH_AFTER_SECONDS = 86_400  # the same: a token must be at least 24 hours old

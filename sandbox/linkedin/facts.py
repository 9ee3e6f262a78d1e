"""LinkedIn's numbers and names, each with the page that says it, below learn.microsoft.com/en-us/linkedin.

Where no page says it, the number is what publishing tools met in the field until 2026-11-22.
"""

DAY = 86_400
CODE_SECONDS = 30 * 60
"""/shared/authentication/authorization-code-flow, 2026-01-22: a code is good for one exchange within 30 minutes."""
TOKEN_SECONDS = 60 * DAY
"""The same page; so is the next."""
REFRESH_TOKEN_SECONDS = 365 * DAY
"""/shared/authentication/programmatic-refresh-tokens, read 2026-11-22: a refresh does not lengthen it."""
VERSIONS = tuple(str(month) for month in (*range(202601, 202612),))
"""/marketing/versioning, read 2026-11-22: monthly, each for a year at least. 202511 ended on 2026-11-16."""
RESTLI_VERSION = "2.0.0"
MEMBER_SCOPES = frozenset({"openid", "profile", "email", "w_member_social"})
"""/shared/authentication/getting-access, 2026-07-28: what the self-serve products give; so are the next."""
PAGE_SCOPES = frozenset(
    {
        "r_basicprofile",
        "w_organization_social",
        "r_organization_social",
        "w_organization_social_feed",
        "r_organization_social_feed",
        "w_member_social_feed",
        "r_member_social_feed",
        "rw_organization_admin",
        "r_organization_admin",
        "r_member_postAnalytics",
        "r_member_profileAnalytics",
    }
)
"""What the Community Management product gives to an app that holds no other."""
PUBLISHING_ROLES = frozenset({"ADMINISTRATOR", "CONTENT_ADMINISTRATOR"})
"""/marketing/community-management/organizations/organization-access-control-by-role, read 2026-11-22."""
MAX_COMMENTARY_UNITS = 3_000
"""/marketing/community-management/shares/posts-api, read 2026-11-22; UTF-16 units of the escaped text, as met."""
MIN_PICTURES, MAX_PICTURES = 2, 20
"""/marketing/community-management/shares/multiimage-post-api, read 2026-11-22."""
MAX_ALT_TEXT = 4_086
MAX_TITLE, MAX_DESCRIPTION = 400, 4_086
MAX_QUESTION, MAX_OPTION, MIN_OPTIONS, MAX_OPTIONS = 140, 30, 2, 4
"""/marketing/community-management/shares/poll-post-api, read 2026-11-22."""
POLL_DURATIONS = frozenset({"ONE_DAY", "THREE_DAYS", "SEVEN_DAYS", "FOURTEEN_DAYS"})
MAX_COMMENT = 1_250
"""/marketing/community-management/shares/comments-api, read 2026-11-22."""
MAX_PIXELS = 36_152_320
"""/marketing/community-management/shares/images-api, read 2026-11-22: fewer than these; so are the next."""
PICTURE_FORMATS = frozenset({"JPEG", "MPO", "PNG", "GIF"})
MAX_FRAMES = 250
PART_BYTES = 4 * 1024 * 1024
"""/marketing/community-management/shares/videos-api, read 2026-11-22; so are the next."""
MIN_VIDEO_BYTES, MAX_VIDEO_BYTES = 75 * 1024, 500 * 1024 * 1024
MIN_VIDEO_SECONDS, MAX_VIDEO_SECONDS = 3, 30 * 60
MAX_DOCUMENT_BYTES = 100 * 1024 * 1024
"""/marketing/community-management/shares/documents-api, read 2026-11-22: PDF, PPT, PPTX, DOC, DOCX."""
UPLOAD_URL_SECONDS = DAY
MAX_PAGE = 100
DEFAULT_PAGE = 10
DUPLICATE_SECONDS = 600
"""/marketing/community-management/shares/posts-api, read 2026-11-22: wait ten minutes before the same content."""
POSTS_PER_MEMBER, POSTS_PER_APP, USERINFO_PER_APP = 150, 100_000, 100_000
"""The numbers are shown in the developer portal alone; these were once published for Share on LinkedIn."""

"""X's numbers and names as data, with where they stand: pages on docs.x.com, read 2026-11-22, where none is named."""

PREFIX = "/x"
API_VERSION = "2.167"  # openapi.json of the documentation's repository, 2026-08-22
PROBLEMS = "https://api.x.com/2/problems"

SCOPES = frozenset(  # "OAuth 2.0 Authorization Code Flow with PKCE"
    {
        "tweet.read",
        "tweet.write",
        "tweet.moderate.write",
        "users.email",
        "users.read",
        "follows.read",
        "follows.write",
        "offline.access",
        "space.read",
        "mute.read",
        "mute.write",
        "like.read",
        "like.write",
        "list.read",
        "list.write",
        "block.read",
        "block.write",
        "bookmark.read",
        "bookmark.write",
        "media.write",
        "dm.read",
        "dm.write",
    }
)
OFFLINE = "offline.access"
EMAIL = "users.email"
CODE_SECONDS = 30  # the same page: the code lives for 30 seconds
TOKEN_SECONDS = 7_200  # the same page: two hours
REFRESH_SECONDS = 180 * 86_400  # not documented; publishing tools saw six months
STATE_MAX = 500  # the same page

EPOCH_MS = 1_288_834_974_657  # "X IDs": milliseconds above bit 22, from this moment on
TCO_LENGTH = 10
SHORT_LIMIT, LONG_LIMIT = 280, 25_000  # "Counting characters"; the long limit is what the product page of Premium says
FOLDED_CHARACTERS = 274  # of a long post `text` has the beginning, `note_tweet` all of it
ID_MAX = 19
MAX_PHOTOS = 4

MEDIA_SECONDS = 86_400  # "Media upload", 2026-08: expires_after_secs
CHUNK_BYTES = 1024 * 1024  # what the endpoint answers 413 to beyond; publishing tools
MAX_SEGMENT = 999  # openapi.json: segment_index
ALT_TEXT_MAX = 1_000  # "Media metadata"
IMAGE_BYTES, GIF_BYTES, VIDEO_BYTES = 5 * 1024**2, 15 * 1024**2, 512 * 1024**2  # "Media best practices"
VIDEO_SECONDS = 140.0  # the same; longer ones for Premium
BODY_BYTES = 24 * 1024**2  # the largest one-shot upload, a GIF in base64, and room
CATEGORIES = {  # openapi.json: media_category
    "tweet_image": "image",
    "dm_image": "image",
    "tweet_gif": "gif",
    "dm_gif": "gif",
    "tweet_video": "video",
    "amplify_video": "video",
    "dm_video": "video",
    "subtitles": "subtitles",
}
MEDIA_TYPES = frozenset(  # openapi.json: media_type
    {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/bmp",
        "image/webp",
        "image/tiff",
        "image/pjpeg",
        "video/mp4",
        "video/webm",
        "video/mp2t",
        "video/quicktime",
        "text/srt",
        "text/vtt",
    }
)
KEY_PREFIXES = {"image": "3", "gif": "16", "video": "7", "subtitles": "20"}

WINDOW_SECONDS = 900  # "Rate limits"
DAY_SECONDS = 86_400
EDIT_SECONDS, MAX_EDITS = 1_800, 5  # "Edit posts"

MICRO = 1_000_000
"""Prices are whole millionths of a dollar."""
PRICE_POST, PRICE_POST_WITH_URL, PRICE_SUMMONED = 15_000, 200_000, 10_000  # "Pricing", 2026-08
PRICE_DELETE, PRICE_METADATA, PRICE_USER = 10_000, 5_000, 10_000
PRICE_READ, PRICE_OWN_READ = 5_000, 1_000

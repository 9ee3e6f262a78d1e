"""What a Facebook Page accepts."""

from datetime import date

from platforms.base import ChannelKind, Fact, Rules, TextUnit

_READ = date(2026, 11, 22)
_PHOTOS = "https://developers.facebook.com/docs/graph-api/reference/page/photos"
_FEED = "https://developers.facebook.com/docs/graph-api/reference/page/feed"

RULES = Rules(
    kind=ChannelKind.FACEBOOK_PAGE,
    max_text_length=Fact(63_206, _FEED, _READ, confirmed=False),
    text_unit=Fact(TextUnit.CODE_POINTS, _FEED, _READ, confirmed=False),
    media_required=Fact(value=False, source=_FEED, read_on=_READ),
    max_images=Fact(10, _FEED, _READ, confirmed=False),
    image_mime_types=Fact(("image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"), _PHOTOS, _READ),
    max_image_bytes=Fact(10_000_000, _PHOTOS, _READ),
    supports_link=Fact(value=True, source=_FEED, read_on=_READ),
    supports_alt_text=Fact(value=True, source=_PHOTOS, read_on=_READ),
)

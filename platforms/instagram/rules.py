"""What an Instagram professional account accepts."""

from datetime import date

from platforms.base import ChannelKind, Fact, Rules, TextUnit

_READ = date(2026, 11, 22)
_MEDIA = "https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media"

RULES = Rules(
    kind=ChannelKind.INSTAGRAM_ACCOUNT,
    max_text_length=Fact(2_200, _MEDIA, _READ),
    text_unit=Fact(TextUnit.CODE_POINTS, _MEDIA, _READ, confirmed=False),
    media_required=Fact(value=True, source=_MEDIA, read_on=_READ),
    supports_link=Fact(value=False, source=_MEDIA, read_on=_READ),
    max_images=Fact(1, _MEDIA, _READ),
    image_mime_types=Fact(("image/jpeg",), _MEDIA, _READ),
    max_image_bytes=Fact(8 * 1024 * 1024, _MEDIA, _READ),
    min_aspect_ratio=Fact(4 / 5, _MEDIA, _READ),
    max_aspect_ratio=Fact(1.91, _MEDIA, _READ),
    max_hashtags=Fact(30, _MEDIA, _READ),
    max_mentions=Fact(20, _MEDIA, _READ),
    supports_alt_text=Fact(value=True, source=_MEDIA, read_on=_READ),
    max_alt_text_length=Fact(1_000, _MEDIA, _READ),
)

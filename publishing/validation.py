"""A draft against a channel's rules: every issue at once, before anything is stored or called."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from platforms.base import Rules
from platforms.text import count_hashtags, count_mentions, text_length
from publishing.errors import Issue, Rule
from publishing.records import ImageInput, PublishRequest

_NUL = "holds a NUL character (U+0000), which no platform takes: remove it."
_LONGEST_ADDRESS = 8_000  # signed addresses of object stores are long


def check(request: PublishRequest, rules: Rules) -> tuple[Issue, ...]:
    """List every rule that a publish call breaks; paths are those of the call's input."""
    return (
        *_empty(request, rules),
        *_text(request.text, request.text_path, rules),
        *_link(request, rules),
        *_images(request.images, rules),
    )


def _empty(request: PublishRequest, rules: Rules) -> Iterator[Issue]:
    if rules.media_required.value and not request.images:
        message = "This channel takes no post without an image: add one to `media`."
        yield Issue(Rule.MEDIA_REQUIRED, message, ("media",), limit=1, actual=0)
    elif not _is_visible(request.text) and not request.link and not request.images:
        message = "There is nothing to publish: give a text, a link or an image."
        yield Issue(Rule.CONTENT_EMPTY, message, (request.text_path,))


def _text(text: str, path: str, rules: Rules) -> Iterator[Issue]:
    if "\x00" in text:
        yield Issue(Rule.TEXT_UNSUPPORTED_CHARACTERS, f"The text {_NUL}", (path,))
    length, longest = text_length(text, rules.text_unit.value), rules.max_text_length.value
    if length > longest:
        message = f"The text has {length:,} characters; {longest:,} are allowed. Shorten it by {length - longest:,}."
        yield Issue(Rule.TEXT_TOO_LONG, message, (path,), limit=longest, actual=length)
    yield from _counted(Rule.TOO_MANY_HASHTAGS, "hashtags", count_hashtags(text), rules.max_hashtags, path)
    yield from _counted(Rule.TOO_MANY_MENTIONS, "mentions", count_mentions(text), rules.max_mentions, path)


def _counted(rule: Rule, what: str, found: int, most: "object | None", path: str) -> Iterator[Issue]:
    limit = getattr(most, "value", None)
    if limit is not None and found > limit:
        message = f"The text has {found} {what}; {limit} are allowed. Remove {found - limit}."
        yield Issue(rule, message, (path,), limit=limit, actual=found)


def _link(request: PublishRequest, rules: Rules) -> Iterator[Issue]:
    if request.link is None:
        return
    if not is_web_address(request.link):
        message = "The link is no http or https address: give one such as https://example.com/page."
        yield Issue(Rule.LINK_INVALID, message, ("link",))
    if request.images or not rules.supports_link.value:
        message = "A link preview and images cannot go together here: leave out one, or put the link into the text."
        yield Issue(Rule.LINK_AND_MEDIA, message, ("link",))


def _images(images: Sequence[ImageInput], rules: Rules) -> Iterator[Issue]:
    most = rules.max_images.value
    if len(images) > most:
        message = f"There are {len(images)} images; {most} {'is' if most == 1 else 'are'} allowed."
        yield Issue(Rule.TOO_MANY_MEDIA, message, ("media",), limit=most, actual=len(images))
    longest = rules.max_alt_text_length.value if rules.max_alt_text_length else None
    for number, image in enumerate(images):
        path = ("media", str(number), "altText")
        if "\x00" in (image.alt_text or ""):
            message = f"The alternative text of image {number + 1} {_NUL}"
            yield Issue(Rule.TEXT_UNSUPPORTED_CHARACTERS, message, path)
        length = len(image.alt_text or "")
        if longest is not None and length > longest:
            message = f"The alternative text of image {number + 1} has {length} characters; {longest} are allowed."
            yield Issue(Rule.ALT_TEXT_TOO_LONG, message, path, limit=longest, actual=length)


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https address with a host, of 8,000 visible characters at most."""
    try:
        parts = urlsplit(text)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False
    return fits and len(text) <= _LONGEST_ADDRESS and all(c.isprintable() and not c.isspace() for c in text)


def _is_visible(text: str) -> bool:
    return any(c.isprintable() and not c.isspace() for c in text)

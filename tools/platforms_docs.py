"""Write docs/platforms.md from each platform's rules, console and settings: `make docs`; a test compares the two."""

import asyncio
from collections.abc import Iterator, Mapping
from enum import Enum

from platforms.base import Environment, Platform
from platforms.issues import Rule
from platforms.network import Network
from platforms.registry import PlatformsEnvironment, api_versions, open_networks
from platforms.rules import ApiVersion, Fact, PostRules, Rules
from tools.page import DOCS, code, filled, table

TARGET = DOCS / "platforms.md"
LIMITS: dict[str, tuple[str, str, str]] = {
    "max_text_length": ("Longest text", "{text_unit}", Rule.TEXT_TOO_LONG.name),
    "text_unit": ("Text is counted in", "", ""),
    "supports_link": ("Link with a preview", "", Rule.LINK_AND_MEDIA.name),
    "max_hashtags": ("Most hashtags", "hashtags in the text", Rule.TOO_MANY_HASHTAGS.name),
    "max_mentions": ("Most mentions", "mentions in the text", Rule.TOO_MANY_MENTIONS.name),
    "max_comment_length": ("Longest first comment", "code points", Rule.TEXT_TOO_LONG.name),
    "media_needs": ("Permissions for files", "", Rule.CHANNEL_NEEDS_RECONNECT.name),
    "comment_needs": ("One of these permissions for a first comment", "", ""),
    "most_link_images": ("Images in a link's preview", "files", Rule.LINK_AND_MEDIA.name),
    "refused_characters": ("Characters that no text may hold", "", Rule.TEXT_UNSUPPORTED_CHARACTERS.name),
    "refuses_copies": ("Text that a recent post of the account has", "", Rule.TEXT_DUPLICATE.name),
    "most_parts": ("Most parts of a thread", "", Rule.THREAD_TOO_LONG.name),
    "max_alt_text_length": ("Longest alternative text", "code points", Rule.ALT_TEXT_TOO_LONG.name),
}
"""Each field of `Rules`: its name for people, its unit, and the code with which it is refused."""
POSTS: dict[str, tuple[str, str, str]] = {
    "fewest_media": ("Fewest files", "files", Rule.TOO_FEW_MEDIA.name),
    "most_media": ("Most files", "files", Rule.TOO_MANY_MEDIA.name),
    "takes_text": ("Text", "", Rule.TEXT_UNSUPPORTED.name),
    "takes_alt_text": ("Alternative texts", "", Rule.ALT_TEXT_UNSUPPORTED.name),
    "takes_comment": ("First comment", "", Rule.FIRST_COMMENT_UNSUPPORTED.name),
    "takes_edit": ("Text changed once it is out", "", "UNSUPPORTED_BY_PLATFORM"),
    "takes_delete": ("Deleted once it is out", "", "UNSUPPORTED_BY_PLATFORM"),
}
"""The same for each fact of `PostRules`."""
FILES: dict[str, tuple[str, str, str]] = {
    "mime_types": ("types", "found by looking into the file", Rule.MEDIA_TYPE_UNSUPPORTED.name),
    "max_bytes": ("largest", "bytes", Rule.MEDIA_TOO_LARGE.name),
    "min_aspect_ratio": ("narrowest", "width ÷ height", Rule.MEDIA_ASPECT_RATIO.name),
    "max_aspect_ratio": ("widest", "width ÷ height", Rule.MEDIA_ASPECT_RATIO.name),
    "min_width": ("least width", "pixels", Rule.MEDIA_DIMENSIONS.name),
    "min_height": ("least height", "pixels", Rule.MEDIA_DIMENSIONS.name),
    "max_width": ("most width", "pixels", Rule.MEDIA_DIMENSIONS.name),
    "min_seconds": ("shortest", "seconds", Rule.VIDEO_DURATION.name),
    "max_seconds": ("longest", "seconds", Rule.VIDEO_DURATION.name),
    "min_frame_rate": ("slowest", "pictures a second", Rule.VIDEO_FORMAT.name),
    "max_frame_rate": ("fastest", "pictures a second", Rule.VIDEO_FORMAT.name),
    "codecs": ("codecs", "", Rule.VIDEO_FORMAT.name),
    "max_pages": ("most pages", "pages", Rule.TOO_MANY_PAGES.name),
}
"""The same for each field of `MediaLimits`."""
_YES_NO = {
    "takes_text": ("yes", "no"),
    "takes_alt_text": ("yes", "no"),
    "takes_comment": ("yes", "no"),
    "takes_edit": ("yes", "no"),
    "takes_delete": ("yes", "no"),
    "supports_link": ("yes, instead of files", "no"),
    "refuses_copies": ("refused", "taken"),
}


_HEAD = ("Limit", "Value", "Unit", "Refused as", "Source", "Read")


def render() -> str:
    """Give the whole page."""
    return filled(TARGET.read_text(), {"platforms": "\n\n".join(asyncio.run(_platforms()))})


async def _platforms() -> list[str]:
    networks = open_networks(PlatformsEnvironment(), sandbox_url=None, timeout_seconds=1)
    try:
        return [part for platform in Platform for part in _platform(networks.get(platform, Environment.LIVE))] + list(
            _versions(api_versions(PlatformsEnvironment()))
        )
    finally:
        await networks.aclose()


def _platform(network: Network) -> Iterator[str]:
    yield f"## {network.platform.label}"
    for rules in network.rules:
        yield f"### What `{rules.kind.name}`{_of_tier(rules)} takes"
        yield table(_HEAD, _limits(rules))
        for post in rules.posts:
            which = f"`{post.name}`, placement `{post.placement.upper()}`"
            yield f"#### {rules.kind.name}{_of_tier(rules)}: {post.title} ({which})"
            yield table(_HEAD, _post_limits(post))
    yield from _setting_up(network)


def _of_tier(rules: Rules) -> str:
    return f" ({rules.tier})" if rules.tier else ""


def _limits(rules: Rules) -> Iterator[tuple[str, ...]]:
    yield from _rows(rules, LIMITS, text_unit=_words(rules.text_unit.value))


def _post_limits(post: PostRules) -> Iterator[tuple[str, ...]]:
    yield from _rows(post, POSTS)
    for name, limits in (("Image", post.image), ("Video", post.video), ("Document", post.document)):
        if limits is not None:
            yield from ((f"{name}: {label}", *rest) for label, *rest in _rows(limits, FILES))


def _rows(facts: object, names: Mapping[str, tuple[str, str, str]], **units: str) -> Iterator[tuple[str, ...]]:
    for name, (label, unit, refused) in names.items():
        fact: Fact[object] | None = getattr(facts, name)
        if fact is not None:
            yield label, _value(name, fact.value), unit.format(**units), code(refused), *_read(fact)


def _value(name: str, value: object) -> str:
    if name in _YES_NO:
        return _YES_NO[name][0 if value else 1]
    if isinstance(value, Enum):
        return _words(value)
    if isinstance(value, tuple):
        return ", ".join(map(code, value))
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def _words(value: Enum) -> str:
    return str(value.value).replace("_", " ")


def _source(fact: Fact[object]) -> str:
    return f"[{'vendor' if fact.confirmed else 'field'}]({fact.source})"


def _read(fact: Fact[object]) -> tuple[str, str]:
    return _source(fact), str(fact.read_on)


def _setting_up(network: Network) -> Iterator[str]:
    console, redirect = network.console, ""
    yield f"### What to set up for {network.platform.label}"
    if network.oauth is not None:
        redirect = f"AGM_PUBLIC_URL/oauth/{network.oauth.callback_name}/callback"
        settings = ", ".join(f"[`{name}`](settings.md#{name.lower()})" for name in network.oauth.required_settings)
        yield f"Settings of this server: {settings}. The redirect address is {code(redirect)}."
    rows = (
        (
            field.place,
            field.name,
            field.value.value.format(redirect=redirect),
            _source(field.value),
            str(field.value.read_on),
        )
        for field in console.fields
    )
    yield table(("Place in the console", "Field", "What to do", "Source", "Read"), rows)
    if not console.permissions:
        return
    yield "A sign-in asks for these permissions; what a person leaves out is named in `missingPermissions`."
    uses = ((code(name), use.value, *_read(use)) for name, use in console.permissions.items())
    yield table(("Permission", "What it is for", "Source", "Read"), uses)


def _versions(versions: Mapping[str, ApiVersion]) -> Iterator[str]:
    yield "## Versions of their APIs"
    yield "A vendor ends each version on a day. `agm doctor` warns ninety days before that of the one you use."
    rows = (
        (called.api, code(version), str(ends or "not announced"), *_read(called.ends))
        for called in versions.values()
        for version, ends in called.ends.value.items()
    )
    yield table(("API", "Version", "Ends", "Source", "Read"), rows)
    yield "\n".join(
        f"{called.api} is called as {code(called.version)} unless {code(called.setting)} says otherwise."
        for called in versions.values()
    )

r"""Little text, the language of a post's commentary: what the public reads of it, and what a reader of the API gets.

learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format, read 2026-11-22: fifteen
characters are reserved and want a backslash; `{hashtag|\#|word}`, `#word` and `@[Name](urn)` are templates. At the
first reserved character that belongs to no template the text ends, and nobody is told.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

RESERVED = frozenset("\\|{}@[]()<>#*_~")
ESCAPED = r"\\[\\|{}@\[\]()<>#*_~]"
PLAIN = r"[^\\|{}@\[\]()<>#*_~]"
BACKSLASH = re.compile(r"\\(.)", re.DOTALL)
TOKEN = re.compile(
    rf"(?P<words>(?:{ESCAPED}|{PLAIN})+)"
    rf"|\{{hashtag\|\\#\|(?P<template>(?:{ESCAPED}|{PLAIN})+)\}}"
    r"|\#(?P<hashtag>[^\W_]+)"
    rf"|@\[(?P<name>(?:{ESCAPED}|{PLAIN})+)\]\((?P<urn>urn:li:(?:person|organization):[A-Za-z0-9-]+)\)"
)


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of a commentary.

    Attributes:
        text: What the public reads.
        canonical: The same as the API gives it back.
        hashtags: Words that became links.
        mentions: URNs that became links: those whose name was right to the letter.
        cut_at: Where in the commentary it was cut off; None where all of it is there.
    """

    text: str
    canonical: str
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]
    cut_at: int | None


def render(commentary: str, names: Mapping[str, str]) -> Rendered:
    """Read a commentary as LinkedIn does.

    Args:
        commentary: As it was sent.
        names: Who is called what, by URN.
    """
    text, canonical, hashtags, mentions, position = list[str](), list[str](), list[str](), list[str](), 0
    while found := TOKEN.match(commentary, position):
        position = found.end()
        word = found["hashtag"] or _unescaped(found["template"] or "")
        if word:
            hashtags.append(word)
            text.append(f"#{word}")
            canonical.append(rf"{{hashtag|\#|{_escaped(word)}}}")
        elif found["urn"]:
            name = _unescaped(found["name"])
            is_right = names.get(found["urn"]) == name
            mentions += [found["urn"]] if is_right else []
            text.append(name)
            canonical.append(found[0] if is_right else found["name"])
        else:
            text.append(_unescaped(found[0]))
            canonical.append(found[0])
    cut_at = position if position < len(commentary) else None
    return Rendered("".join(text), "".join(canonical), tuple(hashtags), tuple(mentions), cut_at)


def _unescaped(text: str) -> str:
    return BACKSLASH.sub(r"\1", text)


def _escaped(text: str) -> str:
    return "".join(f"\\{one}" if one in RESERVED else one for one in text)

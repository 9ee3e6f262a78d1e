"""LinkedIn's little text, the language of a post's commentary: 15 characters have a meaning in it and are escaped.

A hashtag is written as a template, so that it stays alive, and so is a mention in LinkedIn's own form, such as
`@[Example Inc](urn:li:organization:123)`, of which the public sees the name; everything else is literal. Comments,
titles and descriptions are plain and must not be escaped.

Source: https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
(read 2026-11-22).
"""

import re
from collections.abc import Iterator

_LINE_END = re.compile(r"\r\n?")
_ALIVE = re.compile(
    r"(?<![\w&/])#(?P<tag>\d*[^\W\d]\w*)"
    r"|@\[(?P<name>[^\[\]\\\n]{1,200})\]\((?P<urn>urn:li:(?:organization|person):[A-Za-z0-9_-]{1,40})\)"
)
_RESERVED = str.maketrans({character: f"\\{character}" for character in "\\|{}@[]()<>#*_~"})
_TOKEN = re.compile(
    r"\{hashtag\|(?:\\#|#|\uff03)\|(?P<tag>(?:\\.|[^\\{}|])*)\}"
    r"|@\[(?P<name>(?:\\.|[^\\\[\]])*)\]\(urn:[^()\s]*\)"
    r"|\\(?P<literal>.)",
    re.DOTALL,
)


def plain(text: str) -> str:
    """Give a text with the one kind of line end that LinkedIn knows."""
    return _LINE_END.sub("\n", text)


def escape(text: str) -> str:
    """Write a text so that the public sees it as it is, hashtags and mentions alive; takes linear time."""
    return "".join(_pieces(plain(text)))


def escaped_length(text: str) -> int:
    """Count the code points of the written form, which is what LinkedIn's limit is about."""
    return len(escape(text))


def unescape(commentary: str) -> str:
    """Read what the public sees: templates as their words, mentions as their names; takes linear time."""
    return _TOKEN.sub(_shown, commentary)


def seen(text: str) -> str:
    """Say what the public sees of a text: the text itself, but for a mention's name in place of its form."""
    return unescape(escape(text))


def _pieces(text: str) -> Iterator[str]:
    end = 0
    for alive in _ALIVE.finditer(text):
        yield text[end : alive.start()].translate(_RESERVED)
        if alive["tag"] is not None:
            yield f"{{hashtag|\\#|{alive['tag'].translate(_RESERVED)}}}"
        else:
            yield f"@[{alive['name'].translate(_RESERVED)}]({alive['urn']})"
        end = alive.end()
    yield text[end:].translate(_RESERVED)


def _shown(token: re.Match[str]) -> str:
    if token["literal"] is not None:
        return token["literal"]
    if token["tag"] is not None:
        return f"#{unescape(token['tag'])}"
    return unescape(token["name"])

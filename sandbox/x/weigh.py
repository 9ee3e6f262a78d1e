"""The weighted length of a text, by X's published configuration v3.

Source: "Counting characters" on docs.x.com and config/v3.json of twitter-text, read 2026-11-22: 280 of weight 100,
default weight 200, address 23, emoji parsing on.
"""

from sandbox.x.addresses import addresses_in
from sandbox.x.composing import composed

SCALE, LIGHT, HEAVY, ADDRESS = 100, 100, 200, 23 * 100
LIGHT_RANGES = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
FORBIDDEN = frozenset("\ufffe\ufeff\uffff")
EMOJI_RANGES = (
    (0x231A, 0x231B),
    (0x2328, 0x2328),
    (0x23CF, 0x23FA),
    (0x25AA, 0x25FE),
    (0x2600, 0x27BF),
    (0x2934, 0x2935),
    (0x2B05, 0x2B55),
    (0x1F000, 0x1F1E5),
    (0x1F200, 0x1F3FA),
    (0x1F400, 0x1FAFF),
)
KEYCAPS = frozenset("0123456789#*")
SIGNS = frozenset("©®‼⁉™\u2139↔↕↖↗↘↙↩↪〰〽㊗㊙Ⓜ")
"""Emoji only when a variation selector follows."""
JOINER, SELECTOR, KEYCAP = "\u200d", "\ufe0f", "\u20e3"


def weigh(text: str) -> int:
    """Return the weighted length; linear in the text's length."""
    text = composed(text)
    total, position = 0, 0
    for address in addresses_in(text):
        total += _plain(text, position, address.start) + ADDRESS
        position = address.end
    return (total + _plain(text, position, len(text))) // SCALE


def has_forbidden(text: str) -> bool:
    """Say whether a text has a character that X refuses."""
    return not FORBIDDEN.isdisjoint(text)


def _plain(text: str, position: int, end: int) -> int:
    total = 0
    while position < end:
        after = _emoji_end(text, position, end)
        total += HEAVY if after > position else _weight(text[position])
        position = max(after, position + 1)
    return total


def _weight(character: str) -> int:
    code = ord(character)
    return LIGHT if any(low <= code <= high for low, high in LIGHT_RANGES) else HEAVY


def _emoji_end(text: str, position: int, end: int) -> int:
    """Return where the emoji at a position ends; the position itself where there is none."""
    character = text[position]
    if character in KEYCAPS:
        after = _past(text, position + 1, end, SELECTOR)
        return after + 1 if after < end and text[after] == KEYCAP else position
    if _is_regional(character):
        paired = position + 1 < end and _is_regional(text[position + 1])
        return position + 2 if paired else position
    after = _element_end(text, position, end)
    while after > position and after < end and text[after] == JOINER:
        joined = _element_end(text, after + 1, end)
        if joined == after + 1:
            break
        after = joined
    return after


def _element_end(text: str, position: int, end: int) -> int:
    """Return where one part of a joined emoji ends: base, selector, skin tone, tags."""
    if position >= end:
        return position
    character = text[position]
    code = ord(character)
    is_emoji = any(low <= code <= high for low, high in EMOJI_RANGES)
    if not is_emoji and not (character in SIGNS and text[position + 1 : position + 2] == SELECTOR):
        return position
    after = _past(text, position + 1, end, SELECTOR)
    if after < end and 0x1F3FB <= ord(text[after]) <= 0x1F3FF:  # noqa: PLR2004 - the skin tones
        after += 1
    while after < end and 0xE0020 <= ord(text[after]) <= 0xE007F:  # noqa: PLR2004 - the tags of a region's flag
        after += 1
    return after


def _past(text: str, position: int, end: int, character: str) -> int:
    return position + 1 if position < end and text[position] == character else position


def _is_regional(character: str) -> bool:
    return 0x1F1E6 <= ord(character) <= 0x1F1FF  # noqa: PLR2004 - the letters that flags are spelled with

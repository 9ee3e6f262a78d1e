"""Whole numbers out of addresses, where anything may stand."""

MAX_DIGITS = 18


def whole(text: str | None, default: int) -> int:
    """Read a number of up to 18 digits; the default where there is none."""
    return int(text) if text and text.isdecimal() and len(text) <= MAX_DIGITS else default

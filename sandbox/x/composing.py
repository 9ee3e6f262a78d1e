"""Composing a text as Unicode's NFC, in which X counts; read 2026-11-22 in "Counting characters" on docs.x.com."""

import unicodedata
from collections.abc import Iterator

MARKS = 128
"""More marks in a row than any language writes."""


def composed(text: str) -> str:
    """Compose a text; so many marks in a row that nobody can read them, MARKS at a time.

    To put marks in order takes the square of their number, and one text is not to hold up all who call the sandbox.
    """
    return "".join(unicodedata.normalize("NFC", piece) for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    start = marks = 0
    for position, character in enumerate(text):
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        if marks > MARKS:
            yield text[start:position]
            start, marks = position, 1
    yield text[start:]

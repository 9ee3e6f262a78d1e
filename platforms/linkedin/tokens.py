"""The sign-in's token as this server keeps it: LinkedIn's tokens, and who signed in, as one JSON text.

Who signed in is kept because LinkedIn's userinfo has a small daily quota for the whole app and is read once.
"""

from dataclasses import asdict, dataclass, field

import orjson


@dataclass(frozen=True, slots=True)
class Token:
    """What LinkedIn gave; `refresh` is None for an app without programmatic refresh."""

    access: str = field(repr=False)
    person_id: str
    name: str
    refresh: str | None = field(default=None, repr=False)
    picture: str | None = None

    def packed(self) -> str:
        """Give it as the one opaque text."""
        return orjson.dumps(asdict(self)).decode()


def unpack(packed: str) -> Token:
    """Read it back.

    Raises:
        ValueError: it is not from here.
    """
    try:
        return Token(**orjson.loads(packed))
    except TypeError as error:
        raise ValueError("This is no token of a LinkedIn sign-in") from error


def access_of(packed: str) -> str:
    """Give what the calls bear."""
    return unpack(packed).access

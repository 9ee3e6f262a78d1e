"""What is to be published, drawn from a seed."""

from dataclasses import dataclass


@dataclass
class Wanted:
    """Something to publish: its text is its own, so that the platform's list shows how often it went out.

    `place` chooses a channel of the `quarter`.
    """

    number: int
    text: str
    quarter: str
    kind: str
    place: int
    comment: str | None = None
    publication_id: str = ""
    tries: int = 0

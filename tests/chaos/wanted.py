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

    @property
    def further(self) -> tuple[str, ...]:
        """The texts of a thread's further parts."""
        return (f"{self.text}, part 2", f"{self.text}, part 3") if self.kind == "thread" else ()

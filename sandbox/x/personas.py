"""The people who can sign in at X. Ids are the same in every sandbox."""

from dataclasses import dataclass
from typing import Any

from sandbox.identifiers import steady_number
from sandbox.x import facts

NAMED = {
    "ordinary": "An account without a subscription: 280 characters",
    "premium": "A Premium account: 25,000 characters, longer videos, edits",
    "no-media-write": "An account whose consent leaves out `media.write`: uploads are refused",
    "out-of-credits": "An account whose app has two cents left: signing in works, a post is refused with 402",
    "rate-limited": "An account with one post in a quarter of an hour, then 429",
    "day-limited": "An account with one post a day: 429 although the quarter of an hour has room",
    "protected": "An account whose posts only its followers see",
}
"""What may be chosen, with a line about each."""


@dataclass(frozen=True, slots=True)
class Account:
    """An account of X.

    Attributes:
        subscription: `None`, `Basic`, `Premium` or `PremiumPlus`, as X spells them.
        withheld: Scopes that the consent leaves out whatever is asked for.
        credits: What its app has left, in millionths of a dollar; None is the setting's purse, which others share.
        posts_per_window: Fewer posts in fifteen minutes than others have, or None.
        posts_per_day: Fewer posts in a day than others have, or None.
    """

    id: str
    persona: str
    username: str
    name: str
    subscription: str = "None"
    withheld: frozenset[str] = frozenset()
    credits: int | None = None
    posts_per_window: int | None = None
    posts_per_day: int | None = None
    is_protected: bool = False

    @property
    def limit(self) -> int:
        """The weighted length that a post may have."""
        return facts.SHORT_LIMIT if self.subscription == "None" else facts.LONG_LIMIT

    @property
    def is_premium(self) -> bool:
        """Whether it has what a subscription brings."""
        return self.subscription != "None"


def _account(persona: str, username: str, name: str, **more: Any) -> Account:
    return Account(steady_number("17", facts.ID_MAX, f"x/{persona}"), persona, username, name, **more)


MANY = 200
"""How many more ordinary accounts there are: `ordinary:1` and so on, for whoever needs many."""
_EVERYBODY = (
    _account("ordinary", "olive_ordinary", "Olive Ordinary"),
    _account("premium", "petra_premium", "Petra Premium", subscription="Premium"),
    _account("no-media-write", "oldie_consent", "Oldie Consent", withheld=frozenset({"media.write"})),
    _account("out-of-credits", "penny_less", "Penny Less", credits=2 * facts.MICRO // 100),
    _account("rate-limited", "rita_rate", "Rita Rate", posts_per_window=1),
    _account("day-limited", "daisy_day", "Daisy Day", posts_per_day=1),
    _account("protected", "prot_ected", "Prot Ected", is_protected=True),
    *(_account(f"ordinary:{number}", f"olive_{number}", f"Olive {number}") for number in range(1, MANY + 1)),
)
BY_PERSONA = {one.persona: one for one in _EVERYBODY}
BY_ID = {one.id: one for one in _EVERYBODY}


def persona_name(text: str) -> str:
    """Return a persona's canonical name; spaces and capitals do not matter.

    Raises:
        ValueError: If there is no such persona; the message lists them.
    """
    name = text.strip().lower().replace(" ", "-").replace("_", "-")
    if name in BY_PERSONA:
        return name
    raise ValueError(
        f"There is no persona {text[:40]!r}; choose one of {', '.join(NAMED)}, or ordinary:1 to ordinary:{MANY}."
    )

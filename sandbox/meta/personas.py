"""The people who can sign in, their Pages and Instagram accounts. Ids are the same in every sandbox."""

import re
from dataclasses import dataclass, field

from sandbox.identifiers import steady_number
from sandbox.meta.facts import ALL_TASKS

MANY = re.compile(r"many:(\d{1,4})")
MAX_MANY = 2000
NAMED = {
    "solo": "One Page with its Instagram account",
    "two-pages": "Two Pages, each with an Instagram account",
    "no-ig": "One Page without Instagram",
    "missing-task": "Two Pages; on the second the person may look but not publish",
    "many:N": f"N Pages, each with an Instagram account; N from 1 to {MAX_MANY}",
}
"""What may be chosen, with a line about each."""


@dataclass(frozen=True, slots=True)
class InstagramAccount:
    """An Instagram professional account."""

    id: str
    username: str
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """A Facebook Page as its person sees it; `tasks` are what the person may do there."""

    id: str
    name: str
    username: str
    category: str
    tasks: tuple[str, ...] = ALL_TASKS
    instagram: InstagramAccount | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a Facebook account."""

    id: str
    name: str
    persona: str
    pages: tuple[Page, ...]


def persona_name(text: str) -> str:
    """Return a persona's canonical name; spaces and capitals do not matter.

    Raises:
        ValueError: If there is no such persona; the message lists them.
    """
    name = text.strip().lower().replace(" ", "-").replace("_", "-")
    if many := MANY.fullmatch(name):
        if 1 <= int(many[1]) <= MAX_MANY:
            return f"many:{int(many[1])}"
    elif name in NAMED:
        return name
    raise ValueError(f"There is no persona {text[:40]!r}; choose one of {', '.join(NAMED)}.")


@dataclass(slots=True)
class People:
    """Everyone who was asked for so far, and what belongs to them, by id.

    Attributes:
        owners: The Page of an Instagram account.
        holders: The id of the person who holds a Page.
    """

    persons: dict[str, Person] = field(default_factory=dict[str, Person])
    pages: dict[str, Page] = field(default_factory=dict[str, Page])
    instagram_accounts: dict[str, InstagramAccount] = field(default_factory=dict[str, InstagramAccount])
    owners: dict[str, Page] = field(default_factory=dict[str, Page])
    holders: dict[str, str] = field(default_factory=dict[str, str])
    _by_persona: dict[str, Person] = field(default_factory=dict[str, Person])

    def person(self, persona: str) -> Person:
        """Return the person of a persona, making Pages and accounts known.

        Raises:
            ValueError: If there is no such persona.
        """
        name = persona_name(persona)
        if name not in self._by_persona:
            self._register(_build(name))
        return self._by_persona[name]

    def _register(self, person: Person) -> None:
        self._by_persona[person.persona] = person
        self.persons[person.id] = person
        for page in person.pages:
            self.pages[page.id] = page
            self.holders[page.id] = person.id
            if page.instagram is not None:
                self.instagram_accounts[page.instagram.id] = page.instagram
                self.owners[page.instagram.id] = page


def _build(persona: str) -> Person:
    if many := MANY.fullmatch(persona):
        pages = tuple(_page(persona, f"Page {number:03d}") for number in range(1, int(many[1]) + 1))
        return _person(persona, "Mallory Many", pages)
    match persona:
        case "solo":
            return _person(persona, "Sam Solo", (_page(persona, "Solo Bakery", "Bakery"),))
        case "two-pages":
            pages = (_page(persona, "North Street Coffee", "Coffee shop"), _page(persona, "South Street Books", "Shop"))
            return _person(persona, "Terry Two", pages)
        case "no-ig":
            return _person(persona, "Nora Noig", (_page(persona, "Quiet Garden", "Park", instagram=False),))
        case _:
            viewer = _page(persona, "Analyst View", tasks=("ANALYZE", "ADVERTISE", "MODERATE"))
            return _person(persona, "Mika Missing", (_page(persona, "Full Control"), viewer))


def _person(persona: str, name: str, pages: tuple[Page, ...]) -> Person:
    return Person(steady_number("1022", 17, f"person/{persona}"), name, persona, pages)


def _page(
    persona: str, name: str, category: str = "Brand", *, tasks: tuple[str, ...] = ALL_TASKS, instagram: bool = True
) -> Page:
    seed = f"{persona}/{name}"
    handle = re.sub(r"\W+", ".", name.lower())
    if persona.startswith("many:"):
        handle = f"{handle}.of.{persona[5:]}"
    account = InstagramAccount(steady_number("1784140", 17, f"instagram/{seed}"), handle, name) if instagram else None
    return Page(steady_number("10", 15, f"page/{seed}"), name, handle.replace(".", ""), category, tasks, account)

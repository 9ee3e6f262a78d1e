"""The people who can sign in, their Pages and Instagram accounts. Ids are the same in every sandbox."""

import re
from dataclasses import dataclass

from sandbox.identifiers import steady_number
from sandbox.meta.facts import ALL_TASKS
from sandbox.meta.trouble import TROUBLES, Trouble

MANY = re.compile(r"many:(\d{1,4})")
MAX_MANY = 2000
NAMED = {
    "solo": "One Page with its Instagram account",
    "two-pages": "Two Pages, each with an Instagram account",
    "no-ig": "One Page without Instagram",
    "creator": "One Page whose Instagram account is a creator's, not a business's",
    "agency": "Three Pages of business portfolios: `/me/accounts` shows none, `/me/businesses` leads to them",
    "partial": "Three Pages; one is not ticked in the dialog, and of another the Instagram account is not",
    "declined": "One Page; the permissions to publish are declined in the dialog",
    "missing-task": "Two Pages; on the second the person may look but not publish",
    "bm-role": "One Page with a role that Business Manager gave: Instagram asks for `ads_management` or `ads_read`",
    "checkpointed": "One Page; Facebook wants the person to log in there first, and refuses every token (190/459)",
    "trouble": f"{len(TROUBLES)} Pages that are named for what goes wrong on them",
    "many:N": f"N Pages, each with an Instagram account; N from 1 to {MAX_MANY}",
}
"""What may be chosen, with a line about each."""


@dataclass(frozen=True, slots=True)
class InstagramAccount:
    """An Instagram professional account; `account_type` is BUSINESS or MEDIA_CREATOR."""

    id: str
    username: str
    name: str
    account_type: str = "BUSINESS"


@dataclass(frozen=True, slots=True)
class Page:
    """A Facebook Page as its person sees it; `tasks` are what the person may do there."""

    id: str
    name: str
    username: str
    category: str
    tasks: tuple[str, ...] = ALL_TASKS
    instagram: InstagramAccount | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Business:
    """A business portfolio: the Pages it owns, and those that its clients let it manage."""

    id: str
    name: str
    owned: tuple[Page, ...] = ()
    clients: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a Facebook account.

    Attributes:
        pages: Pages that the person has a role on directly.
        businesses: Portfolios through which the person reaches further Pages.
        unticked: Pages and Instagram accounts that the person leaves out in the dialog.
        declines: Permissions that the person declines there.
        role_via_business: Whether the role on the Pages was given in Business Manager.
        checkpointed: Whether Facebook wants to see the person first.
    """

    id: str
    name: str
    persona: str
    pages: tuple[Page, ...]
    businesses: tuple[Business, ...] = ()
    unticked: frozenset[str] = frozenset()
    declines: frozenset[str] = frozenset()
    role_via_business: bool = False
    checkpointed: bool = False

    @property
    def reachable(self) -> tuple[Page, ...]:
        """All Pages, each once, those of businesses last."""
        ours = (page for business in self.businesses for page in (*business.owned, *business.clients))
        return tuple({page.id: page for page in (*self.pages, *ours)}.values())


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


def build_person(persona: str) -> Person:
    """Return the person of a persona, by its canonical name."""
    if many := MANY.fullmatch(persona):
        pages = tuple(_page(persona, f"Page {number:03d}") for number in range(1, int(many[1]) + 1))
        return _person(persona, "Mallory Many", pages)
    return _PEOPLE[persona](persona)


def _solo(persona: str) -> Person:
    return _person(persona, "Sam Solo", (_page(persona, "Solo Bakery", "Bakery"),))


def _two_pages(persona: str) -> Person:
    pages = (_page(persona, "North Street Coffee", "Coffee shop"), _page(persona, "South Street Books", "Shop"))
    return _person(persona, "Terry Two", pages)


def _no_instagram(persona: str) -> Person:
    return _person(persona, "Nora Noig", (_page(persona, "Quiet Garden", "Park", instagram=False),))


def _creator(persona: str) -> Person:
    page = _page(persona, "Cleo Creates", "Digital creator", account_type="MEDIA_CREATOR")
    return _person(persona, "Cleo Creator", (page,))


def _agency(persona: str) -> Person:
    house, cafe = _page(persona, "Agency House", "Agency"), _page(persona, "Client Cafe", "Cafe")
    gym = _page(persona, "Client Gym", "Gym", instagram=False)
    first = Business(steady_number("20", 15, f"business/{persona}/1"), "Bright Agency", (house,), (cafe, gym))
    second = Business(steady_number("20", 15, f"business/{persona}/2"), "Cafe Holding", clients=(cafe,))
    return _person(persona, "Ada Agency", (), businesses=(first, second))


def _partial(persona: str) -> Person:
    pages = tuple(_page(persona, name) for name in ("Ticked Page", "Unticked Page", "Unticked Instagram"))
    left_out = {pages[1].id, *(page.instagram.id for page in pages[1:] if page.instagram)}
    return _person(persona, "Paula Partial", pages, unticked=frozenset(left_out))


def _declined(persona: str) -> Person:
    declines = frozenset({"pages_manage_posts", "instagram_content_publish"})
    return _person(persona, "Dana Declined", (_page(persona, "Look Do Not Touch"),), declines=declines)


def _missing_task(persona: str) -> Person:
    viewer = _page(persona, "Analyst View", tasks=("ANALYZE", "ADVERTISE", "MODERATE"))
    return _person(persona, "Mika Missing", (_page(persona, "Full Control"), viewer))


def _business_role(persona: str) -> Person:
    return _person(persona, "Bea Manager", (_page(persona, "Managed Elsewhere"),), role_via_business=True)


def _checkpointed(persona: str) -> Person:
    return _person(persona, "Chris Checkpoint", (_page(persona, "Behind a Checkpoint"),), checkpointed=True)


def _trouble(persona: str) -> Person:
    pages = tuple(_page(persona, trouble.name, trouble=trouble) for trouble in TROUBLES)
    return _person(persona, "Murphy Law", pages)


_PEOPLE = {
    "solo": _solo,
    "two-pages": _two_pages,
    "no-ig": _no_instagram,
    "creator": _creator,
    "agency": _agency,
    "partial": _partial,
    "declined": _declined,
    "missing-task": _missing_task,
    "bm-role": _business_role,
    "checkpointed": _checkpointed,
    "trouble": _trouble,
}


def _person(
    persona: str,
    name: str,
    pages: tuple[Page, ...],
    *,
    businesses: tuple[Business, ...] = (),
    unticked: frozenset[str] = frozenset(),
    declines: frozenset[str] = frozenset(),
    role_via_business: bool = False,
    checkpointed: bool = False,
) -> Person:
    return Person(
        id=steady_number("1022", 17, f"person/{persona}"),
        name=name,
        persona=persona,
        pages=pages,
        businesses=businesses,
        unticked=unticked,
        declines=declines,
        role_via_business=role_via_business,
        checkpointed=checkpointed,
    )


def _page(
    persona: str,
    name: str,
    category: str = "Brand",
    *,
    tasks: tuple[str, ...] = ALL_TASKS,
    instagram: bool = True,
    account_type: str = "BUSINESS",
    trouble: Trouble | None = None,
) -> Page:
    seed = f"{persona}/{name}"
    handle = re.sub(r"\W+", ".", name.lower())
    if persona.startswith("many:"):
        handle = f"{handle}.of.{persona[5:]}"
    account = None
    if instagram:
        account = InstagramAccount(steady_number("1784140", 17, f"instagram/{seed}"), handle, name, account_type)
    return Page(
        id=steady_number("10", 15, f"page/{seed}"),
        name=name,
        username=handle.replace(".", ""),
        category=category,
        tasks=tasks,
        instagram=account,
        trouble=trouble,
    )

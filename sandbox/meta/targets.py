"""Whom and what a trigger is about: people, Pages and Instagram accounts by the names that a person would type."""

from collections.abc import Iterable
from typing import TypeVar

from sandbox.meta.people import People
from sandbox.meta.personas import NAMED, InstagramAccount, Page, Person

SHOWN = 60
Target = TypeVar("Target", Page, InstagramAccount)


class TargetError(ValueError):
    """There is no such target, or more than one; the message lists what there is."""


def meet_everyone(people: People) -> list[Person]:
    """Make everyone known who has a name of their own, and return all who are known, these first."""
    named = [people.person(name) for name in NAMED if "N" not in name]
    return list({person.id: person for person in (*named, *people.persons.values())}.values())


def known_pages(people: People) -> list[Page]:
    """Return the Pages of everyone, in the same order."""
    return [page for person in meet_everyone(people) for page in person.reachable]


def known_accounts(people: People) -> list[InstagramAccount]:
    """Return the Instagram accounts of everyone, in the same order."""
    return [page.instagram for page in known_pages(people) if page.instagram is not None]


def find_person(people: People, text: str) -> Person:
    """Return a person by persona, name or id.

    Raises:
        TargetError: If there is none.
    """
    wanted = _plain(text)
    for person in meet_everyone(people):
        if wanted in (_plain(person.persona), _plain(person.name), person.id):
            return person
    try:
        return people.person(text)
    except ValueError:
        raise TargetError(f"There is no person {text[:SHOWN]!r}; there are {', '.join(NAMED)}.") from None


def find_page(people: People, text: str) -> Page:
    """Return a Page by name, username or id.

    Raises:
        TargetError: If there is none, or more than one.
    """
    pages, wanted = known_pages(people), _plain(text)
    found = [page for page in pages if wanted in (_plain(page.name), page.username, page.id)]
    return _only(text, "Page", found, (page.name for page in pages))


def find_account(people: People, text: str) -> Page | InstagramAccount:
    """Return a Page, or an Instagram account by @username or id.

    Raises:
        TargetError: If there is none, or more than one.
    """
    known_accounts(people)
    if text.strip().startswith("@") or text.strip() in people.instagram_accounts:
        return find_instagram(people, text)
    return find_page(people, text)


def find_instagram(people: People, text: str) -> InstagramAccount:
    """Return an Instagram account by @username or id.

    Raises:
        TargetError: If there is none.
    """
    accounts, wanted = known_accounts(people), text.strip().removeprefix("@").lower()
    found = [one for one in accounts if wanted in (one.username, one.id)]
    return _only(text, "Instagram account", found, (f"@{one.username}" for one in accounts))


def _only(text: str, kind: str, found: list[Target], known: Iterable[str]) -> Target:
    if len(found) == 1:
        return found[0]
    if found:
        raise TargetError(f"{text[:SHOWN]!r} is the name of {len(found)} {kind}s; say an id of {_ids(found)}.")
    names = list(dict.fromkeys(known))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    raise TargetError(f"There is no {kind} {text[:SHOWN]!r}; there are {', '.join(names[:SHOWN])}{more}.")


def _ids(found: Iterable[Page | InstagramAccount]) -> str:
    return ", ".join(one.id for one in found)


def _plain(text: str) -> str:
    return text.strip().lower().replace("_", " ").replace("-", " ")

"""Everyone who was asked for so far, what belongs to them, and what Facebook has against them."""

from sandbox.meta.personas import Business, InstagramAccount, Page, Person, build_person, persona_name
from sandbox.state import Shelf, State, codec_of


class People:
    """Everyone who was asked for so far, and what belongs to them, by id.

    Attributes:
        owners: The Page of an Instagram account.
        holders: The person who reaches a Page.
        lost_pages: Pages on which their person has no role any more, by id.
        checkpoints: Whether a person must log in at facebook.com first, where that was changed, by the person's id.
    """

    def __init__(self, state: State) -> None:
        self.persons: dict[str, Person] = {}
        self.pages: dict[str, Page] = {}
        self.businesses: dict[str, Business] = {}
        self.instagram_accounts: dict[str, InstagramAccount] = {}
        self.owners: dict[str, Page] = {}
        self.holders: dict[str, Person] = {}
        self.lost_pages: Shelf[bool] = state.shelf("lost_pages", codec_of(bool))
        self.checkpoints: Shelf[bool] = state.shelf("checkpoints", codec_of(bool))
        self._by_persona: dict[str, Person] = {}
        self._asked_for = state.shelf("personas", codec_of(bool))
        for persona in self._asked_for:
            self._register(build_person(persona))

    def person(self, persona: str) -> Person:
        """Return the person of a persona, making Pages and accounts known.

        Raises:
            ValueError: If there is no such persona.
        """
        name = persona_name(persona)
        if name not in self._by_persona:
            self._register(build_person(name))
            self._asked_for[name] = True
        return self._by_persona[name]

    def holder_of(self, account_id: str) -> Person | None:
        """Return the person who has an Instagram account, by the account's id."""
        page = self.owners.get(account_id)
        return None if page is None else self.holders[page.id]

    def is_checkpointed(self, user_id: str) -> bool:
        """Say whether a person must log in at facebook.com before anything works."""
        person = self.persons.get(user_id)
        return self.checkpoints.get(user_id, person is not None and person.checkpointed)

    def _register(self, person: Person) -> None:
        self._by_persona[person.persona] = person
        self.persons[person.id] = person
        self.businesses.update({business.id: business for business in person.businesses})
        for page in person.reachable:
            self.pages[page.id] = page
            self.holders[page.id] = person
            if page.instagram is not None:
                self.instagram_accounts[page.instagram.id] = page.instagram
                self.owners[page.instagram.id] = page

"""When faults happen: rules by endpoint, account, count, chance and time, and the registry of those in force."""

import random
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict, Field, model_validator

from sandbox.faults import ANY_ENDPOINT, FAULTS, Exchange, Fault
from sandbox.state import Codec, Shelf, State, codec_of

COUNTER = "rules"
KEPT = ("id", "endpoint", "name", "ends_at", "hits", "fired")
"""A rule's fields that are kept as they are."""
MAX_RULE_SECONDS = 365 * 86_400
MAX_SEED = 2**32 - 1


class When(BaseModel):
    """Which of the matching calls a fault happens to: all, unless something is said.

    Attributes:
        account: Only calls that touch this Page or Instagram account.
        nth: Only the n-th matching call, counted from the rule's creation.
        next: Only the next k of the calls that are due.
        probability: Each matching call is due with this chance.
        seed: Makes the draws of `probability` the same each time; one is drawn, and shown, if none is given.
        seconds: Only for so long, on the sandbox's clock.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    account: str | None = Field(default=None, min_length=1)
    nth: int | None = Field(default=None, ge=1)
    next: int | None = Field(default=None, ge=1)
    probability: float | None = Field(default=None, gt=0, le=1)
    seed: int | None = Field(default=None, ge=0, le=MAX_SEED)
    seconds: float | None = Field(default=None, gt=0, le=MAX_RULE_SECONDS)

    @model_validator(mode="after")
    def _agree(self) -> "When":
        if self.nth is not None and (self.next is not None or self.probability is not None):
            raise ValueError("nth names one call; it goes with neither next nor probability")
        if self.seed is not None and self.probability is None:
            raise ValueError("a seed needs a probability")
        return self


@dataclass(slots=True)
class Rule:
    """A fault in force.

    Attributes:
        endpoint: An endpoint label or a pattern with `*`, such as `POST /feed` or `POST *`.
        ends_at: Unix seconds of the sandbox's clock after which it is over; None is never.
        hits: Matching calls so far.
        fired: To how many of them the fault happened; calls that an earlier strike still weighs on are in neither.
    """

    id: int
    endpoint: str
    name: str
    fault: Fault
    when: When
    ends_at: float | None
    hits: int = 0
    fired: int = 0
    chance: random.Random = field(default_factory=random.Random, repr=False)

    def strikes(self, exchange: Exchange) -> bool:
        """Count a call against this rule and say whether the fault happens to it."""
        if self.fault.goes_on(exchange):
            return True
        if self.is_over(exchange.now) or not self._matches(exchange):
            return False
        self.hits += 1
        due = self._due()
        self.fired += due
        return due

    def is_over(self, now: float) -> bool:
        """Say whether its time has passed."""
        return self.ends_at is not None and now >= self.ends_at

    def _matches(self, exchange: Exchange) -> bool:
        return (
            fnmatchcase(exchange.endpoint, self.endpoint)
            and any(fnmatchcase(exchange.endpoint, label) for label in self.fault.endpoints)
            and self.when.account in (None, exchange.account_id)
            and self.fault.can_strike(exchange)
        )

    def _due(self) -> bool:
        if self.when.nth is not None:
            return self.hits == self.when.nth
        drawn = self.when.probability is None or self.chance.random() < self.when.probability
        return drawn and (self.when.next is None or self.fired < self.when.next)


class FaultRegistry:
    """The rules in force, in the order they were made.

    Attributes:
        rules: By id, as text.
        standing: Rules that belong to an account, by its id; they are part of what it is, and nobody lifts them.
    """

    def __init__(self, state: State) -> None:
        self.rules: Shelf[Rule] = state.shelf("rules", Codec(_written, _read))
        self.standing: dict[str, list[Rule]] = {}
        self._counters = state.shelf("counters", codec_of(int))

    def add(
        self,
        name: str,
        *,
        now: float,
        endpoint: str | None = None,
        options: Mapping[str, Any],
        when: When | None = None,
    ) -> Rule:
        """Put a rule in force.

        Args:
            name: The fault's.
            now: The sandbox's moment, unix seconds.
            endpoint: A label or pattern; None is wherever the fault can happen.
            options: The fault's own.
            when: Which of the matching calls; None is all.

        Raises:
            KeyError: If no fault has that name.
            pydantic.ValidationError: If the fault does not take these options.
        """
        chosen = FAULTS[name].model_validate(dict(options))
        when = _seeded(when or When())
        self._counters[COUNTER] = self._counters.get(COUNTER, 0) + 1
        rule = Rule(
            id=self._counters[COUNTER],
            endpoint=endpoint or ANY_ENDPOINT[0],
            name=name,
            fault=chosen,
            when=when,
            ends_at=None if when.seconds is None else now + when.seconds,
            chance=random.Random(when.seed),  # noqa: S311 - reproducible chance, nothing secret
        )
        self.rules[str(rule.id)] = rule
        return rule

    def stand(self, name: str, *, account_id: str, endpoint: str, options: Mapping[str, Any]) -> None:
        """Put a rule in force that stays with an account.

        Raises:
            KeyError: If no fault has that name.
            pydantic.ValidationError: If the fault does not take these options.
        """
        chosen = FAULTS[name].model_validate(dict(options))
        rule = Rule(0, endpoint, name, chosen, When(account=account_id), ends_at=None)
        self.standing.setdefault(account_id, []).append(rule)

    def remove(self, rule_id: int | None = None) -> int:
        """Lift one rule, or all, and return how many were lifted."""
        if rule_id is not None:
            return 0 if self.rules.pop(str(rule_id), None) is None else 1
        count = len(self.rules)
        self.rules.clear()
        return count

    def striking(self, exchange: Exchange) -> list[Rule]:
        """Count a call and return the rules whose faults happen to it."""
        return [*self._striking(exchange), *self._standing(exchange)]

    def note(self, rules: Iterable[Rule]) -> None:
        """Remember what faults did to a call that is over."""
        for rule in rules:
            if str(rule.id) in self.rules:
                self.rules.touch(str(rule.id))

    def _striking(self, exchange: Exchange) -> Iterator[Rule]:
        for key, rule in self.rules.items():
            hits = rule.hits
            if rule.strikes(exchange):
                yield rule
            if rule.hits > hits:
                self.rules.touch(key)

    def _standing(self, exchange: Exchange) -> list[Rule]:
        return [rule for rule in self.standing.get(exchange.account_id or "", ()) if rule.strikes(exchange)]


def _written(rule: Rule) -> bytes:
    return orjson.dumps(
        {
            **{name: getattr(rule, name) for name in KEPT},
            "options": rule.fault.model_dump(mode="json"),
            "when": rule.when.model_dump(mode="json"),
            "memory": rule.fault.memory(),
        }
    )


def _read(text: bytes) -> Rule:
    """Return a rule as it was; one that goes by chance goes on with its draws where it was."""
    found = orjson.loads(text)
    fault, when = FAULTS[found["name"]].model_validate(found["options"]), When.model_validate(found["when"])
    fault.recall(found["memory"])
    chance = random.Random(when.seed)  # noqa: S311 - reproducible chance, nothing secret
    for _ in range(found["hits"] if when.probability is not None else 0):
        chance.random()
    return Rule(fault=fault, when=when, chance=chance, **{name: found[name] for name in KEPT})


def _seeded(when: When) -> When:
    if when.probability is None or when.seed is not None:
        return when
    return when.model_copy(update={"seed": secrets.randbelow(MAX_SEED + 1)})

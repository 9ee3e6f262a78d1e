"""The state machine against a tiny model of a platform: whatever two workers, crashes and late answers do, nobody sees
a publication twice, and no state says what is not so.

The steps are the product's own (claim, mark, record, sweep, look, decide) on a real database; the platform is a count
of live copies.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from platforms.base import Receipt, Sighting
from publishing import models
from publishing.claiming import claim
from publishing.db import transaction
from publishing.decisions import Action, allowed_actions, cancel_publication, resolve_publication, retry_publication
from publishing.deps import Deps, open_deps
from publishing.errors import StateError
from publishing.ids import Kind, public_id
from publishing.ledger import AttemptEnd, Entry, Ledger, new_attempt
from publishing.lifecycle import Reason, Status, Step
from publishing.models import AttemptOutcome
from publishing.settings import load_settings
from publishing.system import claim_unconfirmed, conclude_look, sweep_publications
from publishing.system.claims import ACTOR
from publishing.transitions import Change, advance_found
from tests.publishing.town import NOW, StoppedClock, Street, at, open_street
from tests.support.dialect import forget_dialect
from tests.support.stack import new_keys

LEASE, CALL = timedelta(seconds=60), timedelta(seconds=30)
COUNT = 6
WORKERS = some.sampled_from(["one", "two"])
FATES = some.sampled_from(["landed", "lost", "cut", "refused", "nothing"])
"""What becomes of a call: public and said so, neither, public and not said so, refused for good, surely not sent."""


@dataclass
class Hand:
    """A publication in a worker's hands: its claim, and what is known of its call."""

    publication_id: UUID
    epoch: int
    attempt_id: UUID | None = None
    marked_at: Any = None
    answer: str | None = None


class Machine(RuleBasedStateMachine):
    """Some publications, each on a channel of its own, two workers, one platform."""

    runner: ClassVar[asyncio.Runner]
    deps: ClassVar[Deps]

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.hands: dict[str, list[Hand]] = {"one": [], "two": []}
        self.street: Street = self._do(open_street(COUNT))
        rows = self._do(self.street.publish_all([(Status.QUEUED, number) for number in range(COUNT)]))
        self.copies: dict[UUID, int] = {row.id: 0 for row in rows}
        self.posts = {row.id: f"post-{number}" for number, row in enumerate(rows)}

    @rule(seconds=some.sampled_from([1, 20, 61, 400, 1200]))
    def time_passes(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(worker=WORKERS)
    def a_worker_claims(self, worker: str) -> None:
        taken = self._do(self._claim())
        self.hands[worker] += [Hand(row.id, row.epoch) for row in taken]

    @rule(worker=WORKERS)
    def a_worker_dies(self, worker: str) -> None:
        self.hands[worker].clear()

    @rule(worker=WORKERS, fate=FATES)
    def a_worker_marks_and_sends(self, worker: str, fate: str) -> None:
        """The mark first; then the call, unless the worker was away for so long that its lease may be over."""
        hand = next((hand for hand in self.hands[worker] if hand.attempt_id is None), None)
        if hand is None:
            return
        attempt = new_attempt(Step.PUBLISH, "POST /1/feed")
        change = self._change(hand, Status.PUBLISHING, Reason.ABOUT_TO_SEND, lease_in=LEASE, counts_attempt=True)
        if self._do(self._write(Entry(hand.publication_id, hand.epoch, change=change, start=attempt))) is None:
            self.hands[worker].remove(hand)
            return
        hand.attempt_id, hand.marked_at, hand.answer = attempt.id, self.now, fate
        if fate in {"landed", "cut"}:
            self.copies[hand.publication_id] += 1

    @rule(worker=WORKERS)
    def a_worker_records(self, worker: str) -> None:
        """However late: a success is proof, everything else is fenced by the claim."""
        hand = next((hand for hand in self.hands[worker] if hand.attempt_id is not None), None)
        if hand is None or hand.attempt_id is None:
            return
        self.hands[worker].remove(hand)
        after, reason, outcome, columns = {
            "landed": (Status.PUBLISHED, Reason.CONFIRMED, AttemptOutcome.SUCCEEDED, self._proof(hand)),
            "refused": (Status.FAILED, Reason.REFUSED, AttemptOutcome.FAILED_PERMANENT, {}),
            "nothing": (Status.RETRYING, Reason.TRANSIENT_FAILURE, AttemptOutcome.FAILED_RETRYABLE, _DUE),
        }.get(hand.answer or "", (Status.UNCONFIRMED, Reason.OUTCOME_UNKNOWN, AttemptOutcome.UNKNOWN, _DUE))
        end = AttemptEnd(hand.attempt_id, outcome)
        change = self._change(hand, after, reason, **columns)
        self._do(self._write(Entry(hand.publication_id, hand.epoch, change=change, end=end)))

    @rule(worker=WORKERS, fate=FATES)
    def a_worker_does_all_of_it(self, worker: str, fate: str) -> None:
        self.a_worker_claims(worker)
        self.a_worker_marks_and_sends(worker, fate)
        self.a_worker_records(worker)

    @rule(first=FATES, second=FATES)
    def a_worker_wakes_up_when_another_has_sent(self, first: str, second: str) -> None:
        """Frozen between its call and its record, for longer than any window: what it knows is old."""
        self.a_worker_claims("one")
        self.a_worker_marks_and_sends("one", first)
        for _ in range(2):
            self.now += timedelta(seconds=self.deps.settings.settle_seconds)
            self.much_later_somebody_sweeps_and_looks(lagging=False)
        self.now += LEASE
        self.a_worker_claims("two")
        self.a_worker_marks_and_sends("two", second)
        self.a_worker_records("one")

    @rule(lagging=some.booleans())
    def much_later_somebody_sweeps_and_looks(self, lagging: bool) -> None:
        self.now += LEASE + timedelta(seconds=10)
        self.somebody_sweeps()
        self.now += timedelta(seconds=10)
        self.somebody_looks(lagging)

    @rule()
    def somebody_sweeps(self) -> None:
        self._do(sweep_publications(at(self.deps, self.now)))

    @rule(lagging=some.booleans())
    def somebody_looks(self, lagging: bool) -> None:
        """A platform may show late what it took, within the settle window only."""
        for case in self._do(claim_unconfirmed(at(self.deps, self.now), limit=COUNT)):
            settled = self.now - case.since >= timedelta(seconds=self.deps.settings.settle_seconds)
            live = bool(self.copies[case.publication_id]) and (settled or not lagging)
            found = (Receipt(self.posts[case.publication_id]),) if live else ()
            self._do(conclude_look(at(self.deps, self.now), case, Sighting(out=False, matches=found)))

    @rule(number=some.integers(0, COUNT - 1), action=some.sampled_from((Action.CANCEL, Action.RETRY, Action.RESOLVE)))
    def a_person_decides(self, number: int, action: Action) -> None:
        """Whoever is asked what became of it looks, and says the truth; no call of it is on its way then."""
        publication_id = list(self.copies)[number]
        name = public_id(Kind.PUBLICATION, publication_id)
        deps, caller = at(self.deps, self.now), self.street.caller
        url = "https://example.com/seen" if self.copies[publication_id] else None
        deeds = {
            Action.CANCEL: lambda: cancel_publication(deps, caller, publication_id=name),
            Action.RETRY: lambda: retry_publication(deps, caller, publication_id=name, idempotency_key=None),
            Action.RESOLVE: lambda: resolve_publication(deps, caller, publication_id=name, url=url),
        }
        row = self._do(models.Publication.get(id=publication_id))
        try:
            self._do(deeds[action]())
        except StateError:
            still_looking = (action, row.status, url) == (Action.RESOLVE, Status.UNCONFIRMED, None)
            assert still_looking or action not in allowed_actions(row.status, row.reason)

    @invariant()
    def nothing_is_doubled_and_no_state_is_false(self) -> None:
        rows = self._do(models.Publication.filter(id__in=list(self.copies)))
        for row in rows:
            copies = self.copies[row.id]
            assert copies <= 1, f"{row.id} is public {copies} times"
            if row.status is Status.PUBLISHED:
                assert copies == 1
            if row.status in {Status.FAILED, Status.CANCELED}:
                assert copies == 0, f"{row.status} and public"

    def teardown(self) -> None:
        for model in _TABLES:
            self._do(model.all().delete())

    def _do(self, deed: Any) -> Any:
        return self.runner.run(done(deed))

    async def _claim(self) -> Any:
        async with transaction():
            return await advance_found(claim(now=self.now, lease=LEASE, limit=10, actor=ACTOR), now=self.now)

    async def _write(self, entry: Entry) -> Any:
        return await Ledger(StoppedClock(self.now)).write(entry)

    def _change(self, hand: Hand, after: Status, reason: Reason, **columns: Any) -> Change:
        fence = None if columns.get("proof") else hand.epoch
        return Change(hand.publication_id, after, reason, ACTOR, fence=fence, **columns)

    def _proof(self, hand: Hand) -> dict[str, Any]:
        return {"proof": True, "platform_post_id": self.posts[hand.publication_id]}


_DUE = {"due_in": timedelta(seconds=5)}


_TABLES = (
    models.FollowUp,
    models.Event,
    models.Transition,
    models.Attempt,
    models.Publication,
    models.Post,
    models.Channel,
    models.ConnectedAccount,
    models.Workspace,
)


@pytest.mark.timeout(300)
def test_nobody_sees_a_publication_twice_whatever_happens(database_url: str):
    keys = new_keys()
    given = load_settings(
        dev=True,
        database_url=database_url,
        redis_url="unix:///nowhere",
        token_keys=keys["AGM_TOKEN_KEYS"],
        secret_keys=keys["AGM_SECRET_KEYS"],
    )

    forget_dialect()
    with asyncio.Runner() as runner:
        held = AsyncExitStack()

        class Here(Machine):
            pass

        Here.runner = runner
        Here.deps = runner.run(done(held.enter_async_context(open_deps(given))))
        try:
            run_state_machine_as_test(Here, settings=settings(max_examples=40, stateful_step_count=30, deadline=None))
        finally:
            runner.run(done(held.aclose()))


async def done(deed: Awaitable[Any]) -> Any:
    return await deed

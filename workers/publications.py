"""Publications: claim what is due, bring each a step further, and write what came of it."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from time import monotonic
from uuid import UUID

import structlog
from tortoise.exceptions import IntegrityError

from platforms.base import Done, Wait
from publishing.assignment import Windows
from publishing.delivery import ACTOR, ClaimLostError, Delivery, Outcome, contested, run_step
from publishing.failpoints import CrashPoint, crash_here
from publishing.ids import Kind, public_id
from publishing.ledger import Entry
from publishing.lifecycle import Reason, Status
from publishing.queue import Queue
from publishing.readying import ready_to_step
from publishing.retries import Backoff
from publishing.store import away, is_away
from publishing.system import claim_due, hold_account, publisher_of, renew_leases
from publishing.system.claims import Claimed
from publishing.tracing import Span
from publishing.transitions import Advanced, Change
from publishing.uncut import uncut
from workers.deps import WorkerDeps
from workers.permalinks import Permalinks, Unaddressed
from workers.runner import Job, Runner
from workers.telling import working_on

log = structlog.get_logger(__name__)
LIMIT = 1000
"""How many publications a worker brings on at once; a platform answers most calls within a second or two."""
WAITING = 1000
"""How many more a worker has in hand that are scheduled for an instant to come: they only wait, and then go out."""
_LOOK_SECONDS = 0.02
"""Between two looks for what becomes due, at least: rows that become due one by one are not looked at one by one."""
_GONE_WRONG = frozenset({Status.RETRYING, Status.FAILED, Status.HELD, Status.UNCONFIRMED})
_RECORD_PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
_BREATH_SECONDS = 2.0
"""How long a worker that stops lets go on what it has not sent; less than DRAIN_MARGIN_SECONDS, for the call to fit."""


class Publications:
    """Everything one worker process has in hand; `commented` is called when a first comment is due.

    `at_once` is how many the process can have under way, and as many more that wait for their time.
    """

    def __init__(
        self, worker: WorkerDeps, *, commented: Callable[[], None] = lambda: None, at_once: int = LIMIT
    ) -> None:
        self._worker = worker
        self._most, self._most_waiting = min(LIMIT, at_once), min(WAITING, at_once)
        self._commented = commented
        settings = worker.deps.settings
        self._windows = Windows(
            timedelta(seconds=settings.lease_seconds),
            settings.platform_timeout_seconds,
            first_look=timedelta(seconds=settings.reconcile_seconds[0]),
        )
        self._held: dict[tuple[UUID, int], tuple[asyncio.Task[object] | None, Delivery]] = {}
        self._alarm: asyncio.TimerHandle | None = None
        self._waiting = 0
        self._last_chance: UUID | None = None
        self.runner = Runner("publications", self._claim, limit=self._most + self._most_waiting)
        self._permalinks = Permalinks(worker, lambda: self._at_work)

    async def keep_leases(self) -> None:
        """Show that this worker lives, three times a lease; what it lost is stopped unless it was sent already."""
        while True:
            await asyncio.sleep(self._windows.lease.total_seconds() / 3)
            held = list(self._held)
            if not held:
                continue
            try:
                kept = await uncut(renew_leases(self._worker.deps, held=held))
            except away() as error:
                log.warning("store_away", use_case="renew_leases", error=type(error).__name__)
                continue
            except Exception as error:
                log.exception("lease_fault", error=type(error).__name__)
                continue
            self._stop_lost({claim for claim in held if claim[0] not in kept})

    async def drain(self, *, seconds: float) -> None:
        """Finish the public calls, within `seconds`; what is still being prepared after a breath is given back.

        A public call that began late in a drain would be cut off by its end, and nobody would know what came of it.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        finishing = loop.create_task(self.runner.drain(seconds=seconds))
        await asyncio.wait({finishing}, timeout=_BREATH_SECONDS)
        for task, delivery in list(self._held.values()):
            if task is not None and delivery.attempt is None:
                task.cancel()
        await finishing
        await self._permalinks.drain(seconds=deadline - loop.time())

    @property
    def _at_work(self) -> int:
        return self.runner.busy - self._waiting

    async def _claim(self, free: int) -> Sequence[Job]:
        """Take what is due as long as there is room for it; what waits for its instant has a room of its own.

        Of those that one more death would condemn, one is in hand at a time: the death would be for it alone.
        """
        due, ahead = self._most - self._at_work, self._most_waiting - self._waiting
        batch = await claim_due(
            self._worker.deps, limit=min(due, free), ahead=min(ahead, free), last_chance=self._last_chance is None
        )
        self._last_chance = self._last_chance or batch.last_chance
        self._waiting += sum(claimed.ahead for claimed in batch.work)
        self._look_again(batch.next_due_in)
        if batch.size:
            crash_here(CrashPoint.AFTER_CLAIM)
            self._worker.deps.bell.announce()
        return [
            *(partial(self._deliver, claimed) for claimed in batch.work),
            *(partial(self._refuse, entry) for entry in batch.refused),
        ]

    def _look_again(self, due_in: timedelta | None) -> None:
        """Be there to the millisecond for what is due before the next sweep: a ring for a time ahead comes later."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        if due_in is not None and due_in.total_seconds() <= 2 * self._worker.deps.settings.sweep_seconds:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(max(due_in.total_seconds(), _LOOK_SECONDS), self.runner.wake)

    async def _refuse(self, entry: Entry) -> None:
        try:
            await self._write(entry, answered=False)
            self._worker.deps.bell.announce()
        finally:
            self._let_go(entry.publication_id)

    async def _deliver(self, claimed: Claimed) -> None:
        given = claimed.assignment
        try:
            with working_on(given.publication_id, given.workspace_id, given.traceparent) as span:
                outcome = await self._bring_on(claimed, Delivery(given, self._worker.ledger, self._windows))
                _tell(span, outcome)
        finally:
            self._let_go(given.publication_id)

    def _let_go(self, publication_id: UUID) -> None:
        if self._last_chance == publication_id:
            self._last_chance = None

    async def _bring_on(self, claimed: Claimed, delivery: Delivery) -> Outcome | None:
        """Do one step and write what came of it; None when the claim was lost."""
        given = claimed.assignment
        claim = given.publication_id, given.epoch
        self._held[claim] = (asyncio.current_task(), delivery)
        try:
            await self._wait(claimed)
            outcome = await run_step(delivery, partial(self._step, claimed), given.failures)
            outcome, advanced = await self._record(claimed, delivery, outcome)
        except ClaimLostError:
            log.info("claim_lost")
            return None
        except asyncio.CancelledError:
            await self._give_back(claimed, delivery)
            raise
        else:
            await self._follow_up(claimed, delivery, outcome, advanced)
            return outcome
        finally:
            del self._held[claim]

    async def _wait(self, claimed: Claimed) -> None:
        try:
            await _wait_until(claimed.not_before)
        finally:
            self._waiting -= claimed.ahead

    async def _step(self, claimed: Claimed, delivery: Delivery) -> Done | Wait:
        given, deps = claimed.assignment, self._worker.deps
        last = given.media_failures >= Backoff.MEDIA.value.tries
        await ready_to_step(deps, self._worker.fetcher, delivery, claimed.media, rules=given.rules, last=last)
        publisher = publisher_of(
            deps, given.platform, given.environment, sign_in=given.sign_in, account_id=given.account_id
        )
        with self._worker.budgets.metering(
            given.platform, given.environment, given.platform_account_id, sign_in=given.sign_in
        ):
            return await publisher.step(delivery)

    async def _record(self, claimed: Claimed, delivery: Delivery, outcome: Outcome) -> tuple[Outcome, Advanced | None]:
        """Write what came of it."""
        answered = delivery.attempt is not None
        try:
            advanced = await self._write(_entry(claimed, outcome), answered=answered)
        except IntegrityError:
            if not outcome.public:
                raise
            outcome = contested(delivery)
            advanced = await self._write(_entry(claimed, outcome), answered=answered)
        if outcome.end is not None:
            crash_here(CrashPoint.RECORDED)
        return outcome, advanced

    async def _write(self, entry: Entry, *, answered: bool) -> Advanced | None:
        """Write an entry, however long the database is away.

        An answer in hand (`answered`) is not to be lost, whatever else goes wrong. Where nothing was sent, what cannot
        be written is left to the end of its lease.
        """
        pauses = iter(_RECORD_PAUSES)
        while True:
            try:
                return await self._worker.ledger.write(entry)
            except IntegrityError:
                raise
            except Exception as error:  # whatever it is: it is written again, and what cannot be is raised below
                log.warning("not_recorded", error=type(error).__name__, exc_info=None if is_away(error) else error)
                pause = next(pauses, None)
                if pause is None and not answered and not is_away(error):
                    raise
            await asyncio.sleep(_RECORD_PAUSES[-1] if pause is None else pause)

    async def _follow_up(
        self, claimed: Claimed, delivery: Delivery, outcome: Outcome, advanced: Advanced | None
    ) -> None:
        """Do what follows. Nobody is rung for what comes back later: each worker looks ahead for what is due."""
        deps, given = self._worker.deps, claimed.assignment
        deps.bell.announce()
        if outcome.reconnect:
            await hold_account(deps, account_id=given.account_id, token=delivery.token)
        if advanced is not None and advanced.after is Status.PUBLISHED and advanced.comments:
            self._commented()
        if outcome.public and outcome.change.permalink is None:
            post_id = outcome.change.platform_post_id or ""
            missing = Unaddressed(
                given.publication_id, given.platform, given.environment, given.sign_in, post_id, delivery.token
            )
            self._permalinks.want(missing)

    async def _give_back(self, claimed: Claimed, delivery: Delivery) -> None:
        """Stopped while preparing: another worker may have it at once. Once sent, only the lease's end speaks."""
        given = claimed.assignment
        if delivery.attempt is not None:
            return
        change = Change(
            publication_id=given.publication_id,
            after=Status.QUEUED,
            reason=Reason.GIVEN_BACK,
            actor=ACTOR,
            fence=given.epoch,
            before=frozenset({Status.PREPARING}),
            due_in=timedelta(seconds=max(0.0, claimed.not_before - monotonic())),
        )
        await self._worker.ledger.write(Entry(given.publication_id, given.epoch, change=change))
        self._worker.deps.bell.ring(Queue.PUBLISHING)

    def _stop_lost(self, lost: set[tuple[UUID, int]]) -> None:
        for claim in lost:
            task, delivery = self._held.get(claim, (None, None))
            if task is not None and delivery is not None and delivery.attempt is None:
                log.warning("lease_lost", publication=public_id(Kind.PUBLICATION, claim[0]))
                task.cancel()


def _entry(claimed: Claimed, outcome: Outcome) -> Entry:
    given = claimed.assignment
    return Entry(
        given.publication_id,
        given.epoch,
        change=outcome.change,
        end=outcome.end,
        rest=outcome.rest,
        part=outcome.part,
    )


async def _wait_until(moment: float) -> None:
    """Sleep until then: timers of uvloop count whole milliseconds, and one alone may end too early."""
    while (left := moment - monotonic()) > 0:  # noqa: ASYNC110 - nothing tells the time but the clock
        await asyncio.sleep(left)


def _tell(span: Span, outcome: Outcome | None) -> None:
    if outcome is None:
        span.fail("claim_lost")
        return
    after = outcome.change.after
    span.note("agm.publication.status", after.value)
    if after in _GONE_WRONG:
        span.fail(after.value)

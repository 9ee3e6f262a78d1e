"""Threads: parts in order, each once, no hole and no double, whatever becomes of a part's call."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tortoise.exceptions import IntegrityError

from platforms import registry
from platforms.base import DOUBTED, ChannelKind, Done, Receipt, ReplyTo, Sighting, Wait
from platforms.errors import Failure, FailureCode, OutcomeUnknownError, RejectedError, TransientError
from platforms.issues import Rule
from platforms.rules import Fact
from publishing import models
from publishing.assignment import Windows
from publishing.decisions import cancel_publication, resolve_publication, retry_publication
from publishing.delivery import Delivery, run_step
from publishing.deps import Deps
from publishing.errors import InvalidError, StateError
from publishing.follow_ups import delete_publication
from publishing.ids import Kind, public_id
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import Reason, Status
from publishing.posts import get_posts, publish
from publishing.publications import get_parts, get_publications
from publishing.records import MediaInput, NewPart
from publishing.system import claim_due, claim_follow_ups, claim_unconfirmed, conclude_look
from publishing.system.claims import Claimed
from tests.publishing.test_follow_ups import street_with_token
from tests.publishing.town import NOW, SECOND, StoppedClock, Street, at, history

PARTS = (NewPart("Two"), NewPart("Three"))
FAILURE = Failure(FailureCode.PLATFORM_REJECTED, registry.Platform.FACEBOOK, "It said no.", "Change it.")
Step = Callable[[Delivery], Awaitable[Done | Wait]]


@pytest.fixture(autouse=True)
def _threads(monkeypatch: pytest.MonkeyPatch) -> None:
    known = registry.rules_for(ChannelKind.FACEBOOK_PAGE)
    most = Fact(3, "https://example.com", date(2026, 11, 26))
    monkeypatch.setitem(registry._RULES, (ChannelKind.FACEBOOK_PAGE, None), replace(known, most_parts=most))


async def accepted(deps: Deps, **given: Any) -> tuple[Street, models.Publication]:
    street = await street_with_token(deps)
    request = street.request("One", **{"thread": PARTS, **given})
    published = await publish(at(deps, NOW), street.caller, request)
    return street, await models.Publication.get(id=published.publication.id)


async def claimed(deps: Deps, *, after: float = 0) -> Claimed:
    (work,) = (await claim_due(at(deps, NOW + after * SECOND), limit=5)).work
    return work


async def ended(work: Claimed, step: Step, *, after: float = 0) -> Any:
    """Do a step as a worker does, and write what came of it."""
    given, ledger = work.assignment, Ledger(StoppedClock(NOW + after * SECOND))
    delivery = Delivery(given, ledger, Windows(60 * SECOND, 30))
    outcome = await run_step(delivery, step, given.failures)
    entry = Entry(given.publication_id, given.epoch, change=outcome.change, end=outcome.end, part=outcome.part)
    return await ledger.write(entry)


def answers(post_id: str, **handles: str) -> Step:
    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            return Receipt(post_id, f"https://example.com/{post_id}")

        if handles:
            await delivery.keep(handles)
        return Done(await delivery.make_public("POST /1/feed", send))

    return step


def fails(error: Exception) -> Step:
    async def step(delivery: Delivery) -> Done:
        async def send() -> Receipt:
            raise error

        await delivery.keep({"made": "1"})
        return Done(await delivery.make_public("POST /1/feed", send))

    return step


async def stored(row: models.Publication) -> models.Publication:
    return await models.Publication.get(id=row.id)


async def out(street: Street, row: models.Publication) -> list[tuple[int, str]]:
    parts = (await get_parts(workspace_id=street.workspace_id, ids=[row.id])).get(row.id, ())
    return [(part.index, part.receipt.platform_post_id) for part in parts]


# -- accepting --------------------------------------------------------------------------------------------------


async def test_a_thread_is_kept_with_its_post_and_publication(deps: Deps):
    street, row = await accepted(deps, thread=(NewPart("Two", (MediaInput("https://example.com/a.jpg"),)),))

    post = (await get_posts(workspace_id=street.workspace_id, ids=[row.post_id]))[row.post_id]
    record = (await get_publications(workspace_id=street.workspace_id, ids=[row.id]))[row.id]
    for said in (post, record):
        assert said.thread is not None
        assert [(part.text, len(part.media)) for part in said.thread] == [("Two", 1)]
    assert await models.MediaAsset.filter(source_url="https://example.com/a.jpg").count() == 1


async def test_a_publication_without_a_thread_has_none(deps: Deps):
    street, row = await accepted(deps, thread=())

    assert (await stored(row)).thread is None
    assert (await get_parts(workspace_id=street.workspace_id, ids=[row.id])) == {}


@pytest.mark.parametrize(
    ("thread", "rule", "path"),
    [
        ((*PARTS, NewPart("Four")), Rule.THREAD_TOO_LONG, ("thread",)),
        ((NewPart(""),), Rule.CONTENT_EMPTY, ("thread", "0", "text")),
        ((NewPart("Two"), NewPart("x" * 63_207)), Rule.TEXT_TOO_LONG, ("thread", "1", "text")),
        ((NewPart("T\x00wo"),), Rule.TEXT_UNSUPPORTED_CHARACTERS, ("thread", "0", "text")),
        (
            (NewPart("Two", (MediaInput("https://example.com/a.jpg"),) * 11),),
            Rule.TOO_MANY_MEDIA,
            ("thread", "0", "media"),
        ),
    ],
)
async def test_each_part_is_checked_like_a_post(deps: Deps, thread: Any, rule: Rule, path: tuple[str, ...]):
    with pytest.raises(InvalidError) as refused:
        await accepted(deps, thread=thread)

    assert [(issue.rule, issue.path) for issue in refused.value.issues] == [(rule, path)]


async def test_a_platform_without_threads_refuses_them(deps: Deps, monkeypatch: pytest.MonkeyPatch):
    known = registry.rules_for(ChannelKind.FACEBOOK_PAGE)
    monkeypatch.setitem(registry._RULES, (ChannelKind.FACEBOOK_PAGE, None), replace(known, most_parts=None))

    with pytest.raises(InvalidError) as refused:
        await accepted(deps)

    assert [issue.rule for issue in refused.value.issues] == [Rule.THREAD_UNSUPPORTED]


async def test_another_thread_with_the_same_key_is_another_input(deps: Deps):
    street = await street_with_token(deps)
    for thread, fits in ((PARTS, True), (PARTS, True), (PARTS[:1], False), ((), False)):
        request = street.request("One", key="a-key", thread=thread)
        if fits:
            await publish(at(deps, NOW), street.caller, request)
            continue
        with pytest.raises(Exception, match="another input"):
            await publish(at(deps, NOW), street.caller, request)

    assert await models.Publication.all().count() == 1


# -- bringing out -----------------------------------------------------------------------------------------------


async def test_parts_go_out_one_below_the_other_and_the_first_is_the_post(deps: Deps):
    street, row = await accepted(deps, link="https://example.com")
    seen: list[tuple[str, str | None, ReplyTo | None]] = []
    for number in range(3):
        work = await claimed(deps, after=number)
        draft = work.assignment.draft
        seen.append((draft.text, draft.link, draft.reply_to))
        assert await ended(work, answers(f"9_{number}", made="1"), after=number)
        assert (await stored(row)).handles == {}

    assert seen == [
        ("One", "https://example.com", None),
        ("Two", None, ReplyTo("9_0", "9_0")),
        ("Three", None, ReplyTo("9_0", "9_1")),
    ]
    found = await stored(row)
    assert (found.status, found.platform_post_id, found.permalink) == (
        Status.PUBLISHED,
        "9_0",
        "https://example.com/9_0",
    )
    assert await out(street, row) == [(0, "9_0"), (1, "9_1"), (2, "9_2")]
    steps = [(after, reason) for _, after, reason in await history(row) if reason is not Reason.ABOUT_TO_SEND]
    assert steps.count((Status.PROCESSING, Reason.PART_PUBLISHED)) == 2
    assert steps[-1] == (Status.PUBLISHED, Reason.CONFIRMED)


async def test_workers_that_died_on_one_part_are_not_counted_against_the_next(deps: Deps):
    _, row = await accepted(deps)
    work = await claimed(deps)
    await models.Publication.filter(id=row.id).update(lost_leases=2)

    await ended(work, answers("9_0"))

    now = await stored(row)
    assert (now.status, now.lost_leases, now.asked_again_at) == (Status.PROCESSING, 0, None)


async def test_the_failures_of_one_part_do_not_use_up_the_patience_for_the_next(deps: Deps):
    _, row = await accepted(deps)
    await ended(await claimed(deps), fails(TransientError(FAILURE)))
    assert (await stored(row)).failures == 1

    await ended(await claimed(deps, after=60), answers("9_0"), after=60)

    assert (await stored(row)).failures == 0


async def test_the_same_part_cannot_be_written_down_twice(deps: Deps):
    _, row = await accepted(deps)
    work = await claimed(deps)
    await ended(work, answers("9_0"))
    again = replace(work.assignment, epoch=(await stored(row)).epoch)
    await models.Publication.filter(id=row.id).update(status=Status.PREPARING)

    with pytest.raises(IntegrityError):
        await ended(replace(work, assignment=again), answers("9_7"))


async def test_a_refused_part_says_what_is_out_and_a_retry_goes_on_with_it(deps: Deps):
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    await ended(await claimed(deps, after=1), fails(RejectedError(FAILURE)), after=1)

    failed = await stored(row)
    assert failed.status is Status.FAILED
    assert failed.error
    assert "Part 2 of 3: It said no. Of the thread the first part is out." in failed.error["message"]
    assert "part 2" in failed.error["hint"]
    named = public_id(Kind.PUBLICATION, row.id)
    await retry_publication(at(deps, NOW + 2 * SECOND), street.caller, publication_id=named, idempotency_key=None)
    work = await claimed(deps, after=3)
    assert (work.assignment.draft.text, work.assignment.draft.reply_to) == ("Two", ReplyTo("9_0", "9_0"))


async def test_what_is_called_off_sends_no_further_part_and_shows_what_is_out(deps: Deps):
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))

    named = public_id(Kind.PUBLICATION, row.id)
    await cancel_publication(at(deps, NOW + SECOND), street.caller, publication_id=named)

    assert (await claim_due(at(deps, NOW + 60 * SECOND), limit=5)).work == ()
    assert (await stored(row)).status is Status.CANCELED
    assert await out(street, row) == [(0, "9_0")]


# -- finding out ------------------------------------------------------------------------------------------------


async def unknown_second(deps: Deps) -> tuple[Street, models.Publication]:
    street, row = await accepted(deps)
    await ended(await claimed(deps), answers("9_0"))
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)
    assert (await stored(row)).status is Status.UNCONFIRMED
    return street, row


async def look(deps: Deps, sighting: Sighting, *, after: float) -> None:
    when = at(deps, NOW + after * SECOND)
    (case,) = await claim_unconfirmed(when, limit=5)
    assert case.sent is not None
    assert (case.sent.draft.text, case.sent.draft.reply_to) == ("Two", ReplyTo("9_0", "9_0"))
    assert case.sent.sent_at == NOW + 10 * SECOND
    assert case.unknowns == 1
    await conclude_look(when, case, sighting)


async def test_a_part_that_is_found_lets_the_thread_go_on(deps: Deps):
    street, row = await unknown_second(deps)

    await look(deps, Sighting(out=True, matches=(Receipt("9_1"),)), after=20)

    found = await stored(row)
    assert (found.status, found.reason, found.handles) == (Status.RETRYING, Reason.PART_PUBLISHED, {})
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]
    work = await claimed(deps, after=21)
    assert (work.assignment.draft.text, work.assignment.draft.reply_to) == ("Three", ReplyTo("9_0", "9_1"))
    await ended(work, answers("9_2"), after=21)
    assert ((await stored(row)).status, (await stored(row)).platform_post_id) == (Status.PUBLISHED, "9_0")


async def test_the_last_part_that_is_found_ends_the_thread(deps: Deps):
    street, row = await accepted(deps, thread=PARTS[:1])
    await ended(await claimed(deps), answers("9_0"))
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)

    await look(deps, Sighting(out=True, matches=(Receipt("9_1"),)), after=20)

    found = await stored(row)
    assert (found.status, found.platform_post_id, found.permalink) == (
        Status.PUBLISHED,
        "9_0",
        "https://example.com/9_0",
    )
    assert await out(street, row) == [(0, "9_0"), (1, "9_1")]


async def test_a_part_that_is_absent_is_sent_again_as_the_same_part(deps: Deps):
    street, row = await unknown_second(deps)

    await look(deps, Sighting(out=False), after=10_000)

    found = await stored(row)
    assert (found.status, found.reason) == (Status.RETRYING, Reason.ABSENT)
    assert found.handles == {"made": "1", DOUBTED: (NOW + 10 * SECOND).isoformat()}
    assert await out(street, row) == [(0, "9_0")]
    assert (await claimed(deps, after=10_001)).assignment.draft.text == "Two"


async def test_an_earlier_part_is_never_taken_for_the_one_that_is_looked_for(deps: Deps):
    street, row = await unknown_second(deps)

    await look(deps, Sighting(out=False, matches=(Receipt("9_0"),)), after=20)

    assert (await stored(row)).status is Status.UNCONFIRMED
    assert await out(street, row) == [(0, "9_0")]


async def test_below_a_part_whose_id_nobody_knows_nothing_is_put(deps: Deps):
    _, row = await unknown_second(deps)

    await look(deps, Sighting(out=True), after=10_000)

    found = await stored(row)
    assert (found.status, found.reason) == (Status.NEEDS_ATTENTION, Reason.OUTCOME_UNKNOWN)
    assert found.error
    assert "cannot go on" in found.error["message"]


async def test_a_deletion_knows_every_part(deps: Deps):
    street, row = await accepted(deps)
    for number in range(3):
        await ended(await claimed(deps, after=number), answers(f"9_{number}"), after=number)
    later = at(deps, NOW + timedelta(minutes=1))
    named = public_id(Kind.PUBLICATION, row.id)
    await delete_publication(later, street.caller, publication_id=named, idempotency_key=None)

    (case,) = await claim_follow_ups(later, limit=5)

    assert case.following.parts == ("9_0", "9_1", "9_2")


async def undecided(deps: Deps, parts: int) -> tuple[Street, models.Publication, str]:
    """A thread whose second part nobody can find out about."""
    street, row = await accepted(deps, thread=PARTS[: parts - 1])
    await ended(await claimed(deps), answers("9_0"))
    await ended(await claimed(deps, after=10), fails(OutcomeUnknownError(FAILURE)), after=10)
    await models.Publication.filter(id=row.id).update(status=Status.NEEDS_ATTENTION, reason=Reason.OUTCOME_UNKNOWN)
    return street, row, public_id(Kind.PUBLICATION, row.id)


async def test_a_person_who_saw_the_last_part_ends_the_thread_where_it_begins(deps: Deps):
    street, row, named = await undecided(deps, 2)

    url = "https://example.com/seen"
    await resolve_publication(at(deps, NOW + 60 * SECOND), street.caller, publication_id=named, url=url)

    found = await stored(row)
    assert (found.status, found.platform_post_id, found.permalink) == (
        Status.PUBLISHED,
        "9_0",
        "https://example.com/9_0",
    )


async def test_a_part_that_others_follow_is_not_taken_for_public_by_its_address(deps: Deps):
    street, row, named = await undecided(deps, 3)
    later = at(deps, NOW + 60 * SECOND)

    with pytest.raises(StateError, match="part 2 of 3 is in doubt"):
        await resolve_publication(later, street.caller, publication_id=named, url="https://example.com/seen")
    assert (await stored(row)).status is Status.NEEDS_ATTENTION

    await resolve_publication(later, street.caller, publication_id=named, url=None)
    assert (await claimed(deps, after=61)).assignment.draft.text == "Two"

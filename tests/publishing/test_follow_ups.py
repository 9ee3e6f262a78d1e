"""What is done after a publication's call: planned with its step, claimed by one, never to what may be public."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from types import SimpleNamespace
from typing import Any

import pytest

from net.fetch import FetchPolicy, GuardedFetcher
from platforms.base import DOUBTED, Environment, Platform, Receipt, Sighting
from platforms.errors import (
    Failure,
    FailureCode,
    OutcomeUnknownError,
    RateLimitedError,
    Reach,
    RejectedError,
    TransientError,
)
from platforms.following import Following, Task
from publishing import credentials, models
from publishing.credentials import NewToken
from publishing.db import transaction
from publishing.decisions import cancel_publication
from publishing.deps import Deps
from publishing.errors import ConflictError, InvalidError, NotFoundError, StateError
from publishing.follow_ups import delete_publication, edit_publication, follow_ups_of, next_attempt_at
from publishing.following import Case, Verdict, run
from publishing.ids import Kind, new_id, public_id
from publishing.ledger import Ledger
from publishing.lifecycle import Reason, Status
from publishing.models import FollowUpState
from publishing.planning import follow_up
from publishing.posts import publish
from publishing.reconciling import Looks
from publishing.records import MediaInput
from publishing.resting import Rest, let_rest
from publishing.system import claim_follow_ups, hold_back, mark_follow_up, settle_follow_up
from publishing.transitions import Change, advance
from tests.publishing.town import NOW, SECOND, Street, at, open_street, status_of
from workers import follow_ups
from workers.budgets import Budgets
from workers.deps import WorkerDeps

SETTLE = 600
PHOTOS = {"photo:0": "7", "photo:1": "8"}


async def street_with_token(deps: Deps) -> Street:
    """A street whose channel can be published to."""
    street = await open_street()
    page = new_id()
    await models.SelectablePage.create(
        id=page,
        account_id=street.account.id,
        workspace_id=street.workspace_id,
        kind=street.channels[0].kind,
        platform_account_id="0",
        name="Page",
        publishable=True,
        position=0,
        seen_at=NOW,
    )
    await models.Channel.filter(id=street.channels[0].id).update(page_id=page)
    token = NewToken(street.account.id, page, "secret", None)
    await credentials.append(deps.token_keys, workspace_id=street.workspace_id, tokens=[token], now=NOW)
    return street


async def out(street: Street, **columns: Any) -> models.Publication:
    """A publication that is out."""
    return await street.publish(Status.PUBLISHED, **{"platform_post_id": "0_1", **columns})


async def step(row: models.Publication, after: Status, reason: Reason = Reason.CONFIRMED) -> None:
    async with transaction():
        assert await advance([Change(row.id, after, reason, "key_test", fence=0)], now=NOW)


async def tasks(row: models.Publication) -> list[tuple[Task, FollowUpState]]:
    return [(one.task, one.state) for one in await models.FollowUp.filter(publication_id=row.id).order_by("id")]


async def only(row: models.Publication) -> models.FollowUp:
    return await models.FollowUp.get(publication_id=row.id)


async def claim(deps: Deps, *, after: float = 0) -> tuple[Case, ...]:
    return await claim_follow_ups(at(deps, NOW + after * SECOND), limit=10)


# -- planned ----------------------------------------------------------------------------------------------------


async def test_a_comment_is_planned_with_the_step_that_publishes(deps: Deps):
    street = await open_street()
    silent = await street.publish(Status.PUBLISHING)
    await step(silent, Status.PUBLISHED)
    said = await street.publish(Status.PUBLISHING, first_comment="Below")

    await step(said, Status.PUBLISHED)

    assert (await tasks(silent), await tasks(said)) == ([], [(Task.FIRST_COMMENT, FollowUpState.PENDING)])
    assert (await only(said)).text == "Below"


@pytest.mark.parametrize(
    ("before", "after", "handles", "planned"),
    [
        (Status.PUBLISHING, Status.FAILED, PHOTOS, 1),
        (Status.PREPARING, Status.FAILED, {}, 0),
        (Status.PREPARING, Status.CANCELED, {}, 1),
        (Status.QUEUED, Status.CANCELED, {}, 0),
        (Status.QUEUED, Status.CANCELED, PHOTOS, 1),
        (Status.QUEUED, Status.CANCELED, {"video": "7"}, 0),
        (Status.PREPARING, Status.HELD, PHOTOS, 0),
        (Status.PUBLISHING, Status.UNCONFIRMED, PHOTOS, 0),
    ],
)
async def test_a_clean_up_is_planned_where_something_may_be_left(
    deps: Deps, before: Status, after: Status, handles: dict[str, str], planned: int
):
    row = await (await open_street()).publish(before, handles=handles)

    await step(row, after)

    assert len(await tasks(row)) == planned


@pytest.mark.parametrize(("granted", "refused"), [(["pages_manage_posts"], True), (["pages_manage_engagement"], False)])
async def test_a_comment_that_the_sign_in_may_not_write_is_refused_at_once(
    deps: Deps, granted: list[str], refused: bool
):
    street = await open_street()
    await models.ConnectedAccount.filter(id=street.account.id).update(granted_permissions=granted)

    asked = publish(at(deps, NOW), street.caller, street.request("Fresh", first_comment="Below"))
    silent = await publish(at(deps, NOW), street.caller, street.request("Silent"))

    assert silent.publication.first_comment is None
    if not refused:
        assert (await asked).publication.first_comment == "Below"
        return
    with pytest.raises(InvalidError, match="pages_manage_engagement"):
        await asked


@pytest.mark.parametrize("granted", ["instagram_manage_comments", "instagram_business_manage_comments"])
async def test_a_sign_in_of_either_kind_may_comment_on_instagram(deps: Deps, granted: str):
    street = await open_street(platform=Platform.INSTAGRAM)
    await models.ConnectedAccount.filter(id=street.account.id).update(granted_permissions=[granted])
    media = (MediaInput(url="https://example.com/a.jpg"),)
    request = street.request(platform=Platform.INSTAGRAM, media=media, first_comment="Below")

    assert (await publish(at(deps, NOW), street.caller, request)).publication.first_comment == "Below"


# -- claimed ----------------------------------------------------------------------------------------------------


async def test_a_claim_is_for_one_and_comes_back_after_a_lease(deps: Deps):
    street = await street_with_token(deps)
    row = await out(street)
    await delete(deps, street, row)

    found = await asyncio.gather(*(claim(deps, after=1) for _ in range(5)))
    early, late = await claim(deps, after=60), await claim(deps, after=61)

    assert sorted(map(len, found)) == [0, 0, 0, 0, 1]
    assert (early, [case.epoch for case in late]) == ((), [2])
    assert late[0].following.token == "secret"


@pytest.mark.parametrize(("due", "planned"), [(0, 60), (90, 90)])
@pytest.mark.parametrize("state", [FollowUpState.PENDING, FollowUpState.UNCONFIRMED])
@pytest.mark.parametrize("task", [Task.FIRST_COMMENT, Task.EDIT, Task.DELETE])
async def test_nothing_is_claimed_of_a_channel_that_rests_and_that_time_is_told(
    deps: Deps, task: Task, state: FollowUpState, due: int, planned: int
):
    street = await street_with_token(deps)
    row = await out(street)
    asked = follow_up(row.id, row.workspace_id, task, "key_test", NOW)
    await models.FollowUp.create(**{**asked, "state": state, "due_at": NOW + due * SECOND})
    await models.Channel.filter(id=street.channels[0].id).update(rests_until=NOW + 60 * SECOND)

    found = await follow_ups_of(workspace_id=street.workspace_id, publication_ids=[row.id])

    assert [next_attempt_at(record) for record in found[row.id]] == [NOW + planned * SECOND]
    assert (await claim(deps, after=planned - 1), len(await claim(deps, after=planned))) == ((), 1)


async def test_what_is_over_is_planned_for_no_time(deps: Deps):
    street = await street_with_token(deps)
    row = await out(street)
    await delete(deps, street, row)
    await models.FollowUp.filter(publication_id=row.id).update(state=FollowUpState.DONE, due_at=None)
    await models.Channel.filter(id=street.channels[0].id).update(rests_until=NOW + 60 * SECOND)

    found = await follow_ups_of(workspace_id=street.workspace_id, publication_ids=[row.id])

    assert [next_attempt_at(record) for record in found[row.id]] == [None]


@pytest.mark.parametrize(("columns", "why"), [({"platform_post_id": None}, "id of the post"), ({}, "longer than")])
async def test_what_can_never_be_done_ends_and_says_why(deps: Deps, columns: dict[str, Any], why: str):
    street = await street_with_token(deps)
    row = await street.publish(Status.PUBLISHING, first_comment="Below", **{"platform_post_id": "0_1", **columns})
    await step(row, Status.PUBLISHED)
    late = 0 if columns else 21_601

    assert await claim(deps, after=late) == ()

    ended = await only(row)
    assert (ended.state, ended.due_at) == (FollowUpState.FAILED, None)
    assert why in ended.error["message"]
    assert await status_of(row) is Status.PUBLISHED


async def test_without_a_token_it_waits_and_is_not_ended(deps: Deps):
    street = await open_street()
    row = await street.publish(Status.PUBLISHING, first_comment="Below", platform_post_id="0_1")
    await step(row, Status.PUBLISHED)

    assert await claim(deps) == ()
    assert ((await only(row)).state, (await only(row)).due_at) == (FollowUpState.PENDING, NOW + 60 * SECOND)


# -- cleaned up -------------------------------------------------------------------------------------------------


async def ended(street: Street, **columns: Any) -> models.Publication:
    row = await street.publish(Status.PUBLISHING, handles={**PHOTOS, "other": "9"}, **columns)
    await step(row, Status.FAILED, Reason.REFUSED)
    return row


async def test_photos_are_taken_over_after_the_settle_window_and_only_they(deps: Deps):
    street = await street_with_token(deps)
    row = await ended(street)

    early = await claim(deps)
    (case,) = await claim(deps, after=SETTLE)

    assert early == ()
    assert case.following.handles == PHOTOS
    assert (await models.Publication.get(id=row.id)).handles == {"other": "9"}


@pytest.mark.parametrize("doubt", ["unconfirmed", "restored", "doubted", "unknown"])
async def test_photos_of_what_may_be_public_are_never_taken(deps: Deps, doubt: str):
    street = await street_with_token(deps)
    handles = {**PHOTOS, **({DOUBTED: "1"} if doubt == "doubted" else {})}
    reasons = {"restored": Reason.RESTORED, "unknown": Reason.OUTCOME_UNKNOWN}
    row = await street.publish(Status.NEEDS_ATTENTION, handles=handles, reason=reasons.get(doubt, Reason.OVERDUE))
    if doubt != "doubted":
        steps = {"unconfirmed": (Status.UNCONFIRMED, Reason.LEASE_LOST)}
        after, reason = steps.get(doubt, (Status.NEEDS_ATTENTION, reasons.get(doubt, Reason.LEASE_LOST)))
        await models.Transition.create(
            id=new_id(), publication_id=row.id, after=after, reason=reason, actor="x", epoch=0, at=NOW
        )
    await cancel_publication(at(deps, NOW), street.caller, publication_id=public_id(Kind.PUBLICATION, row.id))

    assert await claim(deps, after=SETTLE) == ()

    assert (await models.Publication.get(id=row.id)).handles == handles
    assert await tasks(row) == [(Task.CLEAN_UP, FollowUpState.DONE)]


@pytest.mark.parametrize("status", [Status.QUEUED, Status.PREPARING, Status.PUBLISHED, Status.UNCONFIRMED])
async def test_photos_of_what_goes_on_meanwhile_stay(deps: Deps, status: Status):
    street = await street_with_token(deps)
    row = await ended(street)
    await models.Publication.filter(id=row.id).update(status=status)

    assert await claim(deps, after=SETTLE) == ()
    assert (await models.Publication.get(id=row.id)).handles == {**PHOTOS, "other": "9"}


@pytest.mark.parametrize(("own", "deleted"), [({}, False), ({"photo:0": "9"}, True)])
async def test_photos_that_were_taken_are_left_where_a_late_answer_makes_them_public(
    deps: Deps, own: dict[str, str], deleted: bool
):
    street = await street_with_token(deps)
    row = await ended(street)
    await claim(deps, after=SETTLE)
    await models.Publication.filter(id=row.id).update(status=Status.PUBLISHED, handles=own)

    found = await claim(deps, after=SETTLE + 61)

    assert [case.following.handles for case in found] == ([PHOTOS] if deleted else [])


async def test_a_second_failure_plans_no_second_clean_up_while_one_waits(deps: Deps):
    row = await ended(await open_street())
    await models.Publication.filter(id=row.id).update(status=Status.PUBLISHING)

    await step(row, Status.FAILED, Reason.REFUSED)

    assert len(await tasks(row)) == 1


# -- asked for --------------------------------------------------------------------------------------------------


async def edit(deps: Deps, street: Street, row: models.Publication, text: str = "New", key: str | None = None) -> Any:
    given = {"publication_id": public_id(Kind.PUBLICATION, row.id), "text": text, "idempotency_key": key}
    return await edit_publication(at(deps, NOW), street.caller, **given)


async def delete(deps: Deps, street: Street, row: models.Publication, key: str | None = None) -> Any:
    given = {"publication_id": public_id(Kind.PUBLICATION, row.id), "idempotency_key": key}
    return await delete_publication(at(deps, NOW), street.caller, **given)


@pytest.mark.parametrize("ask", [edit, delete])
@pytest.mark.parametrize("status", [status for status in Status if status is not Status.PUBLISHED])
async def test_only_what_is_out_is_edited_or_deleted(deps: Deps, ask: Any, status: Status):
    street = await open_street()
    row = await street.publish(status, platform_post_id="0_1")

    with pytest.raises(StateError, match="only what is out") as refused:
        await ask(deps, street, row)

    assert refused.value.current == status.name


@pytest.mark.parametrize("ask", [edit, delete])
async def test_another_workspace_finds_nothing(deps: Deps, ask: Any):
    street, stranger = await open_street(), await open_street(name="Stranger")
    row = await out(street)

    with pytest.raises(NotFoundError):
        await ask(deps, stranger, row)

    assert await follow_ups_of(workspace_id=stranger.workspace_id, publication_ids=[row.id]) == {}
    assert await tasks(row) == []


@pytest.mark.parametrize("ask", [edit, delete])
async def test_the_same_is_asked_for_once_however_many_ask_at_once(deps: Deps, ask: Any):
    street = await open_street()
    row = await out(street)

    answers = await asyncio.gather(*(ask(deps, street, row) for _ in range(5)), return_exceptions=True)

    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert all("busy" in answer.message for answer in answers if isinstance(answer, StateError))
    assert [type(answer) for answer in answers if isinstance(answer, Exception)] == [StateError] * 4
    assert len(await tasks(row)) == 1


async def test_a_key_asks_once_and_not_for_something_else(deps: Deps):
    street = await open_street()
    row = await out(street)

    answers = [await edit(deps, street, row, key="k") for _ in range(3)]

    assert {answer.id for answer in answers} == {row.id}
    assert len(await tasks(row)) == 1
    with pytest.raises(ConflictError):
        await edit(deps, street, row, "Other", key="k")


@pytest.mark.parametrize("text", ["", " \n\t", "a\x00b", "x" * 63_207])
async def test_a_text_that_cannot_be_is_refused(deps: Deps, text: str):
    street = await open_street()
    row = await out(street)

    with pytest.raises(InvalidError) as refused:
        await edit(deps, street, row, text)

    assert {issue.path for issue in refused.value.issues} == {("text",)}
    assert await tasks(row) == []


@pytest.mark.parametrize("placement", ["reel", "story"])
async def test_what_has_no_text_to_change_says_what_to_do(deps: Deps, placement: str):
    street = await open_street()
    row = await out(street, options={"placement": placement})

    with pytest.raises(Exception, match=r"facebook\.com"):
        await edit(deps, street, row)


# -- written ----------------------------------------------------------------------------------------------------


async def commented(deps: Deps) -> tuple[models.Publication, Case]:
    street = await street_with_token(deps)
    row = await street.publish(Status.PUBLISHING, first_comment="Below", platform_post_id="0_1")
    await step(row, Status.PUBLISHED)
    (case,) = await claim(deps)
    return row, case


async def test_a_mark_belongs_to_who_holds_the_claim(deps: Deps):
    row, case = await commented(deps)
    (second,) = await claim(deps, after=60)

    assert await mark_follow_up(at(deps, NOW), case) is None
    assert await mark_follow_up(at(deps, NOW + 61 * SECOND), second) == NOW + 61 * SECOND

    marked = await only(row)
    assert (marked.state, marked.sent_at, marked.unknowns) == (FollowUpState.UNCONFIRMED, NOW + 61 * SECOND, 1)


async def test_who_was_overtaken_writes_only_proof(deps: Deps):
    row, case = await commented(deps)
    await claim(deps, after=60)
    refused = Verdict(FollowUpState.FAILED, error={"code": "X"})

    assert not await settle_follow_up(at(deps, NOW), case, refused)
    assert await settle_follow_up(at(deps, NOW), case, Verdict(FollowUpState.DONE, platform_id="0_1_2"))
    assert not await settle_follow_up(at(deps, NOW), case, Verdict(FollowUpState.DONE, platform_id="0_1_3"))

    assert ((await only(row)).platform_id, (await only(row)).due_at) == ("0_1_2", None)


async def test_an_event_tells_of_what_came_of_it(deps: Deps):
    row, case = await commented(deps)
    before = await models.Event.filter(subject_id=row.id).count()

    await settle_follow_up(at(deps, NOW), case, Verdict(FollowUpState.FAILED, error=None))

    assert await models.Event.filter(subject_id=row.id).count() == before + 1
    assert await status_of(row) is Status.PUBLISHED


async def test_a_deletion_that_is_done_ends_what_else_was_to_be_done(deps: Deps):
    street = await street_with_token(deps)
    row = await out(street)
    await edit(deps, street, row)
    await delete(deps, street, row)
    case = next(one for one in await claim(deps) if one.following.task is Task.DELETE)

    await settle_follow_up(at(deps, NOW), case, Verdict(FollowUpState.DONE))

    assert await status_of(row) is Status.DELETED
    assert await tasks(row) == [(Task.EDIT, FollowUpState.FAILED), (Task.DELETE, FollowUpState.DONE)]
    assert await claim(deps, after=600) == ()


async def test_what_is_gone_already_counts_as_deleted(deps: Deps):
    street = await street_with_token(deps)
    row = await out(street)
    await delete(deps, street, row)
    await step(row, Status.DELETED, Reason.DELETED_AT_PLATFORM)

    assert await claim(deps) == ()
    assert await tasks(row) == [(Task.DELETE, FollowUpState.DONE)]


async def test_one_that_cannot_be_loaded_stops_no_other(deps: Deps):
    street = await street_with_token(deps)
    rows = [await out(street), await out(street, platform_post_id="0_2")]
    for row in rows:
        await delete(deps, street, row)
    await models.FollowUp.filter(publication_id=rows[0].id).update(handles=7)

    assert [case.publication_id for case in await claim(deps)] == [rows[1].id]


async def test_after_a_restore_nothing_is_done_again_but_deletions(deps: Deps):
    row, _ = await commented(deps)
    street = await street_with_token(deps)
    other = await out(street)
    await delete(deps, street, other)

    await hold_back(at(deps, NOW))

    assert await tasks(row) == [(Task.FIRST_COMMENT, FollowUpState.FAILED)]
    assert await tasks(other) == [(Task.DELETE, FollowUpState.PENDING)]


# -- run --------------------------------------------------------------------------------------------------------


LOOKS = Looks((5, 15), timedelta(seconds=SETTLE))


def failure(code: FailureCode = FailureCode.PLATFORM_UNAVAILABLE) -> Failure:
    return Failure(code, Platform.FACEBOOK, "no", "hint")


def case_of(task: Task, *, sent: float | None = None, unknowns: int = 0, failures: int = 0) -> Case:
    sent_at = NOW - sent * SECOND if sent is not None else None
    following = Following(task, "0", "secret", "0_1", "Below", sent_at=sent_at)
    at = Platform.FACEBOOK, Environment.SANDBOX, Platform.FACEBOOK
    return Case(new_id(), new_id(), new_id(), new_id(), *at, 1, failures, unknowns, "x", following, NOW)


async def ran(case: Case, *, answer: Any = None, sighting: Any = None) -> tuple[Verdict | None, list[str]]:
    """Run with a publisher that answers so, and tell what it was asked for."""
    asked: list[str] = []

    async def say(name: str, value: Any) -> Any:
        asked.append(name)
        if isinstance(value, Exception):
            raise value
        return value

    async def mark() -> Any:
        return await say("mark", NOW)

    publisher: Any = SimpleNamespace(
        follow=lambda _: say("follow", answer), find_comment=lambda _: say("look", sighting)
    )
    return await run(case, publisher, LOOKS, mark), asked


@pytest.mark.parametrize(
    ("sent", "unknowns", "sighting", "state", "asked"),
    [
        (None, 0, None, FollowUpState.DONE, ["mark", "follow"]),
        (1, 1, Sighting(out=True, matches=(Receipt("c"),)), FollowUpState.DONE, ["look"]),
        (SETTLE, 1, Sighting(out=None, matches=(Receipt("c"), Receipt("d"))), FollowUpState.DONE, ["look"]),
        (1, 1, Sighting(out=False), FollowUpState.UNCONFIRMED, ["look"]),
        (SETTLE, 1, TransientError(failure()), FollowUpState.UNCONFIRMED, ["look"]),
        (SETTLE, 1, ValueError("ours"), FollowUpState.UNCONFIRMED, ["look"]),
        (SETTLE, 1, Sighting(out=False), FollowUpState.DONE, ["look", "mark", "follow"]),
        (SETTLE, 1, Sighting(out=None), FollowUpState.FAILED, ["look"]),
        (SETTLE, 3, Sighting(out=False), FollowUpState.FAILED, ["look"]),
    ],
)
async def test_a_comment_is_written_only_where_it_is_surely_not_there(
    sent: float | None, unknowns: int, sighting: Any, state: FollowUpState, asked: list[str]
):
    verdict, told = await ran(case_of(Task.FIRST_COMMENT, sent=sent, unknowns=unknowns), answer="c", sighting=sighting)

    assert verdict is not None
    assert (verdict.state, told) == (state, asked)
    assert (verdict.platform_id == "c") is (state is FollowUpState.DONE)


@pytest.mark.parametrize(("frozen", "asked"), [(0, 1), (29, 1), (31, 0)])
async def test_a_worker_that_was_frozen_since_its_claim_edits_nothing(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, frozen: float, asked: int
):
    street = await street_with_token(deps)
    row = await out(street)
    given = {"publication_id": public_id(Kind.PUBLICATION, row.id), "text": "Newer", "idempotency_key": None}
    await edit_publication(at(deps, NOW), street.caller, **given)
    (case,) = await claim(deps)
    sent: list[Case] = []

    async def running(_: WorkerDeps, one: Case) -> tuple[Case, Verdict]:
        sent.append(one)
        return one, Verdict(FollowUpState.DONE)

    monkeypatch.setattr(follow_ups, "_run", running)
    settings = deps.settings.model_copy(update={"lease_seconds": 60.0, "platform_timeout_seconds": 30.0})
    worker = WorkerDeps(
        replace(deps, settings=settings), GuardedFetcher(FetchPolicy()), Ledger(deps.clock), Budgets(deps)
    )

    await follow_ups.follow(worker, case, monotonic() - frozen)

    assert len(sent) == asked


@pytest.mark.parametrize("rests", [False, True])
async def test_what_was_claimed_before_its_platform_asked_for_a_rest_is_not_done_within_it(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, rests: bool
):
    street = await street_with_token(deps)
    row = await out(street)
    given = {"publication_id": public_id(Kind.PUBLICATION, row.id), "text": "Newer", "idempotency_key": None}
    await edit_publication(at(deps, NOW), street.caller, **given)
    (case,) = await claim(deps)
    if rests:
        await let_rest(row.id, Rest(Reach.CHANNEL, timedelta(minutes=1)), now=NOW)
    sent: list[Case] = []

    async def running(one: Case, *_: object) -> Verdict:
        sent.append(one)
        return Verdict(FollowUpState.DONE)

    monkeypatch.setattr(follow_ups, "run", running)
    here = at(deps, NOW + 10 * SECOND)
    worker = WorkerDeps(here, GuardedFetcher(FetchPolicy()), Ledger(here.clock), Budgets(here))

    await follow_ups.follow(worker, case, monotonic())

    stored = await only(row)
    assert len(sent) == int(not rests)
    assert stored.state is (FollowUpState.PENDING if rests else FollowUpState.DONE)
    assert stored.due_at == (NOW + timedelta(minutes=1) if rests else None)
    assert stored.failures == 0


@pytest.mark.parametrize(("frozen", "goes_on"), [(29, True), (31, False)])
async def test_a_worker_that_was_frozen_while_it_wrote_its_mark_sends_nothing(
    deps: Deps, monkeypatch: pytest.MonkeyPatch, frozen: float, goes_on: bool
):
    street = await street_with_token(deps)
    given = {"publication_id": public_id(Kind.PUBLICATION, (await out(street)).id), "idempotency_key": None}
    await edit_publication(at(deps, NOW), street.caller, text="Newer", **given)
    (case,) = await claim(deps)
    times = iter([100.0, 100.0 + frozen])
    monkeypatch.setattr(follow_ups, "monotonic", lambda: next(times))
    settings = deps.settings.model_copy(update={"lease_seconds": 60.0, "platform_timeout_seconds": 30.0})
    worker = WorkerDeps(
        replace(deps, settings=settings), GuardedFetcher(FetchPolicy()), Ledger(deps.clock), Budgets(deps)
    )

    marked = await follow_ups._mark(worker, case)

    assert (marked is not None) is goes_on


@pytest.mark.parametrize("task", [Task.EDIT, Task.DELETE, Task.CLEAN_UP])
async def test_what_can_be_repeated_is_neither_marked_nor_looked_for(task: Task):
    verdict, asked = await ran(case_of(task))

    assert (verdict and verdict.state, asked) == (FollowUpState.DONE, ["follow"])


@pytest.mark.parametrize(
    ("answer", "state", "sent"),
    [
        (TransientError(failure()), FollowUpState.PENDING, False),
        (RateLimitedError(failure(), retry_after=timedelta(hours=1)), FollowUpState.PENDING, False),
        (RejectedError(failure(FailureCode.PLATFORM_REJECTED)), FollowUpState.FAILED, False),
        (OutcomeUnknownError(failure(FailureCode.OUTCOME_UNKNOWN)), FollowUpState.UNCONFIRMED, True),
        (ValueError("ours"), FollowUpState.UNCONFIRMED, True),
    ],
)
async def test_what_a_comment_was_answered_with_says_whether_it_may_be_there(
    answer: Exception, state: FollowUpState, sent: bool
):
    verdict, _ = await ran(case_of(Task.FIRST_COMMENT), answer=answer)

    assert verdict is not None
    assert (verdict.state, verdict.sent_at is not None, verdict.unknowns) == (state, sent, int(sent))
    if isinstance(answer, RateLimitedError):
        assert verdict.rest is not None
        assert verdict.wait == timedelta(hours=1)


async def test_an_earlier_call_is_not_forgotten_when_a_later_one_was_surely_not_made():
    case = case_of(Task.FIRST_COMMENT, sent=SETTLE, unknowns=2)

    verdict, _ = await ran(case, answer=TransientError(failure()), sighting=Sighting(out=False))

    assert verdict is not None
    assert (verdict.sent_at, verdict.unknowns) == (case.following.sent_at, 2)


async def test_a_comment_that_is_written_again_has_a_settle_window_of_its_own():
    case = case_of(Task.FIRST_COMMENT, sent=SETTLE, unknowns=1)

    verdict, _ = await ran(case, answer=OutcomeUnknownError(failure()), sighting=Sighting(out=False))

    assert verdict is not None
    assert case.following.sent_at is not None
    assert verdict.sent_at is not None
    assert verdict.sent_at > case.following.sent_at


async def test_tries_that_fail_for_now_come_to_an_end():
    verdict, _ = await ran(case_of(Task.EDIT, failures=14), answer=TransientError(failure()))

    assert verdict is not None
    assert (verdict.state, verdict.wait) == (FollowUpState.FAILED, None)

"""X's own client against the sandbox: sign-in with PKCE, kinds of posts, threads, what is refused and what is lost."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from PIL import Image

from net.http import Reply
from platforms.base import DENIED, DOUBTED, NAMELESS, Done, Draft, DraftMedia, Environment, Platform, ReplyTo, Sent
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    RateLimitedError,
    Reach,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.following import Following, Task
from platforms.sign_in import FoundPage
from platforms.x.look import look
from platforms.x.options import XOptions, XPoll, XReplySettings
from platforms.x.tokens import Token
from tests.platforms.conftest import Desk
from tests.platforms.work import Work, work_on
from tests.support.loopback import loopback
from tests.support.sandbox import Sandbox

POSTS = "POST /2/tweets"
_VERIFIER, _CHALLENGE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
"""The example of RFC 7636, appendix B."""


GIF = io.BytesIO()
Image.new("P", (40, 40)).save(GIF, "GIF", save_all=True, append_images=[Image.new("P", (40, 40), 1)])


class Bureau:
    """X's sign-in and publisher at a sandbox."""

    def __init__(self, desk: Desk, sandbox: Sandbox) -> None:
        self.desk, self.sandbox = replace(desk, at=Platform.X), sandbox
        self.publisher = desk.networks.route(Platform.X, Environment.SANDBOX, sign_in=Platform.X).publisher
        self.network = desk.networks.get(Platform.X, Environment.SANDBOX)

    async def page(self, persona: str = "ordinary") -> FoundPage:
        (page,) = await self.desk.pages(persona)
        return page

    async def work(self, page: FoundPage, draft: Draft, *files: bytes, **given: Any) -> Work:
        return work_on(page, draft, now=await self.sandbox_now(), files=files, **given)

    async def publish(self, work: Work) -> Done:
        """Step until it is out, with time passing as it is asked for."""
        for _ in range(60):
            outcome = await self.publisher.step(work)
            if isinstance(outcome, Done):
                return outcome
            await self.sandbox.advance_clock(outcome.delay.total_seconds())
            work.now += outcome.delay
        raise AssertionError("it never came out")

    async def sandbox_now(self) -> datetime:
        return datetime.now(UTC)

    async def shown(self, page: FoundPage) -> list[dict[str, Any]]:
        return [one for one in await self.sandbox.ledger(page.platform_account_id) if one["deleted_at"] is None]

    async def file(self, path: str, mime_type: str, alt_text: str | None = None) -> tuple[DraftMedia, bytes]:
        async with loopback(base_url=self.sandbox.url) as http:
            answer = await http.get(path)
        assert answer.is_success, answer.text
        return DraftMedia("", mime_type, len(answer.content), 100, 100, alt_text, 3.0), answer.content

    def sent(self, work: Work, **given: Any) -> Sent:
        return Sent(work.draft, work.channel_id, work.token, work.handles, work.now, work.now, **given)


@pytest.fixture
def bureau(make_desk: Any, own_sandbox: Sandbox) -> Bureau:
    return Bureau(make_desk(own_sandbox.url), own_sandbox)


async def refusal(bureau: Bureau, work: Work) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        await bureau.publish(work)
    return caught.value


# -- signing in ---------------------------------------------------------------------------------------------------


async def test_the_dialog_is_asked_with_the_challenge_of_the_verifier(bureau: Bureau) -> None:
    oauth = bureau.network.oauth
    assert oauth is not None
    url = oauth.authorize_url(state="s", redirect_uri="https://app.example.com/oauth/x/callback", verifier=_VERIFIER)
    asked = {name: value[0] for name, value in parse_qs(urlsplit(url).query).items()}
    assert asked["code_challenge"] == _CHALLENGE
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) >= {"tweet.write", "media.write", "offline.access"}


async def test_an_account_is_offered_with_its_tier(bureau: Bureau) -> None:
    ordinary, premium = await bureau.page(), await bureau.page("premium")
    assert (ordinary.handle, ordinary.tier) == ("olive_ordinary", None)
    assert premium.tier == "premium"
    assert len(await bureau.sandbox.calls("GET /2/users/me")) == 2, "each question is paid for: one for each sign-in"


async def test_a_pair_is_renewed_once_and_the_old_one_is_over(bureau: Bureau) -> None:
    page = await bureau.page()
    renewer, now = bureau.network.renewer, datetime.now(UTC)
    assert page.token
    assert renewer
    renewed = await renewer.renew(token=page.token, now=now)
    assert timedelta(hours=1) < renewed.expires_at - now <= timedelta(hours=2)
    await bureau.network.sign_in.check(token=renewed.token, now=now)
    with pytest.raises(ReconnectRequiredError):
        await renewer.renew(token=page.token, now=now)


@pytest.mark.parametrize("fault", ["land_then_drop", "drop_before", "clean_503", "html_502"])
async def test_a_renewal_whose_answer_is_lost_is_unknown(bureau: Bureau, fault: str) -> None:
    page = await bureau.page()
    assert page.token
    assert bureau.network.renewer
    await bureau.sandbox.add_fault("POST /2/oauth2/token", fault, next_calls=1)
    with pytest.raises(OutcomeUnknownError):
        await bureau.network.renewer.renew(token=page.token, now=datetime.now(UTC))


async def test_a_wrong_secret_costs_nobody_the_sign_in(bureau: Bureau) -> None:
    page = await bureau.page()
    assert page.token
    assert bureau.network.renewer
    settings = bureau.network.renewer._api.settings  # type: ignore[attr-defined]
    bureau.network.renewer._api.settings = replace(settings, client_secret="another")  # type: ignore[attr-defined]
    with pytest.raises(TransientError) as caught:
        await bureau.network.renewer.renew(token=page.token, now=datetime.now(UTC))
    assert caught.value.failure.code is FailureCode.PLATFORM_NOT_CONFIGURED


async def test_a_sign_in_that_was_ended_is_over(bureau: Bureau) -> None:
    page = await bureau.page()
    assert page.token
    assert await bureau.network.sign_in.works(token=page.token)
    await bureau.network.sign_in.revoke(token=page.token)
    await bureau.network.sign_in.revoke(token=page.token)
    assert not await bureau.network.sign_in.works(token=page.token)


# -- kinds of posts -----------------------------------------------------------------------------------------------


async def test_a_text_is_sent_as_it_is_weighed(bureau: Bureau) -> None:
    page = await bureau.page()
    done = await bureau.publish(await bureau.work(page, Draft("\u1112\u1161\u11ab & <bread>\r\nat example.com")))
    (entry,) = await bureau.shown(page)
    assert entry["text"] == "\ud55c & <bread>\nat example.com"
    assert done.receipt.platform_post_id == entry["public_id"]
    assert str(done.receipt.permalink).endswith(f"/olive_ordinary/status/{entry['public_id']}")


async def test_images_go_out_with_their_descriptions(bureau: Bureau) -> None:
    page = await bureau.page()
    files = [await bureau.file(f"/samples/{name}.jpg", "image/jpeg", f"A {name}") for name in ("bun", "pie", "roll")]
    draft = Draft("Three", media=tuple(file for file, _ in files))
    await bureau.publish(await bureau.work(page, draft, *(content for _, content in files)))
    (entry,) = await bureau.shown(page)
    assert (entry["kind"], entry["alt_texts"]) == ("photos", ["A bun", "A pie", "A roll"])


async def test_a_gif_and_a_video_go_out_in_pieces(bureau: Bureau) -> None:
    page = await bureau.page()
    moving = GIF.getvalue()
    gif = DraftMedia("", "image/gif", len(moving), 40, 40, "It turns")
    await bureau.publish(await bureau.work(page, Draft("Bun", media=(gif,)), moving))
    film, content = await bureau.file("/samples/film.mp4?seconds=10&size_bytes=3000000", "video/mp4")
    await bureau.publish(await bureau.work(page, Draft("Film", media=(film,)), content))
    pieces = await bureau.sandbox.calls("POST /2/media/upload/:id/append")
    assert [one["status"] for one in pieces] == [200] * (1 + 4)
    assert [entry["kind"] for entry in await bureau.shown(page)] == ["gif", "video"]


async def test_options_are_sent(bureau: Bureau) -> None:
    page = await bureau.page()
    await bureau.sandbox.change_x(self_serve=False)
    first = await bureau.publish(await bureau.work(page, Draft("First")))
    options = XOptions(reply_settings=XReplySettings.MENTIONED, poll=XPoll(("Tea", "Coffee"), 60))
    await bureau.publish(await bureau.work(page, Draft("Which?", options=options)))
    quoting = XOptions(quote_post_id=first.receipt.platform_post_id)
    await bureau.publish(await bureau.work(page, Draft("As I said", options=quoting)))
    calls = [call for call in await bureau.sandbox.calls(POSTS) if call["status"] == 201]
    assert len(calls) == 3
    assert [entry["text"] for entry in await bureau.shown(page)] == ["First", "Which?", "As I said"]


async def test_a_part_goes_below_the_one_before(bureau: Bureau) -> None:
    page = await bureau.page()
    first = (await bureau.publish(await bureau.work(page, Draft("One")))).receipt.platform_post_id
    await bureau.publish(await bureau.work(page, Draft("Two", reply_to=ReplyTo(first, first))))
    one, two = await bureau.shown(page)
    assert two["parent_id"] == one["public_id"]


async def test_a_part_waits_until_the_one_before_can_be_seen(bureau: Bureau) -> None:
    page = await bureau.page()
    await bureau.sandbox.change_x(reply_lag_seconds=30)
    first = (await bureau.publish(await bureau.work(page, Draft("One")))).receipt.platform_post_id
    work = await bureau.work(page, Draft("Two", reply_to=ReplyTo(first, first)))
    error = await refusal(bureau, work)
    assert isinstance(error, TransientError)
    assert error.retry_after == timedelta(seconds=2)
    await bureau.sandbox.advance_clock(30)
    work.now += timedelta(seconds=30)
    await bureau.publish(work)
    assert len(await bureau.shown(page)) == 2


async def test_a_part_below_one_that_was_deleted_is_refused(bureau: Bureau) -> None:
    page = await bureau.page()
    first = (await bureau.publish(await bureau.work(page, Draft("One")))).receipt.platform_post_id
    following = Following(Task.DELETE, page.platform_account_id, page.token or "", first)
    await bureau.publisher.follow(following)
    work = await bureau.work(page, Draft("Two", reply_to=ReplyTo(first, first)))
    work.now += timedelta(minutes=2)
    assert isinstance(await refusal(bureau, work), RejectedError)


async def test_a_thread_is_deleted_from_its_end(bureau: Bureau) -> None:
    page = await bureau.page()
    first = (await bureau.publish(await bureau.work(page, Draft("One")))).receipt.platform_post_id
    two = await bureau.work(page, Draft("Two", reply_to=ReplyTo(first, first)))
    second = (await bureau.publish(two)).receipt.platform_post_id
    following = Following(Task.DELETE, page.platform_account_id, page.token or "", first, parts=(first, second))
    await bureau.publisher.follow(following)
    await bureau.publisher.follow(following)  # a deletion is repeated when its answer is lost
    assert await bureau.shown(page) == []


# -- what is refused ----------------------------------------------------------------------------------------------


async def test_an_upload_without_the_permission_is_refused_and_nothing_is_sent(bureau: Bureau) -> None:
    page = await bureau.page("no-media-write")
    file, content = await bureau.file("/samples/bun.jpg", "image/jpeg")
    error = await refusal(bureau, await bureau.work(page, Draft("Bun", media=(file,)), content))
    assert isinstance(error, RejectedError)
    assert "media.write" in error.failure.message
    assert await bureau.sandbox.calls("POST /2/media/upload") == []
    await bureau.publish(await bureau.work(page, Draft("Text goes")))


async def test_without_credits_it_waits_for_the_operator(bureau: Bureau) -> None:
    page = await bureau.page("out-of-credits")
    error = await refusal(bureau, await bureau.work(page, Draft("At https://example.com for twenty cents")))
    assert isinstance(error, RateLimitedError)
    assert (error.failure.code, error.reach) == (FailureCode.QUOTA_EXCEEDED, Reach.APP)
    assert "credits" in error.failure.hint
    assert await bureau.shown(page) == []


@pytest.mark.parametrize("persona", ["rate-limited", "day-limited"])
async def test_a_limit_says_until_when(bureau: Bureau, persona: str) -> None:
    page = await bureau.page(persona)
    await bureau.publish(await bureau.work(page, Draft("One")))
    error = await refusal(bureau, await bureau.work(page, Draft("Two")))
    assert isinstance(error, RateLimitedError)
    least, most = (0, 16) if persona == "rate-limited" else (16, 24 * 60)
    assert error.retry_after
    assert timedelta(minutes=least) < error.retry_after <= timedelta(minutes=most)


async def test_the_same_text_again_is_refused(bureau: Bureau) -> None:
    page = await bureau.page()
    await bureau.publish(await bureau.work(page, Draft("Once")))
    error = await refusal(bureau, await bureau.work(page, Draft("Once")))
    assert isinstance(error, RejectedError)
    assert error.failure.platform_code == "duplicate"
    assert len(await bureau.shown(page)) == 1


async def test_a_token_that_ended_is_over(bureau: Bureau) -> None:
    page = await bureau.page()
    await bureau.sandbox.add_fault(POSTS, "x_token_ends", next_calls=1)
    error = await refusal(bureau, await bureau.work(page, Draft("One")))
    assert isinstance(error, ReconnectRequiredError)
    assert error.failure.http_status == 401


async def test_files_that_x_forgot_are_sent_anew_once(bureau: Bureau) -> None:
    page = await bureau.page()
    file, content = await bureau.file("/samples/bun.jpg", "image/jpeg")
    work = await bureau.work(page, Draft("Bun", media=(file,)), content)
    work.handles |= {"media0": "12345", "media_ready": "1", DENIED: "1"}
    assert isinstance(await refusal(bureau, work), TransientError)
    assert DENIED in work.handles  # it is about the earlier call, whatever becomes of the files
    await bureau.publish(work)
    work.handles |= {"media0": "12345", "media_ready": "1"}
    assert isinstance(await refusal(bureau, work), RejectedError)
    assert len(await bureau.shown(page)) == 1


# -- what is lost -------------------------------------------------------------------------------------------------


async def lost(bureau: Bureau, work: Work, fault: str = "land_then_drop") -> None:
    await bureau.sandbox.add_fault(POSTS, fault, next_calls=1)
    assert isinstance(await refusal(bureau, work), OutcomeUnknownError)


@pytest.mark.parametrize("vocabulary", ["asked", "new", "both"])
async def test_a_post_whose_answer_was_lost_is_found(bureau: Bureau, vocabulary: str) -> None:
    page = await bureau.page()
    await bureau.sandbox.change_x(vocabulary=vocabulary)
    work = await bureau.work(page, Draft("Bread & butter <3 at https://example.com/menu?a=1&b=2 and example.org"))
    await lost(bureau, work)
    sighting = await bureau.publisher.look(bureau.sent(work))
    (entry,) = await bureau.shown(page)
    assert [match.platform_post_id for match in sighting.matches] == [entry["public_id"]]


async def test_a_long_post_is_found_by_its_whole_text(bureau: Bureau) -> None:
    page = await bureau.page("premium")
    work = await bureau.work(page, Draft("long and " * 300))
    await lost(bureau, work)
    assert len((await bureau.publisher.look(bureau.sent(work))).matches) == 1


async def test_a_post_with_files_is_found_by_them(bureau: Bureau) -> None:
    page = await bureau.page()
    for number in range(2):
        file, content = await bureau.file(f"/samples/bun{number}.jpg", "image/jpeg")
        work = await bureau.work(page, Draft("Bun", media=(file,)), content)
        await lost(bureau, work)
    sighting = await bureau.publisher.look(bureau.sent(work))
    assert [match.platform_post_id for match in sighting.matches] == [(await bureau.shown(page))[1]["public_id"]]


async def test_a_call_that_never_came_is_not_seen_and_goes_out_once(bureau: Bureau) -> None:
    page = await bureau.page()
    work = await bureau.work(page, Draft("Once"))
    await lost(bureau, work, "drop_before")
    sighting = await bureau.publisher.look(bureau.sent(work))
    assert (sighting.out, sighting.matches, sighting.repeatable) == (False, (), False)
    work.handles[DOUBTED] = work.now.isoformat()
    await bureau.publish(work)
    assert len(await bureau.shown(page)) == 1


async def test_a_second_copy_that_x_refuses_says_that_the_first_is_there(bureau: Bureau) -> None:
    page = await bureau.page()
    await bureau.sandbox.change_x(timeline_lag_seconds=300)
    work = await bureau.work(page, Draft("Once"))
    await lost(bureau, work)
    assert (await bureau.publisher.look(bureau.sent(work))).out is False
    work.handles[DOUBTED] = work.now.isoformat()
    error = await refusal(bureau, work)
    assert isinstance(error, OutcomeUnknownError)
    again = bureau.sent(work, answer=error.failure.platform_code)
    assert (await bureau.publisher.look(again)).out is True
    await bureau.sandbox.advance_clock(300)
    assert len((await bureau.publisher.look(again)).matches) == 1
    assert len(await bureau.shown(page)) == 1


async def test_a_person_who_overlooked_the_first_is_told_so_by_the_refusal_of_the_second(bureau: Bureau) -> None:
    page = await bureau.page()
    work = await bureau.work(page, Draft("Once"))
    await lost(bureau, work)
    work.handles[DENIED] = "1"
    error = await refusal(bureau, work)
    assert (type(error), error.failure.platform_code) == (OutcomeUnknownError, "duplicate")
    (match,) = (await bureau.publisher.look(bureau.sent(work, answer=error.failure.platform_code))).matches
    assert [match.platform_post_id] == [entry["public_id"] for entry in await bureau.shown(page)]


async def test_a_person_who_said_that_the_first_is_not_public_is_believed_by_every_other_refusal(
    bureau: Bureau,
) -> None:
    work = await bureau.work(await bureau.page(), Draft("Once"))
    work.handles[DENIED] = "1"
    await bureau.sandbox.add_fault(POSTS, "x_refusal", next_calls=1, error="403")
    assert isinstance(await refusal(bureau, work), RejectedError)


async def test_a_post_that_x_took_without_an_id_is_looked_for_and_never_taken_for_absent(bureau: Bureau) -> None:
    page = await bureau.page()
    await bureau.sandbox.change_x(timeline_lag_seconds=300)
    work = await bureau.work(page, Draft("Nameless"))
    await bureau.sandbox.add_fault(POSTS, "no_id", next_calls=1)
    error = await refusal(bureau, work)
    assert (type(error), error.failure.platform_code) == (OutcomeUnknownError, NAMELESS)
    sent = bureau.sent(work, answer=NAMELESS)
    unseen = await bureau.publisher.look(sent)
    assert (unseen.out, unseen.matches, unseen.repeatable) == (None, (), False)
    await bureau.sandbox.advance_clock(300)
    (match,) = (await bureau.publisher.look(sent)).matches
    (entry,) = await bureau.shown(page)
    assert match.platform_post_id == entry["public_id"]


async def test_a_part_is_not_taken_for_the_same_text_elsewhere(bureau: Bureau) -> None:
    page = await bureau.page()
    await bureau.sandbox.change_x(duplicate_seconds=0)
    first = (await bureau.publish(await bureau.work(page, Draft("Yes")))).receipt.platform_post_id
    part = await bureau.work(page, Draft("Yes", reply_to=ReplyTo(first, first)))
    part.now -= timedelta(seconds=1)
    assert (await bureau.publisher.look(bureau.sent(part))).matches == ()
    await lost(bureau, part)
    (match,) = (await bureau.publisher.look(bureau.sent(part))).matches
    assert match.platform_post_id != first


async def test_a_refused_second_call_says_nothing_of_the_first(bureau: Bureau) -> None:
    page = await bureau.page()
    work = await bureau.work(page, Draft("Once"))
    await lost(bureau, work)
    work.handles[DOUBTED] = work.now.isoformat()
    await bureau.sandbox.add_fault(POSTS, "x_refusal", next_calls=1, error="403")
    assert isinstance(await refusal(bureau, work), OutcomeUnknownError)


def test_tokens_are_not_shown(bureau: Bureau) -> None:
    assert "secret" not in repr(Token("secret", "secret", (), None))  # type: ignore[arg-type]
    assert "sandbox-x-secret" not in repr(bureau.network.renewer._api.settings)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("answers", "out"),
    [
        ([{"meta": {"result_count": 0}}], False),
        ([{}], None),
        ([{"maintenance": True}], None),
        ([{"meta": {"result_count": 3}}], None),
        ([{"meta": {"result_count": 1}, "data": {"id": "1"}}], None),
        ([{"meta": {"result_count": 0}, "errors": [{"title": "x"}]}], None),
        ([{"meta": {"result_count": 0, "next_token": "n"}, "errors": [{}]}, {"meta": {"result_count": 0}}], None),
        ([{"meta": {"result_count": 0, "next_token": "n"}}] * 5, None),
    ],
    ids=str,
)
async def test_absence_is_believed_only_of_a_list_that_says_so(
    bureau: Bureau, answers: list[Any], out: bool | None
) -> None:
    page = await bureau.page()
    sent = bureau.sent(await bureau.work(page, Draft("Once")))
    told = iter(answers)

    class Told:
        settings = bureau.publisher._api.settings

        async def get(self, *_: Any, **__: Any) -> Any:
            return next(told)

    assert (await look(Told(), sent)).out is out  # type: ignore[arg-type]


async def test_a_post_of_the_same_text_with_other_files_leaves_it_open(bureau: Bureau) -> None:
    page = await bureau.page()
    file, content = await bureau.file("/samples/bun.jpg", "image/jpeg")
    draft = Draft("Bun", media=(file,))
    await bureau.publish(await bureau.work(page, draft, content))
    other = await bureau.work(page, draft, content)
    other.handles |= {"media0": "12345", "media_ready": "1"}
    sighting = await bureau.publisher.look(bureau.sent(other))
    assert (sighting.out, sighting.matches) == (None, ())


async def test_a_renewal_without_a_token_is_unknown(bureau: Bureau) -> None:
    page = await bureau.page()
    renewer = bureau.network.renewer
    assert page.token
    assert renewer

    async def empty(*_: Any, **__: Any) -> Reply:
        return Reply(200, {}, b"{}")

    renewer._ask = empty  # type: ignore[attr-defined]
    with pytest.raises(OutcomeUnknownError):
        await renewer.renew(token=page.token, now=datetime.now(UTC))

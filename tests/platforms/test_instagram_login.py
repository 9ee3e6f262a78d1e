"""Signing in at Instagram itself: its hosts, its two shapes of answers, its own shape of errors."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from platforms.base import DOUBTED, ChannelKind, Draft, DraftMedia, Environment, Platform, Wait
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.instagram.oauth import PERMISSIONS, InstagramOAuth
from platforms.instagram.options import InstagramOptions, VideoTransfer
from platforms.issues import Rule
from platforms.sign_in import Renewal
from tests.platforms.conftest import REDIRECT, VERIFIER, Desk
from tests.platforms.wire import Seen, Wire
from tests.platforms.work import NOW, work_on
from tests.support.sandbox import Sandbox

DAY = timedelta(days=1)


@pytest.fixture
def login(wired: Desk) -> Desk:
    """Instagram Login, at the end of the wire."""
    return Desk(wired.networks, Platform.INSTAGRAM)


def oauth_of(desk: Desk) -> InstagramOAuth:
    assert isinstance(desk.oauth, InstagramOAuth)
    return desk.oauth


def at(wire: Wire, path: str) -> list[Seen]:
    return [one for one in wire.seen if one.path == path]


async def exchange(desk: Desk, code: str, redirect_uri: str = REDIRECT) -> None:
    await desk.oauth.exchange(code=code, redirect_uri=redirect_uri, verifier=VERIFIER, now=datetime.now(UTC))


@pytest.mark.parametrize("shape", ["documented", "field"])
async def test_a_sign_in_ends_with_a_token_for_sixty_days_whatever_the_answer_looks_like(
    login: Desk, wire: Wire, sandbox: Sandbox, shape: str
):
    await sandbox.change_settings(instagram_answer=shape)

    grant = await login.sign_in()

    [short] = at(wire, "/instagram/access_token")
    assert grant.token != short.fields["access_token"]
    assert grant.expires_at is not None
    assert 59 * DAY < grant.expires_at - datetime.now(UTC) <= 60 * DAY
    assert (set(grant.granted_permissions), grant.missing_permissions) == (set(PERMISSIONS), ())
    assert grant.token not in repr(grant)


async def test_the_account_itself_is_the_one_channel_with_the_sign_ins_own_token(
    login: Desk, wire: Wire, sandbox: Sandbox
):
    grant = await login.sign_in()
    [page] = (
        await login.finder.offer(token=grant.token, now=datetime.now(UTC), granted=grant.granted_permissions)
    ).pages

    [account] = [one["instagram"] for one in (await sandbox.personas())["people"]["solo"]["pages"] if one["instagram"]]
    assert (page.kind, page.platform_account_id) == (ChannelKind.INSTAGRAM_ACCOUNT, account["id"])
    assert (page.token, page.problem, page.linked_to) == (grant.token, None, None)
    assert grant.platform_user_id != page.platform_account_id  # for this app alone: callbacks name the person by it
    assert all("appsecret_proof" not in one.fields for one in wire.seen)
    assert not any(grant.token in one.query for one in wire.seen)


@pytest.mark.parametrize(
    "answer",
    [
        {"user_id": 17841400000000001, "username": "bakery", "account_type": "BUSINESS"},
        {"data": [{"user_id": "17841400000000001", "username": "bakery"}]},
    ],
)
async def test_t22_an_id_may_be_a_number_and_the_answer_in_a_list(login: Desk, wire: Wire, answer: dict[str, Any]):
    wire.answer("GET /me", answer)

    [page] = (await login.finder.offer(token="t", now=datetime.now(UTC), granted=PERMISSIONS)).pages

    assert (page.platform_account_id, page.handle, page.problem) == ("17841400000000001", "bakery", None)


@pytest.mark.parametrize("answer", [{}, {"user_id": True}, {"user_id": ""}, {"data": []}, {"data": ["x"]}])
async def test_an_account_without_an_id_is_not_offered_and_it_is_said(login: Desk, wire: Wire, answer: dict[str, Any]):
    wire.answer("GET /me", answer)

    offer = await login.finder.offer(token="t", now=datetime.now(UTC), granted=PERMISSIONS)

    assert (offer.pages, bool(offer.diagnosis)) == ((), True)


async def test_what_was_not_allowed_is_named_and_not_published_to(login: Desk):
    name = "instagram_business_content_publish"

    grant = await login.sign_in(decline=name)
    [page] = (
        await login.finder.offer(token=grant.token, now=datetime.now(UTC), granted=grant.granted_permissions)
    ).pages

    assert grant.missing_permissions == (name,)
    assert name in (page.problem or "")


async def test_a_personal_account_is_told_what_to_become(login: Desk, wire: Wire):
    wire.answer("GET /me", {"user_id": "1", "username": "sam", "account_type": "PERSONAL"})

    [page] = (await login.finder.offer(token="t", now=datetime.now(UTC), granted=PERMISSIONS)).pages

    assert "business or creator" in (page.problem or "")


async def test_the_dialogs_tail_is_no_part_of_the_code(login: Desk):
    await exchange(login, f"{await login.code()}#_")


async def test_a_code_is_good_once_and_for_its_own_address(login: Desk):
    code = await login.code()
    with pytest.raises(RejectedError) as elsewhere:
        await exchange(login, code, "https://app.example.com/other")
    await exchange(login, code)
    with pytest.raises(RejectedError) as twice:
        await exchange(login, code)

    assert "redirect_uri" in elsewhere.value.failure.message
    assert "has been used" in twice.value.failure.message
    for error in (elsewhere, twice):
        failure = error.value.failure
        assert (failure.code, failure.platform) == (FailureCode.AUTHORIZATION_FAILED, Platform.INSTAGRAM)
        assert (failure.platform_code, failure.http_status) == ("400", 400)


_REFUSED, _AUTH = RejectedError, FailureCode.AUTHORIZATION_FAILED


@pytest.mark.parametrize(
    ("status", "answer", "expected"),
    [
        (400, {"error_message": "Invalid platform app"}, (_REFUSED, FailureCode.PLATFORM_NOT_CONFIGURED)),
        (400, {"error_type": "OAuthException", "code": 400}, (_REFUSED, _AUTH)),
        (400, {"error": {"code": 100, "message": "x"}}, (_REFUSED, FailureCode.PLATFORM_REJECTED)),
        (503, {"error_type": "x", "error_message": "busy"}, (TransientError, _AUTH)),
        (502, b"<html>bad gateway</html>", (TransientError, FailureCode.PLATFORM_UNAVAILABLE)),
        (200, {"error_type": "OAuthException", "code": 400}, (TransientError, _AUTH)),
        (200, {"access_token": "", "user_id": 1}, (_REFUSED, _AUTH)),
        (200, {"data": []}, (_REFUSED, _AUTH)),
    ],
)
async def test_each_shape_of_error_is_read(
    login: Desk, wire: Wire, status: int, answer: Any, expected: tuple[type[PlatformError], FailureCode]
):
    wire.answer("POST /access_token", answer, status)

    with pytest.raises(PlatformError) as error:
        await exchange(login, "a code")

    assert (type(error.value), error.value.failure.code) == expected
    assert "sandbox-instagram-app-secret" not in str(error.value.failure)


async def test_a_renewed_sign_in_asks_who_it_is(login: Desk):
    plain = login.oauth.authorize_url(state="s", redirect_uri=REDIRECT, verifier=VERIFIER)
    again = login.oauth.authorize_url(state="s", redirect_uri=REDIRECT, verifier=VERIFIER, renewal=Renewal.ACCESS)

    assert "force_reauth" not in plain
    assert "force_reauth=true" in again


async def test_a_token_that_is_not_a_day_old_is_not_renewed(login: Desk):
    grant = await login.sign_in()

    with pytest.raises(RejectedError, match="24 hours"):
        await oauth_of(login).renew(token=grant.token, now=datetime.now(UTC))


async def test_a_renewal_without_a_token_is_none(login: Desk, wire: Wire):
    wire.answer("GET /", {"access_token": "", "expires_in": 5_184_000})

    with pytest.raises(TransientError, match="without a token"):
        await oauth_of(login).renew(token="old", now=datetime.now(UTC))


async def test_a_dead_token_is_told_from_one_that_works(login: Desk):
    grant = await login.sign_in()

    assert await login.oauth.works(token=grant.token)
    assert await login.oauth.check(token=grant.token, now=datetime.now(UTC)) is None
    assert not await login.oauth.works(token="made-up")
    with pytest.raises(ReconnectRequiredError):
        await login.oauth.check(token="made-up", now=datetime.now(UTC))


def test_without_its_settings_nobody_can_sign_in_and_they_are_named(desk: Desk):
    live = desk.networks.get(Platform.INSTAGRAM, Environment.LIVE).oauth

    assert live.missing_settings() == ("AGM_INSTAGRAM_APP_ID", "AGM_INSTAGRAM_APP_SECRET")
    assert live.authorize_url(state="s", redirect_uri=REDIRECT, verifier=VERIFIER).startswith(
        "https://www.instagram.com/oauth/authorize?"
    )


# -- publishing -------------------------------------------------------------------------------------------------


async def test_a_video_cannot_be_sent_and_that_is_said_before_any_call(login: Desk, wire: Wire):
    video = DraftMedia("https://example.com/a.mp4", "video/mp4", 1000, 1080, 1920, seconds=5)
    draft = Draft("Look", media=(video,), options=InstagramOptions(video_transfer=VideoTransfer.SEND))
    work = work_on(await login.account(), draft)
    before = len(wire.seen)

    with pytest.raises(RejectedError) as error:
        await login.instagram.step(work)

    (issue,) = error.value.failure.issues
    assert (issue.rule, issue.path) == (Rule.OPTION_UNSUPPORTED, ("options", "videoTransfer"))
    assert (len(wire.seen), work.marks) == (before, [])


@pytest.mark.parametrize("doubted", [False, True])
async def test_a_container_of_another_app_is_made_anew_but_never_one_that_may_be_out(
    login: Desk, wire: Wire, sandbox: Sandbox, doubted: bool
):
    draft = Draft("Hi", media=(DraftMedia(f"{sandbox.url}/samples/a.jpg", "image/jpeg", 1000, 1080, 1080),))
    work = work_on(await login.account(), draft)
    work.handles = {"container": "17900", "container_created_at": NOW.isoformat(), "container_app": "another"}
    if doubted:
        work.handles[DOUBTED] = "1"
        with pytest.raises(OutcomeUnknownError):
            await login.instagram.step(work)
    else:
        assert isinstance(await login.instagram.step(work), Wait)

    assert (work.handles["container"] == "17900") is doubted
    assert len(wire.asked("POST /*/media")) == (0 if doubted else 1)
    assert wire.asked("POST /*/media_publish") == []

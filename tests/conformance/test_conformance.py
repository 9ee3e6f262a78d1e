"""What every platform has to stand, whichever it is: one is done when this is green."""

import base64
import hashlib
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import structlog

from platforms.base import ChannelKind, Platform
from platforms.errors import OutcomeUnknownError, PlatformError, RateLimitedError, ReconnectRequiredError
from platforms.following import Following, Task
from platforms.issues import Rule
from platforms.registry import console_of, rules_for
from publishing.records import MediaInput, PublishRequest
from publishing.validation import check
from tests.architecture.source import ROOT
from tests.conformance.candidates import CANDIDATES, PKCE, REDIRECT, VERIFIER, Candidate, Mishap

UNKNOWN = [Mishap.LANDED, Mishap.LOST, Mishap.UNCLEAR]


def test_no_kind_of_channel_is_left_out():
    assert set(CANDIDATES) == set(ChannelKind)


@pytest.mark.parametrize("platform", list(Platform))
def test_a_platform_has_its_page_and_says_what_to_set_up(platform: Platform):
    page = (ROOT / "docs" / "platforms.md").read_text()

    assert f"## {platform.label}\n" in page or not console_of(platform).fields
    assert f"### What to set up for {platform.label}\n" in page


async def test_a_browser_is_sent_with_the_state_the_address_and_the_challenge(candidate: Candidate):
    oauth = candidate.network.oauth
    if oauth is None:  # a password instead: nobody is sent anywhere
        assert not candidate.network.sign_in.requested_permissions
        return
    url = oauth.authorize_url(state="a state&", redirect_uri=REDIRECT, verifier=VERIFIER)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}

    assert (asked["state"], asked["redirect_uri"], asked["response_type"]) == ("a state&", REDIRECT, "code")
    assert VERIFIER not in url
    challenge = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
    declared = candidate.platform in PKCE
    assert (asked.get("code_challenge"), asked.get("code_challenge_method")) == (
        (challenge, "S256") if declared else (None, None)
    )


def test_what_is_too_long_is_refused_before_any_call(kind: ChannelKind):
    rules = rules_for(kind)
    longest = rules.max_text_length.value
    media = (MediaInput("https://example.com/a.jpg"),) if rules.media_required else ()

    def issues(length: int) -> list[Rule]:
        request = PublishRequest(Platform.FACEBOOK, "chn_1", "x" * length, None, media, "text", None)
        return [issue.rule for issue in check(request, rules)]

    assert issues(longest) == []
    assert issues(longest + 1) == [Rule.TEXT_TOO_LONG]


async def test_a_post_is_public_once_as_it_was_written(candidate: Candidate):
    page = await candidate.page()
    text = "Fresh bread: 100 % rye & <b>spelt</b>, ünïcode 🥖"

    done = await candidate.bring_out(candidate.work(page, text))

    assert await candidate.texts(page) == [text]
    assert done.receipt.platform_post_id


async def test_a_limit_says_for_how_long_and_nothing_is_out(candidate: Candidate):
    page = await candidate.page()
    work = candidate.work(page, "Slow down")
    await candidate.meet(Mishap.LIMIT, work)

    with pytest.raises(RateLimitedError) as limited:
        await candidate.bring_out(work)

    assert limited.value.retry_after is None or limited.value.retry_after > timedelta()
    assert await candidate.texts(page) == []


async def test_a_token_that_is_over_asks_for_a_person_and_nothing_is_out(candidate: Candidate):
    page = await candidate.page()
    work = candidate.work(page, "Not now")
    await candidate.meet(Mishap.TOKEN_OVER, work)

    with pytest.raises(ReconnectRequiredError):
        await candidate.bring_out(work)

    assert await candidate.texts(page) == []


@pytest.mark.parametrize("mishap", UNKNOWN, ids=lambda mishap: mishap.name.lower())
async def test_a_call_without_a_clear_answer_is_unknown_and_never_made_twice_by_itself(
    candidate: Candidate, mishap: Mishap
):
    page = await candidate.page()
    work = candidate.work(page, "Unclear")
    await candidate.meet(mishap, work)

    with pytest.raises(OutcomeUnknownError):
        await candidate.bring_out(work)

    assert len(await candidate.texts(page)) == (mishap is Mishap.LANDED)
    assert len(work.marks) == 1


@pytest.mark.parametrize("mishap", UNKNOWN, ids=lambda mishap: mishap.name.lower())
async def test_a_look_finds_what_is_there_or_lets_it_be_sent_again(candidate: Candidate, mishap: Mishap):
    page = await candidate.page()
    work = candidate.work(page, f"Look for me: {mishap.name}")
    await candidate.meet(mishap, work)
    with pytest.raises(OutcomeUnknownError):
        await candidate.bring_out(work)

    sighting = await candidate.look(work)

    if mishap is Mishap.LANDED:
        assert sighting.matches or sighting.out or sighting.repeatable
        assert len(sighting.matches) <= 1
    else:
        assert not sighting.matches
        assert sighting.out is False or sighting.repeatable


@pytest.mark.parametrize("mishap", [*Mishap], ids=lambda mishap: mishap.name.lower())
async def test_no_token_is_told_to_anybody(candidate: Candidate, mishap: Mishap, capfd: pytest.CaptureFixture[str]):
    page = await candidate.page()
    work = candidate.work(page, "Secret")
    await candidate.meet(mishap, work)

    with structlog.testing.capture_logs() as logs, pytest.raises(PlatformError) as told:
        await candidate.bring_out(work)

    written = f"{logs} {told.value!r} {told.value} {told.value.failure} {page!r} {capfd.readouterr()}"
    assert work.token not in written
    assert [part for part in work.token.split('"') if len(part) > 60 and "://" not in part and part in written] == []


async def test_what_is_deleted_is_gone_and_once_more_is_no_error(candidate: Candidate):
    rules = rules_for(candidate.kind)
    page = await candidate.page()
    work = candidate.work(page, "Gone soon")
    done = await candidate.bring_out(work)
    if not rules.post(work.draft.post).takes_delete.value:
        assert rules.instead["delete"], "and a person is told what to do instead"
        return
    following = Following(Task.DELETE, work.channel_id, work.token, done.receipt.platform_post_id)

    for _ in range(2):
        await candidate.publisher.follow(following)

    assert await candidate.texts(page) == []

"""What Meta's answers mean for the caller: before the public call, and at it, where only proof counts."""

from datetime import timedelta
from typing import Any

import orjson
import pytest

from net.errors import NoAnswerError, NotSentError, UnreadableReplyError
from net.http import Reply
from platforms.base import Platform
from platforms.errors import (
    FailureCode,
    OutcomeUnknownError,
    PlatformError,
    RateLimitedError,
    ReconnectRequiredError,
    RejectedError,
    TransientError,
)
from platforms.meta.codes import ROWS, Verdict
from platforms.meta.errors import answer_of, of_net_error

RECONNECT, REJECTED, RATE = ReconnectRequiredError, RejectedError, RateLimitedError
AGAIN, UNKNOWN = TransientError, OutcomeUnknownError

# status, code, subcode, before the public call, at the public call; from Meta's pages, see `platforms/meta/codes.py`.
TABLE = [
    (400, 190, None, RECONNECT, RECONNECT),
    (400, 190, 458, RECONNECT, RECONNECT),
    (400, 190, 459, RECONNECT, RECONNECT),
    (400, 190, 460, RECONNECT, RECONNECT),
    (400, 190, 463, RECONNECT, RECONNECT),
    (400, 190, 464, RECONNECT, RECONNECT),
    (400, 190, 467, RECONNECT, RECONNECT),
    (400, 190, 492, RECONNECT, RECONNECT),
    (400, 190, 493, RECONNECT, RECONNECT),
    (400, 190, 2069032, RECONNECT, RECONNECT),
    (401, 102, None, RECONNECT, RECONNECT),
    (400, 101, None, REJECTED, REJECTED),
    (400, 104, None, REJECTED, REJECTED),
    (403, 10, None, RECONNECT, RECONNECT),
    (403, 3, None, RECONNECT, RECONNECT),
    (403, 200, None, RECONNECT, RECONNECT),
    (403, 283, None, RECONNECT, RECONNECT),
    (400, 200, 2069030, REJECTED, REJECTED),
    (400, 200, 2069031, REJECTED, REJECTED),
    (400, 200, 2069033, REJECTED, REJECTED),
    (400, 200, 1366046, REJECTED, REJECTED),
    (400, 100, 1366046, REJECTED, REJECTED),
    (400, 100, None, REJECTED, REJECTED),
    (400, 100, 33, REJECTED, REJECTED),
    (400, 100, 36007, REJECTED, REJECTED),
    (400, 100, 36008, REJECTED, REJECTED),
    (400, 100, 36009, REJECTED, REJECTED),
    (500, 1, None, AGAIN, UNKNOWN),
    (500, 2, None, AGAIN, UNKNOWN),
    (400, 1, None, AGAIN, UNKNOWN),
    (400, 2, None, AGAIN, UNKNOWN),
    (400, 4, None, RATE, RATE),
    (400, 4, 2207051, AGAIN, UNKNOWN),
    (400, 17, None, RATE, RATE),
    (400, 17, 2446079, RATE, RATE),
    (400, 32, None, RATE, RATE),
    (400, 341, None, RATE, RATE),
    (400, 613, None, RATE, RATE),
    (400, 80001, None, RATE, RATE),
    (400, 80002, None, RATE, RATE),
    (400, 80002, 2446079, RATE, RATE),
    (400, 9, 2207042, RATE, RATE),
    (400, 368, None, REJECTED, REJECTED),
    (400, 506, None, AGAIN, UNKNOWN),
    (400, 194, None, REJECTED, REJECTED),
    (400, 197, None, REJECTED, REJECTED),
    (400, 324, None, AGAIN, AGAIN),
    (400, 1500, None, REJECTED, REJECTED),
    (400, 1609005, None, REJECTED, REJECTED),
    (400, 5101, None, REJECTED, REJECTED),
    (400, 105, None, REJECTED, REJECTED),
    (400, 6000, None, REJECTED, REJECTED),
    (400, -2, 2207003, AGAIN, AGAIN),
    (400, -2, 2207020, AGAIN, AGAIN),
    (400, -1, 2207001, AGAIN, UNKNOWN),
    (400, -1, 2207032, AGAIN, AGAIN),
    (400, -1, 2207053, AGAIN, AGAIN),
    (400, 1, 2207057, REJECTED, REJECTED),
    (400, 24, 2207006, AGAIN, UNKNOWN),
    (400, 24, 2207008, AGAIN, UNKNOWN),
    (400, 25, 2207050, REJECTED, REJECTED),
    (400, 100, 2207023, REJECTED, REJECTED),
    (400, 100, 2207028, REJECTED, REJECTED),
    (400, 100, 2207035, REJECTED, REJECTED),
    (400, 100, 2207036, REJECTED, REJECTED),
    (400, 100, 2207037, REJECTED, REJECTED),
    (400, 100, 2207040, REJECTED, REJECTED),
    (400, 100, 2207067, REJECTED, REJECTED),
    (400, 100, 2207089, REJECTED, REJECTED),
    (400, 100, 2108006, REJECTED, REJECTED),
    (400, 110, 2207013, REJECTED, REJECTED),
    (400, 9009, None, REJECTED, REJECTED),
    (400, 352, 2207026, REJECTED, REJECTED),
    (400, 9004, 2207052, AGAIN, AGAIN),
    (400, 9007, 2207027, AGAIN, AGAIN),
    (400, 36000, 2207004, REJECTED, REJECTED),
    (400, 36001, 2207005, REJECTED, REJECTED),
    (400, 36003, 2207009, REJECTED, REJECTED),
    (400, 36004, 2207010, REJECTED, REJECTED),
    (400, 424242, None, REJECTED, UNKNOWN),
    (400, -1, 2207999, REJECTED, UNKNOWN),
    (400, 24, 2207999, REJECTED, UNKNOWN),
    (500, 424242, None, AGAIN, UNKNOWN),
    (500, 190, 460, RECONNECT, UNKNOWN),
    (503, 4, None, RATE, UNKNOWN),
    (200, 100, None, REJECTED, UNKNOWN),
]
# What a subcode means by itself: reports do not agree on the code in front of it.
BY_SUBCODE = {
    1366051: (AGAIN, UNKNOWN),
    1363047: (AGAIN, UNKNOWN),
    1609010: (AGAIN, UNKNOWN),
    1390008: (RATE, RATE),
    1346003: (REJECTED, REJECTED),
    1404102: (REJECTED, REJECTED),
    1404078: (REJECTED, REJECTED),
    4854002: (REJECTED, REJECTED),
    1404006: (REJECTED, REJECTED),
    1404112: (REJECTED, REJECTED),
    1609008: (REJECTED, REJECTED),
    2061006: (REJECTED, REJECTED),
    1349125: (REJECTED, REJECTED),
    2069019: (AGAIN, AGAIN),
    1609005: (REJECTED, REJECTED),
    2207073: (REJECTED, REJECTED),
    2207077: (AGAIN, UNKNOWN),
    2207081: (REJECTED, REJECTED),
    2207082: (AGAIN, UNKNOWN),
    2207085: (AGAIN, UNKNOWN),
}
# What a message says tells a meaning from the others with the same code.
BY_WORDS = [
    (200, "(#200) The calling app is missing the ads_management or ads_read permission", RECONNECT, RECONNECT),
    (100, "Invalid appsecret_proof provided in the API argument", REJECTED, REJECTED),
    (100, "INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID", REJECTED, REJECTED),
    (100, "param collaborators is not allowed", REJECTED, REJECTED),
    (368, "You've already posted this.", AGAIN, UNKNOWN),
]
SINGLE = [row for row in ROWS if row.code not in range(201, 300) and row.says is None]  # permission codes are alike


def envelope(code: int, subcode: int | None, **more: Any) -> bytes:
    error = {"message": "It went wrong", "type": "OAuthException", "code": code, "fbtrace_id": "Atrace", **more}
    return orjson.dumps({"error": error if subcode is None else {**error, "error_subcode": subcode}})


def ending(status: int, body: bytes, *, public: bool, headers: dict[str, str] | None = None) -> PlatformError:
    """What an answer ends in."""
    with pytest.raises(PlatformError) as caught:
        answer_of(Reply(status, headers or {}, body), platform=Platform.INSTAGRAM, public=public)
    return caught.value


@pytest.mark.parametrize(("status", "code", "subcode", "before", "at"), TABLE)
def test_a_code_means_what_the_table_says(
    status: int, code: int, subcode: int | None, before: type[PlatformError], at: type[PlatformError]
):
    assert type(ending(status, envelope(code, subcode), public=False)) is before
    assert type(ending(status, envelope(code, subcode), public=True)) is at


@pytest.mark.parametrize("code", [100, 200, 324, 368, 424242])
@pytest.mark.parametrize("subcode", BY_SUBCODE)
def test_a_subcode_means_the_same_behind_every_code(code: int, subcode: int):
    before, at = BY_SUBCODE[subcode]

    assert type(ending(400, envelope(code, subcode), public=False)) is before
    assert type(ending(400, envelope(code, subcode), public=True)) is at


@pytest.mark.parametrize(("code", "message", "before", "at"), BY_WORDS)
def test_words_tell_a_meaning_apart(code: int, message: str, before: type[PlatformError], at: type[PlatformError]):
    plain = ending(400, envelope(code, None), public=False).failure.hint
    error = ending(400, envelope(code, None, message=message), public=False)

    assert type(error) is before
    assert type(ending(400, envelope(code, None, message=message), public=True)) is at
    assert error.failure.hint != plain


def test_every_row_is_held_against_an_expectation_of_its_own():
    known = {(row.code, row.subcode) for row in SINGLE}
    expected = {(code, subcode) for _, code, subcode, _, _ in TABLE} | {(None, subcode) for subcode in BY_SUBCODE}

    assert known <= expected
    assert len(ROWS) == len({(row.code, row.subcode, row.says) for row in ROWS})
    assert {(row.code, row.says) for row in ROWS if row.says} == {
        (code, next(row.says for row in ROWS if row.code == code and row.says and row.says in words))
        for code, words, _, _ in BY_WORDS
    }


@pytest.mark.parametrize("code", range(200, 300))
def test_every_permission_code_asks_a_person_to_sign_in_again(code: int):
    assert type(ending(403, envelope(code, None), public=True)) is RECONNECT


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("row", SINGLE, ids=lambda row: f"{row.code}/{row.subcode}")
def test_no_code_proves_anything_at_the_public_call_when_the_platform_itself_failed(row, status: int):
    assert type(ending(status, envelope(row.code or 100, row.subcode), public=True)) is UNKNOWN


@pytest.mark.parametrize("row", SINGLE, ids=lambda row: f"{row.code}/{row.subcode}")
def test_every_row_tells_a_person_what_to_do(row):
    code = row.code or 100
    error = ending(400, envelope(code, row.subcode), public=False)

    assert error.failure.hint
    assert error.failure.platform_code == (f"{code}/{row.subcode}" if row.subcode else str(code))
    assert error.failure.platform_message == "It went wrong"
    assert error.failure.platform_request_id == "Atrace"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>503</html>",
        b"[]",
        b"null",
        b'{"error": "text"}',
        b'{"error": {"code": "x"}}',
        b'{"error": {"code": [1]}}',
        b'{"error": null}',
        b'{"success": false}',
    ],
)
@pytest.mark.parametrize("status", [200, 400, 500, 502, 503])
def test_an_answer_that_makes_no_sense_proves_nothing_at_the_public_call(status: int, body: bytes):
    assert isinstance(ending(status, body, public=True), OutcomeUnknownError)
    assert not isinstance(ending(status, body, public=False), OutcomeUnknownError | ReconnectRequiredError)


@pytest.mark.parametrize(
    ("error", "before", "at"),
    [
        (NotSentError("POST x was not sent"), AGAIN, AGAIN),
        (NoAnswerError("POST x was sent and not answered"), AGAIN, UNKNOWN),
        (UnreadableReplyError("too large", status=200), AGAIN, UNKNOWN),
    ],
)
def test_only_what_never_left_is_surely_not_sent(error, before: type[PlatformError], at: type[PlatformError]):
    assert type(of_net_error(error, platform=Platform.FACEBOOK, public=False)) is before
    assert type(of_net_error(error, platform=Platform.FACEBOOK, public=True)) is at


def test_a_throttled_call_waits_as_long_as_the_longest_header_says():
    usage = {"1": [{"type": "pages", "estimated_time_to_regain_access": 7}, {"estimated_time_to_regain_access": 31}]}
    headers = {"x-business-use-case-usage": orjson.dumps(usage).decode()}

    error = ending(400, envelope(80001, None), public=True, headers=headers)

    assert isinstance(error, RateLimitedError)
    assert error.retry_after == timedelta(minutes=31)


@pytest.mark.parametrize(
    "header", ["", "nonsense", "[]", '{"1": 2}', '{"1": [{"estimated_time_to_regain_access": "x"}]}']
)
def test_a_throttled_call_waits_all_the_same_when_the_header_makes_no_sense(header: str):
    error = ending(400, envelope(4, None), public=False, headers={"x-business-use-case-usage": header})

    assert isinstance(error, RateLimitedError)
    assert error.retry_after is not None
    assert error.retry_after > timedelta()


def test_an_image_that_the_platform_could_not_fetch_counts_as_an_image_problem():
    assert ending(400, envelope(9004, 2207052), public=False).failure.code is FailureCode.MEDIA_REJECTED


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("row", SINGLE, ids=lambda row: f"{row.code}/{row.subcode}")
def test_what_a_caller_may_do_follows_the_rows_verdict(row, public: bool):
    """An ambiguous answer is never a refusal or a plain retry at the public call, and never unknown before it."""
    ended = ending(400, envelope(row.code or 100, row.subcode), public=public)

    assert isinstance(ended, OutcomeUnknownError) == (public and row.verdict is Verdict.AMBIGUOUS)


def test_codes_written_as_text_are_read_too():
    body = orjson.dumps({"error": {"message": "m", "code": "190", "error_subcode": "460"}})

    assert ending(400, body, public=True).failure.platform_code == "190/460"


def test_a_long_message_is_cut():
    said = ending(400, envelope(100, None, message="x" * 5000), public=False).failure

    assert len(said.platform_message or "") == 300


@pytest.mark.parametrize("body", [b"<html>503</html>", envelope(2, None), envelope(987_654, None)])
def test_a_platform_that_says_when_to_come_back_is_heeded_before_the_public_call(body: bytes):
    error = ending(503, body, public=False, headers={"retry-after": "900"})

    assert isinstance(error, TransientError)
    assert error.retry_after == timedelta(minutes=15)

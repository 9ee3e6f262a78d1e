"""Where a browser may be sent after a sign-in, and with what."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

import pytest

from api.callback import _return_address
from platforms.base import Environment, Platform
from publishing.connections import _covers
from publishing.ids import Kind, new_id, public_id
from publishing.models import ConnectionAttemptStatus
from publishing.records import ConnectionAttempt
from tests.api.door import Door

LISTED = "https://app.example.com/connected"


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        (LISTED, True),
        (f"{LISTED}/", True),
        (f"{LISTED}/done?next=../x", True),
        (f"{LISTED}?from=here", True),
        (f"{LISTED}.evil.example", False),
        ("https://app.example.com/other", False),
        (f"{LISTED}/../other", False),
        (f"{LISTED}/..//evil.example", False),
        (f"{LISTED}/%2e%2e/other", False),
        (f"{LISTED}/./x", False),
        (f"{LISTED}/\\evil.example", False),
        (f"{LISTED}/a b", False),
        (f"{LISTED}/\x07", False),
    ],
)
def test_an_address_is_the_listed_one_or_below_it(url: str, fits: bool):
    assert _covers(LISTED, url) is fits


def test_the_result_of_a_sign_in_stands_in_the_address_once():
    account = new_id()
    attempt = ConnectionAttempt(
        id=new_id(),
        platform=Platform.FACEBOOK,
        environment=Environment.SANDBOX,
        status=ConnectionAttemptStatus.COMPLETED,
        account_id=account,
        error=None,
        return_to=None,
        expires_at=datetime(2026, 11, 25, tzinfo=UTC),
    )

    address = _return_address(attempt, f"{LISTED}?tab=1&account=forged&error=forged#end")

    assert parse_qsl(urlsplit(address).query) == [
        ("tab", "1"),
        ("account", public_id(Kind.CONNECTED_ACCOUNT, account)),
    ]


async def test_a_look_at_the_address_uses_up_nothing(door: Door):
    answer = await door.http.head("/oauth/meta/callback?state=x&code=y")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")

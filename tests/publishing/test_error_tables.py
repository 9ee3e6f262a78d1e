"""Every row of Meta's error tables, answered by the sandbox, ends a publication as it must: its status, its hint.

The tables are those of developers.facebook.com, as the sandbox has them; what must come of each row stands here.
"""

import shutil
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from platforms.base import Draft, Environment, Platform, Publisher
from platforms.environment import PlatformsEnvironment
from platforms.registry import open_networks, rules_for
from platforms.sign_in import FoundPage
from publishing import models
from publishing.assignment import Assignment, Windows
from publishing.db import open_database
from publishing.delivery import Delivery, run_step
from publishing.ledger import Entry, Ledger
from publishing.lifecycle import Status
from sandbox.meta.graph_errors import GRAPH_ERRORS
from sandbox.meta.instagram_errors import REFUSALS
from tests.platforms.conftest import Desk
from tests.platforms.work import sample, work_on
from tests.publishing.town import SECOND, StoppedClock, Street, open_street
from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.xdist_group("error_tables")
HELD, FAILED, RETRYING, UNCONFIRMED = Status.HELD, Status.FAILED, Status.RETRYING, Status.UNCONFIRMED
LOOKS = "the server looks for it"
WAITS = "Nothing to do: it is tried again"

# What a person must do, where the refusal comes before the public call and at it.
_RECONNECT = (HELD, "reconnectAccount")
_SIGN_IN = (HELD, "sign in again")
_LATER = (RETRYING, WAITS)
GRAPH: dict[str, tuple[tuple[Status, str], tuple[Status, str]]] = {
    **dict.fromkeys(("190", "190/467", "190/493", "102", "190/2069032"), (_RECONNECT, _RECONNECT)),
    **{
        f"190/{subcode}": ((HELD, words), (HELD, words))
        for subcode, words in {
            458: "The app was removed",
            459: "Log in at facebook.com first",
            460: "The password was changed",
            463: "The session ran out",
            464: "Confirm the account at facebook.com",
            492: "lost the role on the Page",
        }.items()
    },
    **dict.fromkeys(("3", "10", "200", "283", "299"), (_SIGN_IN, _SIGN_IN)),
    **{
        name: ((FAILED, words), (FAILED, words))
        for name, words in {
            "101": "AGM_META_APP_ID",
            "104": "AGM_META_APP_SECRET",
            "100-proof-invalid": "AGM_META_APP_SECRET",
            "100-proof-missing": "AGM_META_APP_SECRET",
            "200/2069030": "Change the post",
            "200/2069031": "Change the post",
            "200/2069033": "Change the post",
            "100": "Change the post",
            "100/33": "The object is gone",
            "100/36007": "start the sign-in again",
            "100/36008": "start the sign-in again",
            "100/36009": "start the sign-in again",
            "100/2108006": "older than the business account",
            "105": "Change the post",
            "194": "Change the post",
            "197": "give it a text",
            "1500": "Correct the link",
            "5101": "smaller file",
            "6000": "did not arrive",
            "368": "Open the account",
            "100/1366046": "below 4 MB",
            "200/1366046": "below 4 MB",
            "368/1346003": "Change the post",
            "368/1404102": "Change the post",
            "200/1404078": "Page Publishing Authorization",
            "200/4854002": "Confirm the identity",
            "368/1404006": "Open the account",
            "368/1404112": "Open the account",
            "100/1609005": "Correct the link",
            "100/1609008": "facebook.com cannot be posted",
            "100/2061006": "Correct the link",
            "100/1349125": "Change the post",
        }.items()
    },
    "200-ads": ((HELD, "ads_management or ads_read"), (HELD, "ads_management or ads_read")),
    **dict.fromkeys(
        ("4", "17", "17/2446079", "32", "341", "613", "80001", "80001/2446079", "80002", "80002/2446079"),
        (_LATER, _LATER),
    ),
    **dict.fromkeys(("324", "324/2069019"), ((RETRYING, "could not fetch"), (RETRYING, "could not fetch"))),
    "368/1390008": ((RETRYING, "Posting too fast"), (RETRYING, "Posting too fast")),
    **dict.fromkeys(("1", "2", "2/1363047", "2/1609010"), (_LATER, (UNCONFIRMED, LOOKS))),
    **dict.fromkeys(
        ("506", "100/1366051", "368-already"), ((RETRYING, "look whether it is this post"), (UNCONFIRMED, LOOKS))
    ),
}
INSTAGRAM: dict[str, tuple[Status, str]] = {
    "-2/2207003": _LATER,
    "-2/2207020": _LATER,
    "-1/2207001": (UNCONFIRMED, LOOKS),
    "-1/2207032": _LATER,
    "-1/2207053": _LATER,
    "1/2207057": (FAILED, "coverOffset"),
    "4/2207051": (UNCONFIRMED, LOOKS),
    "9/2207042": (RETRYING, "once there is room"),
    "24/2207006": (UNCONFIRMED, LOOKS),
    "24/2207008": (UNCONFIRMED, LOOKS),
    "25/2207050": (FAILED, "Open Instagram"),
    **{f"100/{subcode}": (FAILED, "Change the post") for subcode in (2207023, 2207035, 2207036, 2207037)},
    "100/2207028": (FAILED, "two to ten files"),
    "100/2207040": (FAILED, "fewer tags"),
    "352/2207026": (FAILED, "another video format"),
    "9004/2207052": (RETRYING, "could not fetch"),
    "9007/2207027": _LATER,
    "36000/2207004": (FAILED, "below 8 MiB"),
    "36001/2207005": (FAILED, "Use a JPEG"),
    "36003/2207009": (FAILED, "4:5 and 1.91:1"),
    "36004/2207010": (FAILED, "2,200 characters"),
    "200": (HELD, "ads_management or ads_read"),
    "110/2207013": (FAILED, "business or creator account"),
    "100/2207067": (FAILED, "Change the post"),
    "100/2207089": (FAILED, "Change the post"),
    "100/2207081": (FAILED, "no trial reels"),
    "-1/2207082": _LATER,
    "-1/2207085": (RETRYING, "cannot be processed"),
    "-1/2207077": (RETRYING, "could not fetch"),
    "9009": (FAILED, "not available"),
}
_PUBLISHING = [name for name, row in REFUSALS.items() if row.step != "delete"]


class Counter:
    """Where publications are brought a step further, each under one refusal."""

    def __init__(self, street: Street, sandbox: Sandbox) -> None:
        self.street, self.sandbox = street, sandbox
        self.ledger = Ledger(StoppedClock())

    async def refused(self, publisher: Publisher, page: FoundPage, draft: Draft, fault: Mapping[str, Any]) -> Any:
        """Publish under a fault; gives the row as it is stored."""
        await self.sandbox.add_fault(next_calls=1, account=page.platform_account_id, **fault)
        row = await self.street.publish(Status.PREPARING, epoch=1)
        for _ in range(3):
            delivery = Delivery(_assignment(row, page, draft), self.ledger, Windows(60 * SECOND, 30))
            outcome = await run_step(delivery, publisher.step, 0)
            await self.ledger.write(Entry(row.id, row.epoch, change=outcome.change, end=outcome.end))
            row = await models.Publication.get(id=row.id)
            if row.status is not Status.PROCESSING:
                break
            await models.Publication.filter(id=row.id).update(status=Status.PREPARING)
        await self.sandbox.clear_faults()
        return row


@pytest.fixture(scope="module")
async def endings(
    session_sandbox: Sandbox, sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Mapping[tuple[str, str], Any]]:
    """What came of a publication under each row, by where it was refused and the row's name."""
    url = f"sqlite:///{shutil.copy(sqlite_template, tmp_path_factory.mktemp('tables') / 'agm.db')}"
    networks = open_networks(PlatformsEnvironment(), sandbox_url=session_sandbox.url, timeout_seconds=10)
    await session_sandbox.change_settings(processing={"fixed_seconds": 0})
    async with open_database(url):
        counter = Counter(await open_street(), session_sandbox)
        try:
            yield {
                **await _facebook(counter, Desk(networks)),
                **await _instagram(counter, Desk(networks)),
            }
        finally:
            await networks.aclose()
            await session_sandbox.recover()


@pytest.mark.parametrize("name", GRAPH_ERRORS)
@pytest.mark.parametrize("place", ["before", "at"])
def test_a_refusal_of_the_graph_api_ends_as_its_row_says(endings: Mapping[tuple[str, str], Any], name: str, place: str):
    status, words = GRAPH[name][place == "at"]
    row = endings[place, name]

    assert row.status is status
    assert words in row.error["hint"]
    assert row.error["platform_code"] == name.partition("-")[0]
    assert row.error["retryable"] is (status is RETRYING)


@pytest.mark.parametrize("name", _PUBLISHING)
def test_a_refusal_of_instagram_ends_as_its_row_says(endings: Mapping[tuple[str, str], Any], name: str):
    status, words = INSTAGRAM[name]
    row = endings["instagram", name]

    assert row.status is status
    assert words in row.error["hint"]
    assert row.error["platform_code"] in {name, name.partition("/")[2]}
    assert row.error["retryable"] is (status is RETRYING)


async def _facebook(counter: Counter, desk: Desk) -> dict[tuple[str, str], Any]:
    page = await desk.page("many:2")
    draft = work_on(page, Draft("Refused", media=(sample(counter.sandbox.url),))).draft
    places = {"before": "POST /photos", "at": "POST /feed"}
    return {
        (place, name): await counter.refused(
            desk.facebook, page, draft, {"endpoint": endpoint, "fault": "graph_error", "error": name}
        )
        for place, endpoint in places.items()
        for name in GRAPH_ERRORS
    }


async def _instagram(counter: Counter, desk: Desk) -> dict[tuple[str, str], Any]:
    account = await desk.account("many:2")
    draft = work_on(account, Draft("Refused", media=(sample(counter.sandbox.url),))).draft
    return {
        ("instagram", name): await counter.refused(
            desk.instagram, account, draft, {"endpoint": None, "fault": "instagram_refusal", "code": name}
        )
        for name in _PUBLISHING
    }


def _assignment(row: models.Publication, page: FoundPage, draft: Draft) -> Assignment:
    return Assignment(
        publication_id=row.id,
        workspace_id=row.workspace_id,
        account_id=row.id,
        rules=rules_for(page.kind),
        platform=row.platform,
        environment=Environment.SANDBOX,
        sign_in=Platform.FACEBOOK,
        platform_account_id=page.platform_account_id,
        token=page.token or "",
        draft=draft,
        handles=dict(row.handles),
        epoch=row.epoch,
        failures=0,
        alike=0,
        now=datetime.now(UTC),
    )

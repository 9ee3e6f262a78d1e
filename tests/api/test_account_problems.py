"""What is wrong with a sign-in is named, with what does not work and what to do."""

from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from api.account_problems import problems_of
from platforms.base import Platform
from platforms.facebook.console import CONSOLE
from platforms.instagram.console import CONSOLE as INSTAGRAM
from publishing import models, records
from publishing.records import ConnectionStatus

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def problems(**given: Any) -> list[dict[str, Any]]:
    row = models.ConnectedAccount(
        **{"name": "Sam", "platform": Platform.FACEBOOK, "status": ConnectionStatus.ACTIVE, "missing_permissions": []}
        | given
    )
    return [vars(one) for one in problems_of(cast("records.ConnectedAccount", row), NOW)]


def test_a_sign_in_that_is_well_has_none():
    assert problems(expires_at=NOW + timedelta(days=15)) == []


@pytest.mark.parametrize("permission", CONSOLE.permissions)
def test_t19_each_missing_permission_is_named_with_what_does_not_work(permission: str):
    (found,) = problems(missing_permissions=[permission])

    assert found["permission"] == permission
    assert CONSOLE.without[permission] in found["message"]


@pytest.mark.parametrize("permission", INSTAGRAM.permissions)
def test_so_is_each_of_a_sign_in_at_instagram(permission: str):
    (found,) = problems(platform=Platform.INSTAGRAM, missing_permissions=[permission])

    assert INSTAGRAM.without[permission] in found["message"]


@pytest.mark.parametrize(("days", "told"), [(16, False), (15, False), (14, True), (7, True)])
def test_an_end_that_is_put_off_without_a_person_is_none_before_that_has_failed(days: int, told: bool):
    ends = NOW + timedelta(days=days)

    assert bool(problems(platform=Platform.INSTAGRAM, expires_at=ends)) is told


def test_each_end_is_named_with_its_time():
    soon, past = NOW + timedelta(days=13), NOW - timedelta(days=1)

    found = problems(expires_at=past, data_access_expires_at=soon, status=ConnectionStatus.EXPIRING)

    assert [(one["ends_at"], one["message"].split()[-1]) for one in found] == [(past, "ended."), (soon, "soon.")]


def test_what_was_not_ticked_is_told_and_a_dead_sign_in_alone():
    assert [one["message"] for one in problems(diagnosis="Nothing was ticked.")] == ["Nothing was ticked."]
    (dead,) = problems(status=ConnectionStatus.RECONNECT_REQUIRED, diagnosis="x", missing_permissions=["y"])
    assert "no longer works" in dead["message"]

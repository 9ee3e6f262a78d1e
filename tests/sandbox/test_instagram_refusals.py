"""Every row of Instagram's error table, on demand, where the platform gives it."""

from typing import Any

import pytest

from sandbox.meta.instagram_errors import REFUSALS
from tests.sandbox.conftest import PICTURES
from tests.sandbox.stranger import SCOPES, Page, Stranger, error_of

SQUARE = f"{PICTURES}/square.jpg"
DOCUMENTED = {
    "-2/2207003": "status",
    "-2/2207020": "publish",
    "-1/2207001": "publish",
    "-1/2207032": "status",
    "-1/2207053": "status",
    "1/2207057": "status",
    "4/2207051": "publish",
    "9/2207042": "publish",
    "24/2207006": "publish",
    "24/2207008": "publish",
    "25/2207050": "create",
    "100/2207023": "create",
    "100/2207028": "create",
    "100/2207035": "create",
    "100/2207036": "create",
    "100/2207037": "create",
    "100/2207040": "create",
    "352/2207026": "status",
    "9004/2207052": "create",
    "9007/2207027": "publish",
    "36000/2207004": "create",
    "36001/2207005": "create",
    "36003/2207009": "create",
    "36004/2207010": "create",
    "200": "create",
}
"""Meta's page "error codes" of 2026-06-02, copied a second time."""
FIELD = {
    "100/2207067": "create",
    "100/2207081": "create",
    "100/2207089": "publish",
    "100/2207073": "delete",
    "-1/2207077": "status",
    "-1/2207082": "status",
    "-1/2207085": "status",
    "110/2207013": "create",
    "9009": "create",
}


@pytest.fixture
async def page(meta: Stranger) -> Page:
    await meta.settings(processing={"fixed_seconds": 0})
    return await meta.page(scope=f"{SCOPES},instagram_manage_contents")


def codes(name: str) -> tuple[int, int | None]:
    code, _, subcode = name.partition("/")
    return int(code), int(subcode) if subcode else None


async def strike(meta: Stranger, page: Page, **options: Any) -> tuple[str, Any]:
    """Publish and delete a picture under the fault, and give the step that failed and what it answered."""
    await meta.admin("faults", {"fault": "instagram_refusal", "options": options})
    made = await meta.post(f"{page.instagram}/media", page.token, image_url=SQUARE)
    if not made.is_success:
        return "create", made
    status = await meta.status(page, made.json()["id"])
    if status["status_code"] == "ERROR":
        return "status", status["status"]
    published = await meta.publish(page, made.json()["id"])
    if not published.is_success:
        return "publish", published
    return "delete", await meta.delete(published.json()["id"], page.token)


def test_the_table_is_whole():
    assert set(REFUSALS) == set(DOCUMENTED) | set(FIELD)


@pytest.mark.parametrize("name", [*DOCUMENTED, *FIELD])
async def test_a_row_is_answered_where_the_platform_gives_it(meta: Stranger, page: Page, name: str):
    step, answer = await strike(meta, page, code=name)

    code, subcode = codes(name)
    assert step == {**DOCUMENTED, **FIELD}[name]
    if step == "status":
        assert f"error code {subcode}" in answer
    else:
        assert error_of(answer) == (403 if name == "200" else 400, code, subcode)
    assert len(await meta.ledger()) == (1 if step == "delete" else 0)


async def test_a_row_may_come_at_another_step_and_after_the_work(meta: Stranger, page: Page):
    step, answer = await strike(meta, page, code="-1/2207001", landed=True)
    await meta.admin("faults", method="DELETE")
    late, _ = await strike(meta, page, code=9009, at="publish")

    assert (step, error_of(answer), late) == ("publish", (400, -1, 2207001), "publish")
    assert len(await meta.ledger()) == 1


async def test_a_row_that_is_none_is_not_taken(meta: Stranger):
    answer = await meta.http.post("/_admin/faults", json={"fault": "instagram_refusal", "options": {"code": "1/2"}})

    assert answer.status_code == 422
    assert "There is no such row; there are -2/2207003" in answer.text

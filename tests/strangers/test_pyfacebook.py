"""python-facebook-api, which nobody here wrote, does the whole OAuth dance with the sandbox, and publishes."""

import pytest

from tests.strangers.conftest import Client
from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.xdist_group("strangers")
DAY = 86_400


async def test_it_signs_in_reads_and_publishes(client: Client, sandbox: Sandbox):
    await sandbox.change_settings(require_proof=False)  # it sends none where it asks for a Page's token
    found = await client("pyfacebook_dance", persona="two-pages", message="Said by a stranger")

    people = (await sandbox.personas())["people"]["two-pages"]
    pages = [{"id": page["id"], "name": page["name"]} for page in people["pages"]]
    kept, gone, album = await sandbox.ledger()
    debugged = found["debugged"]
    assert (found["state"], found["back"]) == ("a state", "_=_")
    assert found["short"]["token_type"] == "bearer"
    assert 0 < found["short"]["expires_in"] <= 3_600
    assert found["long"] == {"token_type": "bearer", "expires_in": 5_183_944}
    assert found["me"] == {"id": people["id"], "name": people["name"]}
    assert found["pages"] == pages
    assert found["accounts"] == [True, False]
    assert (debugged["long"]["type"], debugged["page"]["type"]) == ("USER", "PAGE")
    assert (debugged["page"]["expires_at"], debugged["page"]["profile_id"]) == (0, pages[0]["id"])
    assert (kept["public_id"], kept["text"], kept["deleted_at"]) == (found["post"]["id"], "Said by a stranger", None)
    assert found["read"] == {"id": kept["public_id"], "message": kept["text"], "permalink_url": kept["permalink"]}
    assert found["deleted"] == {"success": True}
    assert gone["deleted_at"] is not None
    assert found["refused"] == [197, "OAuthException"]
    assert found["used"]
    assert found["limits"] == [4, 80001, 100, 100, 5]
    assert (album["kind"], album["public_id"], album["text"]) == ("carousel", found["instagram"]["media"]["id"], "Two")
    assert found["instagram"]["status"]["status_code"] == "FINISHED"
    assert [one["media_type"] for one in found["instagram"]["children"]] == ["IMAGE", "IMAGE"]
    assert found["instagram"]["limit"] == [{"quota_usage": 1, "config": {"quota_total": 50, "quota_duration": DAY}}]


async def test_it_signs_an_account_in_without_a_page(client: Client, sandbox: Sandbox):
    await sandbox.change_settings(instagram_answer="field")

    found = await client("pyfacebook_instagram", persona="solo")

    (entry,) = await sandbox.ledger()
    assert found["short_user_id"] == int(found["me"]["user_id"]) == int(entry["account_id"])
    assert (found["long_expires_in"], found["late_expires_in"]) == (60 * DAY, 60 * DAY)
    assert found["early"] == {"code": 100}
    assert (entry["public_id"], entry["text"]) == (found["media"]["id"], "Me")

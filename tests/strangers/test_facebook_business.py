"""Meta's own SDK, facebook-business, does with the sandbox what it does with Meta; the ledger tells what came of it."""

import pytest

from tests.strangers.conftest import Client
from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.xdist_group("strangers")
POSTS = ("text", "link", "photo", "photo_file", "photos", "video", "reel", "story", "comment", "image", "carousel")
ASIDE = ("limit", "paging", "edit_and_delete", "batch", "refused", "proof")
DAY = 86_400


async def test_it_publishes_every_kind_and_reads_it_back(client: Client, sandbox: Sandbox):
    told = await client("facebook_business_all", persona="two-pages", deeds=[*POSTS, *ASIDE])

    ids, entries = told["ids"], await sandbox.ledger()
    kinds = [(entry["kind"], entry["text"], len(entry["image_hashes"])) for entry in entries]
    people = (await sandbox.personas())["people"]["two-pages"]
    assert told["pages"] == [page["name"] for page in people["pages"]]
    assert kinds == [
        ("text", "A text", 0),
        ("link", "A link", 0),
        ("photo", "A photo", 1),
        ("photo", "A file", 1),
        ("photos", "Two photos", 2),
        ("video", "A video", 0),
        ("reel", "A reel", 0),
        ("photo_story", "", 1),
        ("comment", "A comment", 0),
        ("image", "An image", 1),
        ("carousel", "A carousel", 2),
        ("text", "Well done", 0),
        ("text", "In a batch: 100 % & more", 0),
    ]
    public = {entry["text"]: entry for entry in entries}
    assert ids["text"] == public["A text"]["public_id"]
    assert ids["photo_file"]["post_id"] == public["A file"]["public_id"]
    assert ids["photos"] == {
        "id": public["Two photos"]["public_id"],
        "permalink_url": public["Two photos"]["permalink"],
    }
    assert ids["reel"] == {
        "sent": {"success": True},
        "status": "ready",
        "post_id": public["A reel"]["public_id"],
        "listed": True,
    }
    assert ids["story"] == {"post_id": entries[7]["public_id"], "listed": [entries[7]["public_id"]]}
    assert ids["comment"] == public["A comment"]["public_id"]
    assert ids["image"] == {"id": public["An image"]["public_id"], "status": "FINISHED"}
    assert ids["carousel"] == {"id": public["A carousel"]["public_id"]}
    assert ids["limit"] == {"quota_usage": 2, "config": {"quota_total": 50, "quota_duration": DAY}}
    assert ids["paging"] == ["A video", "Two photos", "A file", "A photo", "A link", "A text"]
    assert ids["edit_and_delete"] == ["Well done", 100, 33]
    assert [entry["text"] for entry in entries if entry["deleted_at"]] == ["Well done"]
    assert ids["batch"] == [[200, True], [400, 197]]
    assert ids["refused"] == [400, 197, False, "OAuthException"]
    assert ids["proof"]

"""linkedin-api-client, LinkedIn's own and nobody's here, signs in, uploads, posts, finds, changes and deletes."""

import pytest

from tests.strangers.conftest import Client
from tests.support.sandbox import Sandbox

pytestmark = pytest.mark.xdist_group("strangers")


async def test_it_does_all_that_a_publisher_does(client: Client, sandbox: Sandbox):
    await sandbox.change_linkedin(processing_seconds=0)

    found = await client("linkedin_api_client", persona="organisations", message=r"Said \(by a stranger\)")

    first, second = await sandbox.ledger()
    assert found["scope"] == "email,openid,profile,w_member_social"
    assert found["introspected"] == [True, "active", "3L", "email,openid,profile,w_member_social"]
    assert found["member"] == {"name": "Olga Organiser", "put": 201, "status": 201, "id": first["public_id"]}
    assert (first["kind"], first["text"], first["alt_texts"]) == ("image", "Said (by a stranger)", ["A picture"])
    assert first["deleted_at"] is None
    assert found["page"] == {
        "roles": 100,
        "name": "North Works",
        "id": second["public_id"],
        "found": [second["public_id"]],
        "read": "Changed",
        "statuses": [201, 204, 204],
    }
    assert (second["text"], second["deleted_at"] is not None) == ("Changed", True)

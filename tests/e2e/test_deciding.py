"""What a person sees of a publication whose answer was lost, and what the person's word does."""

from typing import Any

from tests.e2e.conftest import Town

SEEN = """query ($id: ID!) { publication(id: $id) {
  allowedActions
  attempts { totalCount nodes { id number step request outcome durationMs httpStatus error { code } } }
  history { from to reason actor { __typename ... on SystemActor { component } ... on ApiKey { name } } }
} }"""
RETRY = """mutation ($input: RetryPublicationInput!) { retryPublication(input: $input) {
  publication { id status } userErrors { code message ... on InvalidStateError { currentState allowedActions } }
} }"""
RESOLVE = """mutation ($input: ResolvePublicationInput!) { resolvePublication(input: $input) {
  publication { id status permalink } userErrors { code message path }
} }"""


async def test_attempts_and_history_tell_how_a_lost_answer_was_found(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    await town.stack.start_worker()
    await town.sandbox.add_fault("POST /feed", "land_then_drop", nth=1, account=shop.page_id)
    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Lost and found")
    await town.journey.outcome(publication_id)

    seen = await town.journey.ask(SEEN, id=publication_id)

    (attempt,) = seen["attempts"]["nodes"]
    path = f"POST /{shop.page_id}/feed"
    assert (attempt["number"], attempt["step"], attempt["request"]) == (1, "PUBLISH", path)
    assert (attempt["outcome"], attempt["error"]["code"], attempt["httpStatus"]) == ("UNKNOWN", "OUTCOME_UNKNOWN", None)
    assert attempt["durationMs"] >= 0
    assert (await town.journey.client("query ($id: ID!) { node(id: $id) { id } }", id=attempt["id"]))["node"]
    assert [step["to"] for step in seen["history"]] == [
        "QUEUED",
        "PREPARING",
        "PUBLISHING",
        "UNCONFIRMED",
        "PUBLISHED",
    ]
    assert seen["history"][-1]["reason"] == "It was found at the platform."
    assert [step["actor"].get("component") for step in seen["history"][1:]] == ["worker"] * 3 + ["reconciler"]
    assert seen["history"][0]["actor"] == {"__typename": "ApiKey", "name": "test"}
    assert seen["allowedActions"] == ["EDIT", "DELETE"]


async def test_what_nobody_can_tell_is_sent_again_only_on_a_persons_word(mortal_town: Town):
    """Facebook said "the same is there already", and nobody can see it."""
    town, shop = mortal_town, mortal_town.shop()
    await town.stack.start_worker()
    await town.sandbox.add_fault("POST /feed", "duplicate_506", next_calls=1, account=shop.page_id)
    publication_id = await town.journey.accepted("facebook", shop.facebook, text="Is it there?")
    asked = await town.journey.outcome(publication_id)
    actions = (await town.journey.ask(SEEN, id=publication_id))["allowedActions"]

    retried = await town.journey.ask(RETRY, input={"publicationId": publication_id})
    lied = await _resolve(town, publication_id, notPublished=False)
    resolved = await _resolve(town, publication_id, notPublished=True)
    found = await town.journey.outcome(publication_id)

    assert (asked["status"], asked["error"]["code"], actions) == (
        "NEEDS_ATTENTION",
        "OUTCOME_UNKNOWN",
        ["CANCEL", "RESOLVE"],
    )
    (refusal,) = retried["userErrors"]
    assert (refusal["code"], refusal["currentState"]) == ("INVALID_STATE", "NEEDS_ATTENTION")
    assert refusal["allowedActions"] == ["CANCEL", "RESOLVE"]
    assert lied["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    assert resolved["data"]["resolvePublication"]["userErrors"] == []
    assert (found["status"], found["attemptCount"]) == ("PUBLISHED", 2)
    assert len(await town.public(shop, "facebook")) == 1


async def test_what_was_refused_for_good_is_retried_by_a_person(mortal_town: Town):
    town, shop = mortal_town, mortal_town.shop()
    await town.stack.start_worker()
    media = [{"source": {"url": f"{town.sandbox.url}/samples/wide.jpg?width=900&height=200"}}]
    refused = await town.journey.accepted("instagram", shop.instagram, media=media)
    assert (await town.journey.outcome(refused))["status"] == "FAILED"

    again = await town.journey.ask(RETRY, input={"publicationId": refused, "idempotencyKey": "once"})
    ended = await town.journey.outcome(refused)
    repeated = await town.journey.ask(RETRY, input={"publicationId": refused, "idempotencyKey": "once"})

    assert again["publication"]["status"] == "QUEUED"
    assert ended["status"] == "FAILED"
    assert repeated["publication"]["status"] == "FAILED", "the same key retries nothing again"
    assert await town.public(shop, "instagram") == []


async def _resolve(town: Town, publication_id: str, **outcome: Any) -> dict[str, Any]:
    return await town.journey.client.send(RESOLVE, input={"publicationId": publication_id, "outcome": outcome})

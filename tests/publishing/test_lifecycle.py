"""The table itself, as it was agreed on: written out here once more, so that a change of it is a decision."""

import pytest

from publishing.lifecycle import ON_PART, STARTS, TRANSITIONS, Status, may_follow, mermaid, sources

AGREED = {
    "PENDING": "SCHEDULED QUEUED CANCELED",
    "SCHEDULED": "PREPARING CANCELED HELD NEEDS_ATTENTION",
    "QUEUED": "PREPARING CANCELED HELD NEEDS_ATTENTION",
    "RETRYING": "PREPARING CANCELED HELD NEEDS_ATTENTION",
    "PROCESSING": "PREPARING CANCELED HELD NEEDS_ATTENTION",
    "PREPARING": "PROCESSING PUBLISHING RETRYING QUEUED HELD FAILED CANCELED NEEDS_ATTENTION",
    "PUBLISHING": "PUBLISHED PROCESSING RETRYING HELD FAILED UNCONFIRMED",
    "UNCONFIRMED": "PUBLISHED RETRYING FAILED NEEDS_ATTENTION",
    "HELD": "QUEUED SCHEDULED CANCELED NEEDS_ATTENTION",
    "NEEDS_ATTENTION": "PUBLISHED QUEUED CANCELED DELETED",
    "FAILED": "QUEUED DELETED",
    "PUBLISHED": "DELETED",
    "CANCELED": "DELETED",
    "DELETED": "",
}


def test_the_table_is_the_agreed_one():
    assert {before.name: {after.name for after in found} for before, found in TRANSITIONS.items()} == {
        before: set(found.split()) for before, found in AGREED.items()
    }


@pytest.mark.parametrize("before", Status)
def test_proof_leads_to_published_from_everywhere_but_where_it_is_known_already(before: Status):
    known = before in {Status.PUBLISHED, Status.DELETED}

    assert may_follow(before, Status.PUBLISHED, proof=True) is not known


@pytest.mark.parametrize("before", ["NEEDS_ATTENTION", "FAILED", "CANCELED", "DELETED"])
def test_a_part_that_is_or_may_be_public_asks_a_person_wherever_a_thread_ended(before: str):
    assert may_follow(Status[before], Status.NEEDS_ATTENTION, proof=True)
    assert not may_follow(Status[before], Status.NEEDS_ATTENTION)


def test_proof_opens_no_other_way():
    for before in Status:
        for after in set(Status) - {Status.PUBLISHED}:
            if after is Status.NEEDS_ATTENTION and before in ON_PART:
                continue
            assert may_follow(before, after, proof=True) == may_follow(before, after)


def test_sources_are_the_table_read_backwards():
    for after in Status:
        assert sources(after) == {before for before in Status if after in TRANSITIONS[before]}


def test_the_diagram_shows_every_start_and_every_step():
    lines = mermaid().splitlines()

    assert lines[0] == "stateDiagram-v2"
    assert len(lines) == 1 + len(STARTS) + sum(map(len, TRANSITIONS.values()))
    assert "    UNCONFIRMED --> NEEDS_ATTENTION" in lines

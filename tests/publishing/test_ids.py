"""Ids: they sort by age, say what they belong to, and read back as they were written."""

import time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from publishing.ids import Kind, kind_of, new_id, parse_id, public_id


def test_ids_of_one_process_rise_strictly():
    ids = [new_id() for _ in range(20_000)]

    assert ids == sorted(set(ids))


def test_an_id_is_a_uuid_of_version_seven_with_the_time_in_front():
    before = time.time_ns() // 1_000_000
    made = new_id()
    after = time.time_ns() // 1_000_000

    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert before <= made.int >> 80 <= after + 1


def test_the_random_part_differs():
    assert len({new_id().int & (1 << 62) - 1 for _ in range(1_000)}) == 1_000


@given(value=some.uuids(), kind=some.sampled_from(Kind))
def test_a_public_id_reads_back(value: UUID, kind: Kind):
    text = public_id(kind, value)

    assert parse_id(kind, text) == value
    assert kind_of(text) is kind
    assert all(parse_id(other, text) is None for other in Kind if other is not kind)


def test_public_ids_sort_like_the_rows():
    ids = [new_id() for _ in range(100)]

    assert sorted(public_id(Kind.POST, one) for one in ids) == [public_id(Kind.POST, one) for one in ids]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "post",
        "post_",
        "post_1",
        "post_" + "z" * 26,
        "post_" + "8" + "0" * 25,
        "post_" + "u" * 26,
        "POST_" + "0" * 26,
        "post_" + "0" * 27,
        "post_" + "٣" * 26,
        "pub_" + "0" * 26,
        "post-" + "0" * 26,
        "post_" + "0" * 25 + "\n",
    ],
)
def test_what_is_no_id_is_none(text: str):
    assert parse_id(Kind.POST, text) is None

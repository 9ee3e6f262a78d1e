"""When failed work is tried again."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from publishing.retries import Backoff, retry_in

FAILURES = {kind: range(kind.value.tries) for kind in Backoff}


@pytest.mark.parametrize("kind", Backoff)
def test_waits_double_up_to_the_longest_give_or_take_a_quarter(kind: Backoff):
    for failures in FAILURES[kind]:
        plain = min(kind.value.longest, kind.value.first * 2**failures)
        for _ in range(20):
            wait = retry_in(kind, failures, retry_after=None)
            assert wait
            assert 0.75 * plain <= wait <= 1.25 * plain


@pytest.mark.parametrize("kind", Backoff)
def test_it_gives_up_after_so_many_tries(kind: Backoff):
    tries = kind.value.tries

    assert retry_in(kind, tries - 1, retry_after=None)
    assert retry_in(kind, tries, retry_after=None) is None
    assert retry_in(kind, tries + 5, retry_after=timedelta(seconds=1)) is None


def test_an_image_that_cannot_be_reached_is_tried_three_times():
    assert Backoff.MEDIA.value.tries == 3


def test_an_api_may_be_away_for_a_minute_when_the_platform_fetches_a_file():
    fetch = Backoff.FETCH.value
    shortest = [0.75 * min(fetch.longest, fetch.first * 2**n) for n in range(fetch.tries)]

    assert timedelta(minutes=1) < sum(shortest, timedelta())


def test_an_outage_of_ten_minutes_loses_nothing():
    shortest = [0.75 * min(Backoff.PLATFORM.value.longest, Backoff.PLATFORM.value.first * 2**n) for n in range(14)]

    assert sum(shortest, timedelta()) > timedelta(minutes=25)


def test_not_everybody_comes_back_at_the_same_moment():
    assert len({retry_in(Backoff.PLATFORM, 5, retry_after=None) for _ in range(50)}) > 40


@given(failures=some.integers(0, 13), seconds=some.integers(0, 100_000))
def test_the_platforms_own_wish_is_never_undercut(failures: int, seconds: int):
    wish = timedelta(seconds=seconds)

    wait = retry_in(Backoff.PLATFORM, failures, retry_after=wish)

    assert wait
    assert wait >= wish

"""The law of asking, against a model of processing times: lognormal, median 3 s, 99th percentile 40 s."""

import math
import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile
from statistics import fmean

from platforms.instagram.polling import FIRST, LONGEST, next_ask

CONTAINERS = 50_000
MEDIAN, P99 = 3.0, 40.0
Z_P99 = 2.3263478740408408


def asks() -> Iterator[float]:
    """The ages, in seconds, at which a container is asked about."""
    age = FIRST
    while True:
        yield age.total_seconds()
        age += next_ask(age)


def processing_times() -> list[float]:
    chance = random.Random(20261124)
    sigma = math.log(P99 / MEDIAN) / Z_P99
    return [chance.lognormvariate(math.log(MEDIAN), sigma) for _ in range(CONTAINERS)]


def asked_until(ready: float) -> list[float]:
    """The ages of all questions up to the one that hears FINISHED."""
    early = list(takewhile(lambda age: age < ready, asks()))
    return [*early, next(age for age in asks() if age >= ready)]


def test_a_finished_container_waits_at_most_two_and_a_half_seconds_on_average():
    waits = [asked_until(ready)[-1] - ready for ready in processing_times()]

    assert 0 < fmean(waits) <= 2.5


def test_a_container_is_asked_about_three_and_a_half_times_on_average():
    assert fmean(len(asked_until(ready)) for ready in processing_times()) <= 3.5


def test_the_first_two_minutes_hold_at_most_ten_questions():
    assert len(list(takewhile(lambda age: age <= 120, asks()))) == 10


def test_the_pauses_grow_up_to_a_longest():
    pauses = [next_ask(timedelta(seconds=age)) for age in range(0, 3600, 10)]

    assert pauses == sorted(pauses)
    assert pauses[-1] == LONGEST

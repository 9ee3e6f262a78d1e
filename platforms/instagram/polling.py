"""When to ask whether a container is ready: soon at first, then in step with its age.

Nobody knows Instagram's law of processing times; asking after half the age again wastes at most a third of the wait
whatever it is, and stays within ten questions in the first two minutes.
"""

from datetime import timedelta

FIRST = timedelta(seconds=1)
LONGEST = timedelta(seconds=60)


def next_ask(age: timedelta) -> timedelta:
    """Say how long to wait before asking again about a container of this age."""
    return min(max(FIRST, age / 2), LONGEST)

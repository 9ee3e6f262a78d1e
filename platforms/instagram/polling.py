"""When to ask whether a container is ready: soon at first, then in step with its age.

Nobody knows Instagram's law of processing times. Each pause is one second and half the age: whatever the law is, about
a third of a long wait is the most that is wasted, and the first two minutes hold ten questions.
"""

from datetime import timedelta

FIRST = timedelta(seconds=1)
LONGEST = timedelta(seconds=60)


def next_ask(age: timedelta) -> timedelta:
    """Say how long to wait before asking again about a container of this age."""
    return min(FIRST + age / 2, LONGEST)

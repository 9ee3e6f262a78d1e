"""What the bench reads by hand is what the product reads: a record's new field is not forgotten on either side."""

import pytest

from bench.place import DATABASES
from bench.rows import both_readers


@pytest.mark.parametrize("database", DATABASES)
async def test_the_bare_driver_gives_the_same_records(database: str):
    async with both_readers(database) as (ours, bare):
        assert await ours() == await bare()

"""At the start, a version of a vendor's API that ends soon is named in the log, and one that does not is not."""

from datetime import date

import pytest
from structlog.testing import capture_logs

from publishing.checks import warn_of_versions
from publishing.settings import load_settings


@pytest.mark.parametrize(
    ("version", "today", "said"),
    [
        ("v21.0", date(2026, 11, 23), 1),  # 59 days before
        ("v21.0", date(2027, 2, 1), 1),
        ("v21.0", date(2026, 1, 1), 0),
        ("v26.0", date(2030, 1, 1), 0),
        ("v99.0", date(2026, 11, 23), 1),
    ],
)
def test_a_version_that_ends_soon_is_named_at_the_start(version: str, today: date, said: int):
    with capture_logs() as logs:
        warn_of_versions(load_settings(_env_file=None, meta_api_version=version), today=today)

    assert [version in entry["message"] for entry in logs] == [True] * said

"""LinkedIn's versions end: the doctor and a start say so at least sixty days ahead."""

from datetime import date
from pathlib import Path

import pytest

from publishing.checks import version_checks
from publishing.settings import Settings


@pytest.mark.parametrize(
    ("version", "today", "status"),
    [
        ("202603", date(2026, 12, 15), "pass"),
        ("202603", date(2027, 1, 15), "warn"),
        ("202603", date(2027, 3, 16), "fail"),
        ("202511", date(2026, 11, 26), "fail"),
        ("202609", date(2026, 11, 26), "pass"),
        ("202610", date(2026, 11, 26), "warn"),
    ],
)
def test_a_version_that_ends_is_told_sixty_days_ahead_at_the_latest(
    tmp_path: Path, version: str, today: date, status: str
) -> None:
    settings = Settings(data_dir=tmp_path, linkedin_version=version)
    [check] = [one for one in version_checks(settings, today=today) if one.name == "linkedin.api_version"]
    assert check.status.value == status

import json
import subprocess
import sys

import pytest

CRASH = """
import logging
import structlog
from cli.logs import write_logs

write_logs(as_json=%s)
log = structlog.get_logger("agm")
structlog.contextvars.bind_contextvars(request_id="r-1")

def publish(token):
    own = {"authorization": token}
    raise RuntimeError("the platform went away")

logging.getLogger("uvicorn.error").info("Started on port %%d", 8000)
try:
    publish("".join(["can", "ary"]))
except RuntimeError:
    log.exception("publisher_fault", publication="pub_1", tries=3)
"""


def written(*, as_json: bool) -> str:
    ended = subprocess.run([sys.executable, "-c", CRASH % as_json], check=True, capture_output=True, text=True)
    assert ended.stderr == ""
    return ended.stdout


@pytest.mark.parametrize("as_json", [True, False])
def test_a_logged_fault_shows_where_it_was_and_no_value_of_a_variable(as_json: bool):
    text = written(as_json=as_json)

    assert "publisher_fault" in text
    assert "RuntimeError: the platform went away" in text
    assert "in publish" in text
    assert "canary" not in text
    assert "\x1b" not in text


def test_for_people_an_event_is_a_line():
    text = written(as_json=False)

    assert "Started on port 8000" in text
    assert "publication=pub_1" in text
    assert "request_id=r-1" in text


def test_in_production_each_event_is_one_object():
    started, fault = [json.loads(line) for line in written(as_json=True).splitlines()]

    assert (started["event"], started["level"], started["logger"]) == ("Started on port 8000", "info", "uvicorn.error")
    assert (fault["event"], fault["level"], fault["publication"], fault["tries"]) == (
        "publisher_fault",
        "error",
        "pub_1",
        3,
    )
    assert fault["request_id"] == "r-1"
    assert fault["timestamp"].endswith("Z")
    assert "the platform went away" in fault["exception"]

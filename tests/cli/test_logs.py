import subprocess
import sys

CRASH = """
import structlog
from cli.logs import write_plain_logs

write_plain_logs()
log = structlog.get_logger("agm")

def publish(token):
    own = {"authorization": token}
    raise RuntimeError("the platform went away")

try:
    publish("".join(["can", "ary"]))
except RuntimeError:
    log.exception("publisher_fault", publication="pub_1")
"""


def test_a_logged_fault_shows_where_it_was_and_no_value_of_a_variable():
    written = subprocess.run([sys.executable, "-c", CRASH], check=True, capture_output=True, text=True)

    assert "publisher_fault" in written.stdout
    assert "publication=pub_1" in written.stdout
    assert "RuntimeError: the platform went away" in written.stdout
    assert "in publish" in written.stdout
    assert "canary" not in written.stdout + written.stderr
    assert "\x1b" not in written.stdout

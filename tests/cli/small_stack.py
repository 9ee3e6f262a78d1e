"""A supervisor with small children, for tests that kill it: `python -m tests.cli.small_stack <folder> <child>…`.

A child is `quiet` (ends on SIGTERM), `stubborn` (notes in `asked` that it was asked, and stays), `mulish` (the same,
and is given a minute), `slow` (takes half a second to end), `loose` (as quiet, but has cut the kernel's half of its
leash) or `valkey`; a `-` and a name may follow.
Each writes `<name>.pid` and, when it ends orderly, a line to `ended`.
"""

import asyncio
import functools
import sys
from pathlib import Path

from cli import valkey
from cli.children import ChildError, ChildSpec
from cli.readiness import answers_ping, file_exists
from cli.supervisor import supervising

CHILD = """
import ctypes, os, pathlib, signal, sys, time
kind, name, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
def end(*_):
    if kind in {"stubborn", "mulish"}:
        (folder / "asked").touch()
        return
    if kind == "slow":
        time.sleep(0.5)
    with (folder / "ended").open("a") as file:
        file.write(name + "\\n")
    os._exit(0)
signal.signal(signal.SIGTERM, end)
if kind == "loose":
    ctypes.CDLL(None).prctl(1, 0)
print(name, "is up", flush=True)
unfinished = folder / (name + ".new")
unfinished.write_text(str(os.getpid()))
unfinished.replace(folder / (name + ".pid"))
while True:
    signal.pause()
"""


def say(text: object) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def spec(folder: Path, kind: str) -> ChildSpec:
    if kind == "valkey":
        ready = functools.partial(answers_ping, valkey.socket_path(folder))
        return ChildSpec(name="valkey", command=valkey.command(folder), ready=ready)
    kind, _, name = kind.partition("-")
    command = (sys.executable, "-c", CHILD, kind, name or kind, str(folder))
    ready_file = folder / f"{name or kind}.pid"
    ready = functools.partial(file_exists, ready_file)
    patience = 60 if kind == "mulish" else 1
    return ChildSpec(name=name or kind, command=command, ready=ready, ready_file=ready_file, stop_seconds=patience)


async def main(folder: Path, children: list[str]) -> None:
    async with supervising(log_dir=folder / "logs", notice=say) as supervisor:
        await supervisor.start(*(spec(folder, child) for child in children))
        if "valkey" in children:
            (folder / "valkey.pid").write_text(str(supervisor._children["valkey"].process.pid))
        say("ready")
        await supervisor.keep()


try:
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2:]))
except asyncio.CancelledError:
    say("stopped")
except ChildError as error:
    say(error)
    sys.exit(1)

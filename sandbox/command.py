"""`python -m sandbox clock|trigger|reset`: administer a sandbox that runs, from a shell."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import httpx

from sandbox.meta.scene import Trigger
from sandbox.meta.triggers import TRIGGERS

COMMANDS = ("clock", "trigger", "reset")
DEFAULT_URL = "http://127.0.0.1:9400"
URL_VARIABLE, SERVER_VARIABLE = "SANDBOX_URL", "SANDBOX_SERVER"
"""Where the sandbox and the server under test are, where no option says it."""
TIMEOUT_SECONDS = 30.0
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
LEAP = re.compile(r"(?P<sign>[+-])(?P<parts>(?:\d{1,9}(?:\.\d{1,3})?[smhd])+)")
PART = re.compile(r"([\d.]+)([smhd])")


class CommandError(Exception):
    """The command did not do its work; the message says why."""


def run(arguments: Sequence[str], http: httpx.Client | None = None) -> int:
    """Carry a command out, print what happened, and return the exit code.

    Args:
        arguments: The command's name and what follows it.
        http: A client whose base is the sandbox; by default one is made for `--url`.
    """
    options = parser().parse_args(_shielded(arguments))
    try:
        if http is not None:
            return options.act(http, options)
        with httpx.Client(base_url=options.url, timeout=TIMEOUT_SECONDS, trust_env=False) as made:
            return options.act(made, options)
    except CommandError as error:
        sys.stderr.write(f"sandbox: {error}\n")
    except httpx.InvalidURL:
        sys.stderr.write(f"sandbox: {options.url!r} is no address; it is like {DEFAULT_URL}\n")
    except httpx.HTTPError as error:
        told = f"no sandbox answers at {options.url} ({type(error).__name__})"
        sys.stderr.write(f"sandbox: {told}: start it, or say where it is (--url)\n")
    return 1


def leap(text: str) -> float:
    """Read how far the clock is to move, in seconds: a sign, then numbers with s, m, h or d.

    Raises:
        argparse.ArgumentTypeError: If it is something else.
    """
    found = LEAP.fullmatch(text.strip())
    if found is None:
        problem = f"{text.strip()!r} is no distance: a sign and numbers with s, m, h or d, such as +60d, -30m or +1d12h"
        raise argparse.ArgumentTypeError(problem)
    seconds = sum(float(number) * UNITS[unit] for number, unit in PART.findall(found["parts"]))
    return -seconds if found["sign"] == "-" else seconds


def ahead(seconds: float) -> str:
    """Say how far the sandbox is from this machine's time."""
    if seconds == 0:
        return "as on this machine"
    rest, parts = round(abs(seconds)), list[str]()
    for unit, size in sorted(UNITS.items(), key=lambda one: -one[1]):
        count, rest = divmod(rest, size)
        parts += [f"{count}{unit}"] if count else []
    return f"{' '.join(parts) or '0s'} {'ahead of' if seconds > 0 else 'behind'} this machine"


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    whole = argparse.ArgumentParser(prog="agm sandbox", description="Administer a sandbox that runs.")
    commands = whole.add_subparsers(required=True, metavar="COMMAND")
    clock = _command(commands, "clock", "Show the sandbox's time, or move it.", _clock)
    clock.add_argument("by", nargs="?", type=leap, metavar="+60d", help="how far: + or -, then numbers with s, m, h, d")
    _command(commands, "reset", "Forget everything, as if the sandbox had just begun.", _reset)
    width = max(map(len, TRIGGERS))
    listed = "\n".join(f"  {one.name:<{width}}  {one.about}." for one in TRIGGERS.values())
    trigger = commands.add_parser(
        "trigger",
        help="Let something happen.",
        description=f"Let something happen:\n\n{listed}\n\nEach has a --help of its own.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = trigger.add_subparsers(required=True, metavar="NAME", dest="trigger")
    for one in TRIGGERS.values():
        _add_trigger(names, one)
    return whole


def _command(commands: Any, name: str, about: str, act: Any, *, listed: bool = True) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, description=about, **({"help": about} if listed else {}))
    made.add_argument("--url", default=os.environ.get(URL_VARIABLE) or DEFAULT_URL, help="where the sandbox is")
    made.set_defaults(act=act)
    return made


def _add_trigger(names: Any, trigger: Trigger) -> None:
    targets = {
        "person": "a persona, such as solo",
        "page": "a Page",
        "account": "a Page or an @instagram account",
        "instagram": "an @instagram account",
        "app": "facebook or instagram: which login the app is for",
    }
    made = _command(names, trigger.name, f"{trigger.about}.", _trigger, listed=False)
    made.add_argument("target", metavar=trigger.target.upper(), help=targets[trigger.target])
    if trigger.tells_server:
        made.add_argument("--server", default=os.environ.get(SERVER_VARIABLE), help="where the server under test is")
    for name, schema in trigger.options.model_json_schema().get("properties", {}).items():
        told = f"{schema['description']} ({schema['default']} by default)"
        choices = [str(one) for one in schema["enum"]] if "enum" in schema else None
        made.add_argument(
            f"--{name}",
            dest=f"option.{name}",
            metavar=name.upper(),
            default=str(schema["default"]),
            choices=choices,
            help=told,
        )


def _shielded(arguments: Sequence[str]) -> list[str]:
    """Keep `-30m` from being read as an option; `leap` ignores the space."""
    return [f" {one}" if re.match(r"-\d", one) else one for one in arguments]


def _clock(http: httpx.Client, options: argparse.Namespace) -> int:
    found = _ask(http, "clock", None if options.by is None else {"advance_seconds": options.by})
    sys.stdout.write(f"The sandbox's time is {found['now']}, {ahead(found['offset_seconds'])}.\n")
    return 0


def _reset(http: httpx.Client, _options: argparse.Namespace) -> int:
    _ask(http, "reset", {})
    sys.stdout.write("The sandbox forgot everything: people, tokens, posts, ledger, faults, settings, time.\n")
    return 0


def _trigger(http: httpx.Client, options: argparse.Namespace) -> int:
    given = {name.removeprefix("option."): text for name, text in vars(options).items() if name.startswith("option.")}
    wish = {"trigger": options.trigger, "target": options.target, "options": _numbers(given)}
    wish |= {"server": options.server} if TRIGGERS[options.trigger].tells_server else {}
    found = _ask(http, "triggers", wish)
    sys.stdout.write(f"{found['did']}\n")
    delivery = found["delivery"]
    if delivery is None:
        return 0
    sys.stdout.write(f"{delivery['said']}\n")
    if delivery["body"].strip():
        sys.stdout.write(f"  {delivery['body'].strip()}\n")
    return 0 if delivery["accepted"] else 1


def _ask(http: httpx.Client, name: str, body: dict[str, Any] | None) -> dict[str, Any]:
    answer = http.get(f"/_admin/{name}") if body is None else http.post(f"/_admin/{name}", json=body)
    try:
        found = answer.json()
    except ValueError:
        raise CommandError(f"{answer.url} is no sandbox: it answered {answer.status_code}") from None
    if not answer.is_success:
        problems = " ".join(f"{one['where']}: {one['problem']}." for one in found.get("problems", ()))
        raise CommandError(f"{found.get('error', answer.status_code)} {problems}".strip())
    return found


def _numbers(given: dict[str, str]) -> dict[str, str | int]:
    """Return numbers for options that look like some: a choice is compared by type."""
    return {name: int(text) if text.isdecimal() else text for name, text in given.items()}

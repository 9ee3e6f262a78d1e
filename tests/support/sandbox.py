"""The sandbox as a child process, and its administration: what became public, faults, clock, personas."""

import contextlib
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx

from tests.support.hosts import HERE, Host
from tests.support.loopback import loopback
from tests.support.nursery import Nursery
from tests.support.programs import Program, start_program, until

_PATIENCE_SECONDS = 60
"""For one answer: the tests judge what became public, not how fast a busy machine tells of it."""


class Sandbox:
    """A running sandbox. Its ledger is the truth that tests assert on.

    What lasts for good is refused at one that tests share: it would befall the tests that come after.
    """

    def __init__(self, url: str, program: Program, http: httpx.AsyncClient, *, is_shared: bool = False) -> None:
        self.url = url
        self.program = program
        self._http = http
        self._is_shared = is_shared
        self._first_settings: dict[str, Any] = {}
        self._may_fail = False

    async def ledger(self, account: str | None = None) -> list[dict[str, Any]]:
        """List what became public, in order."""
        return (await self._get("ledger", {"account": account} if account else {}))["entries"]

    async def calls(self, endpoint: str | None = None, account: str | None = None) -> list[dict[str, Any]]:
        """List the calls that were made."""
        wanted = {"endpoint": endpoint, "account": account}
        return (await self._get("calls", {name: value for name, value in wanted.items() if value}))["calls"]

    async def asked_in(self, *, seconds: float) -> dict[str, list[float]]:
        """Tell, by account, at which ages its containers were asked about, up to an age in seconds."""
        made: dict[str, float] = {}
        asked: dict[str, list[float]] = {}
        for call in (await self._get("calls", {"limit": "200000"}))["calls"]:
            if call["endpoint"] == "POST /media":
                made[call["account_id"]] = call["started_at"]
            elif call["endpoint"] == "GET /container":
                age = call["started_at"] - made[call["account_id"]]
                if age <= seconds:
                    asked.setdefault(call["account_id"], []).append(age)
        return asked

    async def add_fault(
        self,
        endpoint: str | None,
        fault: str,
        *,
        nth: int | None = None,
        next_calls: int | None = None,
        account: str | None = None,
        probability: float | None = None,
        seed: int | None = None,
        lasting_seconds: float | None = None,
        **options: Any,
    ) -> int:
        """Let calls of an endpoint (`POST /feed`; None is wherever the fault can happen) go wrong, give the rule's id.

        All matching calls, or the nth, the next ones, some by chance, those of so many seconds; further arguments are
        the fault's own options.
        """
        rule = {
            "endpoint": endpoint,
            "fault": fault,
            "nth": nth,
            "next": next_calls,
            "account": account,
            "probability": probability,
            "seed": seed,
            "seconds": lasting_seconds,
        }
        self._may_fail = True
        return (await self._post("faults", {**rule, "options": options}))["id"]

    async def faults(self) -> list[dict[str, Any]]:
        """List the rules in force, with how often each has struck (`fired`)."""
        return (await self._get("faults"))["rules"]

    async def violations(self, account: str | None = None) -> list[dict[str, Any]]:
        """List the calls that were made before a rate limit had passed."""
        return (await self._get("violations", {"account": account} if account else {}))["violations"]

    async def live_copies(self, account: str, text: str) -> int:
        """Count what the public can see now of one text on one account."""
        return (await self._get("ledger", {"account": account, "text": text}))["live"]

    async def fault_choices(self) -> dict[str, Any]:
        """Tell which `faults` and `endpoints` there are."""
        return await self._get("faults")

    async def clear_faults(self) -> None:
        await self._delete("faults")

    async def advance_clock(self, seconds: float) -> None:
        """Move its time forward; it never comes back, so use `own_sandbox`."""
        self._refuse_shared("its clock moved")
        await self._post("clock", {"advance_seconds": seconds})

    async def personas(self) -> dict[str, Any]:
        """Tell who can sign in (`people`) and the settings."""
        return await self._get("personas")

    async def change_settings(self, **settings: Any) -> None:
        if not self._first_settings:
            self._first_settings = (await self.personas())["settings"]
        await self._post("personas", settings)

    async def change_linkedin(self, **settings: Any) -> None:
        """Change LinkedIn's settings; they stay, so use `own_sandbox`."""
        self._refuse_shared("LinkedIn's settings changed")
        await self._post("linkedin", settings)

    async def change_x(self, **settings: Any) -> None:
        """Change settings of X; they stay, so use `own_sandbox`."""
        self._refuse_shared("settings of X changed")
        await self._post("x", settings)

    async def kill_tokens(self, persona: str, subcode: int) -> None:
        """Invalidate all tokens of a persona."""
        await self._post("tokens", {"persona": persona, "subcode": subcode})

    async def trigger(self, name: str, target: str, **options: Any) -> None:
        """Let something happen that a platform does of its own accord."""
        await self._post("triggers", {"trigger": name, "target": target, "options": options})

    async def forget(self) -> None:
        """Forget what became public, all calls and violations; signed-in personas and their posts stay."""
        for name in ("ledger", "calls", "violations"):
            await self._delete(name)

    async def recover(self) -> None:
        """Undo what was done to it through this object: its faults and changed settings."""
        if self._may_fail:
            await self.clear_faults()
            self._may_fail = False
        if self._first_settings:
            await self._post("personas", self._first_settings)
            self._first_settings = {}

    def _refuse_shared(self, deed: str) -> None:
        assert not self._is_shared, f"The sandbox that tests share cannot have {deed}: ask for `own_sandbox`."

    async def _get(self, name: str, query: dict[str, str] | None = None) -> Any:
        return (await self._http.get(f"/_admin/{name}", params=query)).raise_for_status().json()

    async def _post(self, name: str, body: dict[str, Any]) -> Any:
        return (await self._http.post(f"/_admin/{name}", json=body)).raise_for_status().json()

    async def _delete(self, name: str) -> None:
        (await self._http.delete(f"/_admin/{name}")).raise_for_status()


@contextlib.asynccontextmanager
async def running_sandbox(
    folder: Path, host: Host = HERE, *, keeps: bool = False, nursery: Nursery | None = None, is_shared: bool = False
) -> AsyncIterator[Sandbox]:
    """Run a sandbox; one that keeps its state has it in the folder `state` of the given one.

    Without a nursery of sandboxes it starts from nothing.
    """
    ready = folder / "sandbox.ready"
    arguments = ("--host", host.address, "--port", "0", "--ready-file", str(ready))
    arguments += ("--state", str(folder / "state")) if keeps else ()
    log = folder / "sandbox.log"
    if nursery:
        program = nursery.start("sandbox", arguments, log=log, environment={}, network=host.network)
    else:
        command = (sys.executable, "-m", "sandbox", *arguments)
        program = start_program("sandbox", command, log=log, network=host.network)

    async def is_ready() -> bool:
        assert program.is_running, program.tail()
        return ready.is_file()

    try:
        await until(is_ready, what="the sandbox's start")
        url = ready.read_text().strip()
        async with loopback(base_url=url, timeout=_PATIENCE_SECONDS) as http:
            yield Sandbox(url, program, http, is_shared=is_shared)
    finally:
        program.kill()

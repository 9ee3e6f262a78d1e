"""`sandbox clock|trigger|reset` from a shell."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from sandbox import command
from sandbox.meta.triggers import TRIGGERS
from tests.sandbox.server import ORIGIN, Server
from tests.sandbox.stranger import Stranger, error_of

Said = tuple[int, str, str]
Shell = Callable[..., Awaitable[Said]]


class Bridge(httpx.BaseTransport):
    """Carries a blocking client's requests to the sandbox inside this process, whose loop runs in another thread."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http, self.loop = http, asyncio.get_running_loop()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        given = {"headers": request.headers, "content": request.read()}
        call = self.http.request(request.method, str(request.url), **given)
        answer = asyncio.run_coroutine_threadsafe(call, self.loop).result(10)
        return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)


@pytest.fixture
async def shell(meta: Stranger, capsys: pytest.CaptureFixture[str]) -> Shell:
    """Run a command and tell its exit code and what it said."""
    http = httpx.Client(transport=Bridge(meta.http), base_url="http://sandbox.test")

    async def run(*arguments: str) -> Said:
        try:
            code = await asyncio.to_thread(command.run, arguments, http)
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


async def test_the_clock_is_shown_and_moved_both_ways(meta: Stranger, shell: Shell):
    page = await meta.page()
    shown = await shell("clock")
    moved = await shell("clock", "+60d")
    expired = await meta.debug(await meta.token())
    back = await shell("clock", "-1d12h")
    whole = await shell("clock", "-58d12h")

    assert "as on this machine" in shown[1]
    assert (moved[0], "60d ahead of this machine" in moved[1]) == (0, True)
    assert "58d 12h ahead of this machine" in back[1]
    assert "as on this machine" in whole[1]
    assert expired["is_valid"]
    assert (await meta.debug(page.token))["is_valid"]


async def test_the_clock_does_not_go_back_beyond_its_start(shell: Shell):
    code, out, err = await shell("clock", "-1d")

    assert (code, out) == (1, "")
    assert "does not go back beyond" in err


@pytest.mark.parametrize(("text", "seconds"), [("+90s", 90), ("-30m", -1_800), ("+1.5h", 5_400), ("+1d12h", 129_600)])
def test_distances_are_read(text: str, seconds: float):
    assert command.leap(text) == seconds


@pytest.mark.parametrize(
    "text", ["60d", "+", "+d", "+60", "+60w", "soon", "+1e9d", "+-1d", "", "+ 1d", "+99999999999d"]
)
async def test_a_distance_that_is_none_is_refused(shell: Shell, text: str):
    with pytest.raises(argparse.ArgumentTypeError, match="such as \\+60d"):
        command.leap(text)
    assert (await shell("clock", text))[0] == 2


async def test_a_leap_beyond_reason_is_refused(shell: Shell):
    code, _, err = await shell("clock", "+99999d")

    assert code == 1
    assert "advance_seconds" in err


async def test_help_lists_every_trigger_with_a_line(shell: Shell):
    code, out, _ = await shell("trigger", "--help")

    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    assert all(f"{one.name} {one.about}." in lines for one in TRIGGERS.values())


async def test_an_unknown_trigger_is_told_what_there_is(shell: Shell):
    code, _, err = await shell("trigger", "explode", "solo")

    assert code == 2
    assert all(name in err for name in TRIGGERS)


async def test_an_unknown_target_is_told_what_there_is(shell: Shell):
    code, _, err = await shell("trigger", "remove-role", "Nowhere")

    assert code == 1
    assert "there are Solo Bakery, " in err


async def test_a_trigger_says_what_it_did(meta: Stranger, shell: Shell):
    page = await meta.page()

    code, out, _ = await shell("trigger", "invalidate-token", "solo", "--reason", "467")

    assert (code, out) == (0, "3 tokens of Sam Solo ended (190/467).\n")
    assert error_of(await meta.get(page.id, page.token)) == (400, 190, 467)


async def test_a_callback_says_what_the_server_answered_and_fails_when_it_did_not_take_it(shell: Shell, server: Server):
    taken = await shell("trigger", "data-deletion", "solo", "--server", ORIGIN)
    missing = await shell("trigger", "data-deletion", "solo", "--server", f"{ORIGIN}/elsewhere")

    assert taken[0] == 0
    assert f"answered 200 at {ORIGIN}/meta/data-deletion" in taken[1]
    assert "confirmation_code" in taken[1]
    assert missing[0] == 1
    assert "has no such endpoint" in missing[1]
    assert len(server.received) == 1


async def test_minutes_may_be_broken(meta: Stranger, shell: Shell):
    code, out, _ = await shell("trigger", "rate-limit", "Solo Bakery", "--minutes", "0.5")

    assert (code, "for 0.5 minutes" in out) == (0, True)


async def test_a_reset_forgets(meta: Stranger, shell: Shell):
    await meta.page()
    await shell("clock", "+60d")

    assert (await shell("reset"))[0] == 0
    assert (await meta.admin("clock"))["offset_seconds"] == 0


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "nonsense", "http://127.0.0.1:70000"])
def test_a_sandbox_that_is_not_there_is_named(url: str, capsys: pytest.CaptureFixture[str]):
    assert command.run(["clock", "--url", url]) == 1
    assert url in capsys.readouterr().err

"""Events: one outbox for everyone who watches. Written with each change; read by position, in order.

The relay (`system.relay`) numbers committed events. Redis carries positions only: a listener that hears nothing looks
by itself at every sweep, so that a lost message is late and never missing.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from uuid import UUID

import structlog
from redis.exceptions import RedisError

from publishing import models
from publishing.ids import new_id
from publishing.mapping import Mapper
from publishing.queue import EVENTS_NUMBERED, Bell
from publishing.records import EventNote
from publishing.store import is_away

log = structlog.get_logger(__name__)

CONNECTION_ATTEMPT_CHANGED = "connection_attempt.changed"
ACCOUNT_CHANGED = "account.changed"
ACCOUNT_NEEDS_ATTENTION = "account.needs_attention"
CHANNEL_CHANGED = "channel.changed"
API_KEY_REVOKED = "api_key.revoked"
_BATCH = 500
_BACKLOG = 1000
_NOTE = Mapper(models.Event, EventNote)


async def note_event(
    type: str,  # noqa: A002 - the column's word
    *,
    workspace_id: UUID,
    subject_id: UUID,
    now: datetime,
    post_id: UUID | None = None,
    channel_id: UUID | None = None,
) -> None:
    """Append an event in the open transaction."""
    await models.Event.create(
        id=new_id(),
        workspace_id=workspace_id,
        type=type,
        subject_id=subject_id,
        post_id=post_id,
        channel_id=channel_id,
        occurred_at=now,
    )


class _Listener:
    """One who watches a workspace. Falling too far behind ends it: a silent gap would be worse."""

    def __init__(self, workspace_id: UUID) -> None:
        self.workspace_id = workspace_id
        self.notes: asyncio.Queue[EventNote | None] = asyncio.Queue(_BACKLOG)

    def tell(self, note: EventNote | None) -> None:
        if self.notes.full():
            while not self.notes.empty():
                self.notes.get_nowait()
            note = None
        self.notes.put_nowait(note)

    async def read(self) -> AsyncIterator[EventNote]:
        while (note := await self.notes.get()) is not None:
            yield note


class EventHub:
    """Reads committed events once for a whole process and hands them to its listeners.

    `always` is told each event before the listeners of its workspace.
    """

    def __init__(
        self, bell: Bell, *, sweep_seconds: float, always: Callable[[EventNote], None] = lambda _: None
    ) -> None:
        self._bell = bell
        self._always = always
        self._sweep_seconds = sweep_seconds
        self._listeners: set[_Listener] = set()
        self._position: int | None = None
        self._closed = False

    @property
    def is_closed(self) -> bool:
        """Whether the server drains: every listener has ended, through no fault of its own."""
        return self._closed

    async def run(self) -> None:
        """Read until closed or cancelled, on each message and at the latest every sweep.

        A cancellation that meets a timeout inside the Redis client is swallowed by it: close first, then cancel.
        """
        while not self._closed:
            try:
                await self._follow()
            except Exception as error:  # whatever it is: who watches must not be left in silence
                away = isinstance(error, (RedisError, OSError))
                log.warning("redis_away", action="listen", error=type(error).__name__, exc_info=not away)
                await self._read_safely()
                await asyncio.sleep(self._sweep_seconds)

    @asynccontextmanager
    async def listen(self, *, workspace_id: UUID) -> AsyncGenerator[AsyncIterator[EventNote]]:
        """Watch a workspace from now on; the iteration ends when the hub closes or the listener is too slow."""
        listener = _Listener(workspace_id)
        self._listeners.add(listener)
        if self._closed:
            listener.tell(None)
        try:
            yield listener.read()
        finally:
            self._listeners.discard(listener)

    def close(self) -> None:
        """End every listener, now and later: the server is draining."""
        self._closed = True
        for listener in self._listeners:
            listener.tell(None)

    async def _follow(self) -> None:
        async with self._bell.pubsub() as pubsub:
            await pubsub.subscribe(EVENTS_NUMBERED)
            while not self._closed:
                await self._read_safely()
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._sweep_seconds):
                        await pubsub.get_message(ignore_subscribe_messages=True, timeout=self._sweep_seconds)

    async def _read_safely(self) -> None:
        try:
            await self._read()
        except Exception as error:  # it is read again at the next sweep, from the same position
            log.warning("store_away", use_case="read_events", error=type(error).__name__, exc_info=not is_away(error))

    async def _read(self) -> None:
        if self._position is None:
            newest = await models.Event.exclude(position=None).order_by("-position").first()
            self._position = newest.position or 0 if newest else 0
            return
        while notes := await _NOTE.read(
            models.Event.filter(position__gt=self._position).order_by("position").limit(_BATCH)
        ):
            for note in notes:
                self._hand_out(note)
            self._position = notes[-1].position

    def _hand_out(self, note: EventNote) -> None:
        self._always(note)
        for listener in self._listeners:
            if listener.workspace_id == note.workspace_id:
                listener.tell(note)

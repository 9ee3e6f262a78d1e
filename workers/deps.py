"""What the workers' jobs are handed: the use-cases' deps, the guarded fetch, and the group writer."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from net.fetch import FetchPolicy, GuardedFetcher
from publishing.deps import Deps, open_deps
from publishing.ledger import Ledger
from publishing.settings import Settings
from workers.budgets import Budgets


@dataclass(frozen=True, slots=True)
class WorkerDeps:
    """Everything a job may need."""

    deps: Deps
    fetcher: GuardedFetcher
    ledger: Ledger
    budgets: Budgets


@asynccontextmanager
async def open_worker_deps(settings: Settings) -> AsyncGenerator[WorkerDeps]:
    """Open what `open_deps` opens, and the workers' own.

    Raises:
        SettingsError, MigrationError: as `open_deps`.
    """
    policy = FetchPolicy(allowed_private=settings.allow_private_urls, allow_http=settings.dev)
    async with open_deps(settings) as deps, GuardedFetcher(policy) as fetcher:
        ledger = Ledger(deps.clock)
        try:
            yield WorkerDeps(deps=deps, fetcher=fetcher, ledger=ledger, budgets=Budgets(deps))
        finally:
            await ledger.close()

"""A deletion with a part in doubt: what a look at the platform says of that part is written before anything is told."""

from dataclasses import replace
from datetime import datetime

from platforms.base import Receipt, Sighting
from publishing import models, threads
from publishing.db import transaction
from publishing.delivery import ACTOR
from publishing.deps import Deps
from publishing.following import Case, Doubt
from publishing.late_parts import keep_late
from publishing.looking import owned_by_others
from publishing.reconciling import Conclusion, Looks, conclude


async def conclude_doubt(deps: Deps, case: Case, doubt: Doubt, sighting: Sighting) -> Conclusion:
    """Say what follows from a look for the part in doubt; one that was found is written down, to be deleted as well.

    It is not sent again: that the platform would refuse a second copy proves nothing, nor how often it was sent. A look
    is as old as its claim: who looked may have stood still since.
    """
    now = await deps.clock.now()
    owned = await owned_by_others(case.platform, case.environment, sighting, publication_id=case.publication_id)
    settled = Looks.of(deps.settings).settled(doubt.since, case.now)
    conclusion = conclude(replace(sighting, repeatable=False), owned=owned, settled=settled, unknowns=0)
    if conclusion.receipt is not None:
        await _keep(case, doubt, conclusion.receipt, now)
        deps.bell.announce()
    return conclusion


async def _keep(case: Case, doubt: Doubt, receipt: Receipt, now: datetime) -> None:
    """Write the part down, unless somebody else did. Who was overtaken tells of it: the end may have been told."""
    part = threads.PartOut(doubt.place.number, receipt)
    async with transaction():
        await models.Publication.filter(id=case.publication_id).select_for_update().get()
        if not await models.FollowUp.filter(id=case.id, epoch=case.epoch, due_at__isnull=False).exists():
            await keep_late(case.publication_id, part, ACTOR, now)
            return
        out = (await threads.parts_out([case.publication_id])).get(case.publication_id, ())
        if len(out) == doubt.place.number:
            await threads.keep_parts({case.publication_id: part}, now)
            await models.Publication.filter(id=case.publication_id).update(handles={})

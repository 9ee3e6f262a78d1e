"""Python's garbage collector, set for a server that keeps much and makes much that is gone at once."""

import gc

_THRESHOLDS = 20_000, 20, 50


def calm_collector() -> None:
    """Never look again at what is there now, and look less often at the rest. Call when a process is set up.

    A request or a publication leaves thousands of objects that die by themselves; the usual thresholds let the
    collector walk all living ones again and again: an eighth of a busy worker's processor time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)

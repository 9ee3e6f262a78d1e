"""What acts for no workspace: finding the caller of a key, callbacks, claims, sweeps, the relay, health.

Everything else in `publishing` takes the workspace it acts for. An architecture test lists the functions here.
"""

from publishing.looking import Unconfirmed
from publishing.system.budgets import note_usages
from publishing.system.callbacks import receive_callback
from publishing.system.checks import run_checks
from publishing.system.claims import Batch, claim_due
from publishing.system.connecting import claim_connections, complete_claimed
from publishing.system.doubting import conclude_doubt
from publishing.system.erasing import claim_erasures, erase_claimed
from publishing.system.figures import read_figures
from publishing.system.files import ServedFile, serve_media
from publishing.system.following import claim_follow_ups, mark_follow_up, rest_before, settle_follow_up
from publishing.system.holding import hold_account
from publishing.system.keys import ensure_workspace, find_workspace, forget_revoked, has_keys, look_up_key
from publishing.system.leases import renew_leases
from publishing.system.listening import listen_to_channels
from publishing.system.news import answer_challenge, receive_news
from publishing.system.publishers import publisher_of
from publishing.system.readiness import ReadyCheck, check_ready
from publishing.system.reconciling import claim_unconfirmed, conclude_look, postpone_look
from publishing.system.refreshing import fresh_token, token_lives
from publishing.system.relay import number_events
from publishing.system.removals import Deletion, find_deletion, receive_removal
from publishing.system.restored import NOT_SEEN, check_restored
from publishing.system.restoring import find_in_doubt, hold_back, newest_record
from publishing.system.resuming import resume_freed, resume_held
from publishing.system.revoking import claim_revocations, revoke_claimed
from publishing.system.rotation import Rotated, find_shut_tokens, rotate_tokens
from publishing.system.standing import check_account, claim_checks
from publishing.system.sweeping import sweep_connections, sweep_publications
from publishing.system.workplace import Workplace, look_at_workplace

__all__ = [
    "NOT_SEEN",
    "Batch",
    "Deletion",
    "ReadyCheck",
    "Rotated",
    "ServedFile",
    "Unconfirmed",
    "Workplace",
    "answer_challenge",
    "check_account",
    "check_ready",
    "check_restored",
    "claim_checks",
    "claim_connections",
    "claim_due",
    "claim_erasures",
    "claim_follow_ups",
    "claim_revocations",
    "claim_unconfirmed",
    "complete_claimed",
    "conclude_doubt",
    "conclude_look",
    "ensure_workspace",
    "erase_claimed",
    "find_deletion",
    "find_in_doubt",
    "find_shut_tokens",
    "find_workspace",
    "forget_revoked",
    "fresh_token",
    "has_keys",
    "hold_account",
    "hold_back",
    "listen_to_channels",
    "look_at_workplace",
    "look_up_key",
    "mark_follow_up",
    "newest_record",
    "note_usages",
    "number_events",
    "postpone_look",
    "publisher_of",
    "read_figures",
    "receive_callback",
    "receive_news",
    "receive_removal",
    "renew_leases",
    "rest_before",
    "resume_freed",
    "resume_held",
    "revoke_claimed",
    "rotate_tokens",
    "run_checks",
    "serve_media",
    "settle_follow_up",
    "sweep_connections",
    "sweep_publications",
    "token_lives",
]

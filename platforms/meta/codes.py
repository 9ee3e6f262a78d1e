"""Meta's error codes as data: what each means for the caller, and where it is documented.

Sources, read 2026-11-22:
https://developers.facebook.com/docs/graph-api/guides/error-handling
https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/error-codes
https://developers.facebook.com/docs/graph-api/overview/rate-limiting
Rows marked `field` are not on these pages; they are known from public reports of people who met them.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from platforms.errors import FailureCode, Reach


class Verdict(Enum):
    """What a code means, and so what the caller does."""

    AUTH = "a person signs in again"
    PERMISSION = "a person grants a role or permission and signs in again"
    RATE = "wait"
    TRANSIENT = "try again; at the public call it is definite that nothing went out"
    AMBIGUOUS = "at the public call: it may be out; before it: try again"
    REFUSED = "the same request is refused again"
    ACCOUNT = "a person puts the account right at the platform"
    CONFIGURATION = "an operator puts the app's settings right"


@dataclass(frozen=True, slots=True)
class Row:
    """One code (and subcode; None for any): its verdict, a hint, a shortest wait, and what a limit reaches.

    A row without a code is of a subcode that is known by itself: public reports do not agree on its code. `says` are
    words of the message by which a meaning is told from others with the same code.
    """

    code: int | None
    subcode: int | None
    verdict: Verdict
    hint: str
    failure: FailureCode | None = None
    wait: timedelta | None = None
    field: bool = False
    reach: Reach = Reach.CHANNEL
    says: str | None = None


_V, _F = Verdict, FailureCode
_RECONNECT = "Sign in again with reconnectAccount."
_ACCOUNT = "Open the account at the platform, follow what it asks for, then publish again."
_WAIT = "Nothing to do: it is tried again when the platform allows it."
_RETRY = "Nothing to do: it is tried again."
_CHANGE = "Change the post and publish again."
_TWICE = "The same is on the Page already: look whether it is this post."
_APP = "Check AGM_META_APP_ID and AGM_META_APP_SECRET."
_FETCH_IMAGE = "The platform could not fetch the image, or cannot read it; it is tried again. If it stays, change it."
_FETCH_VIDEO = "The platform could not fetch the video; it is tried again."
_ADS = (
    "The role on the Page comes through a business portfolio: grant the app ads_management or ads_read, or give the "
    "person a role on the Page itself, then sign in again with reconnectAccount."
)
_HOUR = timedelta(hours=1)

ROWS: tuple[Row, ...] = (
    Row(190, None, _V.AUTH, _RECONNECT),
    Row(190, 458, _V.AUTH, "The app was removed at the platform: sign in again with reconnectAccount."),
    Row(190, 459, _V.AUTH, "Log in at facebook.com first, then sign in again with reconnectAccount."),
    Row(190, 460, _V.AUTH, "The password was changed: sign in again with reconnectAccount."),
    Row(190, 463, _V.AUTH, "The session ran out: sign in again with reconnectAccount."),
    Row(190, 464, _V.AUTH, "Confirm the account at facebook.com, then sign in again with reconnectAccount."),
    Row(190, 467, _V.AUTH, _RECONNECT),
    Row(190, 492, _V.AUTH, "The person lost the role on the Page: get it back, or let another admin sign in."),
    Row(190, 493, _V.AUTH, _RECONNECT, field=True),
    Row(190, 2069032, _V.AUTH, "The stored token is not the Page's: sign in again with reconnectAccount."),
    Row(102, None, _V.AUTH, _RECONNECT),
    Row(101, None, _V.CONFIGURATION, _APP),
    Row(104, None, _V.CONFIGURATION, "Check AGM_META_APP_SECRET."),
    Row(10, None, _V.PERMISSION, "The app lacks a permission: sign in again and grant everything that is asked for."),
    Row(3, None, _V.PERMISSION, "The app lacks a capability: ask for it in the app's dashboard, then sign in again."),
    *(
        Row(code, None, _V.PERMISSION, "A permission or role is missing: get it, then sign in again.")
        for code in range(200, 300)
    ),
    Row(200, None, _V.PERMISSION, _ADS, says="ads_management"),
    Row(200, 2069030, _V.REFUSED, _CHANGE),
    Row(200, 2069031, _V.REFUSED, _CHANGE),
    Row(200, 2069033, _V.REFUSED, _CHANGE),
    Row(200, 1366046, _V.REFUSED, "Use a JPEG or PNG below 4 MB.", _F.MEDIA_REJECTED),
    Row(100, 1366046, _V.REFUSED, "Use a JPEG or PNG below 4 MB.", _F.MEDIA_REJECTED),
    Row(100, None, _V.REFUSED, _CHANGE),
    Row(100, None, _V.CONFIGURATION, _APP, says="appsecret_proof"),
    Row(100, None, _V.REFUSED, "Choose another place: leave out `locationId` or correct it.", says="LOCATION_ID"),
    Row(100, None, _V.REFUSED, "Leave out `collaborators`, or name others.", field=True, says="collaborators"),
    Row(100, 2108006, _V.REFUSED, "It is older than the business account: there are no figures of it."),
    Row(100, 33, _V.REFUSED, "The object is gone, or the sign-in may not see it."),
    Row(100, 36007, _V.REFUSED, "The code ran out: start the sign-in again.", _F.AUTHORIZATION_FAILED),
    Row(100, 36008, _V.REFUSED, "The redirect address differs: start the sign-in again.", _F.AUTHORIZATION_FAILED),
    Row(100, 36009, _V.REFUSED, "The code was used before: start the sign-in again.", _F.AUTHORIZATION_FAILED),
    Row(1, None, _V.AMBIGUOUS, _RETRY),
    Row(2, None, _V.AMBIGUOUS, _RETRY),
    Row(4, None, _V.RATE, _WAIT, reach=Reach.APP),
    Row(4, 2207051, _V.AMBIGUOUS, "Look at the account: the post may be public.", wait=_HOUR, field=True),
    Row(17, None, _V.RATE, _WAIT, reach=Reach.SIGN_IN),
    Row(32, None, _V.RATE, _WAIT),
    Row(341, None, _V.RATE, _WAIT, reach=Reach.APP),
    Row(613, None, _V.RATE, _WAIT),
    Row(80001, None, _V.RATE, _WAIT),
    Row(80002, None, _V.RATE, _WAIT),
    Row(9, 2207042, _V.RATE, _WAIT, _F.QUOTA_EXCEEDED, wait=_HOUR),
    Row(368, None, _V.ACCOUNT, _ACCOUNT),
    Row(368, None, _V.AMBIGUOUS, _TWICE, says="already posted"),
    Row(506, None, _V.AMBIGUOUS, _TWICE),
    Row(194, None, _V.REFUSED, _CHANGE),
    Row(197, None, _V.REFUSED, "The post is empty: give it a text, a link or an image."),
    Row(324, None, _V.TRANSIENT, _FETCH_IMAGE, _F.MEDIA_REJECTED),
    Row(1500, None, _V.REFUSED, "Correct the link and publish again."),
    Row(1609005, None, _V.REFUSED, "Correct the link and publish again."),
    Row(None, 1609005, _V.REFUSED, "Correct the link and publish again."),
    Row(5101, None, _V.REFUSED, "Use a smaller file.", _F.MEDIA_REJECTED),
    Row(105, None, _V.REFUSED, _CHANGE),
    Row(6000, None, _V.REFUSED, "The file did not arrive: publish again.", _F.MEDIA_REJECTED, field=True),
    Row(None, 1366051, _V.AMBIGUOUS, _TWICE, field=True),
    Row(None, 1390008, _V.RATE, "Posting too fast: it is tried again later.", wait=timedelta(minutes=5), field=True),
    Row(None, 1346003, _V.REFUSED, _CHANGE, field=True),
    Row(None, 1404102, _V.REFUSED, _CHANGE, field=True),
    Row(None, 1404078, _V.ACCOUNT, "The Page needs Page Publishing Authorization.", field=True),
    Row(None, 4854002, _V.ACCOUNT, "Confirm the identity before publishing as the Page.", field=True),
    Row(None, 1404006, _V.ACCOUNT, _ACCOUNT, field=True),
    Row(None, 1404112, _V.ACCOUNT, _ACCOUNT, field=True),
    Row(None, 1609008, _V.REFUSED, "Links to facebook.com cannot be posted: remove it.", field=True),
    Row(None, 2061006, _V.REFUSED, "Correct the link and publish again.", field=True),
    Row(None, 1349125, _V.REFUSED, _CHANGE, field=True),
    Row(None, 2069019, _V.TRANSIENT, _FETCH_IMAGE, _F.MEDIA_REJECTED, field=True),
    Row(None, 1363047, _V.AMBIGUOUS, _RETRY, field=True),
    Row(None, 1609010, _V.AMBIGUOUS, _RETRY, field=True),
    Row(-2, 2207003, _V.TRANSIENT, _RETRY),
    Row(-2, 2207020, _V.TRANSIENT, _RETRY),
    Row(-1, 2207001, _V.AMBIGUOUS, _RETRY),
    Row(-1, 2207032, _V.TRANSIENT, _RETRY),
    Row(-1, 2207053, _V.TRANSIENT, _RETRY),
    Row(1, 2207057, _V.REFUSED, "Choose a `coverOffset` within the video."),
    Row(24, 2207006, _V.AMBIGUOUS, _RETRY),
    Row(24, 2207008, _V.AMBIGUOUS, _RETRY),
    Row(25, 2207050, _V.ACCOUNT, "Open Instagram and confirm the account, then publish again."),
    *(Row(100, subcode, _V.REFUSED, _CHANGE) for subcode in (2207023, 2207035, 2207036, 2207037)),
    Row(100, 2207028, _V.REFUSED, "A carousel has two to ten files: add some or leave some out."),
    Row(
        100, 2207040, _V.REFUSED, "Use fewer tags: of accounts in the files, and of words and accounts in the caption."
    ),
    Row(100, 2207067, _V.REFUSED, _CHANGE, field=True),
    Row(100, 2207089, _V.REFUSED, _CHANGE, field=True),
    Row(None, 2207073, _V.REFUSED, "The platform does not delete media of this kind.", field=True),
    Row(None, 2207077, _V.AMBIGUOUS, _FETCH_VIDEO, _F.MEDIA_REJECTED, field=True),
    Row(None, 2207081, _V.REFUSED, "The account has no trial reels: publish it as an ordinary one.", field=True),
    Row(None, 2207082, _V.AMBIGUOUS, _RETRY, _F.MEDIA_REJECTED, field=True),
    Row(
        None,
        2207085,
        _V.AMBIGUOUS,
        "The video cannot be processed; if it stays, use another.",
        _F.MEDIA_REJECTED,
        field=True,
    ),
    Row(9009, None, _V.ACCOUNT, "The Instagram account is not available: open Instagram and look.", field=True),
    Row(110, 2207013, _V.ACCOUNT, "Make the Instagram account a business or creator account.", field=True),
    Row(352, 2207026, _V.REFUSED, "Use another video format.", _F.MEDIA_REJECTED),
    Row(9004, 2207052, _V.TRANSIENT, "The platform could not fetch the image; it is tried again.", _F.MEDIA_REJECTED),
    Row(9007, 2207027, _V.TRANSIENT, _RETRY, wait=timedelta(seconds=3)),
    Row(36000, 2207004, _V.REFUSED, "Use an image below 8 MiB.", _F.MEDIA_REJECTED),
    Row(36001, 2207005, _V.REFUSED, "Use a JPEG.", _F.MEDIA_REJECTED),
    Row(36003, 2207009, _V.REFUSED, "Use a shape between 4:5 and 1.91:1.", _F.MEDIA_REJECTED),
    Row(36004, 2207010, _V.REFUSED, "Shorten the caption to 2,200 characters."),
)

_BY_CODE = {(row.code, row.subcode): row for row in ROWS if row.says is None}
_BY_WORDS = [row for row in ROWS if row.says is not None]
_BY_SUBCODE = {row.subcode: row for row in ROWS if row.subcode is not None}


def row_for(code: int, subcode: int | None, message: str = "") -> Row | None:
    """Find the row of a code: with its subcode, of the subcode, by what the message says, or of the code.

    None when Meta's code is new to us.
    """
    told_apart = _BY_CODE.get((code, subcode)) or _BY_CODE.get((None, subcode)) if subcode else None
    return told_apart or _by_words(code, message) or _BY_CODE.get((code, None))


def row_of_subcode(subcode: int) -> Row | None:
    """Find the row of a subcode that comes without its code, as in a container's status."""
    return _BY_SUBCODE.get(subcode)


def _by_words(code: int, message: str) -> Row | None:
    return next((row for row in _BY_WORDS if row.code == code and row.says and row.says in message), None)

"""The Graph API's refusals that have nothing to do with what a Page or Instagram account posted before, row by row.

Sources: "Handling errors" and the error tables of the Page, Page feed and Pages API references on
developers.facebook.com, 2026-11-22; `message` strings where answers were recorded. For the rows of `POSTING` Meta tells
the subcode and its sentence, not always the code: there 100, 200 and 368 are assumed by what they mean elsewhere.
"""

from dataclasses import dataclass
from typing import Any

from sandbox.meta.errors import METHOD, OAUTH, GraphError

FORBIDDEN, SERVER_ERROR = 403, 500
_SESSION = "Error validating access token:"
_WAIT = "There have been too many calls to this {}. Wait a bit and try again."


@dataclass(frozen=True, slots=True)
class GraphRow:
    """A row of the table.

    Attributes:
        code: Meta's error code.
        message: The English `message`.
        subcode: `error_subcode`, where there is one.
        kind: `type`.
        status: HTTP status.
        title: `error_user_title`.
        user_message: `error_user_msg`.
        transient: `is_transient`.
        twin: Tells rows of the same code and subcode apart.
    """

    code: int
    message: str
    subcode: int | None = None
    kind: str = OAUTH
    status: int = 400
    title: str | None = None
    user_message: str | None = None
    transient: bool = False
    twin: str = ""

    @property
    def name(self) -> str:
        """The row's name: `190/463`, `506`, `100-proof-invalid`."""
        plain = str(self.code) if self.subcode is None else f"{self.code}/{self.subcode}"
        return f"{plain}-{self.twin}" if self.twin else plain

    def error(self) -> GraphError:
        """Return the refusal."""
        return GraphError(
            self.code,
            self.message,
            subcode=self.subcode,
            kind=self.kind,
            status=self.status,
            title=self.title,
            user_message=self.user_message,
            transient=self.transient,
        )


def _session(subcode: int, why: str) -> GraphRow:
    return GraphRow(190, f"{_SESSION} {why}", subcode)


def _posting(code: int, subcode: int, title: str, told: str, **more: Any) -> GraphRow:
    return GraphRow(code, "Invalid parameter", subcode, title=title, user_message=told, **more)


TOKENS = (
    GraphRow(190, "Invalid OAuth access token - Cannot parse access token"),
    _session(458, "The user has not authorized application 100000000000001."),
    _session(459, "The user is in a checkpointed state and must log in at www.facebook.com."),
    _session(460, "The session has been invalidated because the user changed their password."),
    _session(463, "Session has expired on Sunday, 22-Nov-26 10:00:00 PST."),
    _session(464, "The session is invalid because the user is not a confirmed user."),
    _session(467, "The session is invalid because the user logged out."),
    _session(492, "Session was invalidated because the user lost the role on the Page."),
    _session(493, "The session is invalid because the user has not been active for 90 days."),
    GraphRow(
        190, "This method must be called with a Page Access Token", 2069032, title="A Page access token is required"
    ),
    GraphRow(101, "Error validating application. Invalid application ID."),
    GraphRow(102, "Session key invalid or no longer valid"),
    GraphRow(104, "Incorrect signature"),
)
PERMISSIONS = (
    GraphRow(3, "(#3) Application does not have the capability to make this API call.", status=FORBIDDEN),
    GraphRow(10, "(#10) Application does not have permission for this action", status=FORBIDDEN),
    GraphRow(200, "(#200) Permissions error", status=FORBIDDEN),
    GraphRow(
        200,
        "(#200) The calling app is missing the ads_management or ads_read permission",
        status=FORBIDDEN,
        twin="ads",
    ),
    GraphRow(283, "(#283) Requires pages_read_engagement permission to manage the object", status=FORBIDDEN),
    GraphRow(299, "(#299) Permissions error", status=FORBIDDEN),
    GraphRow(200, "(#200) This endpoint is not supported for the new Pages experience.", 2069030, status=FORBIDDEN),
    GraphRow(200, "(#200) This field is not supported for the new Pages experience.", 2069031, status=FORBIDDEN),
    GraphRow(200, "(#200) This parameter is not supported for the new Pages experience.", 2069033, status=FORBIDDEN),
)
REQUESTS = (
    GraphRow(100, "(#100) Invalid parameter"),
    GraphRow(
        100,
        "Unsupported get request. Object with ID '0' does not exist, cannot be loaded due to missing permissions, or "
        "does not support this operation.",
        33,
        kind=METHOD,
    ),
    GraphRow(100, "Invalid appsecret_proof provided in the API argument", kind=METHOD, twin="proof-invalid"),
    GraphRow(100, "API calls from the server require an appsecret_proof argument", kind=METHOD, twin="proof-missing"),
    GraphRow(100, "This authorization code has expired.", 36007),
    GraphRow(100, "Error validating verification code. Please make sure your redirect_uri is identical", 36008),
    GraphRow(100, "This authorization code has been used.", 36009),
    GraphRow(100, "(#100) Media posted before business account conversion", 2108006),
    GraphRow(105, "(#105) The number of parameters exceeded the maximum for this operation"),
    GraphRow(194, "(#194) Missing at least one parameter"),
    GraphRow(197, "(#197) The post is empty. Please enter a message to share."),
    GraphRow(324, "(#324) Missing or invalid image file"),
    GraphRow(1500, "(#1500) The url you supplied is invalid"),
    GraphRow(5101, "(#5101) The file is too large"),
    GraphRow(
        6000,
        "(#6000) There was a problem uploading your video file. Please try uploading it again.",
        title="Problem with file",
        user_message="Video Upload Is Missing",
    ),
)
TROUBLES = (
    GraphRow(1, "An unknown error occurred", status=SERVER_ERROR),
    GraphRow(
        2, "An unexpected error has occurred. Please retry your request later.", status=SERVER_ERROR, transient=True
    ),
    GraphRow(368, "The action attempted has been deemed abusive or is otherwise disallowed", title="Blocked"),
    GraphRow(368, "You've already posted this.", title="Already posted", twin="already"),
    GraphRow(506, "(#506) Duplicate status message"),
)
LIMITS = (
    GraphRow(4, "(#4) Application request limit reached", transient=True),
    GraphRow(17, "(#17) User request limit reached", transient=True),
    GraphRow(17, "(#17) User request limit reached", 2446079, transient=True),
    GraphRow(32, "(#32) Page request limit reached", transient=True),
    GraphRow(341, "(#341) Application limit reached", transient=True),
    GraphRow(613, "(#613) Calls to this api have exceeded the rate limit.", transient=True),
    GraphRow(80001, f"(#80001) {_WAIT.format('Page account')}", transient=True),
    GraphRow(80001, f"(#80001) {_WAIT.format('Page account')}", 2446079, transient=True),
    GraphRow(80002, f"(#80002) {_WAIT.format('Instagram account')}", transient=True),
    GraphRow(80002, f"(#80002) {_WAIT.format('Instagram account')}", 2446079, transient=True),
)
POSTING = (
    _posting(100, 1366046, "Can't Read Files", "Photos should be less than 4 MB and saved as JPG or PNG."),
    _posting(200, 1366046, "Can't Read Files", "Photos should be less than 4 MB and saved as JPG or PNG."),
    _posting(100, 1366051, "Photos already posted", "These photos were already posted."),
    _posting(368, 1390008, "You're going too fast", "You've been posting too fast. Slow down.", transient=True),
    _posting(368, 1346003, "Content blocked", "Other people reported this content as abusive."),
    _posting(368, 1404102, "Content removed", "This goes against our Community Standards."),
    _posting(200, 1404078, "Authorization needed", "The Page needs Page Publishing Authorization.", status=FORBIDDEN),
    _posting(200, 4854002, "Confirm your identity", "Confirm your identity before you publish as the Page."),
    _posting(368, 1404006, "Security check", "Complete the security check before you go on."),
    _posting(368, 1404112, "Account limited", "Your account is limited for a few days."),
    _posting(100, 1609005, "Link error", "There was a problem with the link in this post."),
    _posting(100, 1609008, "Link not allowed", "You can't post links to facebook.com this way."),
    _posting(100, 2061006, "Bad URL", "The address is not valid."),
    _posting(100, 1349125, "Bad format", "The file has a format that is not supported."),
    _posting(324, 2069019, "Invalid file", "The file is not valid."),
    _posting(2, 1363047, "Temporarily unavailable", "This is temporarily unavailable. Try again.", transient=True),
    _posting(2, 1609010, "Temporarily unavailable", "This is temporarily unavailable. Try again.", transient=True),
)
GRAPH_ERRORS: dict[str, GraphRow] = {
    row.name: row for row in (*TOKENS, *PERMISSIONS, *REQUESTS, *TROUBLES, *LIMITS, *POSTING)
}
"""All rows by name."""

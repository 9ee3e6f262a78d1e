"""What an operator fills in at LinkedIn so that people can sign in: an app for members, and one for Pages."""

from datetime import date

from platforms.rules import Console, ConsoleField, Fact

_READ = date(2026, 11, 22)
_FLOW = "https://learn.microsoft.com/en-us/linkedin/shared/authentication/authorization-code-flow"
_ACCESS = "https://learn.microsoft.com/en-us/linkedin/shared/authentication/getting-access"
_INCREASING = "https://learn.microsoft.com/en-us/linkedin/marketing/increasing-access"


def _fields(client_id: str, client_secret: str, product: ConsoleField) -> tuple[ConsoleField, ...]:
    return (
        product,
        ConsoleField("Auth > Application credentials", "Client ID", Fact(f"Copy it to `{client_id}`.", _FLOW, _READ)),
        ConsoleField(
            "Auth > Application credentials",
            "Primary Client Secret",
            Fact(f"Copy it to `{client_secret}`.", _FLOW, _READ),
        ),
        ConsoleField(
            "Auth > OAuth 2.0 settings",
            "Authorized redirect URLs for your app",
            Fact("`{redirect}`, exactly.", _FLOW, _READ),
        ),
    )


_MEMBER_USES = {
    "openid": "Says who signed in.",
    "profile": "Gives the name and picture of who signed in.",
    "w_member_social": "Publishes, changes and deletes posts of the member.",
}
_PAGES_USES = {
    "r_basicprofile": "Says who signed in.",
    "rw_organization_admin": "Lists the Pages of the person who signs in.",
    "w_organization_social": "Publishes, changes and deletes posts of a Page.",
    "r_organization_social": "Reads a Page's posts, to find one whose answer was lost.",
    "w_organization_social_feed": "Writes the first comment below a Page's post.",
    "r_organization_social_feed": "Reads comments, to find one whose answer was lost.",
}

MEMBER_CONSOLE = Console(
    fields=_fields(
        "AGM_LINKEDIN_CLIENT_ID",
        "AGM_LINKEDIN_CLIENT_SECRET",
        ConsoleField(
            "Products",
            "Sign In with LinkedIn using OpenID Connect, Share on LinkedIn",
            Fact("Add both; they are granted at once.", _ACCESS, _READ),
        ),
    ),
    permissions={name: Fact(use, _ACCESS, _READ) for name, use in _MEMBER_USES.items()},
    without={
        "openid": "nobody can sign in",
        "profile": "the member's name stays unknown",
        "w_member_social": "nothing can be published to the member's profile",
    },
)
PAGES_CONSOLE = Console(
    fields=_fields(
        "AGM_LINKEDIN_PAGES_CLIENT_ID",
        "AGM_LINKEDIN_PAGES_CLIENT_SECRET",
        ConsoleField(
            "Products",
            "Community Management API",
            Fact("Ask for it in an app that has no other product; LinkedIn reviews it.", _INCREASING, _READ),
        ),
    ),
    permissions={name: Fact(use, _INCREASING, _READ) for name, use in _PAGES_USES.items()},
    without={
        "r_basicprofile": "nobody can sign in",
        "rw_organization_admin": "no Page can be found",
        "w_organization_social": "nothing can be published to Pages",
        "r_organization_social": "a post whose answer was lost cannot be looked for",
        "w_organization_social_feed": "no first comment can be written below a Page's post",
        "r_organization_social_feed": "a first comment whose answer was lost cannot be looked for",
    },
)

"""What an operator fills in at X's developer console so that people can sign in."""

from datetime import date

from platforms.rules import Console, ConsoleField, Fact

MEDIA_SCOPE, RENEWAL_SCOPE = "media.write", "offline.access"
NEEDED_SCOPES = ("tweet.read", "tweet.write", "users.read")
"""Without all of these nothing is published."""
_READ = date(2026, 11, 22)
_OAUTH = "https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code"
_APPS = "https://docs.x.com/fundamentals/developer-apps"
_PRICES = "https://docs.x.com/x-api/getting-started/pricing"
_USES = {
    "tweet.read": "Reads the account's own posts, to find one whose answer was lost.",
    "tweet.write": "Publishes and deletes posts.",
    "users.read": "Says who signed in, and how long a post of the account may be.",
    MEDIA_SCOPE: "Uploads images and videos.",
    RENEWAL_SCOPE: "Renews the sign-in, which lives two hours, when it is used.",
}

CONSOLE = Console(
    fields=(
        ConsoleField("App > User authentication settings", "App permissions", Fact("Read and write.", _APPS, _READ)),
        ConsoleField(
            "App > User authentication settings",
            "Type of App",
            Fact("Web App, Automated App or Bot: a confidential client.", _APPS, _READ),
        ),
        ConsoleField(
            "App > User authentication settings",
            "Callback URI / Redirect URL",
            Fact("`{redirect}`, exactly.", _OAUTH, _READ),
        ),
        ConsoleField(
            "App > Keys and tokens", "OAuth 2.0 Client ID", Fact("Copy it to `AGM_X_CLIENT_ID`.", _APPS, _READ)
        ),
        ConsoleField(
            "App > Keys and tokens", "OAuth 2.0 Client Secret", Fact("Copy it to `AGM_X_CLIENT_SECRET`.", _APPS, _READ)
        ),
        ConsoleField("Billing", "Credits", Fact("Buy some: each post is paid for, see the prices.", _PRICES, _READ)),
    ),
    permissions={name: Fact(use, _OAUTH, _READ) for name, use in _USES.items()},
    without={
        "tweet.read": "nothing can be published, and a post whose answer was lost cannot be looked for",
        "tweet.write": "nothing can be published",
        "users.read": "nobody can sign in",
        MEDIA_SCOPE: "no images and videos can be published",
        RENEWAL_SCOPE: "the sign-in ends after two hours",
    },
)

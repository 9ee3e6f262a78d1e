"""What an operator fills in at Meta so that people can sign in at Instagram, without a Facebook Page."""

from datetime import date

from platforms.rules import Console, ConsoleField, Fact

_READ = date(2026, 11, 26)
_PLATFORM = "https://developers.facebook.com/documentation/instagram-platform"
_USE_CASE = "https://developers.facebook.com/documentation/development/create-an-app/instagram-use-case"
_LOGIN = f"{_PLATFORM}/instagram-api-with-instagram-login/business-login"
_LEVELS = "https://developers.facebook.com/docs/graph-api/overview/access-levels"
_PERMISSIONS = "https://developers.facebook.com/docs/permissions"
_SETUP = "Instagram > API setup with Instagram login"
_BUSINESS = f"{_SETUP} > Business login settings"

_FIELDS = (
    ConsoleField(
        "Use cases",
        "Manage messaging and content on Instagram",
        Fact("Add it to the app, and choose the API setup with Instagram login.", _USE_CASE, _READ),
    ),
    ConsoleField(
        _SETUP,
        "Instagram app ID",
        Fact("Copy it to `AGM_INSTAGRAM_APP_ID`; it is not the ID of the Meta app.", _LOGIN, _READ),
    ),
    ConsoleField(_SETUP, "Instagram app secret", Fact("Copy it to `AGM_INSTAGRAM_APP_SECRET`.", _LOGIN, _READ)),
    ConsoleField(
        _BUSINESS,
        "OAuth redirect URIs",
        Fact("`{redirect}`, exactly: https, and without a slash that the dashboard may add.", _LOGIN, _READ),
    ),
    ConsoleField(
        _BUSINESS,
        "Deauthorize callback URL",
        Fact("`AGM_PUBLIC_URL` with `/instagram/deauthorize`.", _LOGIN, _READ, confirmed=False),
    ),
    ConsoleField(
        _BUSINESS,
        "Data deletion request URL",
        Fact("`AGM_PUBLIC_URL` with `/instagram/data-deletion`.", _LOGIN, _READ, confirmed=False),
    ),
    ConsoleField(
        "App Review > Permissions and Features",
        "Advanced access",
        Fact(
            "Ask for it for each permission below: without it, only accounts with a role on the app can sign in.",
            _LEVELS,
            _READ,
        ),
    ),
)

_USES = {
    "instagram_business_basic": "Tells which account signed in, and reads its posts.",
    "instagram_business_content_publish": "Publishes to the account.",
    "instagram_business_manage_comments": "Writes the first comment below a post.",
}

_WITHOUT = {
    "instagram_business_basic": "nothing works: the account cannot be found, nor a post whose answer was lost",
    "instagram_business_content_publish": "nothing can be published to the account",
    "instagram_business_manage_comments": "no first comment can be written below a post",
}

CONSOLE = Console(
    fields=_FIELDS,
    permissions={name: Fact(use, _PERMISSIONS, _READ) for name, use in _USES.items()},
    without=_WITHOUT,
)

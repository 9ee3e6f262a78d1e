"""What an operator fills in at Meta so that people can sign in: places and names as the App Dashboard has them."""

from datetime import date

from platforms.rules import Console, ConsoleField, Fact

_READ = date(2026, 11, 25)
_BASIC = "https://developers.facebook.com/documentation/development/create-an-app/app-dashboard/basic-settings"
_PAGES = "https://developers.facebook.com/documentation/pages-api/create-an-app"
_LOGIN = "https://developers.facebook.com/docs/facebook-login/security"
_STRICT = "https://developers.facebook.com/blog/post/2017/12/18/strict-uri-matching/"
_HTTPS = "https://developers.facebook.com/blog/post/2018/06/08/enforce-https-facebook-login/"
_LEVELS = "https://developers.facebook.com/docs/graph-api/overview/access-levels"
_DELETION = "https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback"
_WEBHOOKS = "https://developers.facebook.com/docs/graph-api/webhooks/getting-started"
_PERMISSIONS = "https://developers.facebook.com/docs/permissions"

_FIELDS = (
    ConsoleField(
        "Use cases", "Manage everything on your Page", Fact("Add it to the app, for its permissions.", _PAGES, _READ)
    ),
    ConsoleField("App settings > Basic", "App ID", Fact("Copy it to `AGM_META_APP_ID`.", _BASIC, _READ)),
    ConsoleField("App settings > Basic", "App secret", Fact("Copy it to `AGM_META_APP_SECRET`.", _BASIC, _READ)),
    ConsoleField(
        "Facebook Login > Settings", "Valid OAuth Redirect URIs", Fact("`{redirect}`, exactly.", _STRICT, _READ)
    ),
    ConsoleField(
        "Facebook Login > Settings",
        "Client OAuth login, Web OAuth login",
        Fact("On.", _LOGIN, _READ, confirmed=False),
    ),
    ConsoleField(
        "Facebook Login > Settings",
        "Enforce HTTPS",
        Fact("On, as it is by default: `AGM_PUBLIC_URL` must be https.", _HTTPS, _READ),
    ),
    ConsoleField(
        "Facebook Login > Settings",
        "Deauthorize callback URL",
        Fact("`AGM_PUBLIC_URL` with `/meta/deauthorize`.", _LOGIN, _READ, confirmed=False),
    ),
    ConsoleField(
        "Facebook Login > Settings",
        "Data Deletion Request URL",
        Fact("`AGM_PUBLIC_URL` with `/meta/data-deletion`.", _DELETION, _READ),
    ),
    ConsoleField(
        "Webhooks > Page",
        "Callback URL, Verify token, feed",
        Fact("`AGM_PUBLIC_URL` with `/meta/webhook`, the word of `AGM_META_WEBHOOK_TOKEN`, and on.", _WEBHOOKS, _READ),
    ),
    ConsoleField(
        "App Review > Permissions and Features",
        "Advanced access",
        Fact(
            "Ask for it for each permission below: without it, only people with a role on the app can sign in. Meta "
            "asks for App Review and a verified business.",
            _LEVELS,
            _READ,
        ),
    ),
)

_READS = "Reads a Page's posts: their addresses, and whether one is there whose answer was lost."
_USES = {
    "pages_show_list": "Lists the Pages of the person who signs in.",
    "pages_read_engagement": _READS,
    "pages_manage_posts": "Publishes to the Page.",
    "pages_manage_engagement": "Writes the first comment below a Page's post.",
    "pages_manage_metadata": "Has Meta tell of new posts; asked for only with `AGM_META_WEBHOOK_TOKEN`.",
    "business_management": "Lists Pages that a business portfolio owns.",
    "instagram_basic": "Finds the Instagram account linked to a Page, and reads its posts.",
    "instagram_content_publish": "Publishes to the Instagram account.",
    "instagram_manage_comments": "Writes the first comment below an Instagram post.",
}

_WITHOUT = {
    "pages_show_list": "no Page can be found",
    "pages_read_engagement": "addresses of posts stay unknown, and a post whose answer was lost cannot be looked for",
    "pages_manage_posts": "nothing can be published to Pages",
    "pages_manage_engagement": "no first comment can be written below a Page's post",
    "pages_manage_metadata": "Meta does not tell of new posts, so that a lost answer is found a little later",
    "business_management": "Pages that a business portfolio owns cannot be found",
    "instagram_basic": "Instagram accounts cannot be found, nor a post whose answer was lost",
    "instagram_content_publish": "nothing can be published to Instagram",
    "instagram_manage_comments": "no first comment can be written below an Instagram post",
}

CONSOLE = Console(
    fields=_FIELDS,
    permissions={name: Fact(use, _PERMISSIONS, _READ) for name, use in _USES.items()},
    without=_WITHOUT,
)

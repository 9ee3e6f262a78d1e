"""python-facebook-api signs in, asks about the token, reads Pages, and publishes. Run by its own interpreter."""

import json
import sys
from urllib.parse import urlsplit

import requests
from pyfacebook import FacebookError, GraphAPI

SANDBOX, TOLD = sys.argv[1], json.loads(sys.argv[2])
BASE = f"{SANDBOX}/meta/"
VERSION = "v24.0"
SCOPE = [
    "pages_show_list",
    "pages_read_engagement",
    "pages_manage_posts",
    "instagram_basic",
    "instagram_content_publish",
]


def main() -> None:
    api = GraphAPI(
        app_id="100000000000001",
        app_secret="sandbox-app-secret",
        oauth_flow=True,
        base_url=BASE,
        authorization_url=f"{BASE}{VERSION}/dialog/oauth",
        access_token_url=f"{BASE}oauth/access_token",
        redirect_uri="https://localhost/callback",
        scope=SCOPE,
        state="a state",
        version=VERSION,
    )
    url, state = api.get_authorization_url(url_kwargs={"auto": "approve", "persona": TOLD["persona"]})
    back = requests.get(url, allow_redirects=False, timeout=10).headers["location"]
    short = api.exchange_user_access_token(back)
    long = api.exchange_long_lived_user_access_token()
    api.access_token = long["access_token"]
    app_token = api.get_app_token()["access_token"]
    pages = api.get_full_connections("me", "accounts", count=None, limit=1, fields="id,name")["data"]
    me = api.get_object("me", fields="id,name")
    accounts = api.exchange_long_lived_page_access_token(me["id"], api.access_token)["data"]
    page_token = api.exchange_page_access_token(pages[0]["id"])
    debugged = {
        name: api.debug_token(one, app_token)["data"]
        for name, one in (("long", long["access_token"]), ("page", page_token))
    }
    page = GraphAPI(
        app_id=api.app_id, app_secret=api.app_secret, access_token=page_token, base_url=BASE, version=VERSION
    )
    post = page.post_object(pages[0]["id"], "feed", data={"message": TOLD["message"]})
    read = page.get_object(post["id"], fields="id,message,permalink_url")
    gone = page.post_object(pages[0]["id"], "feed", data={"message": "Regretted"})
    deleted = page.delete_object(gone["id"])
    sys.stdout.write(
        json.dumps(
            {
                "state": state,
                "back": urlsplit(back).fragment,
                "short": short,
                "long": {name: value for name, value in long.items() if name != "access_token"},
                "me": me,
                "pages": pages,
                "accounts": [one["access_token"] == page_token for one in accounts],
                "debugged": debugged,
                "post": post,
                "read": read,
                "deleted": deleted,
                "refused": refusal(page, pages[0]["id"], {"message": ""}),
                "used": again(api, back),
                "instagram": instagram(page, pages[0]["id"]),
                "limits": limits(page, pages[0]["id"]),
            }
        )
    )


def refusal(api: GraphAPI, object_id: str, data: dict) -> list:
    """Post what cannot be posted, and give the error's code and type."""
    try:
        api.post_object(object_id, "feed", data=data)
    except FacebookError as error:
        return [error.code, error.type]
    return []


def again(api: GraphAPI, back: str) -> str:
    """Exchange a code that was used."""
    try:
        api.exchange_user_access_token(back)
    except Exception as error:  # noqa: BLE001 - which one it is, the test says
        return type(error).__name__
    return ""


def instagram(page: GraphAPI, page_id: str) -> dict:
    """Publish a carousel on the Page's account."""
    account = page.get_object(page_id, fields="instagram_business_account{id,username}")["instagram_business_account"]
    picture = {"image_url": f"{SANDBOX}/samples/one.jpg", "is_carousel_item": "true"}
    children = [page.post_object(account["id"], "media", data=dict(picture))["id"] for _ in range(2)]
    parent = page.post_object(
        account["id"], "media", data={"media_type": "CAROUSEL", "children": ",".join(children), "caption": "Two"}
    )
    status = page.get_object(parent["id"], fields="status_code")
    media = page.post_object(account["id"], "media_publish", data={"creation_id": parent["id"]})
    listed = page.get_full_connections(media["id"], "children", count=None, fields="id,media_type")
    limit = page.get_connection(account["id"], "content_publishing_limit", fields="quota_usage,config")
    return {"account": account, "status": status, "media": media, "children": listed["data"], "limit": limit["data"]}


def limits(page: GraphAPI, page_id: str) -> list:
    """Run into a limit of the app and into one of the Page, and give what the client read of each."""
    found = []
    for code in (4, 80001):
        rule = {"fault": "rate", "endpoint": "GET /page", "next": 1, "options": {"code": code, "minutes": 5}}
        requests.post(f"{SANDBOX}/_admin/faults", json=rule, timeout=10)
        try:
            page.get_object(page_id)
        except FacebookError as error:
            found.append(error.code)
        requests.delete(f"{SANDBOX}/_admin/faults", timeout=10)
    business = page.rate_limit.resources["business"][page_id]["pages"]
    return [
        *found,
        page.rate_limit.resources["app"].call_count,
        business.call_count,
        business.estimated_time_to_regain_access,
    ]


main()

"""python-facebook-api signs in with Instagram Login, lengthens and refreshes the token. Run by its own interpreter."""

import json
import sys

import requests
from pyfacebook import BasicDisplayAPI, FacebookError

SANDBOX, TOLD = sys.argv[1], json.loads(sys.argv[2])
BASE = f"{SANDBOX}/instagram/"
SCOPE = ["instagram_business_basic", "instagram_business_content_publish"]


def main() -> None:
    api = BasicDisplayAPI(
        app_id="200000000000002",
        app_secret="sandbox-instagram-app-secret",
        oauth_flow=True,
        base_url=BASE,
        authorization_url=f"{BASE}oauth/authorize",
        access_token_url=f"{BASE}oauth/access_token",
        version="v24.0",
    )
    url, _ = api.get_authorization_url(scope=SCOPE, url_kwargs={"auto": "approve", "persona": TOLD["persona"]})
    back = requests.get(url, allow_redirects=False, timeout=10).headers["location"]
    short = api.exchange_user_access_token(back, scope=SCOPE)
    long = api.exchange_long_lived_user_access_token()
    early = refreshed(api, long["access_token"])
    requests.post(f"{SANDBOX}/_admin/clock", json={"advance_seconds": 86_400}, timeout=10)
    late = refreshed(api, long["access_token"])
    api.access_token = late["access_token"]
    me = api.get_object("me", fields="id,user_id,username")
    container = api.post_object(
        me["user_id"], "media", data={"image_url": f"{SANDBOX}/samples/one.jpg", "caption": "Me"}
    )
    media = api.post_object(me["user_id"], "media_publish", data={"creation_id": container["id"]})
    sys.stdout.write(
        json.dumps(
            {
                "short_user_id": short["user_id"],
                "long_expires_in": long["expires_in"],
                "early": early,
                "late_expires_in": late["expires_in"],
                "me": me,
                "media": media,
            }
        )
    )


def refreshed(api: BasicDisplayAPI, token: str) -> dict:
    """Refresh a token, or give the refusal's code."""
    try:
        return api.refresh_access_token(token)
    except FacebookError as error:
        return {"code": error.code}


main()

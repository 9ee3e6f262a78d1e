"""tweepy posts more often than its account may. Run by its own interpreter."""

import json
import sys
import time

import requests
import tweepy
from requests.adapters import HTTPAdapter

SANDBOX, TOLD = sys.argv[1], json.loads(sys.argv[2])
SCOPE = ["tweet.read", "tweet.write", "users.read", "offline.access"]


class ToSandbox(HTTPAdapter):
    """Sends to the sandbox what is meant for X, whose address is fixed in tweepy."""

    def send(self, request, **given):
        request.url = request.url.replace("https://api.twitter.com", f"{SANDBOX}/x").replace(
            "https://api.x.com", f"{SANDBOX}/x"
        )
        return super().send(request, **given)


def mount(session: requests.Session) -> None:
    for host in ("https://api.twitter.com", "https://api.x.com"):
        session.mount(host, ToSandbox())


def main() -> None:
    handler = tweepy.OAuth2UserHandler(
        client_id="sandbox-x-client",
        client_secret="sandbox-x-secret",
        redirect_uri="https://app.example.com/back",
        scope=SCOPE,
    )
    mount(handler)
    query = handler.get_authorization_url().partition("?")[2]
    asked = f"{SANDBOX}/x/i/oauth2/authorize?{query}&auto=approve&persona={TOLD['persona']}"
    back = requests.get(asked, allow_redirects=False, timeout=10).headers["location"]
    client = tweepy.Client(handler.fetch_token(back)["access_token"])
    mount(client.session)
    client.create_tweet(text="The only one", user_auth=False)
    try:
        client.create_tweet(text="One too many", user_auth=False)
        told = {}
    except tweepy.HTTPException as error:
        headers = error.response.headers
        told = {
            "kind": type(error).__name__,
            "limit": headers["x-rate-limit-limit"],
            "remaining": headers["x-rate-limit-remaining"],
            "waits": 0 < int(headers["x-rate-limit-reset"]) - time.time() <= 901,
        }
    sys.stdout.write(json.dumps(told))


main()

"""tweepy signs in, posts a thread, reads it back and deletes it. Run by its own interpreter."""

import json
import sys

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
    token = handler.fetch_token(back)
    client = tweepy.Client(token["access_token"])
    mount(client.session)
    me = client.get_me(user_auth=False, user_fields=["subscription_type"]).data
    ids = []
    for text in ("First & foremost", "then https://example.com/b", "last"):
        told = client.create_tweet(text=text, in_reply_to_tweet_id=ids[-1] if ids else None, user_auth=False)
        ids.append(told.data["id"])
    listed = client.get_users_tweets(
        me.id, max_results=5, since_id=int(ids[0]) - 1, tweet_fields=["referenced_tweets", "entities"], user_auth=False
    )
    refusals = [
        refusal(client, text="last"),
        refusal(client, text="$AA and $BB"),
        refusal(client, quote_tweet_id=ids[0]),
    ]
    deleted = [client.delete_tweet(one, user_auth=False).data for one in reversed(ids)]
    empty = client.get_users_tweets(me.id, user_auth=False)
    sys.stdout.write(
        json.dumps(
            {
                "expires_in": token["expires_in"],
                "me": [str(me.id), me.username],
                "ids": ids,
                "listed": [one.data for one in listed.data],
                "refusals": refusals,
                "deleted": deleted,
                "empty": empty.meta,
            }
        )
    )


def refusal(client: tweepy.Client, **given: object) -> list[str]:
    """Give what tweepy makes of a refusal."""
    try:
        client.create_tweet(user_auth=False, **given)
    except tweepy.HTTPException as error:
        return [type(error).__name__, *error.api_messages, *([str(error)] if not error.api_messages else [])]
    return []


main()

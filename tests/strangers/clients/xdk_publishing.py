"""xdk, X's own client, signs in, uploads, posts a thread, reads it back and deletes it. Run by its own interpreter."""

import base64
import json
import sys
import time

import requests
from xdk import Client
from xdk.media.models import AppendUploadRequest, CreateMetadataRequest, InitializeUploadRequest, UploadRequest
from xdk.posts.models import CreateRequest

SANDBOX, TOLD = sys.argv[1], json.loads(sys.argv[2])
SCOPE = ["tweet.read", "tweet.write", "users.read", "offline.access", "media.write"]
CHUNK = 1024 * 1024


def main() -> None:
    client = Client(
        base_url=f"{SANDBOX}/x",
        authorization_base_url=f"{SANDBOX}/x/i",
        client_id="sandbox-x-client",
        client_secret="sandbox-x-secret",
        redirect_uri="http://127.0.0.1:9/back",
        scope=SCOPE,
    )
    url = client.get_authorization_url(state="a state")
    back = requests.get(f"{url}&auto=approve&persona={TOLD['persona']}", allow_redirects=False, timeout=10)
    first = client.fetch_token(back.headers["location"])
    second = client.refresh_token()
    me = plain(client.users.get_me(user_fields=["subscription_type", "verified_type"]).data)
    picture = requests.get(f"{SANDBOX}/samples/one.jpg?width=40&height=30", timeout=10).content
    picture64 = base64.b64encode(picture).decode()
    image = plain(client.media.upload(UploadRequest(media=picture64, media_category="tweet_image")).data)
    described = client.media.create_metadata(
        CreateMetadataRequest(id=image["id"], metadata={"alt_text": {"text": "A picture"}})
    )
    video = uploaded_video(client)
    root = create(client, text="One & two < three https://example.com/a", media={"media_ids": [image["id"]]})
    reply = create(client, text="And a film", media={"media_ids": [video]}, reply={"in_reply_to_tweet_id": root["id"]})
    page = next(
        client.users.get_posts(
            me["id"],
            max_results=5,
            post_fields=["created_at", "entities", "referenced_posts", "attachments", "note_post"],
        )
    )
    one = client.posts.get_by_id(reply["id"], post_fields=["referenced_posts"])
    try:
        create(client, text="Only once")
        create(client, text="Only once")
        refused = None
    except requests.HTTPError as error:
        refused = [error.response.status_code, error.response.json()["detail"]]
    deleted = client.posts.delete(reply["id"]).data
    gone = client.posts.get_by_id(reply["id"])
    sys.stdout.write(
        json.dumps(
            {
                "scope": [first["scope"], second["scope"]],
                "rotated": first["refresh_token"] != second["refresh_token"],
                "me": me,
                "alt_text": plain(described.data)["associated_metadata"]["alt_text"]["text"],
                "root": root,
                "reply": reply,
                "page": plain(page.data),
                "one": plain(one.data),
                "refused": refused,
                "deleted": plain(deleted),
                "gone": plain(gone.errors),
            }
        )
    )


def create(client: Client, **body: object) -> dict:
    return plain(client.posts.create(CreateRequest(**body)).data)


def uploaded_video(client: Client) -> str:
    film = requests.get(f"{SANDBOX}/samples/one.mp4?seconds=3&size_bytes={CHUNK + 5}", timeout=10).content
    wish = InitializeUploadRequest(media_type="video/mp4", total_bytes=len(film), media_category="tweet_video")
    begun = plain(client.media.initialize_upload(wish).data)
    for index in range(0, len(film), CHUNK):
        chunk = base64.b64encode(film[index : index + CHUNK]).decode()
        client.media.append_upload(begun["id"], AppendUploadRequest(media=chunk, segment_index=index // CHUNK))
    state = state_of(client.media.finalize_upload(begun["id"]))
    while state in ("pending", "in_progress"):
        time.sleep(0.2)  # asked without a pause, X would limit the calls before a slow machine has the film ready
        state = state_of(client.media.get_upload_status(begun["id"], command="STATUS"))
    return begun["id"]


def state_of(answer: object) -> str:
    return plain(answer.data)["processing_info"]["state"]


def plain(found: object) -> object:
    """Give models as what they hold."""
    if isinstance(found, list):
        return [plain(one) for one in found]
    return found.model_dump(exclude_none=True) if hasattr(found, "model_dump") else found


main()

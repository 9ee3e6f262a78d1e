"""Meta's own SDK publishes, reads, pages, deletes and batches. Run by its own interpreter."""

import hashlib
import hmac
import json
import sys
import time
from typing import Any

import requests
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.shadowigmediabuilder import ShadowIGMediaBuilder
from facebook_business.adobjects.user import User
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

SANDBOX, TOLD = sys.argv[1], json.loads(sys.argv[2])
APP, SECRET, VERSION = "100000000000001", "sandbox-app-secret", "v26.0"
SCOPE = (
    "pages_show_list,pages_read_engagement,pages_manage_posts,pages_manage_engagement,"
    "instagram_basic,instagram_content_publish"
)
PICTURE = f"{SANDBOX}/samples/{{}}.jpg"
FILM = f"{SANDBOX}/samples/bread.mp4"


def main() -> None:
    FacebookSession.GRAPH = f"{SANDBOX}/meta"
    person = FacebookAdsApi.init(APP, SECRET, user_token(), api_version=VERSION, crash_log=False)
    fields = ["id", "name", "access_token", "instagram_business_account"]
    pages = list(User("me", api=person).get_accounts(fields=fields, params={"limit": 1}))
    page = pages[0]
    api = FacebookAdsApi.init(APP, SECRET, page["access_token"], api_version=VERSION, crash_log=False)
    deeds = Deeds(api, page["id"], page["instagram_business_account"]["id"])
    told = {
        "pages": [one["name"] for one in pages],
        "ids": {name: getattr(deeds, name)() for name in TOLD["deeds"]},
    }
    sys.stdout.write(json.dumps(told))


def user_token() -> str:
    """Sign in, exchange the code, and lengthen the token, as the SDK leaves to its user."""
    app = {"client_id": APP, "client_secret": SECRET}
    back = "https://localhost/callback"
    asked = {"client_id": APP, "redirect_uri": back, "state": "s", "scope": SCOPE, "auto": "approve"}
    dialog = f"{SANDBOX}/meta/{VERSION}/dialog/oauth"
    sent = requests.get(dialog, {**asked, "persona": TOLD["persona"]}, allow_redirects=False, timeout=10)
    code = sent.headers["location"].split("code=")[1].split("&")[0].split("#")[0]
    token = f"{SANDBOX}/meta/{VERSION}/oauth/access_token"
    short = requests.get(token, {**app, "redirect_uri": back, "code": code}, timeout=10).json()["access_token"]
    grant = {"grant_type": "fb_exchange_token", "fb_exchange_token": short}
    return requests.get(token, {**app, **grant}, timeout=10).json()["access_token"]


class Deeds:
    """What the SDK is asked to do; each gives what it was answered."""

    def __init__(self, api: FacebookAdsApi, page_id: str, instagram_id: str) -> None:
        self.api, self.page_id = api, page_id
        self.page, self.instagram = Page(page_id, api=api), IGUser(instagram_id, api=api)

    def text(self) -> str:
        return self.page.create_feed(params={"message": "A text"})["id"]

    def link(self) -> str:
        return self.page.create_feed(params={"message": "A link", "link": "https://example.com/a"})["id"]

    def photo(self) -> str:
        return self.page.create_photo(params={"url": PICTURE.format("one"), "caption": "A photo"})["id"]

    def photo_file(self) -> dict[str, Any]:
        data = requests.get(PICTURE.format("file"), timeout=10).content
        call = self.api.call("POST", (self.page_id, "photos"), {"caption": "A file"}, files={"source": data})
        return call.json()

    def photos(self) -> dict[str, Any]:
        staged = [
            self.page.create_photo(params={"url": PICTURE.format(name), "published": False})["id"]
            for name in ("one", "two")
        ]
        params = {"message": "Two photos", "attached_media": [{"media_fbid": one} for one in staged]}
        post = self.page.create_feed(fields=["id", "permalink_url"], params=params)
        return {"id": post["id"], "permalink_url": post["permalink_url"]}

    def video(self) -> str:
        return self.page.create_video(params={"file_url": FILM, "description": "A video"})["id"]

    def reel(self) -> dict[str, Any]:
        begun = self.page.create_video_reel(params={"upload_phase": "start"})
        headers = {"authorization": f"OAuth {self.api._session.access_token}", "file_url": FILM}
        sent = requests.post(begun["upload_url"], headers=headers, timeout=10).json()
        status = self.api.call("GET", (begun["video_id"],), {"fields": "status"}).json()["status"]
        finish = {"upload_phase": "finish", "video_id": begun["video_id"], "video_state": "PUBLISHED"}
        done = self.page.create_video_reel(params={**finish, "description": "A reel"})
        listed = [one["id"] for one in self.page.get_video_reels(fields=["id"])]
        return {
            "sent": sent,
            "status": status["video_status"],
            "post_id": dict(done).get("post_id"),
            "listed": listed == [begun["video_id"]],
        }

    def story(self) -> dict[str, Any]:
        photo = self.page.create_photo(params={"url": PICTURE.format("story"), "published": False})["id"]
        done = self.page.create_photo_story(params={"photo_id": photo})
        return {"post_id": done["post_id"], "listed": [one["post_id"] for one in self.page.get_stories()]}

    def comment(self) -> str:
        post = PagePost(self.page.get_published_posts(params={"limit": 1})[0]["id"], api=self.api)
        return post.create_comment(params={"message": "A comment"})["id"]

    def image(self) -> dict[str, Any]:
        made = self.instagram.create_media(params={"image_url": PICTURE.format("one"), "caption": "An image"})
        status = self.finished(made["id"])
        media = self.instagram.create_media_publish(params={"creation_id": made["id"]})
        return {"id": media["id"], "status": status["status_code"]}

    def finished(self, container: str) -> Any:
        """Ask until a container is worked on no more."""
        while True:
            found = ShadowIGMediaBuilder(container, api=self.api).api_get(fields=["status_code", "status"])
            if found["status_code"] != "IN_PROGRESS":
                return found
            time.sleep(0.1)

    def carousel(self) -> dict[str, Any]:
        children = [
            self.instagram.create_media(params={"image_url": PICTURE.format(name), "is_carousel_item": True})["id"]
            for name in ("one", "two")
        ]
        for child in children:
            self.finished(child)
        params = {"media_type": "CAROUSEL", "children": children, "caption": "A carousel"}
        made = self.instagram.create_media(params=params)
        self.finished(made["id"])
        media = self.instagram.create_media_publish(params={"creation_id": made["id"]})
        return {"id": media["id"]}

    def instagram_reel(self) -> str:
        params = {"media_type": "REELS", "video_url": FILM, "caption": "A reel on Instagram"}
        made = self.instagram.create_media(params=params)
        self.finished(made["id"])
        return self.instagram.create_media_publish(params={"creation_id": made["id"]})["id"]

    def limit(self) -> dict[str, Any]:
        found = self.instagram.get_content_publishing_limit(fields=["config", "quota_usage"])[0]
        return {"quota_usage": found["quota_usage"], "config": dict(found["config"])}

    def paging(self) -> list[str]:
        found = self.page.get_published_posts(fields=["message"], params={"limit": 2})
        return [one["message"] for one in found if "message" in one]

    def edit_and_delete(self) -> list[Any]:
        post = PagePost(self.page.create_feed(params={"message": "Raw"})["id"], api=self.api)
        post.api_update(params={"message": "Well done"})
        read = post.api_get(fields=["message", "permalink_url"])
        post.api_delete()
        try:
            PagePost(post["id"], api=self.api).api_get(fields=["message"])
        except FacebookRequestError as error:
            return [read["message"], error.api_error_code(), error.api_error_subcode()]
        return [read["message"]]

    def batch(self) -> list[Any]:
        heard: list[Any] = []

        def success(answer: Any) -> None:
            heard.append([answer.status(), bool(answer.json().get("id"))])

        def failure(answer: Any) -> None:
            heard.append([answer.status(), answer.error().api_error_code()])

        batch = self.api.new_batch()
        for message in ("In a batch: 100 % & more", ""):
            self.page.create_feed(params={"message": message}, batch=batch, success=success, failure=failure)
        batch.execute()
        return heard

    def refused(self) -> list[Any]:
        try:
            self.page.create_feed(params={"message": ""})
        except FacebookRequestError as error:
            return [error.http_status(), error.api_error_code(), error.api_transient_error(), error.api_error_type()]
        return []

    def proof(self) -> bool:
        token = self.api._session.access_token
        wanted = hmac.new(SECRET.encode(), token.encode(), hashlib.sha256).hexdigest()
        return wanted == self.api._session.appsecret_proof


main()

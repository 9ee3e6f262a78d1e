"""LinkedIn's own Python client signs in, uploads, posts, finds, changes and deletes. Run by its own interpreter."""

import json
import sys
from urllib.parse import parse_qs, urlsplit

import requests
from linkedin_api.clients.auth.client import AuthClient
from linkedin_api.clients.restli.client import RestliClient
from requests.adapters import HTTPAdapter

SANDBOX, TOLD = sys.argv[1], json.loads(sys.argv[2])
REDIRECT = "https://localhost/callback"
VERSION = "202609"
MEMBER = ("86sandboxmembers", "sandbox-linkedin-secret", ["openid", "profile", "email", "w_member_social"])
PAGE = (
    "86sandboxpagesx",
    "sandbox-linkedin-pages-secret",
    ["r_basicprofile", "w_organization_social", "r_organization_social", "rw_organization_admin"],
)
DISTRIBUTION = {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []}


class ToSandbox(HTTPAdapter):
    """Sends what is meant for LinkedIn's hosts to the sandbox: the client has their addresses built in."""

    def send(self, request, **options):
        for host in ("https://api.linkedin.com", "https://www.linkedin.com"):
            request.url = request.url.replace(host, f"{SANDBOX}/linkedin", 1)
        return super().send(request, **options)


def main() -> None:
    member_token, scope, introspected = sign_in(*MEMBER)
    member = post_as_member(member_token)
    page_token, _, _ = sign_in(*PAGE)
    page = post_as_page(page_token)
    json.dump({"scope": scope, "introspected": introspected, "member": member, "page": page}, sys.stdout)


def directed(client):
    client.session.mount("https://", ToSandbox())
    return client


def sign_in(client_id, secret, scopes):
    auth = directed(AuthClient(client_id=client_id, client_secret=secret, redirect_url=REDIRECT))
    url = auth.generate_member_auth_url(scopes=scopes, state="a-state")
    query = {"auto": "approve", "persona": TOLD["persona"]}
    asked = requests.Request("GET", url, params=query).prepare()
    back = auth.session.send(asked, allow_redirects=False, timeout=10).headers["location"]
    found = parse_qs(urlsplit(back).query)
    assert found["state"] == ["a-state"], back
    answer = auth.exchange_auth_code_for_access_token(found["code"][0])
    told = auth.introspect_access_token(answer.access_token)
    return answer.access_token, answer.scope, [told.active, told.status, told.auth_type, told.scope]


def post_as_member(token):
    client = directed(RestliClient())
    userinfo = client.get(resource_path="/userinfo", access_token=token).entity
    author = f"urn:li:person:{userinfo['sub']}"
    begun = client.action(
        resource_path="/images",
        action_name="initializeUpload",
        action_params={"initializeUploadRequest": {"owner": author}},
        access_token=token,
        version_string=VERSION,
    ).value
    picture = requests.get(f"{SANDBOX}/samples/stranger.jpg", timeout=10).content
    headers = {"authorization": f"Bearer {token}"}
    put = requests.put(begun["uploadUrl"], data=picture, headers=headers, timeout=10).status_code
    content = {"media": {"id": begun["image"], "altText": "A picture"}}
    made = create(client, token, author, TOLD["message"], content=content)
    return {"name": userinfo["name"], "put": put, "status": made.status_code, "id": made.decoded_entity_id}


def post_as_page(token):
    client = directed(RestliClient())
    call = {"access_token": token, "version_string": VERSION}
    query = {"role": "ADMINISTRATOR", "state": "APPROVED", "count": 100}
    roles = client.finder(resource_path="/organizationAcls", finder_name="roleAssignee", query_params=query, **call)
    author = roles.elements[0]["organization"]
    number = author.rpartition(":")[2]
    batch = client.batch_get(resource_path="/organizations", ids=[number], **call)
    made = create(client, token, author, r"By a Page \(of ours\)")
    urn = made.decoded_entity_id
    query = {"author": author, "count": 10}
    found = client.finder(resource_path="/posts", finder_name="author", query_params=query, **call)
    changed = client.partial_update(
        resource_path="/posts/{urn}", path_keys={"urn": urn}, patch_set_object={"commentary": "Changed"}, **call
    )
    read = client.get(resource_path="/posts/{urn}", path_keys={"urn": urn}, **call)
    deleted = client.delete(resource_path="/posts/{urn}", path_keys={"urn": urn}, **call)
    return {
        "roles": len(roles.elements),
        "name": batch.results[number]["localizedName"],
        "id": urn,
        "found": [one["id"] for one in found.elements],
        "read": read.entity["commentary"],
        "statuses": [made.status_code, changed.status_code, deleted.status_code],
    }


def create(client, token, author, commentary, **fields):
    entity = {
        "author": author,
        "commentary": commentary,
        "visibility": "PUBLIC",
        "distribution": DISTRIBUTION,
        "lifecycleState": "PUBLISHED",
        **fields,
    }
    return client.create(resource_path="/posts", entity=entity, access_token=token, version_string=VERSION)


main()

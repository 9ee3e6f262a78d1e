"""What a platform does of its own accord, on demand: callbacks to the server under test, and losses it only notices.

A trigger changes the sandbox as the real event would, and then tells the server where Meta would tell it.
"""

from typing import Any, Literal

from pydantic import Field, ValidationError

from sandbox.meta import facts
from sandbox.meta.callback_triggers import CALLBACKS
from sandbox.meta.graph import Post
from sandbox.meta.instagram_objects import Container
from sandbox.meta.personas import InstagramAccount, Page, Person
from sandbox.meta.publishing import enter, new_post_id
from sandbox.meta.scene import NoOptions, Outcome, Scene, Trigger, TriggerError, tokens
from sandbox.meta.targets import find_account, find_page, find_person
from sandbox.meta.throttle import Rate
from sandbox.rules import When

ROLE_LOST = 492


class Reason(NoOptions):
    """Why a token ends."""

    reason: Literal[458, 460, 463, 464, 467, 492] = Field(
        default=460,
        description="458 app removed, 460 password changed, 463 expired, 464 unconfirmed user, 467 logged out, "
        "492 role on the Page lost",
    )


class Permission(NoOptions):
    """Which permission."""

    permission: str = Field(default="pages_manage_posts", description="the permission that is taken back")


class Words(NoOptions):
    """What is said."""

    text: str = Field(default="Said by hand", min_length=1, description="what it says")


class Minutes(NoOptions):
    """How long."""

    minutes: float = Field(default=5, gt=0, le=1440, description="until access is regained, on the sandbox's clock")


async def pull(scene: Scene, name: str, target: str, options: dict[str, Any]) -> Outcome:
    """Let something happen.

    Raises:
        TriggerError: If there is no such trigger, or its options do not fit.
        TargetError: If there is no such target.
    """
    trigger = TRIGGERS.get(name)
    if trigger is None:
        raise TriggerError(f"There is no trigger {name[:60]!r}; there are {', '.join(TRIGGERS)}.")
    try:
        chosen = trigger.options.model_validate(options)
    except ValidationError as error:
        raise TriggerError(_problems(trigger, error)) from error
    return await trigger.run(scene, target, chosen)


async def _invalidate_token(scene: Scene, target: str, options: Reason) -> Outcome:
    person = find_person(scene.meta.people, target)
    ended = scene.meta.tokens.kill(person.id, options.reason)
    return Outcome(f"{tokens(ended)} of {person.name} ended (190/{options.reason}).")


async def _revoke_permission(scene: Scene, target: str, options: Permission) -> Outcome:
    person = find_person(scene.meta.people, target)
    grant = scene.meta.signins.grants.get(person.id)
    if grant is None:
        raise TriggerError(f"{person.name} has not signed in: there is no permission to take back.")
    if options.permission == facts.ALWAYS_GRANTED or not scene.meta.signins.decline(person.id, options.permission):
        known = ", ".join(name for name in grant.permissions if name != facts.ALWAYS_GRANTED)
        raise TriggerError(f"{person.name} was not asked for {options.permission[:60]!r}; there are {known or 'none'}.")
    return Outcome(f"{person.name} took {options.permission} back.")


async def _checkpoint(scene: Scene, target: str, _: NoOptions) -> Outcome:
    return _set_checkpoint(scene, find_person(scene.meta.people, target), checkpointed=True)


async def _lift_checkpoint(scene: Scene, target: str, _: NoOptions) -> Outcome:
    return _set_checkpoint(scene, find_person(scene.meta.people, target), checkpointed=False)


def _set_checkpoint(scene: Scene, person: Person, *, checkpointed: bool) -> Outcome:
    scene.meta.people.checkpoints[person.id] = checkpointed
    if checkpointed:
        return Outcome(f"{person.name} must log in at Facebook first; every token is refused (190/459) until then.")
    return Outcome(f"{person.name} logged in at Facebook; tokens work again.")


async def _remove_role(scene: Scene, target: str, _: NoOptions) -> Outcome:
    page = find_page(scene.meta.people, target)
    scene.meta.people.lost_pages[page.id] = True
    ended = scene.meta.tokens.kill_page(page.id, ROLE_LOST)
    person = scene.meta.people.holders[page.id]
    return Outcome(f"{person.name} has no role on {page.name} any more; {tokens(ended)} of the Page ended (190/492).")


async def _restore_role(scene: Scene, target: str, _: NoOptions) -> Outcome:
    page = find_page(scene.meta.people, target)
    scene.meta.people.lost_pages.pop(page.id, None)
    person = scene.meta.people.holders[page.id]
    return Outcome(f"{person.name} has a role on {page.name} again; a new token of the Page is there for the asking.")


async def _rate_limit(scene: Scene, target: str, options: Minutes) -> Outcome:
    account = find_account(scene.meta.people, target)
    code = 80002 if isinstance(account, InstagramAccount) else 80001
    world, seconds = scene.meta.world, options.minutes * 60
    when = When(account=account.id, seconds=seconds)
    rule = world.faults.add(
        "rate", now=world.clock.now(), endpoint="*", options={"code": code, "minutes": options.minutes}, when=when
    )
    if isinstance(rule.fault, Rate):
        rule.fault.begin(account.id, until=world.clock.now() + seconds)
    world.faults.note([rule])
    return Outcome(
        f"{account.name} refuses every call for {options.minutes:g} minutes ({code}); it is fault {rule.id}."
    )


async def _post_by_hand(scene: Scene, target: str, options: Words) -> Outcome:
    page = find_page(scene.meta.people, target)
    now = scene.meta.world.clock.now()
    post = Post(new_post_id(page), page, options.text, None, (), created_at=now, published=True, by_hand=True)
    scene.meta.graph.add(post)
    enter(scene.meta, post)
    return Outcome(f"Somebody posted on {page.name} by hand: {post.id}. The app may not change it.")


async def _expire_containers(scene: Scene, target: str, _: NoOptions) -> Outcome:
    account = find_account(scene.meta.people, target)
    account = account.instagram if isinstance(account, Page) else account
    if account is None:
        raise TriggerError(f"{target} has no Instagram account.")
    graph, now = scene.meta.graph, scene.meta.world.clock.now()
    waiting = [
        one
        for one in graph.objects.values()
        if isinstance(one, Container) and one.account is account and not one.media_ids and one.expires_at > now
    ]
    for container in waiting:
        container.expires_at = now
        graph.objects.touch(container.id)
    number = "1 container" if len(waiting) == 1 else f"{len(waiting)} containers"
    return Outcome(f"{number} of @{account.username} expired.")


def _problems(trigger: Trigger, error: ValidationError) -> str:
    told = " ".join(f"{'.'.join(map(str, item['loc']))}: {item['msg']}." for item in error.errors())
    takes = ", ".join(trigger.options.model_fields) or "no options"
    return f"{trigger.name} cannot be pulled like this: {told} It takes {takes}."


TRIGGERS = {
    trigger.name: trigger
    for trigger in (
        *CALLBACKS,
        Trigger("invalidate-token", "A person's tokens end, for a reason", "person", _invalidate_token, Reason),
        Trigger("revoke-permission", "A person takes a permission back", "person", _revoke_permission, Permission),
        Trigger("checkpoint", "Facebook wants a person to log in first: 190/459", "person", _checkpoint),
        Trigger("lift-checkpoint", "The person logged in; tokens work again", "person", _lift_checkpoint),
        Trigger("remove-role", "A person loses their role on a Page: 190/492", "page", _remove_role),
        Trigger("restore-role", "A person gets their role on a Page back", "page", _restore_role),
        Trigger("rate-limit", "A Page or Instagram account refuses calls for a time", "account", _rate_limit, Minutes),
        Trigger("post-by-hand", "Somebody posts on a Page without the app", "page", _post_by_hand, Words),
        Trigger("expire-containers", "Containers that wait to be published expire", "account", _expire_containers),
    )
}
"""All triggers by name."""

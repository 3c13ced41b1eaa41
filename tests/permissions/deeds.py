"""Everything that is told over WebSocket, brought about once, by Ana or by the administrator."""

from collections.abc import AsyncGenerator
from typing import Any

import httpx

from tests.permissions.scene import SECRET, Scene


async def done(answer: httpx.Response) -> Any:
    """What a deed is answered; it must have worked."""
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.text}"
    return answer.json() if answer.content else None


async def deeds(here: Scene) -> AsyncGenerator[str]:
    """Do one thing after the other; gives its name when it is done."""
    for some in (_talk, _incidents, _channels, _accounts, _own_things, _ends):
        async for name in some(here):
            yield name


async def _talk(here: Scene) -> AsyncGenerator[str]:
    ana, channel_id, post_id = here.ana, here.names["channel_id"], here.names["post_id"]
    made = await done(await ana.post("/posts", {"channel_id": channel_id, "message": SECRET}))
    yield "a post"
    await done(await ana.post("/users/me/typing", {"channel_id": channel_id}))
    yield "typing"
    await done(await ana.put(f"/posts/{made['id']}/patch", {"message": f"{SECRET}!"}))
    yield "a post is edited"
    smile = {"user_id": ana.id, "post_id": post_id, "emoji_name": "smile"}
    await done(await ana.post("/reactions", smile))
    yield "a reaction"
    await done(await ana.delete(f"/users/me/posts/{post_id}/reactions/smile"))
    yield "a reaction is taken back"
    await done(await ana.post(f"/users/me/posts/{post_id}/set_unread"))
    yield "a post is unread again"
    post = {"channel_id": channel_id, "message": SECRET}
    alone = {"user_id": here.callers["channel"].id, "post": post}
    await done(await here.callers["admin"].post("/posts/ephemeral", alone))
    yield "a post for one member"
    await done(await ana.delete(f"/posts/{made['id']}"))
    yield "a post is deleted"


async def _channels(here: Scene) -> AsyncGenerator[str]:
    ana, admin = here.ana, here.callers["admin"]
    channel_id, team_id = here.names["channel_id"], here.names["team_id"]
    member, inside = here.callers["member"], here.callers["channel"]
    new = {"team_id": team_id, "name": "newer", "display_name": SECRET, "type": "P"}
    await done(await ana.post("/channels", new))
    yield "a private channel"
    await done(await ana.put(f"/channels/{channel_id}/patch", {"header": SECRET}))
    yield "a private channel is changed"
    await done(await ana.post(f"/channels/{channel_id}/members", {"user_id": member.id}))
    yield "somebody is added to a private channel"
    await done(await ana.delete(f"/channels/{channel_id}/members/{member.id}"))
    yield "somebody is removed from a private channel"
    await done(await ana.put(f"/channels/{channel_id}/members/{ana.id}/notify_props", {"desktop": "all"}))
    yield "one's membership is changed"
    await done(await ana.post("/channels/members/me/view", {"channel_id": channel_id}))
    yield "a channel is read"
    await done(await ana.post("/channels/direct", [ana.id, member.id]))
    yield "a direct channel with a member"
    await done(await ana.post("/channels/group", [ana.id, member.id, inside.id]))
    yield "a group with two"
    await done(await admin.delete(f"/channels/{channel_id}"))
    yield "a private channel is archived"
    await done(await admin.post(f"/channels/{channel_id}/restore"))
    yield "a private channel is restored"


async def _accounts(here: Scene) -> AsyncGenerator[str]:
    admin, team_id = here.callers["admin"], here.names["team_id"]
    member, outsider = here.callers["member"], here.callers["outsider"]
    new = {"username": "new", "email": "new@example.com", "password": here.names["password"]}
    await done(await admin.post("/users", new))
    yield "an account"
    await done(await here.ana.put("/users/me/patch", {"nickname": "An"}))
    yield "an account is changed"
    await done(await admin.put(f"/users/{member.id}/roles", {"roles": "system_user"}))
    yield "a member's roles in the system"
    await done(await admin.put(f"/teams/{team_id}/members/{member.id}/roles", {"roles": "team_user"}))
    yield "a member's roles in the team"
    joining = {"team_id": team_id, "user_id": outsider.id}
    await done(await admin.post(f"/teams/{team_id}/members", joining))
    yield "the outsider joins the team"
    await done(await admin.delete(f"/teams/{team_id}/members/{outsider.id}"))
    yield "the outsider leaves the team"


async def _own_things(here: Scene) -> AsyncGenerator[str]:
    ana, team_id = here.ana, here.names["team_id"]
    preference = [{"user_id": ana.id, "category": "theme", "name": "x", "value": "y"}]
    await done(await ana.put("/users/me/preferences", preference))
    yield "a preference"
    await done(await ana.post("/users/me/preferences/delete", preference))
    yield "a preference is deleted"
    await done(await ana.put("/users/me/status", {"user_id": ana.id, "status": "dnd"}))
    yield "a status"
    place = f"/users/me/teams/{team_id}/channels/categories"
    category = {"user_id": ana.id, "team_id": team_id, "display_name": "More", "channel_ids": []}
    made = await done(await ana.post(place, category))
    yield "a category"
    await done(await ana.put(f"{place}/{made['id']}", {**category, "id": made["id"], "display_name": "Less"}))
    yield "a category is changed"
    order = (await done(await ana.get(place)))["order"]
    await done(await ana.put(f"{place}/order", order[::-1]))
    yield "categories are put in order"
    await done(await ana.delete(f"{place}/{made['id']}"))
    yield "a category is deleted"


async def _incidents(here: Scene) -> AsyncGenerator[str]:
    ana, names = here.ana, here.names
    await done(await ana.v0.patch(f"/incidents/{names['incident_id']}", json={"active_stage": 1}))
    yield "a private incident is led on"
    new = {"name": "Public", "team_id": names["team_id"], "commander_user_id": ana.id}
    made = await done(await ana.v0.post("/incidents", json=new))
    yield "a public incident"
    await done(await ana.v0.post(f"/incidents/{made['id']}/status", json={"message": "m", "reminder": 0}))
    yield "a public incident's status"
    for incident, what in ((made["channel_id"], "public"), (names["incident_channel_id"], "private")):
        await done(await ana.post("/posts", {"channel_id": incident, "message": SECRET}))
        yield f"a post in a {what} incident"
    for privacy, what in (("O", "public"), ("P", "private again")):
        place = f"/channels/{names['incident_channel_id']}/privacy"
        await done(await here.callers["admin"].put(place, {"privacy": privacy}))
        yield f"the channel of a private incident becomes {what}"
    private = {**new, "name": SECRET, "playbook_id": names["playbook_id"]}
    await done(await ana.v0.post("/incidents", json=private))
    yield "a private incident"
    found = await ana.v0.get(f"/playbooks/{names['playbook_id']}")
    await done(await ana.v0.put(f"/playbooks/{names['playbook_id']}", json=found.json()))
    yield "a playbook is saved"
    start = {"channel_id": names["channel_id"], "command": "/incident start"}
    await done(await ana.post("/commands/execute", start))
    yield "a dialog"


async def _ends(here: Scene) -> AsyncGenerator[str]:
    admin, names = here.callers["admin"], here.names
    await done(await admin.put(f"/channels/{names['channel_id']}/privacy", {"privacy": "O"}))
    yield "a private channel becomes public"
    await done(await admin.put(f"/teams/{names['team_id']}/patch", {"description": "Other"}))
    yield "the team is changed"
    await done(await admin.delete(f"/teams/{names['team_id']}"))
    yield "the team is archived"
    await done(await admin.post(f"/teams/{names['team_id']}/restore"))
    yield "the team is restored"
    for state in (False, True):
        states = {"com.mattermost.plugin-incident-management": {"Enable": state}}
        await done(await admin.put("/config/patch", {"PluginSettings": {"PluginStates": states}}))
        yield f"incidents are switched {'on' if state else 'off'}"

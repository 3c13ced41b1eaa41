"""A team with everything that an address can name, all of it Ana's, and one of each kind of caller."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import inspect

from commandpost.workspace.store import users
from tests.support.incidents import STAGES
from tests.support.people import PASSWORD, Person, Room
from tests.support.routes import Route

SECRET = "xylophone"
"""What only those in the private channels and the administrator of the system may read."""

CALLERS = (
    "nobody",
    "deactivated",
    "outsider",
    "guest",
    "bot",
    "member",
    "playbook",
    "channel",
    "lead",
    "admin",
)
"""Not signed in; signed in and then deactivated; of another team; guest, bot and member of the team; such
members in the playbook, or in the private channels; administrator of the team; of the system."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What is there. `callers` by the names above, `names` for the parameters of addresses and bodies."""

    room: Room
    ana: Person
    callers: Mapping[str, Person]
    names: Mapping[str, str]

    def body(self, route: Route, asker: Person) -> Any:
        """A body that is well formed and names what is there."""
        if (given := _BODIES.get(str(route))) is not None:
            return _filled(given, {**self.names, "asker": asker.id})
        return None if route.body is None else self._shaped(inspect.type_info(route.body))

    def path(self, route: Route) -> str:
        """The address, of what there is for that route."""
        names = dict(self.names)
        if route.is_v0:
            names["channel_id"] = names["incident_channel_id"]
        if "/hooks/outgoing" in route.template:
            names["hook_id"] = names["outgoing_hook_id"]
        return route.path(names)

    def query(self, route: Route) -> dict[str, str]:
        """What the addresses that list or look for something are told."""
        if route.method != "GET" and not route.template.endswith(("/import", "/files")):
            return {}
        channel = "incident_channel_id" if route.is_v0 else "channel_id"
        names = {"team_id": self.names["team_id"], "channel_id": self.names[channel]}
        return {**names, "filename": "a.txt", "prefix": "/e", "user_input": "/e"}

    def _shaped(self, shape: inspect.Type, name: str = "") -> Any:
        match shape:
            case inspect.StructType(fields=fields):
                wanted = [one for one in fields if one.required or one.encode_name in self.names]
                return {one.encode_name: self._shaped(one.type, one.encode_name) for one in wanted}
            case inspect.StrType():
                return self.names.get(name, "x")
            case inspect.BoolType():
                return False
            case inspect.IntType():
                return 0
            case inspect.ListType(item_type=item):
                return [self._shaped(item)]
            case inspect.DictType():
                return {}
            case inspect.UnionType(types=types):
                return self._shaped(types[0], name)
            case _:
                return None


def _filled(value: Any, names: Mapping[str, str]) -> Any:
    match value:
        case str():
            return names[value[1:]] if value.startswith("$") else value
        case list():
            return [_filled(one, names) for one in value]
        case dict():
            return {key: _filled(one, names) for key, one in value.items()}
        case _:
            return value


_V0 = "/plugins/com.mattermost.plugin-incident-management/api/v0"
_PLAYBOOK = {"title": "Outage", "team_id": "$team_id", "checklists": [], "member_ids": ["$user_id"]}
_DIALOG = {"url": "http://127.0.0.1:1/", "channel_id": "$channel_id", "team_id": "$team_id", "submission": {}}
_HOOK = {
    "team_id": "$team_id",
    "channel_id": "",
    "trigger_words": ["x"],
    "callback_urls": ["https://x.example/"],
}
_CATEGORY = {"id": "$category_id", "user_id": "$user_id", "team_id": "$team_id", "display_name": "Mine"}
_COMMAND = {"team_id": "$team_id", "trigger": "more", "url": "https://x.example/", "method": "P"}
_BODIES: dict[str, Any] = {
    "POST /api/v4/actions/dialogs/lookup": _DIALOG,
    "POST /api/v4/actions/dialogs/submit": _DIALOG,
    "POST /api/v4/bots": {"username": "another"},
    "PUT /api/v4/bots/{bot_id}": {"display_name": "Other"},
    "POST /api/v4/reactions": {"user_id": "$asker", "post_id": "$post_id", "emoji_name": "smile"},
    "POST /api/v4/posts": {"channel_id": "$channel_id", "message": "m"},
    "PUT /api/v4/teams/{team_id}/members/{user_id}/schemeRoles": {"scheme_user": True, "scheme_admin": False},
    "POST /api/v4/channels": {"team_id": "$team_id", "name": "new", "display_name": "New", "type": "P"},
    "POST /api/v4/channels/direct": ["$user_id", "$bot_id"],
    "POST /api/v4/channels/group": ["$user_id", "$bot_id", "$admin_id"],
    "POST /api/v4/channels/members/{user_id}/mark_read": ["$channel_id"],
    "POST /api/v4/channels/{channel_id}/members/ids": ["$user_id"],
    "PUT /api/v4/channels/{channel_id}/members/{user_id}/schemeRoles": {
        "scheme_admin": True,
        "scheme_user": True,
    },
    "PUT /api/v4/channels/{channel_id}/members/{user_id}/roles": {"roles": "channel_user"},
    "PUT /api/v4/channels/{channel_id}/privacy": {"privacy": "O"},
    "POST /api/v4/commands": _COMMAND,
    "POST /api/v4/commands/execute": {"channel_id": "$channel_id", "command": "/echo hello"},
    "PUT /api/v4/commands/{command_id}": {**_COMMAND, "id": "$command_id"},
    "POST /api/v4/hooks/outgoing": _HOOK,
    "PUT /api/v4/hooks/incoming/{hook_id}": {"id": "$hook_id", "channel_id": "$channel_id"},
    "PUT /api/v4/hooks/outgoing/{hook_id}": {**_HOOK, "id": "$outgoing_hook_id"},
    "PUT /api/v4/channels/{channel_id}": {"id": "$channel_id", "display_name": "Other"},
    "PUT /api/v4/teams/{team_id}": {"id": "$team_id", "display_name": "Other"},
    "PUT /api/v4/users/{user_id}": {"id": "$user_id", "username": "ana", "email": "ana@example.com"},
    "PUT /api/v4/posts/{post_id}": {"id": "$post_id", "message": "Other"},
    "POST /api/v4/posts/ids": ["$post_id"],
    "POST /api/v4/posts/ids/reactions": ["$post_id"],
    "POST /api/v4/posts/ephemeral": {
        "user_id": "$user_id",
        "post": {"channel_id": "$channel_id", "message": "m"},
    },
    "POST /api/v4/teams": {"name": "newteam", "display_name": "New", "type": "I"},
    "POST /api/v4/teams/{team_id}/channels/ids": ["$channel_id"],
    "POST /api/v4/teams/{team_id}/members": {"team_id": "$team_id", "user_id": "$stranger_id"},
    "POST /api/v4/teams/{team_id}/members/batch": [{"team_id": "$team_id", "user_id": "$stranger_id"}],
    "POST /api/v4/teams/{team_id}/members/ids": ["$user_id"],
    "PUT /api/v4/teams/{team_id}/members/{user_id}/roles": {"roles": "team_user"},
    "POST /api/v4/users/ids": ["$user_id"],
    "POST /api/v4/users/status/ids": ["$user_id"],
    "POST /api/v4/users/usernames": ["ana"],
    "POST /api/v4/users/group_channels": ["$channel_id"],
    "POST /api/v4/users": {"username": "new", "email": "new@example.com", "password": "$password"},
    "PUT /api/v4/users/{user_id}/password": {"new_password": "$password", "current_password": "wrong"},
    "PUT /api/v4/users/{user_id}/roles": {"roles": "system_user"},
    "PUT /api/v4/users/{user_id}/status": {"user_id": "$user_id", "status": "away"},
    "PUT /api/v4/users/{user_id}/preferences": [
        _PREFERENCE := {"user_id": "$user_id", "category": "theme", "name": "x", "value": "y"}
    ],
    "POST /api/v4/users/{user_id}/preferences/delete": [_PREFERENCE],
    "POST /api/v4/users/{user_id}/teams/{team_id}/channels/categories": {
        "user_id": "$user_id",
        "team_id": "$team_id",
        "display_name": "More",
    },
    "PUT /api/v4/users/{user_id}/teams/{team_id}/channels/categories": [_CATEGORY],
    "PUT /api/v4/users/{user_id}/teams/{team_id}/channels/categories/{category_id}": _CATEGORY,
    "PUT /api/v4/users/{user_id}/teams/{team_id}/channels/categories/order": ["$category_id"],
    f"POST {_V0}/incidents": {
        "name": "Down",
        "team_id": "$team_id",
        "commander_user_id": "$asker",
        "playbook_id": "$playbook_id",
    },
    f"POST {_V0}/incidents/dialog": {
        "user_id": "$asker",
        "team_id": "$team_id",
        "state": "{}",
        "submission": {"playbookID": "$playbook_id", "incidentName": "Down"},
    },
    f"POST {_V0}/eventsubscriptions": {
        "url": "https://x.example/",
        "playbook_id": "$playbook_id",
        "user_id": "$asker",
    },
    f"POST {_V0}/incidents/{{incident_id}}/status": {"message": "m", "reminder": 0},
    f"POST {_V0}/incidents/{{incident_id}}/update-status-dialog": {
        "submission": {"message": "m", "reminder": "0"}
    },
    f"POST {_V0}/incidents/{{incident_id}}/next-stage-dialog": {
        "state": "0",
        "submission": {"modify_stage": "1"},
    },
    f"POST {_V0}/incidents/{{incident_id}}/reminder/button-update": {"user_id": "$asker", "trigger_id": "x"},
    **{
        f"POST {_V0}/incidents/{{incident_id}}/control/{deed}": {"trigger_id": "x"}
        for deed in ("update", "end", "stage", "tick/{task_id}", "restart")
    },
    f"POST {_V0}/alert-sources": {
        "name": "more",
        "team_id": "$team_id",
        "kind": "alertmanager",
        "playbook_id": "$playbook_id",
        "commander_id": "$user_id",
    },
    f"PUT {_V0}/incidents/{{incident_id}}/checklists/{{stage_position}}/add": {"title": "More"},
    f"PUT {_V0}/incidents/{{incident_id}}/review/document": {"text": "m", "version": 1},
    f"PUT {_V0}/incidents/{{incident_id}}/review/document/status": {"status": "published", "version": 1},
    f"POST {_V0}/incidents/{{incident_id}}/follow_ups": {"title": "m"},
    f"PUT {_V0}/incidents/{{incident_id}}/follow_ups/{{follow_up_id}}": {"title": "m", "version": 1},
    f"PUT {_V0}/incidents/{{incident_id}}/follow_ups/{{follow_up_id}}/done": {"version": 1},
    f"PUT {_V0}/incidents/{{incident_id}}/follow_ups/{{follow_up_id}}/open": {"version": 1},
    f"POST {_V0}/playbooks": _PLAYBOOK,
    f"POST {_V0}/playbooks/import": {"format": "command-post.playbook", "version": 1, "title": "Outage"},
    f"PUT {_V0}/playbooks/{{playbook_id}}": _PLAYBOOK,
}


async def scene(room: Room, admin: Person) -> Scene:
    """Everything made over the doors, as people make it."""
    ana = await room.person("ana", roles="system_user system_user_access_token")
    people = {
        name: await room.person(f"the-{name}", roles="system_guest" if name == "guest" else "")
        for name in CALLERS
        if name not in ("nobody", "bot", "admin")
    }
    made = (await admin.post("/bots", {"username": "robot"})).json()
    async with room.desks.reading() as desk:
        robot = await users.by_id(desk.work, made["user_id"])
    assert robot is not None
    callers = {**people, "bot": await room.signed_in(robot), "nobody": room.stranger(), "admin": admin}
    of_team = [one for name, one in callers.items() if name not in ("nobody", "outsider", "admin")]
    team = await room.team("ops", admin, ana, *of_team)
    await room.team("other", callers["outsider"])
    lead = {"roles": "team_user team_admin"}
    for one in (ana, callers["lead"]):
        await _done(admin, "put", f"/teams/{team.id}/members/{one.id}/roles", lead)

    names = {"user_id": ana.id, "username": "ana", "email": "ana@example.com", "team_id": team.id}
    channel = {"team_id": team.id, "name": "secret", "display_name": SECRET, "type": "P"}
    channel_id = (await _done(ana, "post", "/channels", channel))["id"]
    inside = callers["channel"]
    await _done(ana, "post", f"/channels/{channel_id}/members", {"user_id": inside.id})
    upload = await ana.v4.post("/files", params={"channel_id": channel_id, "filename": "a.txt"}, content=b"a")
    file_id = upload.json()["file_infos"][0]["id"]
    post = {"channel_id": channel_id, "message": SECRET, "file_ids": [file_id]}
    post_id = (await _done(ana, "post", "/posts", post))["id"]
    hook = (await _done(ana, "post", "/hooks/incoming", {"channel_id": channel_id}))["id"]
    telling = {"team_id": team.id, "trigger_words": ["w"], "callback_urls": ["https://x.example/"]}
    outgoing = (await _done(ana, "post", "/hooks/outgoing", telling))["id"]
    command = {"team_id": team.id, "trigger": "ours", "url": "https://x.example/", "method": "P"}
    command_id = (await _done(ana, "post", "/commands", command))["id"]
    token_id = (await _done(ana, "post", "/users/me/tokens", {"description": "t"}))["id"]
    category = {"display_name": "Mine", "channel_ids": []}
    place = f"/users/me/teams/{team.id}/channels/categories"
    category_id = (await _done(ana, "post", place, category))["id"]
    plan = {**_PLAYBOOK, "team_id": team.id, "checklists": STAGES, "create_public_incident": False}
    plan["member_ids"] = [ana.id, callers["playbook"].id]
    playbook_id = (await ana.v0.post("/playbooks", json=plan)).json()["id"]
    new = {"name": SECRET, "team_id": team.id, "commander_user_id": ana.id, "playbook_id": playbook_id}
    incident = (await ana.v0.post("/incidents", json=new)).json()
    await _done(ana, "post", f"/channels/{incident['channel_id']}/members", {"user_id": inside.id})
    below = f"/incidents/{incident['id']}"
    written = {"text": SECRET, "version": 0}
    assert (await ana.v0.put(f"{below}/review/document", json=written)).status_code == 200
    follow_up_id = (await ana.v0.post(f"{below}/follow_ups", json={"title": SECRET})).json()["id"]
    source = {"name": "s", "team_id": team.id, "kind": "alertmanager", "playbook_id": playbook_id}
    source_id = (await ana.v0.post("/alert-sources", json={**source, "commander_id": ana.id})).json()["id"]
    await _done(admin, "put", f"/users/{callers['deactivated'].id}/active", {"active": False})
    names |= {
        "name": team.name,
        "channel_id": channel_id,
        "channel_name": "secret",
        "post_id": post_id,
        "file_id": file_id,
        "hook_id": hook,
        "outgoing_hook_id": outgoing,
        "command_id": command_id,
        "token_id": token_id,
        "category_id": category_id,
        "playbook_id": playbook_id,
        "proposal_id": "unknown",
        "decision_id": "unknown",
        "incident_id": incident["id"],
        "incident_channel_id": incident["channel_id"],
        "alert_source_id": source_id,
        "follow_up_id": follow_up_id,
        "document_version": "1",
        "commander_id": ana.id,
        "admin_id": admin.id,
        "stranger_id": callers["outsider"].id,
        "bot_id": made["user_id"],
        "session_id": ana.session_id,
        "invite_id": "unknown",
        "emoji_name": "smile",
        "emoji_id": "unknown",
        "role_id": "unknown",
        "action_id": "none",
        "category": "theme",
        "stage_position": "0",
        "task_id": "gone",
        "task_position": "0",
        "integration_name": "jira",
        "plugin_id": "com.mattermost.plugin-incident-management",
        "password": PASSWORD,
    }
    return Scene(room=room, ana=ana, callers=callers, names=names)


async def _done(who: Person, method: str, path: str, json: Any) -> Any:
    answer = await who.v4.request(method, path, json=json)
    assert answer.is_success, f"{method} {path}: {answer.text}"
    return answer.json()

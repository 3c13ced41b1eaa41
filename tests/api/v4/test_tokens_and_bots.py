"""Personal access tokens and bots over REST v4."""

from commandpost.workspace.actions import bots
from tests.support.people import PASSWORD, Person, Room


async def status_with(room: Room, token: str) -> int:
    answer = await room.stranger().get("/users/me", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


async def test_a_token_is_shown_once_and_signs_in(room: Room, admin: Person) -> None:
    made = await admin.post("/users/me/tokens", {"description": "script"})

    token = made.json()
    assert made.status_code == 200
    assert set(token) == {"id", "token", "user_id", "description", "is_active"}
    assert await status_with(room, token["token"]) == 200
    listed = (await admin.get("/users/me/tokens")).json()
    one = (await admin.get(f"/users/tokens/{token['id']}")).json()
    assert listed == [one]
    assert "token" not in one
    assert one["description"] == "script"


async def test_a_token_is_disabled_enabled_and_revoked(room: Room, admin: Person) -> None:
    made = (await admin.post("/users/me/tokens", {"description": "script"})).json()
    body = {"token_id": made["id"]}

    await admin.post("/users/tokens/disable", body)
    assert await status_with(room, made["token"]) == 401
    await admin.post("/users/tokens/enable", body)
    assert await status_with(room, made["token"]) == 200
    await admin.post("/users/tokens/revoke", body)
    assert await status_with(room, made["token"]) == 401
    assert (await admin.get(f"/users/tokens/{made['id']}")).status_code == 404


async def test_tokens_need_the_role_for_them(admin: Person, ana: Person, ben: Person) -> None:
    without = await ana.post("/users/me/tokens", {"description": "script"})
    await admin.put(f"/users/{ana.id}/roles", {"roles": "system_user system_user_access_token"})
    with_role = await ana.post("/users/me/tokens", {"description": "script"})
    for_other = await ana.post(f"/users/{ben.id}/tokens", {"description": "script"})
    by_admin = await admin.post(f"/users/{ben.id}/tokens", {"description": "script"})
    others = await ana.get(f"/users/tokens/{by_admin.json()['id']}")

    assert (without.status_code, with_role.status_code, for_other.status_code) == (403, 200, 403)
    assert by_admin.json()["user_id"] == ben.id
    assert others.status_code == 403
    assert (await ana.get("/users/tokens")).status_code == 403
    assert len((await admin.get("/users/tokens")).json()) == 2


async def test_where_tokens_are_switched_off_only_those_of_bots_are_good(room: Room, admin: Person) -> None:
    own = (await admin.post("/users/me/tokens", {"description": "script"})).json()
    room.configure(enable_user_access_tokens=False)
    bot = (await admin.post("/bots", {"username": "robot"})).json()

    refused = await admin.post("/users/me/tokens", {"description": "another"})
    of_bot = (await admin.post(f"/users/{bot['user_id']}/tokens", {"description": "robot"})).json()

    assert refused.status_code == 501
    assert await status_with(room, own["token"]) == 401
    assert await status_with(room, of_bot["token"]) == 200


async def test_a_token_needs_a_description(admin: Person) -> None:
    assert (await admin.post("/users/me/tokens", {"description": " "})).status_code == 400
    assert (await admin.post("/users/me/tokens", {})).status_code == 400


async def test_a_bot_is_made_by_an_administrator_and_is_a_user(admin: Person, ana: Person) -> None:
    made = await admin.post(
        "/bots", {"username": "Robot", "display_name": "The Robot", "description": "Does things."}
    )

    bot = made.json()
    assert made.status_code == 201
    assert bot["username"] == "robot"
    assert (bot["display_name"], bot["description"]) == ("The Robot", "Does things.")
    assert bot["owner_id"] == admin.id
    user = (await ana.get(f"/users/{bot['user_id']}")).json()
    assert (user["is_bot"], user["bot_description"], user["roles"]) == (True, "Does things.", "system_user")
    assert (await ana.post("/bots", {"username": "mine"})).status_code == 403


async def test_making_bots_can_be_switched_off(room: Room, admin: Person) -> None:
    room.configure(enable_bot_account_creation=False)

    refused = await admin.post("/bots", {"username": "robot"})

    assert (refused.status_code, refused.json()["id"]) == (403, "api.bot.create_disabled")
    assert (await admin.get("/config/client?format=old")).json()["EnableBotAccountCreation"] == "false"


async def test_a_bot_is_changed_disabled_and_enabled(room: Room, admin: Person) -> None:
    bot_id = (await admin.post("/bots", {"username": "robot"})).json()["user_id"]
    token = (await admin.post(f"/users/{bot_id}/tokens", {"description": "robot"})).json()["token"]

    changed = (await admin.put(f"/bots/{bot_id}", {"username": "android", "display_name": "A"})).json()
    taken = await admin.put(f"/bots/{bot_id}", {"username": "admin"})
    disabled = (await admin.post(f"/bots/{bot_id}/disable")).json()

    assert (changed["username"], changed["display_name"]) == ("android", "A")
    assert taken.status_code == 400
    assert disabled["delete_at"] > 0
    assert await status_with(room, token) == 401
    assert (await admin.get(f"/bots/{bot_id}")).status_code == 404
    assert (await admin.get(f"/bots/{bot_id}?include_deleted=true")).status_code == 200
    assert bot_id not in {bot["user_id"] for bot in (await admin.get("/bots")).json()}
    enabled = (await admin.post(f"/bots/{bot_id}/enable")).json()
    assert enabled["delete_at"] == 0
    assert await status_with(room, token) == 200


async def test_bots_are_the_business_of_their_owner_and_administrators(
    admin: Person, ana: Person, ben: Person
) -> None:
    bot_id = (await admin.post("/bots", {"username": "robot"})).json()["user_id"]
    await admin.post(f"/bots/{bot_id}/assign/{ana.id}")

    assert [bot["username"] for bot in (await ana.get("/bots")).json()] == ["robot"]
    assert (await ben.get("/bots")).json() == []
    assert (await ana.put(f"/bots/{bot_id}", {"display_name": "Mine"})).status_code == 200
    assert (await ben.put(f"/bots/{bot_id}", {"display_name": "Mine"})).status_code == 404
    assert (await ben.post(f"/users/{bot_id}/tokens", {"description": "x"})).status_code == 403
    assert (await ana.post(f"/users/{bot_id}/tokens", {"description": "x"})).status_code == 200
    assert (await admin.get(f"/bots/{ana.id}")).status_code == 404


async def test_the_products_bot_is_made_once_and_kept_up_to_date(room: Room) -> None:
    async with room.desks.writing() as desk:
        first = await bots.ensure(desk, "incident", "Incident Bot", "Old.", "product")
    async with room.desks.writing() as desk:
        second = await bots.ensure(desk, "incident", "Incident Bot", "New.", "product")

    assert first.id == second.id
    assert second.bot_description == "New."
    first_person = await room.stranger().post(
        "/users", {"username": "ana", "email": "ana@example.com", "password": PASSWORD}
    )
    assert "system_admin" in first_person.json()["roles"]

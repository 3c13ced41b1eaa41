"""Signing in with OpenID Connect, against a complete provider: whom it lets in, and what it sees through."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from commandpost.db import Sql
from commandpost.workspace.openid.provider import Provider
from tests.api.v4.test_two_factor import code_of, set_up
from tests.support.openid import CLIENT_ID, CLIENT_SECRET, OpenIdProvider, openid_provider
from tests.support.people import PASSWORD, SITE, Person, Room

_LINKS = Sql("SELECT issuer, subject, user_id FROM openid_accounts")


@pytest.fixture
async def provider(room: Room, admin: Person) -> AsyncGenerator[OpenIdProvider]:
    """A provider that the room lets people sign in with, who may have new accounts."""
    async with openid_provider() as there:
        there.now = lambda: room.clock.now() / 1000
        settings = {"Issuer": there.issuer, "Id": CLIENT_ID, "CreateAccounts": True}
        answer = await admin.put("/config/patch", {"OpenIdSettings": settings})
        assert answer.status_code == 200
        room.app.state.openid = Provider(CLIENT_SECRET)
        yield there
        await room.app.state.openid.close()


@asynccontextmanager
async def browser(room: Room) -> AsyncGenerator[httpx.AsyncClient]:
    """Somebody's browser, which keeps cookies."""
    transport = httpx.ASGITransport(app=room.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(base_url=SITE, transport=transport) as there:
        yield there


async def set_out(there: httpx.AsyncClient, to: str = "/acme/channels/town-square") -> dict[str, str]:
    """What the provider is asked."""
    answer = await there.get("/oauth/openid/login", params={"redirect_to": to})
    assert answer.status_code == 302, answer.text
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


async def signed_in(room: Room, provider: OpenIdProvider, **changes: str) -> tuple[str, str]:
    """Where somebody who logs in at the provider ends, and as whom."""
    async with browser(room) as there:
        back = provider.location(await set_out(there))
        for old, new in changes.items():
            back = back.replace(f"{old}=", f"{new}&gone=")
        return await come_back(there, back)


async def come_back(there: httpx.AsyncClient, back: str) -> tuple[str, str]:
    answer = await there.get(back)
    assert answer.status_code == 302, answer.text
    me = await there.get("/api/v4/users/me")
    return answer.headers["location"], me.json().get("username", "")


async def links(room: Room) -> list[dict[str, Any]]:
    async with room.desks.reading() as desk:
        return [dict(row) for row in await desk.work.all(_LINKS)]


async def deeds(admin: Person, action: str) -> list[dict[str, Any]]:
    return [entry["after"] for entry in (await admin.get("/audits", params={"action": action})).json()]


async def test_somebody_new_gets_an_account_and_later_the_same_whatever_their_address(
    room: Room, provider: OpenIdProvider, admin: Person
) -> None:
    first = await signed_in(room, provider)
    provider.person |= {"email": "ek@example.com", "preferred_username": "someone"}
    second = await signed_in(room, provider)

    assert first == second == ("/acme/channels/town-square", "ana")
    ana = (await admin.get("/users/username/ana")).json()
    assert (ana["email"], ana["first_name"], ana["roles"]) == ("ana@example.com", "Ana", "system_user")
    assert await links(room) == [{"issuer": provider.issuer, "subject": "4711", "user_id": ana["id"]}]
    assert await deeds(admin, "user.openid_linked") == [{"issuer": provider.issuer, "subject": "4711"}]
    login = {"login_id": "ana", "password": ""}
    assert (await room.stranger().post("/users/login", login)).status_code == 401


async def test_the_provider_is_asked_for_a_code_with_a_challenge_and_the_session_is_new(
    room: Room, provider: OpenIdProvider
) -> None:
    async with browser(room) as there:
        there.cookies.set("MMAUTHTOKEN", "a-token-of-the-intruders-choice")
        asked = await set_out(there)
        other = await set_out(there)
        answer = await there.get(provider.location(other))

    assert asked["redirect_uri"] == f"{SITE}/signup/openid/complete"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    for secret in ("state", "nonce", "code_challenge"):
        assert len(asked[secret]) >= 43 and asked[secret] != other[secret]
    cookies = {cookie.split("=")[0]: cookie for cookie in answer.headers.get_list("set-cookie")}
    assert "intruder" not in cookies["MMAUTHTOKEN"]
    assert "HttpOnly" in cookies["MMAUTHTOKEN"] and "SameSite=lax" in cookies["MMAUTHTOKEN"]


async def test_nobody_is_sent_to_another_site(room: Room, provider: OpenIdProvider) -> None:
    for elsewhere in ("https://evil.test/", "//evil.test", "/\\evil.test", "/\tx", "/%0d%0aX: y", ""):
        async with browser(room) as there:
            back = provider.location(await set_out(there, elsewhere))

            assert (await come_back(there, back))[0] in ("/", "/%0d%0aX:%20y")


LIES: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.test"},
    "for somebody else": {"aud": "another client"},
    "for several, of which another asked": {"aud": [CLIENT_ID, "another"], "azp": "another"},
    "expired": {"exp": 1_599_999_900},
    "never ends": {"exp": None},
    "from the future": {"iat": 1_600_000_900},
    "of another question": {"nonce": "another"},
    "of no question": {"nonce": None},
    "of nobody": {"sub": None},
    "of an empty name": {"sub": ""},
    "of too long a name": {"sub": "x" * 256},
    "with another access token": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
}


async def test_an_id_token_that_does_not_hold_is_refused(room: Room, provider: OpenIdProvider) -> None:
    answers = {}
    for lie, provider.claims in LIES.items():
        answers[lie] = await signed_in(room, provider)

    assert answers == dict.fromkeys(LIES, ("/login?refused=unproven", ""))
    assert await links(room) == []


async def test_a_forged_signature_is_refused(room: Room, provider: OpenIdProvider) -> None:
    provider.discovery = {"id_token_signing_alg_values_supported": ["RS256", "HS256", "none"]}
    provider.tampers = True
    tampered = await signed_in(room, provider)
    provider.tampers = False
    answers = [tampered]
    for provider.algorithm in ("HS256", "none"):
        answers.append(await signed_in(room, provider))
    provider.algorithm = "RS256"
    provider.sign_with_unpublished()
    answers.append(await signed_in(room, provider))

    assert answers == [("/login?refused=unproven", "")] * 4


async def test_new_keys_are_fetched_when_one_is_unknown(room: Room, provider: OpenIdProvider) -> None:
    await signed_in(room, provider)
    provider.turn_keys()

    assert (await signed_in(room, provider))[1] == "ana"
    assert (await signed_in(room, provider))[1] == "ana"
    assert provider.asked.count("/keys") == 2
    assert provider.asked.count("/.well-known/openid-configuration") == 1


async def test_an_answer_counts_in_the_browser_that_asked_only(room: Room, provider: OpenIdProvider) -> None:
    async with browser(room) as intruder, browser(room) as victim:
        stolen = provider.location(await set_out(intruder))
        await set_out(victim)

        assert await come_back(victim, stolen) == ("/login?refused=stale", "")
        assert (await come_back(intruder, stolen))[1] == "ana"


async def test_a_code_is_good_once(room: Room, provider: OpenIdProvider) -> None:
    async with browser(room) as there:
        back = provider.location(await set_out(there))
        kept = there.cookies["MMOPENID"]
        await there.get(back)
        there.cookies.clear()
        there.cookies.set("MMOPENID", kept)

        assert await come_back(there, back) == ("/login?refused=unproven", "")


async def test_a_provider_that_takes_a_code_twice_opens_nothing_twice(
    room: Room, provider: OpenIdProvider
) -> None:
    provider.forgets_codes = False
    async with browser(room) as there:
        back = provider.location(await set_out(there))
        kept = there.cookies["MMOPENID"]
        await there.get(back)
        there.cookies.clear()
        there.cookies.set("MMOPENID", kept)

        assert await come_back(there, back) == ("/login?refused=stale", "")


async def test_coming_back_late_without_a_code_or_from_another_provider_is_refused(
    room: Room, provider: OpenIdProvider
) -> None:
    assert (await signed_in(room, provider, code="error"))[0] == "/login?refused=cancelled"
    assert (await signed_in(room, provider, state="stat"))[0] == "/login?refused=stale"
    async with browser(room) as there:
        asked = await set_out(there)
        mixed_up = provider.location(asked).replace("iss=http", "iss=https")
        assert (await come_back(there, mixed_up))[0] == "/login?refused=unproven"
        asked = await set_out(there)
        room.clock.turn(seconds=601)
        assert (await come_back(there, provider.location(asked)))[0] == "/login?refused=stale"


async def test_a_provider_that_is_down_or_lies_about_itself_is_said_to_be_away(
    room: Room, provider: OpenIdProvider
) -> None:
    async with browser(room) as there:
        back = provider.location(await set_out(there))
        provider.is_down = True
        assert (await come_back(there, back))[0] == "/login?refused=unavailable"

    lies = ({"issuer": "https://evil.test"}, {"token_endpoint": "http://evil.test/token"}, {"jwks_uri": 7})
    provider.is_down = False
    for lie in lies:
        provider.discovery = lie
        room.app.state.openid = Provider(CLIENT_SECRET)
        async with browser(room) as there:
            answer = await there.get("/oauth/openid/login")
        assert answer.headers["location"] == "/login?refused=unavailable"


async def test_other_hosts_that_the_provider_names_are_not_called_inside_the_network(
    room: Room, provider: OpenIdProvider
) -> None:
    provider.discovery = {"token_endpoint": f"http://[::1]:{provider.port}/token"}

    assert await signed_in(room, provider) == ("/login?refused=unavailable", "")


async def test_an_address_is_asked_for_apart_and_only_about_the_same_person(
    room: Room, provider: OpenIdProvider
) -> None:
    provider.userinfo = {**provider.person, "sub": "another"}
    assert await signed_in(room, provider) == ("/login?refused=unproven", "")

    provider.userinfo = provider.person
    assert (await signed_in(room, provider))[1] == "ana"


async def test_an_account_is_not_taken_over_by_its_address(
    room: Room, provider: OpenIdProvider, admin: Person, ana: Person
) -> None:
    assert await signed_in(room, provider) == ("/login?refused=address_taken", "")
    refused = {"reason": "openid.address_taken", "issuer": provider.issuer, "subject": "4711"}
    assert await deeds(admin, "session.refused") == [refused]

    room.configure(oidc_link_by_email=True)
    for unverified in (False, None, "false"):
        provider.person["email_verified"] = unverified
        assert await signed_in(room, provider) == ("/login?refused=address_unverified", "")
    assert await links(room) == []


async def test_linking_by_address_shuts_out_whoever_made_the_account(
    room: Room, provider: OpenIdProvider, admin: Person, ana: Person
) -> None:
    await admin.put(f"/users/{ana.id}/roles", {"roles": "system_user system_user_access_token"})
    token = (await ana.post(f"/users/{ana.id}/tokens", {"description": "kept back"})).json()["token"]
    room.configure(oidc_link_by_email=True)

    assert (await signed_in(room, provider))[1] == "ana"

    assert (await ana.get("/users/me")).status_code == 401
    by_token = {"Authorization": f"Bearer {token}"}
    assert (await room.stranger().get("/users/me", headers=by_token)).status_code == 401
    login = {"login_id": "ana", "password": PASSWORD}
    assert (await room.stranger().post("/users/login", login)).status_code == 401
    assert (await links(room))[0]["user_id"] == ana.id


async def test_without_leave_nobody_new_gets_an_account(
    room: Room, provider: OpenIdProvider, admin: Person
) -> None:
    for setting in ("oidc_create_accounts", "enable_user_creation"):
        room.configure(**{setting: False})
        assert await signed_in(room, provider) == ("/login?refused=no_account", "")
        room.configure(**{setting: True})
    provider.person["email_verified"] = False
    assert await signed_in(room, provider) == ("/login?refused=address_unverified", "")


async def test_the_deactivated_are_refused(room: Room, provider: OpenIdProvider, admin: Person) -> None:
    await signed_in(room, provider)
    ana_id = (await links(room))[0]["user_id"]
    await admin.delete(f"/users/{ana_id}")

    assert await signed_in(room, provider) == ("/login?refused=deactivated", "")
    assert {"reason": "deactivated"} in await deeds(admin, "session.refused")


async def test_a_name_that_is_taken_gets_a_number(room: Room, provider: OpenIdProvider, ana: Person) -> None:
    provider.person["email"] = "another@example.com"
    assert (await signed_in(room, provider))[1] == "ana-2"
    provider.person |= {"sub": "2", "email": "7@example.com", "preferred_username": "7 of 9!"}
    assert (await signed_in(room, provider))[1] == "of-9"


async def test_a_second_factor_is_asked_for_before_anything_is_linked(
    room: Room, provider: OpenIdProvider, ana: Person
) -> None:
    secret = await set_up(ana, room)
    room.configure(oidc_link_by_email=True)
    room.clock.turn(seconds=30)

    async with browser(room) as there:
        location, nobody = await come_back(there, provider.location(await set_out(there, "/x")))
        assert (location, nobody) == ("/login?code=openid&redirect_to=%2Fx", "")
        assert await links(room) == []
        right = code_of(secret, room)
        wrong = f"{(int(right) + 1) % 1_000_000:06}"
        answers = [
            (await there.post("/api/v4/users/login/openid", json={"token": code})).status_code
            for code in (wrong, right)
        ]
        assert answers == [401, 200]
        assert (await there.get("/api/v4/users/me")).json()["id"] == ana.id
    assert len(await links(room)) == 1


async def test_guessing_codes_is_held_back_as_with_passwords(
    room: Room, provider: OpenIdProvider, ana: Person
) -> None:
    room.configure(oidc_link_by_email=True, maximum_login_attempts=2)
    secret = await set_up(ana, room)
    room.clock.turn(seconds=30)
    right = code_of(secret, room)
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    async with browser(room) as there:
        await there.get(provider.location(await set_out(there)))
        answers = [
            (await there.post("/api/v4/users/login/openid", json={"token": code})).status_code
            for code in (wrong, wrong, right)
        ]
    assert answers == [401, 401, 429]


async def test_what_a_browser_keeps_for_one_step_is_no_good_for_the_other(
    room: Room, provider: OpenIdProvider
) -> None:
    async with browser(room) as there:
        await set_out(there)
        there.cookies.set("MMOPENIDCODE", there.cookies["MMOPENID"])
        for kept in (there.cookies["MMOPENID"], "rubbish", ""):
            headers = {"Cookie": f"MMOPENIDCODE={kept}"}
            answer = await there.post("/api/v4/users/login/openid", json={"token": "123456"}, headers=headers)
            assert answer.status_code == 400


async def test_answers_made_up_again_and_again_are_held_back(room: Room, provider: OpenIdProvider) -> None:
    async with browser(room) as there:
        for _ in range(30):
            await there.get("/signup/openid/complete", params={"state": "x", "code": "x"})
        answer = await there.get("/signup/openid/complete", params={"state": "x", "code": "x"})

    assert answer.headers["location"] == "/login?refused=too_many_failures"


async def test_clients_are_told_whether_there_is_a_provider(room: Room, provider: OpenIdProvider) -> None:
    room.configure(oidc_button_text="Sign in with Acme")
    told = (await room.stranger().get("/config/client?format=old")).json()
    assert (told["EnableSignUpWithOpenId"], told["OpenIdButtonText"]) == ("true", "Sign in with Acme")

    room.configure(oidc_issuer="")
    told = (await room.stranger().get("/config/client?format=old")).json()
    assert told["EnableSignUpWithOpenId"] == "false"
    async with browser(room) as there:
        for path in ("/oauth/openid/login", "/signup/openid/complete?code=1&state=2"):
            assert (await there.get(path)).status_code == 501


BAD_SETTINGS = (
    {"Issuer": "http://elsewhere.test"},
    {"Issuer": "acme"},
    {"Scope": "email"},
    {"ButtonText": "a\nb"},
)


async def test_settings_that_would_give_secrets_away_are_refused(admin: Person) -> None:
    for wrong in BAD_SETTINGS:
        assert (await admin.put("/config/patch", {"OpenIdSettings": wrong})).status_code == 400

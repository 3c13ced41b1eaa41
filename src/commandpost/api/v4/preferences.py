"""Routes about preferences."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.params import BadBodyParameter, path_id
from commandpost.api.v4.route import get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import preferences
from commandpost.workspace.model.preference import Preference

_MOST_AT_ONCE = 200


class PreferenceShape(msgspec.Struct, kw_only=True):
    """One preference."""

    user_id: str
    category: str
    name: str
    value: str = ""


@get("/users/{user_id:str}/preferences")
async def list_preferences(call: Call, user_id: str) -> list[PreferenceShape]:
    """All of a user's preferences."""
    async with call.desks.reading() as desk:
        found = await preferences.of_user(desk, call.who, path_id(call.me(user_id), "user_id"))
    return [_shape(preference) for preference in found]


@put("/users/{user_id:str}/preferences")
async def put_preferences(call: Call, user_id: str, data: list[PreferenceShape]) -> Done:
    """Keep preferences."""
    async with call.desks.writing() as desk:
        wanted = _values(data)
        await preferences.put(desk, call.who, path_id(call.me(user_id), "user_id"), wanted)
    return DONE


@post("/users/{user_id:str}/preferences/delete", status_code=200)
async def delete_preferences(call: Call, user_id: str, data: list[PreferenceShape]) -> Done:
    """Forget preferences."""
    async with call.desks.writing() as desk:
        unwanted = _values(data)
        await preferences.delete(desk, call.who, path_id(call.me(user_id), "user_id"), unwanted)
    return DONE


@get("/users/{user_id:str}/preferences/{category:str}")
async def list_preferences_of_category(call: Call, user_id: str, category: str) -> list[PreferenceShape]:
    """A user's preferences in a category."""
    async with call.desks.reading() as desk:
        found = await preferences.of_category(desk, call.who, path_id(call.me(user_id), "user_id"), category)
    return [_shape(preference) for preference in found]


@get("/users/{user_id:str}/preferences/{category:str}/name/{name:str}")
async def get_preference(call: Call, user_id: str, category: str, name: str) -> PreferenceShape:
    """One preference."""
    async with call.desks.reading() as desk:
        user_id = path_id(call.me(user_id), "user_id")
        return _shape(await preferences.get(desk, call.who, user_id, category, name))


def _values(shapes: list[PreferenceShape]) -> list[Preference]:
    if not 1 <= len(shapes) <= _MOST_AT_ONCE:
        raise BadBodyParameter("Invalid or missing preferences in request body.")
    return [
        Preference(user_id=shape.user_id, category=shape.category, name=shape.name, value=shape.value)
        for shape in shapes
    ]


def _shape(preference: Preference) -> PreferenceShape:
    return PreferenceShape(
        user_id=preference.user_id,
        category=preference.category,
        name=preference.name,
        value=preference.value,
    )


ROUTES = (
    list_preferences,
    put_preferences,
    delete_preferences,
    list_preferences_of_category,
    get_preference,
)

"""REST v4: the chat, as Mattermost's clients expect it. Wire names live here and nowhere deeper."""

from litestar import Router

from commandpost.api.v4 import (
    commands,
    config,
    dialogs,
    login,
    post_lists,
    posts,
    reactions,
    system,
    team_members,
    teams,
    users,
)

PREFIX = "/api/v4"

router = Router(
    PREFIX,
    route_handlers=[
        *system.ROUTES,
        *config.ROUTES,
        *login.ROUTES,
        *users.ROUTES,
        *teams.ROUTES,
        *team_members.ROUTES,
        *commands.ROUTES,
        *dialogs.ROUTES,
        *posts.ROUTES,
        *post_lists.ROUTES,
        *reactions.ROUTES,
    ],
)

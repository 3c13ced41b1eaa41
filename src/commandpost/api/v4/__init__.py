"""REST v4: the chat, as Mattermost's clients expect it. Wire names live here and nowhere deeper."""

from litestar import Router

from commandpost.api.v4 import (
    accounts,
    bots,
    channel_lists,
    channel_members,
    channel_views,
    channels,
    commands,
    config,
    dialogs,
    directory,
    emoji,
    login,
    post_lists,
    posts,
    preferences,
    reactions,
    roles,
    sidebar,
    statuses,
    system,
    team_members,
    teams,
    tokens,
    user_images,
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
        *directory.ROUTES,
        *accounts.ROUTES,
        *user_images.ROUTES,
        *statuses.ROUTES,
        *preferences.ROUTES,
        *tokens.ROUTES,
        *bots.ROUTES,
        *roles.ROUTES,
        *emoji.ROUTES,
        *teams.ROUTES,
        *team_members.ROUTES,
        *commands.ROUTES,
        *dialogs.ROUTES,
        *channels.ROUTES,
        *channel_lists.ROUTES,
        *channel_members.ROUTES,
        *channel_views.ROUTES,
        *posts.ROUTES,
        *post_lists.ROUTES,
        *reactions.ROUTES,
        *sidebar.ROUTES,
    ],
)

"""Routes about incoming webhooks. Their use is outside `/api/v4`, in `api.hooks`."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import page_of
from commandpost.api.v4.params import BadBodyParameter, body_id, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import incoming_webhooks
from commandpost.workspace.actions.incoming_webhooks import WebhookForm
from commandpost.workspace.model.incoming_webhook import IncomingWebhook


class IncomingWebhookShape(msgspec.Struct, kw_only=True):
    """An incoming webhook. Its id is a secret: who knows it may post."""

    id: str
    create_at: int
    update_at: int
    delete_at: int = 0
    user_id: str
    channel_id: str
    team_id: str
    display_name: str
    description: str
    username: str
    icon_url: str
    channel_locked: bool


class NewIncomingWebhookBody(msgspec.Struct, kw_only=True):
    """A webhook as it is to be; it belongs to the caller unless another owner is named."""

    channel_id: str
    user_id: str | None = None
    display_name: str | None = None
    description: str | None = None
    username: str | None = None
    icon_url: str | None = None
    channel_locked: bool | None = None

    def form(self) -> WebhookForm:
        """The webhook that is asked for."""
        return WebhookForm(
            channel_id=body_id(self.channel_id, "channel_id"),
            user_id=body_id(self.user_id, "user_id") if self.user_id else "",
            display_name=self.display_name or "",
            description=self.description or "",
            username=self.username or "",
            icon_url=self.icon_url or "",
            channel_locked=self.channel_locked or False,
        )


class ChangedIncomingWebhookBody(NewIncomingWebhookBody, kw_only=True):
    """A webhook that there is, as it is to be."""

    id: str


@post("/hooks/incoming", status_code=201)
async def create_incoming_webhook(call: Call, data: NewIncomingWebhookBody) -> IncomingWebhookShape:
    """Make an address at which a program posts in a channel."""
    async with call.desks.writing() as desk:
        return _shape(await incoming_webhooks.create(desk, call.who, data.form()))


@get("/hooks/incoming")
async def list_incoming_webhooks(call: Call, team_id: str = "") -> list[IncomingWebhookShape]:
    """The incoming webhooks that the caller manages, newest first."""
    page = page_of(call.request)
    team_id = path_id(team_id, "team_id") if team_id else ""
    async with call.desks.reading() as desk:
        found = await incoming_webhooks.page(desk, call.who, team_id, limit=page.size, offset=page.offset)
    return [_shape(hook) for hook in found]


@get("/hooks/incoming/{hook_id:str}")
async def get_incoming_webhook(call: Call, hook_id: str) -> IncomingWebhookShape:
    """One incoming webhook, for those who manage it."""
    async with call.desks.reading() as desk:
        return _shape(await incoming_webhooks.get(desk, call.who, path_id(hook_id, "hook_id")))


@put("/hooks/incoming/{hook_id:str}")
async def update_incoming_webhook(
    call: Call, hook_id: str, data: ChangedIncomingWebhookBody
) -> IncomingWebhookShape:
    """Change an incoming webhook; its address and owner stay."""
    if data.id != path_id(hook_id, "hook_id"):
        raise BadBodyParameter("The id in the body is not the one in the address.")
    async with call.desks.writing() as desk:
        return _shape(await incoming_webhooks.update(desk, call.who, hook_id, data.form()))


@delete("/hooks/incoming/{hook_id:str}")
async def delete_incoming_webhook(call: Call, hook_id: str) -> Done:
    """Delete an incoming webhook: its address is dead."""
    async with call.desks.writing() as desk:
        await incoming_webhooks.delete(desk, call.who, path_id(hook_id, "hook_id"))
    return DONE


def _shape(hook: IncomingWebhook) -> IncomingWebhookShape:
    return IncomingWebhookShape(
        id=hook.id,
        create_at=hook.create_at,
        update_at=hook.update_at,
        user_id=hook.user_id,
        channel_id=hook.channel_id,
        team_id=hook.team_id,
        display_name=hook.display_name,
        description=hook.description,
        username=hook.username,
        icon_url=hook.icon_url,
        channel_locked=hook.channel_locked,
    )


ROUTES = (
    create_incoming_webhook,
    list_incoming_webhooks,
    get_incoming_webhook,
    update_incoming_webhook,
    delete_incoming_webhook,
)

"""Routes about outgoing webhooks."""

import msgspec

from commandpost.api.call import Call
from commandpost.api.v4.paging import page_of
from commandpost.api.v4.params import BadBodyParameter, body_id, path_id
from commandpost.api.v4.route import delete, get, post, put
from commandpost.api.v4.shapes.done import DONE, Done
from commandpost.workspace.actions import outgoing_webhooks
from commandpost.workspace.actions.outgoing_webhooks import OutgoingForm
from commandpost.workspace.desk import Desk
from commandpost.workspace.model.outgoing_webhook import OutgoingWebhook


class OutgoingWebhookShape(msgspec.Struct, kw_only=True):
    """An outgoing webhook, for those who manage it."""

    id: str
    token: str
    create_at: int
    update_at: int
    delete_at: int = 0
    creator_id: str
    channel_id: str
    team_id: str
    trigger_words: list[str]
    trigger_when: int
    callback_urls: list[str]
    display_name: str
    description: str
    content_type: str
    username: str
    icon_url: str


class _WebhookBody(msgspec.Struct, kw_only=True):
    channel_id: str | None = None
    trigger_words: list[str] | None = None
    trigger_when: int | None = None
    display_name: str | None = None
    description: str | None = None
    content_type: str | None = None
    username: str | None = None
    icon_url: str | None = None

    def form_in(self, team_id: str, callback_urls: list[str]) -> OutgoingForm:
        """The webhook that is asked for, in a team."""
        return OutgoingForm(
            team_id=body_id(team_id, "team_id") if team_id else "",
            channel_id=body_id(self.channel_id, "channel_id") if self.channel_id else "",
            trigger_words=tuple(self.trigger_words or ()),
            trigger_when=self.trigger_when or 0,
            callback_urls=tuple(callback_urls),
            display_name=self.display_name or "",
            description=self.description or "",
            content_type=self.content_type or "",
            username=self.username or "",
            icon_url=self.icon_url or "",
        )


class NewOutgoingWebhookBody(_WebhookBody, kw_only=True):
    """A webhook as it is to be; without a channel it needs trigger words."""

    team_id: str
    callback_urls: list[str]

    def form(self) -> OutgoingForm:
        """The webhook that is asked for."""
        return self.form_in(body_id(self.team_id, "team_id"), self.callback_urls)


class ChangedOutgoingWebhookBody(_WebhookBody, kw_only=True):
    """A webhook that there is, as it is to be; addresses that are left out stay."""

    id: str
    team_id: str | None = None
    callback_urls: list[str] | None = None

    def form(self) -> OutgoingForm:
        """The webhook that is asked for."""
        return self.form_in(self.team_id or "", self.callback_urls or [])


@post("/hooks/outgoing", status_code=201)
async def create_outgoing_webhook(call: Call, data: NewOutgoingWebhookBody) -> OutgoingWebhookShape:
    """Have servers outside told of posts in a channel, or of those that begin with certain words."""
    async with call.desks.writing() as desk:
        return _shape(desk, await outgoing_webhooks.create(desk, call.who, data.form()))


@get("/hooks/outgoing")
async def list_outgoing_webhooks(
    call: Call, team_id: str = "", channel_id: str = ""
) -> list[OutgoingWebhookShape]:
    """The outgoing webhooks that the caller manages, newest first."""
    page = page_of(call.request)
    async with call.desks.reading() as desk:
        found = await outgoing_webhooks.page(
            desk,
            call.who,
            team_id=path_id(team_id, "team_id") if team_id else "",
            channel_id=path_id(channel_id, "channel_id") if channel_id else "",
            limit=page.size,
            offset=page.offset,
        )
        return [_shape(desk, hook) for hook in found]


@get("/hooks/outgoing/{hook_id:str}")
async def get_outgoing_webhook(call: Call, hook_id: str) -> OutgoingWebhookShape:
    """One outgoing webhook, for those who manage it."""
    async with call.desks.reading() as desk:
        return _shape(desk, await outgoing_webhooks.get(desk, call.who, path_id(hook_id, "hook_id")))


@put("/hooks/outgoing/{hook_id:str}")
async def update_outgoing_webhook(
    call: Call, hook_id: str, data: ChangedOutgoingWebhookBody
) -> OutgoingWebhookShape:
    """Change an outgoing webhook; its token stays."""
    if data.id != path_id(hook_id, "hook_id"):
        raise BadBodyParameter("The id in the body is not the one in the address.")
    async with call.desks.writing() as desk:
        return _shape(desk, await outgoing_webhooks.update(desk, call.who, hook_id, data.form()))


@post("/hooks/outgoing/{hook_id:str}/regen_token", status_code=200)
async def regenerate_outgoing_webhook_token(call: Call, hook_id: str) -> OutgoingWebhookShape:
    """Give an outgoing webhook another token."""
    async with call.desks.writing() as desk:
        hook_id = path_id(hook_id, "hook_id")
        return _shape(desk, await outgoing_webhooks.regenerate_token(desk, call.who, hook_id))


@delete("/hooks/outgoing/{hook_id:str}")
async def delete_outgoing_webhook(call: Call, hook_id: str) -> Done:
    """Delete an outgoing webhook."""
    async with call.desks.writing() as desk:
        await outgoing_webhooks.delete(desk, call.who, path_id(hook_id, "hook_id"))
    return DONE


def _shape(desk: Desk, hook: OutgoingWebhook) -> OutgoingWebhookShape:
    return OutgoingWebhookShape(
        id=hook.id,
        token=outgoing_webhooks.token_of(desk, hook),
        create_at=hook.create_at,
        update_at=hook.update_at,
        creator_id=hook.creator_id,
        channel_id=hook.channel_id,
        team_id=hook.team_id,
        trigger_words=list(hook.trigger_words),
        trigger_when=int(hook.trigger_when),
        callback_urls=list(hook.callback_urls),
        display_name=hook.display_name,
        description=hook.description,
        content_type=hook.content_type,
        username=hook.username,
        icon_url=hook.icon_url,
    )


ROUTES = (
    create_outgoing_webhook,
    list_outgoing_webhooks,
    get_outgoing_webhook,
    update_outgoing_webhook,
    regenerate_outgoing_webhook_token,
    delete_outgoing_webhook,
)

"""Alert sources as v0 takes and sends them."""

import msgspec

from commandpost.api.alerts.errors import PREFIX
from commandpost.incidents.actions.alert_sources import SourceWish
from commandpost.incidents.model.alert import AlertSource, SourceKind, grouping

_PATHS = {
    SourceKind.ALERTMANAGER: f"{PREFIX}alertmanager",
    SourceKind.PAGERDUTY: f"{PREFIX}pagerduty/v2/enqueue",
}


class NewSourceBody(msgspec.Struct, kw_only=True):
    """A source to be made. `kind` is alertmanager or pagerduty, `grouping` group (the default) or source."""

    name: str
    team_id: str
    kind: str
    playbook_id: str
    commander_id: str
    grouping: str = ""

    def wish(self) -> SourceWish:
        return _wish(self)


class SourceBody(msgspec.Struct, kw_only=True):
    """What of a source can change, all together."""

    name: str
    playbook_id: str
    commander_id: str
    grouping: str = ""

    def wish(self) -> SourceWish:
        return _wish(self)


class AlertSourceShape(msgspec.Struct, kw_only=True):
    """A source. Its alerts are posted to `url`. `token` is empty but in the answer that makes it."""

    id: str
    name: str
    team_id: str
    kind: str
    playbook_id: str
    commander_id: str
    grouping: str
    url: str
    created_by: str
    create_at: int
    update_at: int
    token: str


class TokenShape(msgspec.Struct, kw_only=True):
    """A source's new token. It is not shown again."""

    token: str


def alert_source_shape(source: AlertSource, *, site_url: str, token: str = "") -> AlertSourceShape:
    """A source as it goes out."""
    return AlertSourceShape(
        id=source.id,
        name=source.name,
        team_id=source.team_id,
        kind=source.kind,
        playbook_id=source.playbook_id,
        commander_id=source.commander_id,
        grouping=source.grouping,
        url=f"{site_url}{_PATHS[source.kind]}",
        created_by=source.created_by,
        create_at=source.create_at,
        update_at=source.update_at,
        token=token,
    )


def _wish(body: NewSourceBody | SourceBody) -> SourceWish:
    return SourceWish(
        name=body.name,
        playbook_id=body.playbook_id,
        commander_id=body.commander_id,
        grouping=grouping(body.grouping),
    )

"""All routes of v0, behind their door."""

from litestar import Router
from litestar.di import Provide

from commandpost.api.v0 import (
    alert_sources,
    archives,
    completion,
    control,
    dashboard,
    dialogs,
    digests,
    follow_ups,
    incidents,
    integrations,
    listing,
    members,
    playbooks,
    proposals,
    rehearsals,
    review_documents,
    review_exports,
    tasks,
)
from commandpost.api.v0.call import at_the_door, incident_call

PREFIX = "/plugins/com.mattermost.plugin-incident-management/api/v0"

router = Router(
    PREFIX,
    route_handlers=[
        *listing.ROUTES,
        *completion.ROUTES,
        *incidents.ROUTES,
        *members.ROUTES,
        *tasks.ROUTES,
        *dialogs.ROUTES,
        *control.ROUTES,
        *playbooks.ROUTES,
        *proposals.ROUTES,
        *integrations.ROUTES,
        *alert_sources.ROUTES,
        *archives.ROUTES,
        *review_documents.ROUTES,
        *review_exports.ROUTES,
        *follow_ups.ROUTES,
        *rehearsals.ROUTES,
        *digests.ROUTES,
        *dashboard.ROUTES,
    ],
    dependencies={"call": Provide(incident_call, sync_to_thread=False)},
    before_request=at_the_door,
)

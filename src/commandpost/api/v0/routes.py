"""All routes of v0, behind their guards."""

from litestar import Router
from litestar.di import Provide

from commandpost.api.v0 import completion, dialogs, incidents, listing, playbooks, tasks
from commandpost.api.v0.call import incident_call, product_is_on, signed_in, well_formed

PREFIX = "/plugins/com.mattermost.plugin-incident-management/api/v0"

router = Router(
    PREFIX,
    route_handlers=[
        *listing.ROUTES,
        *completion.ROUTES,
        *incidents.ROUTES,
        *tasks.ROUTES,
        *dialogs.ROUTES,
        *playbooks.ROUTES,
    ],
    dependencies={"call": Provide(incident_call, sync_to_thread=False)},
    guards=[product_is_on, signed_in, well_formed],
)

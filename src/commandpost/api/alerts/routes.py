"""The routes that take in alerts."""

from litestar import Router

from commandpost.api.alerts import alertmanager, pagerduty
from commandpost.api.alerts.errors import PREFIX

router = Router(PREFIX.rstrip("/"), route_handlers=[*alertmanager.ROUTES, *pagerduty.ROUTES])

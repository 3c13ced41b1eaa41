"""What the tests of integrations share."""

from tests.integrations.bench import jira, opsgenie, outbound, pagerduty, zoom

__all__ = ["jira", "opsgenie", "outbound", "pagerduty", "zoom"]

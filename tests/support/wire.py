"""What refusals look like on the wire of REST v4."""

import httpx

FORBIDDEN = (403, "api.context.permissions.app_error")


def error_of(answer: httpx.Response) -> tuple[int, str]:
    """A refusal's status and id."""
    return answer.status_code, answer.json()["id"]

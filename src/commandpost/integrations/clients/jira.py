"""Jira by its field's client library, `jira`: it signs in, builds requests and reads what comes back."""

# Half of the library's methods are untyped.
# pyright: reportUnknownMemberType=false

from io import BytesIO
from typing import Any

import requests
from jira import JIRA
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from commandpost.integrations.clients.headers import meant_for_the_tool
from commandpost.integrations.web import Carry, Request


class _Carried(HTTPAdapter):
    """Where `requests` would open a connection: the request leaves by the guarded way instead."""

    def __init__(self, carry: Carry) -> None:
        super().__init__()
        self._carry = carry

    def send(self, request: requests.PreparedRequest, *_: object, **__: object) -> requests.Response:
        body = request.body
        answer = self._carry(
            Request(
                method=request.method or "GET",
                url=request.url or "",
                headers=meant_for_the_tool({name: str(value) for name, value in request.headers.items()}),
                body=body if isinstance(body, bytes) else str(body or "").encode() or None,
            )
        )
        raw = HTTPResponse(
            body=BytesIO(answer.body),
            status=answer.status,
            headers=meant_for_the_tool(answer.headers),
            preload_content=False,
        )
        return self.build_response(request, raw)


class _Library(JIRA):
    """The library's client, which asks nothing before it is used and repeats nothing by itself."""

    def lead(self, carry: Carry) -> None:
        """Take this way out for every request."""
        session = self._session
        assert session is not None, "the library makes it when it is made itself"
        session.trust_env = False
        for scheme in ("https://", "http://"):
            session.mount(scheme, _Carried(carry))

    def asked(self, path: str, params: dict[str, str]) -> object:
        """What the library has no fitting method for; of two ways to search, it would ask first which one."""
        return self._get_json(path, params)


class Client:
    """What we use of Jira; every answer is JSON as Jira gave it.

    `version` is that of the REST API; `basic_auth` an email address and a token, else `token` is one.
    """

    def __init__(
        self,
        carry: Carry,
        *,
        server: str,
        version: str,
        basic_auth: tuple[str, str] | None,
        token: str | None,
    ) -> None:
        self._jira = _Library(
            server=server,
            options={"rest_api_version": version},
            basic_auth=basic_auth,
            token_auth=token,
            get_server_info=False,
            max_retries=0,
            logging=False,
        )
        self._jira.lead(carry)

    def myself(self) -> object:
        return self._jira.myself()

    def project(self, key: str) -> object:
        return self._jira.project(key).raw

    def create(self, fields: dict[str, Any]) -> object:
        return self._jira.create_issue(fields=fields, prefetch=False).raw

    def issue(self, key: str, fields: str) -> object:
        return self._jira.issue(key, fields=fields).raw

    def comment(self, key: str, body: Any) -> object:
        """`body` is text, or a document where the version of the API takes one."""
        return self._jira.add_comment(key, body).raw

    def transitions(self, key: str) -> object:
        return self._jira.transitions(key)

    def transition(self, key: str, transition_id: str) -> object:
        return self._jira.transition_issue(key, transition_id)

    def people(self, params: dict[str, str]) -> object:
        return self._jira.asked("user/search", params)

    def search(self, path: str, jql: str, fields: str) -> object:
        """`path` is that of this Jira's search."""
        return self._jira.asked(path, {"jql": jql, "fields": fields, "maxResults": "10"})

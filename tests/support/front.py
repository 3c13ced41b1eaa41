"""What Mattermost has and our own server lacks: plugins to upload, and OAuth 2.0. All else is passed on.

It answers as Mattermost's documentation says, refusals included: statuses, rules and shapes are Mattermost's.
"""

import io
import json
import re
import secrets
import tarfile
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx

from tests.support.patience import PATIENCE_S
from tests.support.served import NO_TLS

_FORERUNNERS = ("com.mattermost.plugin-incident-response", "com.mattermost.plugin-incident-management")
_LENGTH_HEADERS = {"host", "content-length", "connection", "transfer-encoding", "accept-encoding"}


@dataclass(slots=True, kw_only=True)
class Granted:
    """What a code, and then a token, stands for."""

    app_id: str
    session: str
    redirect_uri: str
    challenge: str = ""


@dataclass(slots=True)
class Front:
    """The front's state. `denied` are permissions that no role has there.

    `settings` are those of a configuration's sections that differ from the server's. `shipped` are manifests
    of the plugins that Mattermost brings along, by their ids.
    """

    behind: str
    settings: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    plugins: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    active: set[str] = field(default_factory=set[str])
    uploads: int = 0
    shipped: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    denied: set[str] = field(default_factory=set[str])
    apps: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])
    codes: dict[str, Granted] = field(default_factory=dict[str, Granted])
    tokens: dict[str, Granted] = field(default_factory=dict[str, Granted])
    url: str = ""

    def restart(self) -> None:
        """What becomes of plugins when Mattermost starts.

        What it brings along takes the place of older ones that are on; Playbooks removes its forerunners.
        """
        for plugin_id in self.shipped.keys() & self.active:
            there, brought = self.plugins[plugin_id], self.shipped[plugin_id]
            if _number(there["version"]) < _number(brought["version"]):
                self.plugins[plugin_id] = brought
        if "playbooks" in self.active:
            for plugin_id in _FORERUNNERS:
                self.plugins.pop(plugin_id, None)
                self.active.discard(plugin_id)


def _number(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


@contextmanager
def front_of(behind: str) -> Generator[Front]:
    """A front before a server, on a port of its own."""
    front = Front(behind)

    class Here(_Handler):
        state = front

    server = ThreadingHTTPServer(("127.0.0.1", 0), Here)
    front.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield front
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    state: Front

    def do_GET(self) -> None:
        self._answered()

    def do_POST(self) -> None:
        self._answered()

    def do_PUT(self) -> None:
        self._answered()

    def do_DELETE(self) -> None:
        self._answered()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""

    def _answered(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        place = urlsplit(self.path)
        parts = place.path.strip("/").split("/")
        match [self.command, *parts]:
            case ["GET", "api", "v4", "config"]:
                self._config()
            case ["POST", "api", "v4", "roles", "names"] if self.state.denied:
                self._roles(body)
            case [_, "api", "v4", "plugins", *rest]:
                self._plugins(rest, body)
            case [_, "api", "v4", "oauth", "apps", *rest]:
                self._apps(rest, body)
            case ["GET", "oauth", "authorize"]:
                self._authorize(parse_qs(place.query))
            case ["POST", "oauth", "access_token"]:
                self._access_token(parse_qs(body.decode()))
            case _:
                self._passed_on(body)

    def _config(self) -> None:
        told = self._asked("GET", self.path).json()
        for section, values in self.state.settings.items():
            told[section] = {**told.get(section, {}), **values}
        self._say(200, told)

    def _roles(self, body: bytes) -> None:
        told = self._asked("POST", self.path, body).json()
        for role in told:
            role["permissions"] = [one for one in role["permissions"] if one not in self.state.denied]
        self._say(200, told)

    def _plugins(self, rest: list[str], body: bytes) -> None:
        settings = self.state.settings.get("PluginSettings", {})
        if settings.get("Enable") is False or settings.get("EnableUploads") is False:
            self._refuse(501, "app.plugin.upload_disabled.app_error")
        elif self._role() != "system_admin":
            self._refuse(403, "api.context.permissions.app_error")
        else:
            self._plugin_deed(rest, body)

    def _plugin_deed(self, rest: list[str], body: bytes) -> None:
        known, active = self.state.plugins, self.state.active
        match [self.command, *rest]:
            case ["GET"]:
                told = {True: list[Any](), False: list[Any]()}
                for plugin_id, manifest in known.items():
                    told[plugin_id in active].append(manifest)
                self._say(200, {"active": told[True], "inactive": told[False]})
            case ["POST"]:
                manifest = _manifest_in(self.headers["content-type"], body)
                if not _is_valid(manifest):
                    self._refuse(400, "app.plugin.manifest.app_error")
                    return
                known[manifest["id"]] = manifest
                self.state.uploads += 1
                self._say(201, manifest)
            case ["POST", plugin_id, "enable"] if plugin_id in known:
                active.add(plugin_id)
                self._say(200, {"status": "OK"})
            case ["DELETE", plugin_id] if plugin_id in known:
                del known[plugin_id]
                active.discard(plugin_id)
                self._say(200, {"status": "OK"})
            case _:
                self._refuse(404, "app.plugin.not_installed.app_error")

    def _apps(self, rest: list[str], body: bytes) -> None:
        if self.state.settings.get("ServiceSettings", {}).get("EnableOAuthServiceProvider") is False:
            self._refuse(501, "api.oauth.register_oauth_app.turn_off.app_error")
        elif self._role() != "system_admin":
            self._refuse(403, "api.context.permissions.app_error")
        elif self.command == "POST" and not rest:
            given = json.loads(body)
            app = {**given, "id": secrets.token_hex(13), "client_secret": secrets.token_hex(13)}
            self.state.apps[app["id"]] = app
            self._say(201, app)
        elif rest and rest[0] in self.state.apps:
            app = self.state.apps[rest[0]]
            if self.command == "DELETE":
                del self.state.apps[rest[0]]
            self._say(200, {"status": "OK"} if self.command == "DELETE" else app)
        else:
            self._refuse(404, "app.oauth.get_app.find.app_error")

    def _authorize(self, query: dict[str, list[str]]) -> None:
        """A trusted application is allowed at once for whoever is signed in; others sign in first."""
        asked = {name: values[0] for name, values in query.items()}
        app = self.state.apps.get(asked.get("client_id", ""))
        cookie = SimpleCookie(self.headers.get("cookie", "")).get("MMAUTHTOKEN")
        if app is None or asked.get("redirect_uri") not in app["callback_urls"]:
            self._refuse(400, "api.oauth.allow_oauth.redirect_callback.app_error")
        elif asked.get("response_type") != "code":
            self._refuse(400, "api.oauth.allow_oauth.bad_response.app_error")
        elif cookie is None:
            self._lead(f"{self.state.url}/login?{urlencode({'redirect_to': self.path})}")
        else:
            code = secrets.token_hex(13)
            self.state.codes[code] = Granted(
                app_id=app["id"],
                session=cookie.value,
                redirect_uri=asked["redirect_uri"],
                challenge=asked.get("code_challenge", ""),
            )
            self._lead(
                f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked.get('state', '')})}"
            )

    def _access_token(self, form: dict[str, list[str]]) -> None:
        given = {name: values[0] for name, values in form.items()}
        granted = self.state.codes.pop(given.get("code", ""), None)
        app = self.state.apps.get(given.get("client_id", ""))
        if given.get("grant_type") != "authorization_code":
            self._refuse(400, "api.oauth.get_access_token.bad_grant.app_error")
        elif app is None or app["client_secret"] != given.get("client_secret"):
            self._refuse(403, "api.oauth.get_access_token.credentials.app_error")
        elif granted is None or granted.app_id != app["id"]:
            self._refuse(400, "api.oauth.get_access_token.expired_code.app_error")
        elif granted.redirect_uri != given.get("redirect_uri"):
            self._refuse(400, "api.oauth.get_access_token.redirect_uri.app_error")
        else:
            token = secrets.token_hex(13)
            self.state.tokens[token] = granted
            self._say(
                200, {"access_token": token, "token_type": "bearer", "expires_in": 2592000, "scope": "user"}
            )

    def _role(self) -> str:
        answer = self._asked("GET", "/api/v4/users/me")
        roles: str = answer.json()["roles"] if answer.is_success else ""
        return "system_admin" if "system_admin" in roles.split() else ""

    def _asked(self, method: str, path: str, body: bytes = b"") -> httpx.Response:
        """A call to the server behind, with the session that a token of ours stands for."""
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _LENGTH_HEADERS}
        token = headers.get("authorization", headers.get("Authorization", "")).removeprefix("Bearer ")
        if granted := self.state.tokens.get(token):
            headers = {name: value for name, value in headers.items() if name.lower() != "authorization"}
            headers["Authorization"] = f"Bearer {granted.session}"
        return httpx.request(
            method, self.state.behind + path, headers=headers, content=body, timeout=PATIENCE_S, verify=NO_TLS
        )

    def _passed_on(self, body: bytes) -> None:
        answer = self._asked(self.command, self.path, body)
        self._write(
            answer.status_code, answer.content, {"Content-Type": answer.headers.get("content-type", "")}
        )

    def _lead(self, address: str) -> None:
        self._write(302, b"", {"Location": address})

    def _refuse(self, status: int, rule: str) -> None:
        self._say(status, {"id": rule, "message": rule, "status_code": status})

    def _say(self, status: int, told: object) -> None:
        self._write(status, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def _is_valid(manifest: dict[str, Any]) -> bool:
    """What Mattermost asks of a manifest."""
    numbers = (manifest.get("version", ""), manifest.get("min_server_version", "0.0.0"))
    return (
        re.fullmatch(r"[a-zA-Z0-9\-_.]{3,190}", manifest.get("id", "")) is not None
        and bool(manifest.get("name", "").strip())
        and all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in numbers)
    )


def _manifest_in(content_type: str, body: bytes) -> dict[str, Any]:
    """The manifest of an uploaded plugin."""
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    form = BytesParser(_class=EmailMessage, policy=HTTP).parsebytes(head + body)
    for part in form.iter_parts():
        if part.get_param("name", header="content-disposition") == "plugin":
            content = part.get_content()
            assert isinstance(content, bytes)
            with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as packed:
                names = [one for one in packed.getnames() if one.endswith("/plugin.json")]
                file = packed.extractfile(names[0])
                assert file is not None
                return json.load(file)
    raise AssertionError("no plugin was uploaded")

"""What `commandpost doctor` finds beyond the database: Redis, the mail server, our own outside address."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx
import msgspec
from rich.console import Console

from commandpost import logs
from commandpost.api.health import Health
from commandpost.live.between import CutOff, check_redis
from commandpost.settings import OIDC_SECRET_VARIABLE, SMTP_PASSWORD_VARIABLE, Settings
from commandpost.workspace.mail import MailNotSent, MailServer
from commandpost.workspace.model.config import Config, variables
from commandpost.workspace.model.openid import ProviderAway, completion
from commandpost.workspace.openid.provider import Provider

_TIMEOUT_S = 10
_MOST_SECONDS_APART = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How it stands with something: `trouble` says what to put right, `detail` that all is well."""

    subject: str
    trouble: str = ""
    detail: str = ""


def shown(console: Console, finding: Finding) -> None:
    """Print it as one line."""
    sign = "[red]✗[/]" if finding.trouble else "[green]✓[/]"
    console.print(sign, finding.subject, finding.trouble or finding.detail, highlight=False, soft_wrap=True)


async def redis(settings: Settings) -> Finding:
    """Whether the Redis that shall carry live events answers."""
    if not settings.redis_url:
        return Finding(subject="Redis", detail="none is set by COMMANDPOST_REDIS_URL, and none is needed")
    address = logs.without_password(settings.redis_url)
    try:
        await check_redis(settings.redis_url)
    except CutOff as cause:
        return Finding(
            subject="Redis",
            trouble=f"{address} does not answer: {cause}. Live events do not reach people on other servers."
            " Check COMMANDPOST_REDIS_URL, and that it is up.",
        )
    return Finding(subject="Redis", detail=f"{address} answers")


async def mail(settings: Settings, config: Config) -> Finding:
    """Whether the mail server lets us in; nothing is sent."""
    if not config.smtp_server:
        return Finding(subject="Mail", detail="no mail server is set (COMMANDPOST_SMTP_SERVER)")
    missing = [name for name in ("feedback_email", "site_url") if not getattr(config, name)]
    if missing:
        names = " and ".join(variables()[name] for name in missing)
        return Finding(subject="Mail", trouble=f"No mail is sent until {names} is set.")
    try:
        await MailServer(settings.environment.get(SMTP_PASSWORD_VARIABLE, "")).check(config)
    except MailNotSent as refusal:
        return Finding(
            subject="Mail",
            trouble=f"{refusal.message}. Check COMMANDPOST_SMTP_SERVER, _PORT, _USERNAME, _PASSWORD and"
            " COMMANDPOST_CONNECTION_SECURITY.",
        )
    return Finding(subject="Mail", detail=f"{config.smtp_server} takes mail from us")


async def openid(settings: Settings, config: Config) -> Finding:
    """Whether the provider that signs people in answers, and has keys."""
    if not config.oidc_issuer:
        return Finding(subject="OpenID", detail="no provider is set (COMMANDPOST_OIDC_ISSUER)")
    missing = [name for name in ("oidc_client_id", "site_url") if not getattr(config, name)]
    if missing:
        names = " and ".join(variables()[name] for name in missing)
        return Finding(subject="OpenID", trouble=f"Nobody signs in with it until {names} is set.")
    provider = Provider(settings.environment.get(OIDC_SECRET_VARIABLE, ""))
    try:
        await provider.check(config)
    except ProviderAway as refusal:
        return Finding(
            subject="OpenID", trouble=f"{refusal.message} Check COMMANDPOST_OIDC_ISSUER, and that it is up."
        )
    finally:
        await provider.close()
    return Finding(
        subject="OpenID", detail=f"{config.oidc_issuer} answers; it must know {completion(config)}"
    )


def address(config: Config) -> Iterator[Finding]:
    """Whether a Command Post answers at the address that people use, and by which clock."""
    if not config.site_url:
        yield Finding(subject="Address", detail="no outside address is set (COMMANDPOST_SITE_URL)")
        return
    try:
        answer = httpx.get(f"{config.site_url.rstrip('/')}/healthz", timeout=_TIMEOUT_S)
    except httpx.HTTPError as cause:
        yield Finding(
            subject="Address",
            trouble=f"{config.site_url} does not answer: {cause}. Is the server running, and is"
            " COMMANDPOST_SITE_URL what the reverse proxy listens on?",
        )
        return
    if not _is_ours(answer):
        yield Finding(
            subject="Address",
            trouble=f"What answers at {config.site_url} is no Command Post, or not well: status"
            f" {answer.status_code}. Let the reverse proxy pass every path on to it.",
        )
        return
    yield Finding(subject="Address", detail=f"{config.site_url} leads to a Command Post")
    yield from _clock(answer.headers.get("date", ""))


def _is_ours(answer: httpx.Response) -> bool:
    try:
        return msgspec.json.decode(answer.content, type=Health) == Health(status="OK")
    except msgspec.MsgspecError:
        return False


def _clock(date: str) -> Iterator[Finding]:
    """How far our clock is from that of whoever answered at this time."""
    try:
        apart_s = round(time.time() - parsedate_to_datetime(date).timestamp())
    except ValueError:
        return
    if abs(apart_s) > _MOST_SECONDS_APART:
        yield Finding(
            subject="Clock",
            trouble=f"This machine's clock differs by {abs(apart_s)} s from that of the outside address;"
            " let NTP set both.",
        )
    else:
        yield Finding(subject="Clock", detail="goes with that of the outside address")

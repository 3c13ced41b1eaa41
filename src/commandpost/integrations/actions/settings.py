"""Setting integrations up: looked at, changed, taken back, tried. For system administrators alone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from time import perf_counter

import msgspec
import structlog

from commandpost.audit.entry import Deed
from commandpost.audit.record import record
from commandpost.db import Work
from commandpost.integrations import values
from commandpost.integrations.failures import Failed, Outcome
from commandpost.integrations.store import settings as store
from commandpost.integrations.store.settings import Kept
from commandpost.integrations.toolbox import Desk, Present, SettingsChanged, Toolbox
from commandpost.kernel.clock import SECOND_MS
from commandpost.kernel.errors import Forbidden
from commandpost.vault import Vault

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who wants to set something up."""

    user_id: str
    is_system_admin: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How a trial of an integration's settings ended."""

    outcome: Outcome
    message: str
    took_ms: int


async def listed(desk: Desk, who: Caller) -> list[Present]:
    """Every integration with its settings in force. Raises Forbidden."""
    _permit(who)
    return await desk.box.all(desk.work)


async def view(desk: Desk, who: Caller, name: str) -> Present:
    """One integration with its settings in force. Raises Forbidden, UnknownIntegration."""
    _permit(who)
    return await desk.box.one(desk.work, name)


async def change(desk: Desk, who: Caller, name: str, given: Mapping[str, str]) -> Present:
    """Put these values in place of those set before; see `values.to_keep` for what is left out or masked.

    Raises Forbidden, UnknownIntegration, BadValue.
    """
    _permit(who)
    await store.locked(desk.work)
    before = await desk.box.one(desk.work, name)
    keep = values.to_keep(before.integration, given, before.values, before.kept)
    sealed = desk.box.vault.sealed(msgspec.json.encode(keep).decode())
    kept = Kept(name=name, sealed=sealed, update_at=desk.now, updated_by=who.user_id)
    await store.put(desk.work, kept)
    after = replace(desk.box.present(before.integration, keep), update_at=desk.now, updated_by=who.user_id)
    await _record(desk, who, name, {"settings": sorted(keep)})
    return _told(desk, after)


async def forget(desk: Desk, who: Caller, name: str) -> Present:
    """Take back everything set over the API; what the environment says remains.

    Raises Forbidden, UnknownIntegration.
    """
    _permit(who)
    await store.locked(desk.work)
    before = await desk.box.one(desk.work, name)
    await store.delete(desk.work, name)
    await _record(desk, who, name, {"settings": []})
    return _told(desk, desk.box.present(before.integration, {}))


async def test(box: Toolbox, who: Caller, name: str) -> Health:
    """Try the settings in force against the tool; changes nothing there.

    Raises Forbidden, UnknownIntegration.
    """
    async with box.reading() as desk:
        present = await view(desk, who, name)
    if not present.is_set_up:
        return Health(outcome=Outcome.NOT_CONFIGURED, message=_wanting(present), took_ms=0)
    began = perf_counter()
    outcome = Outcome.OK
    try:
        message = await present.integration.health(box.tools(present))
    except Failed as cause:
        outcome, message = cause.outcome, cause.message
    except Exception:  # noqa: BLE001 -- others' code: whatever it was, the administrator is told
        _log.exception("an integration has a fault", integration=name)
        outcome, message = Outcome.BROKEN, "The integration has a fault; the server's log tells which."
    return Health(outcome=outcome, message=message, took_ms=round((perf_counter() - began) * SECOND_MS))


async def seal_anew(work: Work, vault: Vault) -> int:
    """Encrypt everything kept with the newest key; gives how many integrations that were.

    For the operator at the command line. Raises Unreadable.
    """
    every = await store.locked(work)
    for kept in every:
        await store.put(work, replace(kept, sealed=vault.sealed(vault.opened(kept.sealed))))
    return len(every)


async def _record(desk: Desk, who: Caller, name: str, after: Mapping[str, object]) -> None:
    """Which settings are set, and nothing of what they are: many are secrets."""
    await record(desk.work, Deed.INTEGRATION_CHANGED, name, by=who.user_id, at=desk.now, after=after)


def _permit(who: Caller) -> None:
    if not who.is_system_admin:
        raise Forbidden


def _told(desk: Desk, after: Present) -> Present:
    name = after.integration.name
    desk.work.tell(SettingsChanged(name=name, is_set_up=after.is_set_up))
    return after


def _wanting(present: Present) -> str:
    if not present.is_readable:
        return "Its settings cannot be decrypted with the present key: give them again, or the key back."
    labels = {setting.name: setting.label for setting in present.integration.settings}
    return "Not set up yet. Still needed: " + ", ".join(labels[name] for name in present.values.missing) + "."

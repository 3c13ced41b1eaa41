"""Encrypting the chat's secrets anew, when another key takes over."""

from commandpost.db import Work
from commandpost.vault import Vault
from commandpost.workspace.store import secrets


async def seal_anew(work: Work, vault: Vault) -> int:
    """Encrypt every secret of commands and webhooks with the newest key; gives how many those were.

    For the operator at the command line. Raises Unreadable.
    """
    count = 0
    for table in secrets.TABLES:
        found = await secrets.locked(work, table)
        await secrets.put(
            work, table, {place: vault.sealed(vault.opened(sealed)) for place, sealed in found.items()}
        )
        count += len(found)
    return count

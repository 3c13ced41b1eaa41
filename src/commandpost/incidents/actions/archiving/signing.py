"""The server's key for archives: made when it is first needed, its private half encrypted at rest."""

from dataclasses import dataclass

from commandpost.archive import signature
from commandpost.db import Work
from commandpost.incidents.ports import Desk, Desks
from commandpost.incidents.store import archives
from commandpost.incidents.store.archives import SigningKey
from commandpost.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class KeyPair:
    """Both halves, in hexadecimal."""

    public_key: str
    private_key: str


async def key_pair(desks: Desks, vault: Vault) -> KeyPair:
    """The key that this server signs with. Raises Unreadable when the vault's key is another now."""
    async with desks.reading() as desk:
        kept = await archives.key(desk.work)
    if kept is None:
        async with desks.writing() as desk:
            kept = await _made(desk, vault)
    return KeyPair(public_key=kept.public_key, private_key=vault.opened(kept.sealed_key))


async def own_key(desks: Desks) -> frozenset[str]:
    """The public key of this server, if it has one yet: before that it has signed nothing."""
    async with desks.reading() as desk:
        kept = await archives.key(desk.work)
    return frozenset({kept.public_key} if kept else ())


async def seal_anew(work: Work, vault: Vault) -> int:
    """Encrypt the private half with the newest key; gives how many there were. Raises Unreadable."""
    await archives.hold_key(work)
    kept = await archives.key(work)
    if kept is None:
        return 0
    sealed = vault.sealed(vault.opened(kept.sealed_key))
    await archives.seal_key(work, SigningKey(public_key=kept.public_key, sealed_key=sealed))
    return 1


async def _made(desk: Desk, vault: Vault) -> SigningKey:
    await archives.hold_key(desk.work)
    if (kept := await archives.key(desk.work)) is not None:
        return kept
    private_key = signature.new_private_key()
    made = SigningKey(public_key=signature.public_key_of(private_key), sealed_key=vault.sealed(private_key))
    await archives.add_key(desk.work, made, at=desk.now)
    return made

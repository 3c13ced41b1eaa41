"""Hashing of passwords: Argon2id in a few threads of its own, so that a login storm holds up nobody."""

import asyncio
import os
from base64 import b64encode
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from commandpost.kernel.errors import TooMany
from commandpost.workspace.freed_memory import give_back
from commandpost.workspace.model.sign_up import PasswordHash

MEMORY_KIB = 19 * 1024
"""What OWASP asks for at two passes and one lane: about 20 ms."""

_T = TypeVar("_T")

_PASSES = 2
_THREADS = min(max(2, os.cpu_count() or 2), 8)
_SLOTS = _THREADS + 2
_MOST_WAITING = 256
_QUIET_S = 10.0


class HashingBusy(TooMany):
    """Too many people are logging in just now; try again in a moment."""

    code = "password.busy"


class Passwords:
    """Hashes and verifies, a few at a time. Memory is bounded by the threads, waiting by a limit.

    Work with passwords happens inside a `slot`; never open a slot, or hash, inside a writing desk. What it
    took of memory goes back to the system once nobody has hashed for `quiet_s`.
    """

    def __init__(self, *, memory_kib: int = MEMORY_KIB, quiet_s: float = _QUIET_S) -> None:
        self._hasher = PasswordHasher(time_cost=_PASSES, memory_cost=memory_kib, parallelism=1, type=Type.ID)
        self._threads = ThreadPoolExecutor(max_workers=_THREADS, thread_name_prefix="argon2")
        self._slots = asyncio.Semaphore(_SLOTS)
        self._waiting = 0
        self._quiet_s = quiet_s
        self._tidying: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._nobody = _hash_of_nothing(memory_kib)

    @asynccontextmanager
    async def slot(self) -> AsyncGenerator[None]:
        """A turn at the hashing. Raises HashingBusy when too many are waiting for theirs."""
        if self._waiting >= _MOST_WAITING:
            raise HashingBusy(retry_after_s=5)
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._slots.release()

    async def hashed(self, password: str) -> PasswordHash:
        """What is stored of a password. Takes a slot. Raises HashingBusy."""
        async with self.slot():
            encoded = await self._in_thread(self._hasher.hash, password)
        return PasswordHash(encoded)

    async def is_right(self, password: str, password_hash: PasswordHash) -> bool:
        """Whether the hash is of this password; without a hash, False after the same time.

        For use inside a slot.
        """
        matches = await self._in_thread(self._matches, password_hash or self._nobody, password)
        return matches and bool(password_hash)

    def _matches(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _in_thread(self, function: Callable[..., _T], *arguments: str) -> _T:
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._threads, function, *arguments)
        finally:
            if self._tidying is not None:
                self._tidying.cancel()
            self._tidying = loop.call_later(self._quiet_s, self._tidy)

    def _tidy(self) -> None:
        if not self._is_closed:
            give_back(self._threads, _THREADS)

    def close(self) -> None:
        """Let the threads go."""
        self._is_closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)


def _hash_of_nothing(memory_kib: int) -> PasswordHash:
    """A hash that no password has, and that takes as long to compare with as any other."""
    salt, digest = (b64encode(os.urandom(size)).decode().rstrip("=") for size in (16, 32))
    return PasswordHash(f"$argon2id$v=19$m={memory_kib},t={_PASSES},p=1${salt}${digest}")

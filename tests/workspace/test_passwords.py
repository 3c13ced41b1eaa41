"""Hashing: what it costs an attacker, and what a storm of it may not do."""

import asyncio
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from argon2 import extract_parameters

from commandpost.workspace.model.sign_up import PasswordHash
from commandpost.workspace.passwords import HashingBusy, Passwords


@pytest.fixture
def passwords() -> Generator[Passwords]:
    made = Passwords(memory_kib=8)
    yield made
    made.close()


async def test_a_password_is_hashed_with_argon2id_at_an_honest_cost() -> None:
    passwords = Passwords()

    cost = extract_parameters(await passwords.hashed("secret"))

    assert (cost.type.name, cost.memory_cost, cost.time_cost, cost.parallelism) == ("ID", 19 * 1024, 2, 1)
    passwords.close()


async def test_a_hash_is_of_one_password_only(passwords: Passwords) -> None:
    password_hash = await passwords.hashed("secret")

    assert await passwords.is_right("secret", password_hash)
    assert not await passwords.is_right("Secret", password_hash)
    assert await passwords.hashed("secret") != password_hash


@pytest.mark.parametrize("broken", ["", "plain text", "$argon2id$v=19$m=8,t=2,p=1$x$y"])
async def test_without_a_hash_no_password_is_right(passwords: Passwords, broken: str) -> None:
    for password in ("", broken, "nobody's password"):
        assert not await passwords.is_right(password, PasswordHash(broken))


async def test_without_a_hash_a_password_is_compared_at_the_same_cost() -> None:
    """Whoever is asked for in vain must not show by how soon the answer comes."""
    passwords = Passwords()

    async def cost_of(password_hash: PasswordHash) -> float:
        """The least of some: whatever else the process does meanwhile counts as well."""
        costs: list[float] = []
        for _ in range(5):
            begun = time.process_time()
            assert not await passwords.is_right("wrong", password_hash)
            costs.append(time.process_time() - begun)
        return min(costs)

    known = await cost_of(await passwords.hashed("secret"))

    assert await cost_of(PasswordHash("")) > known / 4
    passwords.close()


async def test_a_storm_is_refused_when_too_many_wait_and_passes(passwords: Passwords) -> None:
    answers = await asyncio.gather(*(passwords.hashed("secret") for _ in range(300)), return_exceptions=True)

    refused = [answer for answer in answers if isinstance(answer, HashingBusy)]
    assert 0 < len(refused) < 100
    assert all(refusal.retry_after_s > 0 for refusal in refused)
    assert sum(isinstance(answer, str) for answer in answers) == 300 - len(refused)
    assert await passwords.hashed("secret")


async def test_the_memory_of_log_ins_goes_back_to_the_system() -> None:
    passwords = Passwords(quiet_s=0.05)
    before = held_mb()

    await asyncio.gather(*(passwords.hashed("correct horse") for _ in range(4)))

    for _ in range(1000):
        if held_mb() <= before + 12:
            break
        await asyncio.wait([asyncio.get_running_loop().create_future()], timeout=0.02)
    assert held_mb() <= before + 12
    passwords.close()


def held_mb() -> int:
    """Resident memory of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1_000_000

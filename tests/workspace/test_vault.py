"""Secrets are kept encrypted; their key lies outside the database."""

from pathlib import Path

import pytest

from commandpost.vault import BadKey, Unreadable, Vault, new_key


def test_what_is_sealed_can_be_opened_with_the_same_key_only(tmp_path: Path) -> None:
    vault = Vault({}, tmp_path)
    sealed = vault.sealed("the token")

    assert "the token" not in sealed
    assert Vault({}, tmp_path).opened(sealed) == "the token"
    with pytest.raises(Unreadable):
        Vault({}, tmp_path / "other").opened(sealed)
    with pytest.raises(Unreadable):
        vault.opened("nonsense")


def test_the_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    Vault({}, tmp_path).sealed("x")

    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_new_key_takes_over_from_an_old_one(tmp_path: Path) -> None:
    old, new = new_key(), new_key()
    sealed = Vault({"COMMANDPOST_SECRET_KEY": old}, tmp_path).sealed("x")

    both = Vault({"COMMANDPOST_SECRET_KEY": f"{new} {old}"}, tmp_path)

    assert both.opened(sealed) == "x"
    assert Vault({"COMMANDPOST_SECRET_KEY": new}, tmp_path).opened(both.sealed("y")) == "y"
    assert not (tmp_path / "secret.key").exists()


def test_derived_keys_are_the_same_for_the_same_key_and_purpose(tmp_path: Path) -> None:
    vault = Vault({}, tmp_path)

    assert vault.derived("a") == Vault({}, tmp_path).derived("a") != vault.derived("b")


def test_a_key_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadKey):
        Vault({"COMMANDPOST_SECRET_KEY": "short"}, tmp_path)

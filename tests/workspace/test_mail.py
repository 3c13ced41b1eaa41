"""Talking to a mail server: logging in, and what goes wrong."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest

from commandpost.workspace.mail import MailNotSent, MailRefused, MailServer
from commandpost.workspace.model.config import Config
from commandpost.workspace.model.mail import Mail
from tests.support.clock import START
from tests.support.mail import FROM, Letterbox

MAIL = Mail(id="m1", to="ana@example.com", subject="Grüße", text="Hallo\n")


@pytest.fixture
async def box() -> AsyncGenerator[Letterbox]:
    box = Letterbox()
    server = await asyncio.get_running_loop().create_server(box.smtp, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    yield box
    server.close()


def config(box: Letterbox) -> Config:
    return Config(smtp_server="127.0.0.1", smtp_port=str(box.port), smtp_username="chat", feedback_email=FROM)


async def test_it_logs_in_and_a_repetition_bears_the_same_id(box: Letterbox) -> None:
    for _ in range(2):
        await MailServer("right").send(config(box), MAIL, at=START)

    assert box.logins == [("chat", "right")] * 2
    assert [mail["Message-ID"] for mail in box.mails] == ["<m1@commandpost.test>"] * 2
    assert [mail["Subject"] for mail in box.mails] == ["Grüße"] * 2


async def test_a_check_logs_in_and_sends_nothing(box: Letterbox) -> None:
    await MailServer("right").check(config(box))

    assert (len(box.logins), box.mails) == (1, [])


async def test_a_wrong_password_is_said(box: Letterbox) -> None:
    with pytest.raises(MailNotSent, match="Authentication"):
        await MailServer("wrong").check(config(box))


async def test_encryption_that_the_server_lacks_is_not_done_without(box: Letterbox) -> None:
    with pytest.raises(MailNotSent):
        await MailServer("right").send(replace(config(box), connection_security="STARTTLS"), MAIL, at=START)

    assert (box.logins, box.mails) == ([], [])


async def test_an_address_that_no_mail_can_bear_is_refused(box: Letterbox) -> None:
    with pytest.raises(MailRefused):
        await MailServer("right").send(replace(config(box), feedback_email="a..b@x"), MAIL, at=START)


async def test_nobody_there_is_said() -> None:
    with pytest.raises(MailNotSent):
        await MailServer("").check(Config(smtp_server="127.0.0.1", smtp_port="1", feedback_email=FROM))

"""Every sentence that goes out by mail, in the languages of the web app."""

from commandpost.workspace.model.mail import Mail

GERMAN = "de"


def password_reset(mail_id: str, to: str, *, locale: str, site_name: str, username: str, link: str) -> Mail:
    """How to choose a new password; `link` lets whoever has it do so, once, within a day."""
    if locale.startswith(GERMAN):
        return Mail(
            id=mail_id,
            to=to,
            subject=f"{site_name}: neues Passwort",
            text=(
                f"Jemand hat für das Konto @{username} bei {site_name} ein neues Passwort verlangt.\n\n"
                f"Wenn du das warst, wähle es hier; der Link gilt einen Tag und nur einmal:\n\n{link}\n\n"
                "Wenn nicht, brauchst du nichts zu tun: das bisherige Passwort gilt weiter.\n"
            ),
        )
    return Mail(
        id=mail_id,
        to=to,
        subject=f"{site_name}: new password",
        text=(
            f"Somebody asked for a new password for the account @{username} at {site_name}.\n\n"
            f"If it was you, choose it here; the link is good for a day and only once:\n\n{link}\n\n"
            "If it was not, there is nothing to do: the present password stays.\n"
        ),
    )

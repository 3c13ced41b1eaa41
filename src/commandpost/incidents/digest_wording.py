"""Every sentence of a digest, in the languages of the web app, as plain text and as HTML."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from html import escape

from commandpost.incidents.model.digest import (
    Digest,
    EndedLine,
    FollowUpLine,
    Frequency,
    OngoingLine,
)
from commandpost.kernel.clock import SECOND_MS, Millis

GERMAN = "de"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail, but for its receiver."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Words:
    daily: str
    weekly: str
    ongoing: str
    overdue: str
    ended: str
    since: str
    stage: str
    led_by: str
    last_update: str
    no_update: str
    update_overdue: str
    own_tasks: str
    due: str
    of_incident: str
    ended_at: str
    why: str
    moment: str


_ENGLISH = _Words(
    daily="Your incidents today",
    weekly="Your incidents this week",
    ongoing="Ongoing",
    overdue="Your follow-ups that are overdue",
    ended="Ended since the last digest",
    since="since {}",
    stage="stage {}",
    led_by="led by @{}",
    last_update="Last update, {}: {}",
    no_update="No status update yet.",
    update_overdue="A status update is overdue.",
    own_tasks="Your open tasks: {}",
    due="due {}",
    of_incident="of {}",
    ended_at="ended {}",
    why="You get this because you asked for it. To change that or end it:",
    moment="%d %b %Y %H:%M",
)
_IN_GERMAN = _Words(
    daily="Deine Incidents heute",
    weekly="Deine Incidents diese Woche",
    ongoing="Laufend",
    overdue="Deine überfälligen Folgeaufgaben",
    ended="Seit der letzten Übersicht beendet",
    since="seit {}",
    stage="Phase {}",
    led_by="geleitet von @{}",
    last_update="Letzter Stand, {}: {}",
    no_update="Noch kein Stand gemeldet.",
    update_overdue="Eine Statusmeldung ist überfällig.",
    own_tasks="Deine offenen Aufgaben: {}",
    due="fällig {}",
    of_incident="von {}",
    ended_at="beendet {}",
    why="Du bekommst das, weil du es bestellt hast. Ändern oder abbestellen:",
    moment="%d.%m.%Y %H:%M",
)


def letter(told: Digest, often: Frequency, *, locale: str, where: tzinfo, site_url: str) -> Letter:
    """The mail that tells of a digest, with times as they are where its receiver is."""
    words = _IN_GERMAN if locale.startswith(GERMAN) else _ENGLISH
    subject = words.weekly if often is Frequency.WEEKLY else words.daily
    sections = list(_sections(told, words, where))
    settings = f"{site_url.rstrip('/')}/account?tab=notifications"
    return Letter(
        subject=subject,
        text=_text(sections, words.why, settings),
        html=_html(subject, sections, words.why, settings),
    )


@dataclass(frozen=True, slots=True)
class _Item:
    name: str
    link: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Section:
    title: str
    items: tuple[_Item, ...]


def _sections(told: Digest, words: _Words, where: tzinfo) -> Iterator[_Section]:
    if told.ongoing:
        yield _Section(words.ongoing, tuple(_ongoing(one, words, where) for one in told.ongoing))
    if told.overdue:
        yield _Section(words.overdue, tuple(_overdue(one, words, where) for one in told.overdue))
    if told.ended:
        yield _Section(words.ended, tuple(_ended(one, words, where) for one in told.ended))


def _ongoing(one: OngoingLine, words: _Words, where: tzinfo) -> _Item:
    standing = [words.since.format(_moment(one.start_at, words, where)), words.led_by.format(one.commander)]
    if one.stage:
        standing.append(words.stage.format(one.stage))
    lines = [", ".join(standing)]
    if one.update:
        lines.append(words.last_update.format(_moment(one.update_at, words, where), one.update))
    else:
        lines.append(words.no_update)
    if one.is_overdue:
        lines.append(words.update_overdue)
    if one.own_tasks:
        lines.append(words.own_tasks.format("; ".join(one.own_tasks)))
    return _Item(one.name, one.link, tuple(lines))


def _overdue(one: FollowUpLine, words: _Words, where: tzinfo) -> _Item:
    parts = (words.due.format(_moment(one.due_at, words, where)), words.of_incident.format(one.incident))
    return _Item(one.title, one.link, (", ".join(parts),))


def _ended(one: EndedLine, words: _Words, where: tzinfo) -> _Item:
    return _Item(one.name, one.link, (words.ended_at.format(_moment(one.end_at, words, where)),))


def _moment(at: Millis, words: _Words, where: tzinfo) -> str:
    return datetime.fromtimestamp(at / SECOND_MS, where).strftime(words.moment)


def _text(sections: list[_Section], why: str, settings: str) -> str:
    blocks: list[str] = []
    for section in sections:
        items = [
            "\n".join((f"* {one.name}", *_indented(one.lines), f"  {one.link}")) for one in section.items
        ]
        blocks.append("\n\n".join((section.title.upper(), *items)))
    return "\n\n\n".join((*blocks, f"-- \n{why}\n{settings}")) + "\n"


def _indented(lines: tuple[str, ...]) -> list[str]:
    return [f"  {line}".replace("\n", "\n  ") for line in lines]


def _html(subject: str, sections: list[_Section], why: str, settings: str) -> str:
    parts = [
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(subject)}</title></head><body>'
    ]
    for section in sections:
        parts.append(f"<h2>{escape(section.title)}</h2><ul>")
        for one in section.items:
            lines = "".join(f"<br>{escape(line)}" for line in one.lines).replace("\n", "<br>")
            parts.append(f'<li><a href="{escape(one.link)}"><b>{escape(one.name)}</b></a>{lines}</li>')
        parts.append("</ul>")
    parts.append(f'<p><small>{escape(why)} <a href="{escape(settings)}">{escape(settings)}</a></small></p>')
    return "\n".join((*parts, "</body></html>"))

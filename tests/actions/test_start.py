"""Starting an incident."""

from tests.actions.room import Room, stage


async def test_an_incident_takes_its_stages_and_settings_from_its_playbook(room: Room) -> None:
    playbook = await room.playbook(
        stage("Triage", "Call the **on-call**", "Say hello"),
        stage("Close"),
        reminder_timer_default_s=900,
        reminder_message_template="### Template",
    )

    started = await room.start(name=" Server Down ", playbook_id=playbook.id)

    incident = await room.seen(started)
    assert incident == started
    assert incident.name == "Server Down"
    assert [s.title for s in incident.stages] == ["Triage", "Close"]
    assert [t.title for t in incident.stages[0].tasks] == ["Call the **on-call**", "Say hello"]
    assert incident.previous_reminder_s == 900
    assert incident.reminder_message_template == "### Template"
    assert incident.playbook_version == 1

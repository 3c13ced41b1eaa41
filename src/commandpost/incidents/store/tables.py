"""The tables of playbooks and incidents. Times are milliseconds since 1970 UTC, 0 = never."""

import sqlalchemy as sa

from commandpost.db.schema import (
    column_count,
    column_flag,
    column_id,
    column_json,
    column_text,
    column_time,
    metadata,
    primary_id,
)

playbooks = sa.Table(
    "playbooks",
    metadata,
    primary_id(),
    column_id("team_id"),
    column_text("title"),
    column_text("title_folded"),
    column_text("description"),
    column_flag("create_public_incident"),
    column_time("create_at"),
    column_time("update_at"),
    column_time("delete_at"),
    column_count("version"),
    column_count("num_stages"),
    column_count("num_steps"),
    column_json("stages", empty="[]"),
    column_id("broadcast_channel_id", default=""),
    column_text("reminder_message_template"),
    column_count("reminder_timer_default_seconds"),
    sa.Index("playbooks_by_team", "team_id", "delete_at", "title_folded"),
)

playbook_members = sa.Table(
    "playbook_members",
    metadata,
    primary_id("playbook_id"),
    primary_id("user_id"),
    column_count("position"),
    sa.Index("playbook_members_by_user", "user_id"),
)

playbook_versions = sa.Table(
    "playbook_versions",
    metadata,
    primary_id("playbook_id"),
    sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
    column_time("create_at"),
    column_id("editor_id", default=""),
    column_json("content"),
)

playbook_decisions = sa.Table(
    "playbook_decisions",
    metadata,
    primary_id(),
    column_id("playbook_id"),
    column_text("choice"),
    column_json("change"),
    column_text("reason"),
    column_count("from_version"),
    column_count("to_version"),
    column_id("decided_by"),
    column_time("decided_at"),
    column_id("undone_by", default=""),
    column_time("undone_at"),
    column_count("undone_version"),
    sa.Index("playbook_decisions_by_playbook", "playbook_id", "decided_at", "id"),
)
"""What was decided about changes that were proposed for a playbook."""

incidents = sa.Table(
    "incidents",
    metadata,
    primary_id(),
    column_id("team_id"),
    column_id("channel_id"),
    column_text("name"),
    column_text("name_folded"),
    column_text("description"),
    column_flag("is_public"),
    column_flag("is_active"),
    column_id("commander_user_id"),
    column_id("reporter_user_id", default=""),
    column_id("playbook_id", default=""),
    column_count("playbook_version"),
    column_id("post_id", default=""),
    column_time("create_at"),
    column_time("end_at"),
    column_count("active_stage"),
    column_id("reminder_post_id", default=""),
    column_count("previous_reminder_s"),
    column_id("broadcast_channel_id", default=""),
    column_text("reminder_message_template"),
    column_count("last_event"),
    column_flag("is_practice"),
    column_flag("is_imported"),
    sa.Index("incidents_by_channel", "channel_id", unique=True),
    sa.Index("incidents_by_team_id", "team_id", "id"),
    sa.Index("incidents_by_team_create_at", "team_id", "create_at", "id"),
    sa.Index("incidents_by_team_end_at", "team_id", "end_at", "id"),
    sa.Index("incidents_by_team_name", "team_id", "name_folded", "id", "is_public", "is_active"),
    sa.Index(
        "incidents_by_team_commander",
        "team_id",
        "commander_user_id",
        "create_at",
        "id",
        "is_public",
        "is_active",
    ),
    sa.Index("incidents_by_team_active", "team_id", "is_active", "create_at", "id"),
    sa.Index("incidents_by_team_public", "team_id", "is_public", "id"),
)
"""`is_public` follows the type of the incident's channel."""

stages = sa.Table(
    "stages",
    metadata,
    primary_id(),
    column_id("incident_id"),
    column_count("position"),
    column_text("title"),
    sa.Index("stages_by_incident", "incident_id", "position"),
)

tasks = sa.Table(
    "tasks",
    metadata,
    primary_id(),
    column_id("stage_id"),
    column_count("position"),
    column_text("title"),
    column_text("description"),
    column_text("command"),
    column_time("command_last_run"),
    column_text("state"),
    column_time("state_modified"),
    column_id("state_modified_post_id", default=""),
    column_id("assignee_id", default=""),
    column_time("assignee_modified"),
    column_id("assignee_modified_post_id", default=""),
    sa.Index("tasks_by_stage", "stage_id", "position"),
)

status_posts = sa.Table(
    "status_posts",
    metadata,
    primary_id("incident_id"),
    primary_id("post_id"),
    column_time("create_at"),
    column_time("delete_at"),
    sa.Index("status_posts_by_post", "post_id"),
)

incident_members = sa.Table(
    "incident_members",
    metadata,
    primary_id("incident_id"),
    primary_id("user_id"),
    column_flag("is_bot"),
    column_flag("is_present"),
    column_time("join_at"),
    column_time("leave_at"),
    sa.Index("incident_members_by_user", "user_id", "is_present", "incident_id"),
)
"""Everybody who is or was in the channel of an incident: the chat's membership, kept in step with it."""

incident_counts = sa.Table(
    "incident_counts",
    metadata,
    primary_id("team_id"),
    primary_id("viewer_id"),
    sa.Column("is_public", sa.Boolean(create_constraint=False), primary_key=True),
    sa.Column("is_active", sa.Boolean(create_constraint=False), primary_key=True),
    sa.Column("shard", sa.BigInteger, primary_key=True, autoincrement=False),
    column_count("count"),
    sa.Index("incident_counts_by_viewer", "viewer_id", "is_active"),
)
"""How many incidents a team has (`viewer_id` is "") and in how many of them a user is a member, in shards."""

reminders = sa.Table(
    "reminders",
    metadata,
    primary_id("incident_id"),
    column_time("due_at"),
    sa.Index("reminders_by_due", "due_at"),
)

rehearsals = sa.Table(
    "rehearsals",
    metadata,
    primary_id("incident_id"),
    column_id("source_id", default=""),
    column_id("playbook_id", default=""),
    column_count("seed"),
    column_count("speed"),
    column_time("start_at"),
    column_json("script"),
    column_count("position"),
    column_time("due_at"),
    sa.Index("rehearsals_by_due", "due_at"),
)
"""Practice incidents: what is replayed in them, how fast, and which step of it is next; none is due at 0."""

incident_events = sa.Table(
    "incident_events",
    metadata,
    primary_id("incident_id"),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    column_text("kind"),
    column_count("version"),
    column_id("actor_id", default=""),
    column_time("at"),
    column_json("payload"),
)

presence_changes = sa.Table(
    "presence_changes",
    metadata,
    primary_id("user_id"),
    sa.Column("at", sa.BigInteger, primary_key=True, autoincrement=False),
    column_text("status"),
)
"""When members of ongoing incidents went online, away or offline; once for all their incidents."""

alert_sources = sa.Table(
    "alert_sources",
    metadata,
    primary_id(),
    column_id("team_id"),
    column_text("name"),
    column_text("kind"),
    column_id("playbook_id"),
    column_id("commander_id"),
    column_text("grouping"),
    column_text("token_hash"),
    column_id("created_by"),
    column_time("create_at"),
    column_time("update_at"),
    sa.Index("alert_sources_by_token", "token_hash", unique=True),
    sa.Index("alert_sources_by_team", "team_id", "name", "id"),
)

alert_allowances = sa.Table(
    "alert_allowances",
    metadata,
    primary_id("source_id"),
    column_time("used_until"),
)
"""How far ahead of the clock each source of alerts has used up what it may send, on all servers together."""

alert_groups = sa.Table(
    "alert_groups",
    metadata,
    primary_id("source_id"),
    primary_id("group_hash"),
    column_id("incident_id"),
    column_time("started_at"),
    sa.Index("alert_groups_by_start", "source_id", "started_at"),
)
"""For each group of a source's alerts, the incident that they started or joined last."""

alerts = sa.Table(
    "alerts",
    metadata,
    primary_id("source_id"),
    primary_id("key_hash"),
    column_id("incident_id"),
    column_text("key"),
    column_text("state"),
    column_text("title"),
    column_text("severity"),
    column_text("url"),
    column_text("since"),
    column_text("told"),
    column_time("change_at"),
    sa.Index("alerts_by_incident", "incident_id", "change_at", "source_id", "key_hash"),
)
"""Every alert as it stands. `told` is how it stood when it was last posted in its incident."""

alert_posts = sa.Table(
    "alert_posts",
    metadata,
    primary_id("incident_id"),
    column_time("posted_at"),
    column_time("due_at"),
    sa.Index("alert_posts_by_due", "due_at"),
)
"""When alerts were last posted in an incident; `due_at` is 0 when none wait."""

archive_keys = sa.Table(
    "archive_keys",
    metadata,
    primary_id("public_key"),
    column_text("sealed_key"),
    column_time("create_at"),
)
"""The key that signs archives: one row, its private half encrypted."""

imported_incidents = sa.Table(
    "imported_incidents",
    metadata,
    primary_id("incident_id"),
    column_text("standing"),
    column_text("signer"),
    column_text("server"),
    column_text("digest"),
    column_id("imported_by"),
    column_time("import_at"),
    column_text("grounds"),
)
"""Incidents that came in an archive, what it turned out to be, and what reviews compare them with."""

imported_people = sa.Table(
    "imported_people",
    metadata,
    primary_id("incident_id"),
    primary_id("user_id"),
    column_text("username"),
    column_text("first_name"),
    column_text("last_name"),
    column_flag("is_bot"),
)
"""Who is meant by ids in an imported incident that belong to nobody here."""

review_plans = sa.Table(
    "review_plans",
    metadata,
    primary_id("playbook_id"),
    column_text("template"),
    column_count("remind_after_s"),
    column_count("version"),
)
"""What playbooks say about the reviews of their incidents."""

review_documents = sa.Table(
    "review_documents",
    metadata,
    primary_id("incident_id"),
    column_count("version"),
    column_text("status"),
    column_text("text"),
    column_id("editor_id"),
    column_time("create_at"),
    column_time("update_at"),
    column_id("discussion_post_id", default=""),
    column_count("published_version"),
    column_time("published_at"),
)
"""What people wrote about an incident, as it stands."""

review_versions = sa.Table(
    "review_versions",
    metadata,
    primary_id("incident_id"),
    sa.Column("version", sa.BigInteger, primary_key=True, autoincrement=False),
    column_id("editor_id"),
    column_time("at"),
    column_text("text"),
)

review_reminders = sa.Table(
    "review_reminders",
    metadata,
    primary_id("incident_id"),
    column_time("due_at"),
    sa.Index("review_reminders_by_due", "due_at"),
)
"""When commanders are to be reminded of reviews that are due."""

digests = sa.Table(
    "digests",
    metadata,
    primary_id("user_id"),
    column_text("frequency"),
    column_time("due_at"),
    column_time("since"),
    sa.Index("digests_by_due", "due_at"),
)
"""Who wants a digest by mail, when the next is due, and since when things are new to them."""

follow_ups = sa.Table(
    "follow_ups",
    metadata,
    primary_id(),
    column_id("incident_id"),
    column_text("title"),
    column_id("assignee_id", default=""),
    column_time("due_at"),
    column_time("done_at"),
    column_count("version"),
    column_id("created_by"),
    column_time("create_at"),
    column_time("update_at"),
    column_text("ticket_tool"),
    column_text("ticket_reference"),
    column_text("ticket_url"),
    column_time("ticket_begun_at"),
    column_flag("ticket_may_be_there"),
    sa.Index("follow_ups_by_incident", "incident_id", "create_at", "id"),
)

event_subscriptions = sa.Table(
    "event_subscriptions",
    metadata,
    primary_id(),
    column_id("playbook_id"),
    column_id("user_id"),
    column_text("url"),
    column_time("create_at"),
)

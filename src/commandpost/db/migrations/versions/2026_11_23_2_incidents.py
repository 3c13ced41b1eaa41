"""The first tables of incidents."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_2_incidents"
down_revision = "2026_11_23_1_workspace"
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "alert_allowances",
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("used_until", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("source_id"),
    )
    op.create_table(
        "alert_groups",
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("group_hash", TEXT, nullable=False),
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("started_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("source_id", "group_hash"),
    )
    op.create_index("alert_groups_by_start", "alert_groups", ["source_id", "started_at"], unique=False)
    op.create_table(
        "alert_posts",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("posted_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_index("alert_posts_by_due", "alert_posts", ["due_at"], unique=False)
    op.create_table(
        "alert_sources",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("kind", TEXT, server_default="", nullable=False),
        sa.Column("playbook_id", TEXT, nullable=False),
        sa.Column("commander_id", TEXT, nullable=False),
        sa.Column("grouping", TEXT, server_default="", nullable=False),
        sa.Column("token_hash", TEXT, server_default="", nullable=False),
        sa.Column("created_by", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("alert_sources_by_team", "alert_sources", ["team_id", "name", "id"], unique=False)
    op.create_index("alert_sources_by_token", "alert_sources", ["token_hash"], unique=True)
    op.create_table(
        "alerts",
        sa.Column("source_id", TEXT, nullable=False),
        sa.Column("key_hash", TEXT, nullable=False),
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("key", TEXT, server_default="", nullable=False),
        sa.Column("state", TEXT, server_default="", nullable=False),
        sa.Column("title", TEXT, server_default="", nullable=False),
        sa.Column("severity", TEXT, server_default="", nullable=False),
        sa.Column("url", TEXT, server_default="", nullable=False),
        sa.Column("since", TEXT, server_default="", nullable=False),
        sa.Column("told", TEXT, server_default="", nullable=False),
        sa.Column("change_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("source_id", "key_hash"),
    )
    op.create_index(
        "alerts_by_incident", "alerts", ["incident_id", "change_at", "source_id", "key_hash"], unique=False
    )
    op.create_table(
        "archive_keys",
        sa.Column("public_key", TEXT, nullable=False),
        sa.Column("sealed_key", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("public_key"),
    )
    op.create_table(
        "digests",
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("frequency", TEXT, server_default="", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("since", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_index("digests_by_due", "digests", ["due_at"], unique=False)
    op.create_table(
        "event_subscriptions",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("playbook_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("url", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "follow_ups",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("title", TEXT, server_default="", nullable=False),
        sa.Column("assignee_id", TEXT, server_default="", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("done_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("created_by", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("ticket_tool", TEXT, server_default="", nullable=False),
        sa.Column("ticket_reference", TEXT, server_default="", nullable=False),
        sa.Column("ticket_url", TEXT, server_default="", nullable=False),
        sa.Column("ticket_begun_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("ticket_may_be_there", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("follow_ups_by_incident", "follow_ups", ["incident_id", "create_at", "id"], unique=False)
    op.create_table(
        "imported_incidents",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("standing", TEXT, server_default="", nullable=False),
        sa.Column("signer", TEXT, server_default="", nullable=False),
        sa.Column("server", TEXT, server_default="", nullable=False),
        sa.Column("digest", TEXT, server_default="", nullable=False),
        sa.Column("imported_by", TEXT, nullable=False),
        sa.Column("import_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("grounds", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_table(
        "imported_people",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("username", TEXT, server_default="", nullable=False),
        sa.Column("first_name", TEXT, server_default="", nullable=False),
        sa.Column("last_name", TEXT, server_default="", nullable=False),
        sa.Column("is_bot", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "user_id"),
    )
    op.create_table(
        "incident_counts",
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("viewer_id", TEXT, nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("shard", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("team_id", "viewer_id", "is_public", "is_active", "shard"),
    )
    op.create_index("incident_counts_by_viewer", "incident_counts", ["viewer_id", "is_active"], unique=False)
    op.create_table(
        "incident_events",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", TEXT, server_default="", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("actor_id", TEXT, server_default="", nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("payload", TEXT, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "sequence"),
    )
    op.create_table(
        "incident_members",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("is_bot", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("is_present", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("join_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("leave_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "user_id"),
    )
    op.create_index(
        "incident_members_by_user", "incident_members", ["user_id", "is_present", "incident_id"], unique=False
    )
    op.create_table(
        "incidents",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("name_folded", TEXT, server_default="", nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.Column("is_public", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("commander_user_id", TEXT, nullable=False),
        sa.Column("reporter_user_id", TEXT, server_default="", nullable=False),
        sa.Column("playbook_id", TEXT, server_default="", nullable=False),
        sa.Column("playbook_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("post_id", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("end_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("active_stage", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("reminder_post_id", TEXT, server_default="", nullable=False),
        sa.Column("previous_reminder_s", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("broadcast_channel_id", TEXT, server_default="", nullable=False),
        sa.Column("reminder_message_template", TEXT, server_default="", nullable=False),
        sa.Column("last_event", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_practice", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("is_imported", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("incidents_by_channel", "incidents", ["channel_id"], unique=True)
    op.create_index(
        "incidents_by_team_active", "incidents", ["team_id", "is_active", "create_at", "id"], unique=False
    )
    op.create_index(
        "incidents_by_team_commander",
        "incidents",
        ["team_id", "commander_user_id", "create_at", "id", "is_public", "is_active"],
        unique=False,
    )
    op.create_index("incidents_by_team_create_at", "incidents", ["team_id", "create_at", "id"], unique=False)
    op.create_index("incidents_by_team_end_at", "incidents", ["team_id", "end_at", "id"], unique=False)
    op.create_index("incidents_by_team_id", "incidents", ["team_id", "id"], unique=False)
    op.create_index(
        "incidents_by_team_name",
        "incidents",
        ["team_id", "name_folded", "id", "is_public", "is_active"],
        unique=False,
    )
    op.create_index("incidents_by_team_public", "incidents", ["team_id", "is_public", "id"], unique=False)
    op.create_table(
        "playbook_decisions",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("playbook_id", TEXT, nullable=False),
        sa.Column("choice", TEXT, server_default="", nullable=False),
        sa.Column("change", TEXT, server_default="{}", nullable=False),
        sa.Column("reason", TEXT, server_default="", nullable=False),
        sa.Column("from_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("to_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("decided_by", TEXT, nullable=False),
        sa.Column("decided_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("undone_by", TEXT, server_default="", nullable=False),
        sa.Column("undone_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("undone_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "playbook_decisions_by_playbook",
        "playbook_decisions",
        ["playbook_id", "decided_at", "id"],
        unique=False,
    )
    op.create_table(
        "playbook_members",
        sa.Column("playbook_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("playbook_id", "user_id"),
    )
    op.create_index("playbook_members_by_user", "playbook_members", ["user_id"], unique=False)
    op.create_table(
        "playbook_versions",
        sa.Column("playbook_id", TEXT, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("editor_id", TEXT, server_default="", nullable=False),
        sa.Column("content", TEXT, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("playbook_id", "version"),
    )
    op.create_table(
        "playbooks",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("title", TEXT, server_default="", nullable=False),
        sa.Column("title_folded", TEXT, server_default="", nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.Column("create_public_incident", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("num_stages", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("num_steps", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("stages", TEXT, server_default="[]", nullable=False),
        sa.Column("broadcast_channel_id", TEXT, server_default="", nullable=False),
        sa.Column("reminder_message_template", TEXT, server_default="", nullable=False),
        sa.Column("reminder_timer_default_seconds", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("playbooks_by_team", "playbooks", ["team_id", "delete_at", "title_folded"], unique=False)
    op.create_table(
        "presence_changes",
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("status", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("user_id", "at"),
    )
    op.create_table(
        "rehearsals",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("source_id", TEXT, server_default="", nullable=False),
        sa.Column("playbook_id", TEXT, server_default="", nullable=False),
        sa.Column("seed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("speed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("start_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("script", TEXT, server_default="{}", nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_index("rehearsals_by_due", "rehearsals", ["due_at"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_index("reminders_by_due", "reminders", ["due_at"], unique=False)
    op.create_table(
        "review_documents",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("status", TEXT, server_default="", nullable=False),
        sa.Column("text", TEXT, server_default="", nullable=False),
        sa.Column("editor_id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("discussion_post_id", TEXT, server_default="", nullable=False),
        sa.Column("published_version", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("published_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_table(
        "review_plans",
        sa.Column("playbook_id", TEXT, nullable=False),
        sa.Column("template", TEXT, server_default="", nullable=False),
        sa.Column("remind_after_s", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("playbook_id"),
    )
    op.create_table(
        "review_reminders",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("incident_id"),
    )
    op.create_index("review_reminders_by_due", "review_reminders", ["due_at"], unique=False)
    op.create_table(
        "review_versions",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("editor_id", TEXT, nullable=False),
        sa.Column("at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "version"),
    )
    op.create_table(
        "stages",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("title", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("stages_by_incident", "stages", ["incident_id", "position"], unique=False)
    op.create_table(
        "status_posts",
        sa.Column("incident_id", TEXT, nullable=False),
        sa.Column("post_id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("incident_id", "post_id"),
    )
    op.create_index("status_posts_by_post", "status_posts", ["post_id"], unique=False)
    op.create_table(
        "tasks",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("stage_id", TEXT, nullable=False),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("title", TEXT, server_default="", nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.Column("command", TEXT, server_default="", nullable=False),
        sa.Column("command_last_run", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", TEXT, server_default="", nullable=False),
        sa.Column("state_modified", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state_modified_post_id", TEXT, server_default="", nullable=False),
        sa.Column("assignee_id", TEXT, server_default="", nullable=False),
        sa.Column("assignee_modified", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("assignee_modified_post_id", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("tasks_by_stage", "tasks", ["stage_id", "position"], unique=False)

"""The first tables of workspace."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_1_workspace"
down_revision = None
kind = "expands"

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "access_tokens",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("token_hash", TEXT, server_default="", nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("access_tokens_by_token", "access_tokens", ["token_hash"], unique=True)
    op.create_index("access_tokens_by_user", "access_tokens", ["user_id"], unique=False)
    op.create_table(
        "attendances",
        sa.Column("node_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("node_id", "user_id"),
    )
    op.create_index("attendances_by_user", "attendances", ["user_id"], unique=False)
    op.create_table(
        "channel_member_history",
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("join_time", sa.BigInteger(), nullable=False),
        sa.Column("leave_time", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id", "join_time"),
    )
    op.create_table(
        "channel_members",
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("roles", TEXT, server_default="", nullable=False),
        sa.Column("last_viewed_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("msg_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("msg_count_root", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mention_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mention_count_root", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("notify_props", TEXT, server_default="{}", nullable=False),
        sa.Column("last_update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("join_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("channel_id", "user_id"),
    )
    op.create_index("channel_members_by_user", "channel_members", ["user_id", "channel_id"], unique=False)
    op.create_table(
        "channels",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("team_id", TEXT, server_default="", nullable=False),
        sa.Column("type", TEXT, server_default="", nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("header", TEXT, server_default="", nullable=False),
        sa.Column("purpose", TEXT, server_default="", nullable=False),
        sa.Column("last_post_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_root_post_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total_msg_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total_msg_count_root", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("creator_id", TEXT, server_default="", nullable=False),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("channels_by_name", "channels", ["team_id", "name"], unique=True)
    op.create_index("channels_by_team_type", "channels", ["team_id", "type", "delete_at"], unique=False)
    op.create_table(
        "config_values",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, server_default="null", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "custom_commands",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("creator_id", TEXT, nullable=False),
        sa.Column("trigger_word", TEXT, server_default="", nullable=False),
        sa.Column("url", TEXT, server_default="", nullable=False),
        sa.Column("method", TEXT, server_default="", nullable=False),
        sa.Column("sealed_token", TEXT, server_default="", nullable=False),
        sa.Column("username", TEXT, server_default="", nullable=False),
        sa.Column("icon_url", TEXT, server_default="", nullable=False),
        sa.Column("auto_complete", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("auto_complete_desc", TEXT, server_default="", nullable=False),
        sa.Column("auto_complete_hint", TEXT, server_default="", nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("custom_commands_by_trigger", "custom_commands", ["team_id", "trigger_word"], unique=True)
    op.create_table(
        "files",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("post_id", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("extension", TEXT, server_default="", nullable=False),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mime_type", TEXT, server_default="", nullable=False),
        sa.Column("width", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("height", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("has_preview_image", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("files_by_channel", "files", ["channel_id", "create_at"], unique=False)
    op.create_index(
        "files_by_delete_at",
        "files",
        ["delete_at"],
        unique=False,
        sqlite_where=sa.text("delete_at > 0"),
        postgresql_where=sa.text("delete_at > 0"),
    )
    op.create_index("files_by_post", "files", ["post_id"], unique=False)
    op.create_table(
        "incoming_webhooks",
        sa.Column("id_hash", TEXT, nullable=False),
        sa.Column("sealed_id", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.Column("username", TEXT, server_default="", nullable=False),
        sa.Column("icon_url", TEXT, server_default="", nullable=False),
        sa.Column("channel_locked", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.PrimaryKeyConstraint("id_hash"),
    )
    op.create_index(
        "incoming_webhooks_by_create_at", "incoming_webhooks", ["create_at", "id_hash"], unique=False
    )
    op.create_index(
        "incoming_webhooks_by_team", "incoming_webhooks", ["team_id", "create_at", "id_hash"], unique=False
    )
    op.create_table(
        "leases",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("until", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "login_failures",
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("failures", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("first_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("subject"),
    )
    op.create_index("login_failures_by_time", "login_failures", ["first_at"], unique=False)
    op.create_table(
        "mails",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("sealed", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("mails_by_due_at", "mails", ["due_at", "id"], unique=False)
    op.create_table(
        "mention_words",
        sa.Column("word", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("word", "user_id"),
    )
    op.create_index("mention_words_by_user", "mention_words", ["user_id"], unique=False)
    op.create_table(
        "nodes",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("seen_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "openid_accounts",
        sa.Column("issuer", TEXT, nullable=False),
        sa.Column("subject", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject"),
    )
    op.create_index("openid_accounts_by_user", "openid_accounts", ["user_id"], unique=False)
    op.create_table(
        "openid_answers",
        sa.Column("state_hash", TEXT, nullable=False),
        sa.Column("expires_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("state_hash"),
    )
    op.create_index("openid_answers_by_expires_at", "openid_answers", ["expires_at"], unique=False)
    op.create_table(
        "outgoing_webhooks",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("sealed_token", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, server_default="", nullable=False),
        sa.Column("creator_id", TEXT, nullable=False),
        sa.Column("trigger_words", TEXT, server_default="[]", nullable=False),
        sa.Column("trigger_when", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("callback_urls", TEXT, server_default="[]", nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.Column("content_type", TEXT, server_default="", nullable=False),
        sa.Column("username", TEXT, server_default="", nullable=False),
        sa.Column("icon_url", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("outgoing_webhooks_by_create_at", "outgoing_webhooks", ["create_at", "id"], unique=False)
    op.create_index(
        "outgoing_webhooks_by_team", "outgoing_webhooks", ["team_id", "create_at", "id"], unique=False
    )
    op.create_table(
        "password_resets",
        sa.Column("token_hash", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("email", TEXT, server_default="", nullable=False),
        sa.Column("expires_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("password_resets_by_expires_at", "password_resets", ["expires_at"], unique=False)
    op.create_index("password_resets_by_user", "password_resets", ["user_id"], unique=False)
    op.create_table(
        "posts",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.Identity(always=False),
            nullable=False,
        ),
        sa.Column("id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("edit_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_pinned", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("root_id", TEXT, server_default="", nullable=False),
        sa.Column("message", TEXT, server_default="", nullable=False),
        sa.Column("type", TEXT, server_default="", nullable=False),
        sa.Column("props", TEXT, server_default="{}", nullable=False),
        sa.Column("hashtags", TEXT, server_default="", nullable=False),
        sa.Column("file_ids", TEXT, server_default="[]", nullable=False),
        sa.Column("pending_post_id", TEXT, server_default="", nullable=False),
        sa.Column("has_reactions", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("reply_count", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_reply_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("posts_by_channel", "posts", ["channel_id", "create_at", "seq"], unique=False)
    op.create_index("posts_by_channel_update", "posts", ["channel_id", "update_at"], unique=False)
    op.create_index("posts_by_id", "posts", ["id"], unique=True)
    op.create_index(
        "posts_by_pending",
        "posts",
        ["user_id", "pending_post_id"],
        unique=False,
        sqlite_where=sa.text("pending_post_id <> ''"),
        postgresql_where=sa.text("pending_post_id <> ''"),
    )
    op.create_index(
        "posts_by_root",
        "posts",
        ["root_id", "create_at", "seq"],
        unique=False,
        sqlite_where=sa.text("root_id <> ''"),
        postgresql_where=sa.text("root_id <> ''"),
    )
    op.create_index(
        "posts_pinned",
        "posts",
        ["channel_id", "create_at"],
        unique=False,
        sqlite_where=sa.text("is_pinned"),
        postgresql_where=sa.text("is_pinned"),
    )
    op.create_table(
        "preferences",
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("category", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("value", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("user_id", "category", "name"),
    )
    op.create_table(
        "reactions",
        sa.Column("post_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("emoji_name", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("post_id", "user_id", "emoji_name"),
    )
    op.create_table(
        "response_addresses",
        sa.Column("id_hash", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("command_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("root_id", TEXT, server_default="", nullable=False),
        sa.Column("uses", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id_hash"),
    )
    op.create_index("response_addresses_by_create_at", "response_addresses", ["create_at"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("token_hash", TEXT, server_default="", nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("expires_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_activity_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("device_id", TEXT, server_default="", nullable=False),
        sa.Column("props", TEXT, server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("sessions_by_token", "sessions", ["token_hash"], unique=True)
    op.create_index("sessions_by_user", "sessions", ["user_id", "expires_at"], unique=False)
    op.create_table(
        "sidebar_categories",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("type", TEXT, server_default="", nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.Column("sorting", TEXT, server_default="", nullable=False),
        sa.Column("muted", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("collapsed", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("sort_order", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "sidebar_categories_by_user", "sidebar_categories", ["user_id", "team_id", "sort_order"], unique=False
    )
    op.create_table(
        "sidebar_channels",
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("channel_id", TEXT, nullable=False),
        sa.Column("category_id", TEXT, nullable=False),
        sa.Column("sort_order", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("user_id", "team_id", "channel_id"),
    )
    op.create_index(
        "sidebar_channels_by_category", "sidebar_channels", ["category_id", "sort_order"], unique=False
    )
    op.create_table(
        "statuses",
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("status", TEXT, server_default="", nullable=False),
        sa.Column("manual", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("last_activity_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("dnd_end_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("before_dnd", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", TEXT, nullable=False),
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("roles", TEXT, server_default="", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("team_id", "user_id"),
    )
    op.create_index("team_members_by_user", "team_members", ["user_id", "team_id"], unique=False)
    op.create_table(
        "teams",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("display_name", TEXT, server_default="", nullable=False),
        sa.Column("name", TEXT, server_default="", nullable=False),
        sa.Column("description", TEXT, server_default="", nullable=False),
        sa.Column("email", TEXT, server_default="", nullable=False),
        sa.Column("type", TEXT, server_default="", nullable=False),
        sa.Column("company_name", TEXT, server_default="", nullable=False),
        sa.Column("allowed_domains", TEXT, server_default="", nullable=False),
        sa.Column("invite_id", TEXT, nullable=False),
        sa.Column("allow_open_invite", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("teams_by_invite", "teams", ["invite_id"], unique=False)
    op.create_index("teams_by_name", "teams", ["name"], unique=True)
    op.create_table(
        "two_factors",
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("sealed_secret", TEXT, server_default="", nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "user_images",
        sa.Column("user_id", TEXT, nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mime_type", TEXT, server_default="", nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_table(
        "users",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("update_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("delete_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("username", TEXT, server_default="", nullable=False),
        sa.Column("email", TEXT, server_default="", nullable=False),
        sa.Column("email_verified", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("nickname", TEXT, server_default="", nullable=False),
        sa.Column("first_name", TEXT, server_default="", nullable=False),
        sa.Column("last_name", TEXT, server_default="", nullable=False),
        sa.Column("position", TEXT, server_default="", nullable=False),
        sa.Column("roles", TEXT, server_default="", nullable=False),
        sa.Column("locale", TEXT, server_default="", nullable=False),
        sa.Column("timezone", TEXT, server_default="{}", nullable=False),
        sa.Column("notify_props", TEXT, server_default="{}", nullable=False),
        sa.Column("props", TEXT, server_default="{}", nullable=False),
        sa.Column("password_hash", TEXT, server_default="", nullable=False),
        sa.Column("mfa_active", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("last_password_update", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_picture_update", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("is_bot", sa.Boolean(), server_default=sa.text("(FALSE)"), nullable=False),
        sa.Column("bot_description", TEXT, server_default="", nullable=False),
        sa.Column("bot_owner_id", TEXT, server_default="", nullable=False),
        sa.Column("search_text", TEXT, server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("users_by_create_at", "users", ["create_at", "id"], unique=False)
    op.create_index("users_by_email", "users", ["email"], unique=True)
    op.create_index("users_by_username", "users", ["username"], unique=True)
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", TEXT, nullable=False),
        sa.Column("hook_id", TEXT, nullable=False),
        sa.Column("url", TEXT, server_default="", nullable=False),
        sa.Column("post_id", TEXT, nullable=False),
        sa.Column("trigger_word", TEXT, server_default="", nullable=False),
        sa.Column("payload", TEXT, server_default="{}", nullable=False),
        sa.Column("create_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("due_at", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("webhook_deliveries_by_due_at", "webhook_deliveries", ["due_at", "id"], unique=False)
    op.create_index(
        "webhook_deliveries_by_hook", "webhook_deliveries", ["hook_id", "create_at", "id"], unique=False
    )

"""The tables of the embedded chat. Column names follow Mattermost's field names; times are ms, 0 = never."""

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

users = sa.Table(
    "users",
    metadata,
    primary_id(),
    column_time("create_at"),
    column_time("update_at"),
    column_time("delete_at"),
    column_text("username"),
    column_text("email"),
    column_flag("email_verified"),
    column_text("nickname"),
    column_text("first_name"),
    column_text("last_name"),
    column_text("position"),
    column_text("roles"),
    column_text("locale"),
    column_json("timezone"),
    column_json("notify_props"),
    column_json("props"),
    column_text("password_hash"),
    column_flag("mfa_active"),
    column_time("last_password_update"),
    column_time("last_picture_update"),
    column_flag("is_bot"),
    column_text("bot_description"),
    column_text("bot_owner_id"),
    column_text("search_text"),
    sa.Index("users_by_username", "username", unique=True),
    sa.Index("users_by_email", "email", unique=True),
    sa.Index("users_by_create_at", "create_at", "id"),
)

user_images = sa.Table(
    "user_images",
    metadata,
    primary_id("user_id"),
    column_time("update_at"),
    column_text("mime_type"),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

sessions = sa.Table(
    "sessions",
    metadata,
    primary_id(),
    column_text("token_hash"),
    column_id("user_id"),
    column_time("create_at"),
    column_time("expires_at"),
    column_time("last_activity_at"),
    column_text("device_id"),
    column_json("props"),
    sa.Index("sessions_by_token", "token_hash", unique=True),
    sa.Index("sessions_by_user", "user_id", "expires_at"),
)

access_tokens = sa.Table(
    "access_tokens",
    metadata,
    primary_id(),
    column_text("token_hash"),
    column_id("user_id"),
    column_text("description"),
    column_flag("is_active"),
    column_time("create_at"),
    sa.Index("access_tokens_by_token", "token_hash", unique=True),
    sa.Index("access_tokens_by_user", "user_id"),
)

login_failures = sa.Table(
    "login_failures",
    metadata,
    primary_id("subject"),
    column_count("failures"),
    column_time("first_at"),
    column_time("last_at"),
    sa.Index("login_failures_by_time", "first_at"),
)

statuses = sa.Table(
    "statuses",
    metadata,
    primary_id("user_id"),
    column_text("status"),
    column_flag("manual"),
    column_time("last_activity_at"),
    column_time("dnd_end_at"),
    column_text("before_dnd"),
)

preferences = sa.Table(
    "preferences",
    metadata,
    primary_id("user_id"),
    primary_id("category"),
    primary_id("name"),
    column_text("value"),
)

config_values = sa.Table(
    "config_values",
    metadata,
    primary_id("name"),
    column_json("value", empty="null"),
    column_time("update_at"),
)

leases = sa.Table(
    "leases",
    metadata,
    primary_id("name"),
    column_time("until"),
)
"""Work that one server at a time does: whose turn it is until when."""

nodes = sa.Table(
    "nodes",
    metadata,
    primary_id("id"),
    column_time("seen_at"),
)
"""The servers on this database, and when each last said that it is there."""

attendances = sa.Table(
    "attendances",
    metadata,
    primary_id("node_id"),
    primary_id("user_id"),
    sa.Index("attendances_by_user", "user_id"),
)
"""Who has a living socket on which server."""

teams = sa.Table(
    "teams",
    metadata,
    primary_id(),
    column_time("create_at"),
    column_time("update_at"),
    column_time("delete_at"),
    column_text("display_name"),
    column_text("name"),
    column_text("description"),
    column_text("email"),
    column_text("type"),
    column_text("company_name"),
    column_text("allowed_domains"),
    column_id("invite_id"),
    column_flag("allow_open_invite"),
    sa.Index("teams_by_name", "name", unique=True),
    sa.Index("teams_by_invite", "invite_id"),
)

team_members = sa.Table(
    "team_members",
    metadata,
    primary_id("team_id"),
    primary_id("user_id"),
    column_text("roles"),
    column_time("create_at"),
    column_time("delete_at"),
    sa.Index("team_members_by_user", "user_id", "team_id"),
)

channels = sa.Table(
    "channels",
    metadata,
    primary_id(),
    column_time("create_at"),
    column_time("update_at"),
    column_time("delete_at"),
    column_id("team_id", default=""),
    column_text("type"),
    column_text("display_name"),
    column_text("name"),
    column_text("header"),
    column_text("purpose"),
    column_time("last_post_at"),
    column_time("last_root_post_at"),
    column_count("total_msg_count"),
    column_count("total_msg_count_root"),
    column_id("creator_id", default=""),
    column_text("search_text"),
    sa.Index("channels_by_name", "team_id", "name", unique=True),
    sa.Index("channels_by_team_type", "team_id", "type", "delete_at"),
)

channel_members = sa.Table(
    "channel_members",
    metadata,
    primary_id("channel_id"),
    primary_id("user_id"),
    column_text("roles"),
    column_time("last_viewed_at"),
    column_count("msg_count"),
    column_count("msg_count_root"),
    column_count("mention_count"),
    column_count("mention_count_root"),
    column_json("notify_props"),
    column_time("last_update_at"),
    column_time("join_at"),
    sa.Index("channel_members_by_user", "user_id", "channel_id"),
)

# Memberships that have ended. Present ones are in channel_members alone: joining is one statement.
channel_member_history = sa.Table(
    "channel_member_history",
    metadata,
    primary_id("channel_id"),
    primary_id("user_id"),
    sa.Column("join_time", sa.BigInteger, primary_key=True),
    column_time("leave_time"),
)

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), sa.Identity(), primary_key=True),
    column_id(),
    column_time("create_at"),
    column_time("update_at"),
    column_time("edit_at"),
    column_time("delete_at"),
    column_flag("is_pinned"),
    column_id("user_id"),
    column_id("channel_id"),
    column_id("root_id", default=""),
    column_text("message"),
    column_text("type"),
    column_json("props"),
    column_text("hashtags"),
    column_json("file_ids", empty="[]"),
    column_text("pending_post_id"),
    column_flag("has_reactions"),
    column_count("reply_count"),
    column_time("last_reply_at"),
    column_text("search_text"),
    sa.Index("posts_by_id", "id", unique=True),
    sa.Index("posts_by_channel", "channel_id", "create_at", "seq"),
    sa.Index("posts_by_channel_update", "channel_id", "update_at"),
    sa.Index(
        "posts_pinned",
        "channel_id",
        "create_at",
        sqlite_where=sa.text("is_pinned"),
        postgresql_where=sa.text("is_pinned"),
    ),
    sa.Index(
        "posts_by_root",
        "root_id",
        "create_at",
        "seq",
        sqlite_where=sa.text("root_id <> ''"),
        postgresql_where=sa.text("root_id <> ''"),
    ),
    sa.Index(
        "posts_by_pending",
        "user_id",
        "pending_post_id",
        sqlite_where=sa.text("pending_post_id <> ''"),
        postgresql_where=sa.text("pending_post_id <> ''"),
    ),
)
"""`seq` is the order of arrival: it tells apart posts of the same millisecond."""

mention_words = sa.Table(
    "mention_words",
    metadata,
    primary_id("word"),
    primary_id("user_id"),
    sa.Index("mention_words_by_user", "user_id"),
)

reactions = sa.Table(
    "reactions",
    metadata,
    primary_id("post_id"),
    primary_id("user_id"),
    primary_id("emoji_name"),
    column_time("create_at"),
)

files = sa.Table(
    "files",
    metadata,
    primary_id(),
    column_id("user_id"),
    column_id("channel_id"),
    column_id("post_id", default=""),
    column_time("create_at"),
    column_time("update_at"),
    column_time("delete_at"),
    column_text("name"),
    column_text("extension"),
    column_count("size"),
    column_text("mime_type"),
    column_count("width"),
    column_count("height"),
    column_flag("has_preview_image"),
    sa.Index("files_by_post", "post_id"),
    sa.Index(
        "files_by_delete_at",
        "delete_at",
        sqlite_where=sa.text("delete_at > 0"),
        postgresql_where=sa.text("delete_at > 0"),
    ),
    sa.Index("files_by_channel", "channel_id", "create_at"),
)

sidebar_categories = sa.Table(
    "sidebar_categories",
    metadata,
    primary_id(),
    column_id("user_id"),
    column_id("team_id"),
    column_text("type"),
    column_text("display_name"),
    column_text("sorting"),
    column_flag("muted"),
    column_flag("collapsed"),
    column_count("sort_order"),
    sa.Index("sidebar_categories_by_user", "user_id", "team_id", "sort_order"),
)

sidebar_channels = sa.Table(
    "sidebar_channels",
    metadata,
    primary_id("user_id"),
    primary_id("team_id"),
    primary_id("channel_id"),
    column_id("category_id"),
    column_count("sort_order"),
    sa.Index("sidebar_channels_by_category", "category_id", "sort_order"),
)

custom_commands = sa.Table(
    "custom_commands",
    metadata,
    primary_id(),
    column_time("create_at"),
    column_time("update_at"),
    column_id("team_id"),
    column_id("creator_id"),
    column_text("trigger_word"),
    column_text("url"),
    column_text("method"),
    column_text("sealed_token"),
    column_text("username"),
    column_text("icon_url"),
    column_flag("auto_complete"),
    column_text("auto_complete_desc"),
    column_text("auto_complete_hint"),
    column_text("display_name"),
    column_text("description"),
    sa.Index("custom_commands_by_trigger", "team_id", "trigger_word", unique=True),
)

response_addresses = sa.Table(
    "response_addresses",
    metadata,
    primary_id("id_hash"),
    column_time("create_at"),
    column_id("command_id"),
    column_id("user_id"),
    column_id("channel_id"),
    column_id("root_id", default=""),
    column_count("uses"),
    sa.Index("response_addresses_by_create_at", "create_at"),
)
"""Where a run of a custom command may still answer. The id is a secret: who knows it, answers."""

incoming_webhooks = sa.Table(
    "incoming_webhooks",
    metadata,
    primary_id("id_hash"),
    column_text("sealed_id"),
    column_time("create_at"),
    column_time("update_at"),
    column_id("team_id"),
    column_id("channel_id"),
    column_id("user_id"),
    column_text("display_name"),
    column_text("description"),
    column_text("username"),
    column_text("icon_url"),
    column_flag("channel_locked"),
    sa.Index("incoming_webhooks_by_team", "team_id", "create_at", "id_hash"),
    sa.Index("incoming_webhooks_by_create_at", "create_at", "id_hash"),
)
"""The id is a secret, since whoever knows it may post: it is looked up by its hash."""

outgoing_webhooks = sa.Table(
    "outgoing_webhooks",
    metadata,
    primary_id(),
    column_text("sealed_token"),
    column_time("create_at"),
    column_time("update_at"),
    column_id("team_id"),
    column_id("channel_id", default=""),
    column_id("creator_id"),
    column_json("trigger_words", empty="[]"),
    column_count("trigger_when"),
    column_json("callback_urls", empty="[]"),
    column_text("display_name"),
    column_text("description"),
    column_text("content_type"),
    column_text("username"),
    column_text("icon_url"),
    sa.Index("outgoing_webhooks_by_team", "team_id", "create_at", "id"),
    sa.Index("outgoing_webhooks_by_create_at", "create_at", "id"),
)

password_resets = sa.Table(
    "password_resets",
    metadata,
    primary_id("token_hash"),
    column_id("user_id"),
    column_text("email"),
    column_time("expires_at"),
    sa.Index("password_resets_by_user", "user_id"),
    sa.Index("password_resets_by_expires_at", "expires_at"),
)
"""What was sent by mail for setting a new password: the token's hash, and the address it went to."""

two_factors = sa.Table(
    "two_factors",
    metadata,
    primary_id("user_id"),
    column_text("sealed_secret"),
    column_flag("is_active"),
    column_count("last_step"),
)
"""The secret of an authenticator app, encrypted; `last_step` is the step of time of the last code taken."""

openid_accounts = sa.Table(
    "openid_accounts",
    metadata,
    primary_id("issuer"),
    primary_id("subject"),
    column_id("user_id"),
    column_time("create_at"),
    sa.Index("openid_accounts_by_user", "user_id"),
)
"""Whose account somebody has whom a provider of OpenID Connect knows by a subject."""

openid_answers = sa.Table(
    "openid_answers",
    metadata,
    primary_id("state_hash"),
    column_time("expires_at"),
    sa.Index("openid_answers_by_expires_at", "expires_at"),
)
"""Answers of a provider that have let somebody in, and will not again."""

mails = sa.Table(
    "mails",
    metadata,
    primary_id(),
    column_text("sealed"),
    column_time("create_at"),
    column_time("due_at"),
    column_count("attempts"),
    sa.Index("mails_by_due_at", "due_at", "id"),
)
"""Mail yet to be sent, encrypted. Whoever claims one moves its `due_at` on by a lease."""

webhook_deliveries = sa.Table(
    "webhook_deliveries",
    metadata,
    primary_id(),
    column_id("hook_id"),
    column_text("url"),
    column_id("post_id"),
    column_text("trigger_word"),
    column_json("payload"),
    column_time("create_at"),
    column_time("due_at"),
    column_count("attempts"),
    sa.Index("webhook_deliveries_by_due_at", "due_at", "id"),
    sa.Index("webhook_deliveries_by_hook", "hook_id", "create_at", "id"),
)
"""Posts that outgoing webhooks have yet to tell of. Whoever claims one moves its `due_at` on by a lease."""

"""The tables of the attached chat: what is to be done over there, channels begun, channels of the past."""

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

mattermost_errands = sa.Table(
    "mattermost_errands",
    metadata,
    sa.Column(
        "number",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        sa.Identity(always=False),
        primary_key=True,
    ),
    column_id(),
    column_id("channel_id"),
    column_text("kind"),
    column_id("user_id", default=""),
    column_id("post_id", default=""),
    column_json("content"),
    column_time("create_at"),
    column_time("due_at"),
    column_count("attempts"),
    column_time("tried_at"),
    column_flag("is_waiting"),
    sa.Index("mattermost_errands_by_id", "id", unique=True),
    sa.Index("mattermost_errands_by_channel", "channel_id", "number"),
    sa.Index("mattermost_errands_by_due", "due_at"),
)
"""Deeds over there, done in the order of their numbers within a channel. The id of one that posts stands for
its post's until that is known; `tried_at` is when it was first begun, `is_waiting`
tells a pause after a failure from a lease."""

mattermost_starts = sa.Table(
    "mattermost_starts",
    metadata,
    primary_id(),
    column_id("team_id"),
    column_text("name"),
    column_id("channel_id", default=""),
    column_time("create_at"),
    column_time("due_at"),
)
"""Channels begun for incidents that are not there yet. One that is still here when due is undone."""

mattermost_facts = sa.Table(
    "mattermost_facts",
    metadata,
    primary_id("name"),
    column_json("value"),
)
"""What must be known of Mattermost also while it cannot be reached: who the bot is."""

mattermost_channels = sa.Table(
    "mattermost_channels",
    metadata,
    primary_id("channel_id"),
    column_text("display_name"),
    column_text("type"),
    column_time("delete_at"),
    column_flag("has_bot"),
)
"""How incidents' channels stood when last looked at: what is not so any more was changed over there."""

mattermost_heard = sa.Table(
    "mattermost_heard",
    metadata,
    primary_id("name"),
    column_time("at"),
    sa.Index("mattermost_heard_by_at", "at"),
)
"""Posts and edits of late that were taken in, so that none is twice, whoever hears of it how often."""

mattermost_kept_channels = sa.Table(
    "mattermost_kept_channels",
    metadata,
    primary_id(),
    column_id("team_id"),
    column_text("type"),
    column_text("name"),
    column_text("display_name"),
)
"""Channels of incidents that were brought in: Mattermost takes none of the past, so they are here alone."""

mattermost_kept_posts = sa.Table(
    "mattermost_kept_posts",
    metadata,
    sa.Column(
        "number",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        sa.Identity(always=False),
        primary_key=True,
    ),
    column_id(),
    column_id("channel_id"),
    column_time("create_at"),
    column_time("delete_at"),
    column_json("content"),
    sa.Index("mattermost_kept_posts_by_id", "id", unique=True),
    sa.Index("mattermost_kept_posts_by_channel", "channel_id", "create_at", "number"),
)
"""What was said in them, by channel in the order of `create_at` and `number`."""

mattermost_kept_people = sa.Table(
    "mattermost_kept_people",
    metadata,
    primary_id("channel_id"),
    primary_id("user_id"),
    column_flag("is_member"),
    sa.Index("mattermost_kept_people_by_user", "user_id", "channel_id"),
)
"""Who has said something in them or reacted; `is_member` is who was in one at its end, in the team or not."""

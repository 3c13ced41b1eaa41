"""What stands in an archive, member by member. Times are milliseconds since 1970 UTC, ids of "" mean none.

The JSON Schema docs/api/archive.schema.json is written from these. A shape changes only by gaining fields
with defaults; any other change is a new `VERSION`.
"""

from typing import Any

import msgspec

FORMAT = "command-post.archive"
VERSION = 1

MANIFEST = "manifest.json"
INCIDENT = "incident.json"
EVENTS = "events.jsonl"
PEOPLE = "people.jsonl"
POSTS = "posts.jsonl"
REACTIONS = "reactions.jsonl"
FILES = "files.jsonl"
PLAYBOOK = "playbook.json"
REVIEW = "review.json"
REVIEW_VERSIONS = "review_versions.jsonl"
FOLLOW_UPS = "follow_ups.jsonl"
EARLIER_RUNS = "earlier_runs.json"
PRESENCE = "presence.jsonl"
DOCUMENTS = "documents/"
CONTENTS = "files/"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """How long a member is, unpacked, and its SHA-256 in lower-case hexadecimal."""

    size: int
    sha256: str


class Signer(msgspec.Struct, frozen=True, kw_only=True):
    """Who has signed: the public half of an Ed25519 key in hexadecimal, and the server's address."""

    algorithm: str = "ed25519"
    public_key: str
    server: str = ""


class Manifest(msgspec.Struct, kw_only=True):
    """What the archive is. `incident_id` tells archives of one incident from those of another."""

    format: str = FORMAT
    version: int = VERSION
    incident_id: str = ""
    made_by: str = ""
    made_at: int = 0
    signer: Signer | None = None
    members: dict[str, Member] = msgspec.field(default_factory=dict[str, Member])


class ArchivedTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task as it stands; `state` is "", in_progress or closed."""

    id: str
    title: str
    description: str = ""
    command: str = ""
    command_last_run: int = 0
    state: str = ""
    state_modified: int = 0
    state_modified_post_id: str = ""
    assignee_id: str = ""
    assignee_modified: int = 0
    assignee_modified_post_id: str = ""


class ArchivedStage(msgspec.Struct, frozen=True, kw_only=True):
    """A stage with its tasks, in order."""

    id: str
    title: str
    tasks: tuple[ArchivedTask, ...] = ()


class ArchivedStatus(msgspec.Struct, frozen=True, kw_only=True):
    """A post that is a status update."""

    id: str
    create_at: int
    delete_at: int = 0


class ArchivedIncident(msgspec.Struct, frozen=True, kw_only=True):
    """The incident as it stands; `active_stage` counts from 0, `end_at` is 0 while it is ongoing.

    `is_practice` tells a rehearsal from what really happened.
    """

    id: str
    channel_id: str
    channel_name: str = ""
    team_name: str = ""
    name: str
    description: str = ""
    is_public: bool = True
    is_active: bool = True
    commander_id: str = ""
    reporter_id: str = ""
    playbook_id: str = ""
    playbook_version: int = 0
    post_id: str = ""
    create_at: int
    end_at: int = 0
    active_stage: int = 0
    stages: tuple[ArchivedStage, ...] = ()
    status_posts: tuple[ArchivedStatus, ...] = ()
    previous_reminder_s: int = 0
    reminder_message_template: str = ""
    is_practice: bool = False


class ArchivedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A line of events.jsonl: an entry of the event log as docs/api/events.md has it."""

    sequence: int
    kind: str
    at: int
    version: int = 1
    actor_id: str = ""
    payload: dict[str, Any] = msgspec.field(default_factory=dict[str, Any])


class ArchivedPerson(msgspec.Struct, frozen=True, kw_only=True):
    """A line of people.jsonl: whom an id in the archive means. `email` is "" where it may not be seen."""

    id: str
    username: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    is_bot: bool = False


class ArchivedPost(msgspec.Struct, frozen=True, kw_only=True):
    """A line of posts.jsonl, oldest first; `root_id` is the post it answers, `type` "" for people's posts.

    Of a post with a `delete_at` it is told that it was there, but neither what it said nor its files.
    """

    id: str
    author_id: str
    create_at: int
    message: str
    root_id: str = ""
    type: str = ""
    file_ids: tuple[str, ...] = ()
    edit_at: int = 0
    delete_at: int = 0


class ArchivedReaction(msgspec.Struct, frozen=True, kw_only=True):
    """A line of reactions.jsonl: somebody's emoji under a post."""

    post_id: str
    user_id: str
    emoji_name: str
    create_at: int = 0


class ArchivedFile(msgspec.Struct, frozen=True, kw_only=True):
    """A line of files.jsonl: a file of a post; its content is the member files/ID."""

    id: str
    post_id: str
    name: str
    mime_type: str = ""
    size: int = 0


class ArchivedReview(msgspec.Struct, frozen=True, kw_only=True):
    """The newest version of the review document; `status` is draft, in_review or published."""

    text: str
    version: int = 1
    status: str = "draft"
    editor_id: str = ""
    create_at: int = 0
    update_at: int = 0
    discussion_post_id: str = ""
    published_version: int = 0
    published_at: int = 0


class ArchivedReviewVersion(msgspec.Struct, frozen=True, kw_only=True):
    """A line of review_versions.jsonl, oldest first: what the review document said then."""

    version: int
    text: str
    editor_id: str = ""
    at: int = 0


class ArchivedEarlierRuns(msgspec.Struct, frozen=True, kw_only=True):
    """What the review compares with: how long the steps of so many earlier runs took, in milliseconds.

    `lengths` are by the title of the task that ended the step, in lower case; "" is the end of the incident.
    """

    runs: int = 0
    lengths: dict[str, tuple[int, ...]] = msgspec.field(default_factory=dict[str, tuple[int, ...]])


class ArchivedPresence(msgspec.Struct, frozen=True, kw_only=True):
    """A line of presence.jsonl: from then on, somebody was online, away, offline or dnd."""

    user_id: str
    at: int
    status: str


class ArchivedFollowUp(msgspec.Struct, frozen=True, kw_only=True):
    """A line of follow_ups.jsonl, oldest first; `due_at` is 0 for no date, `done_at` 0 while it is open."""

    id: str = ""
    title: str
    assignee_id: str = ""
    due_at: int = 0
    done_at: int = 0
    version: int = 1
    created_by: str = ""
    create_at: int = 0
    update_at: int = 0


class ArchivedPlaybookTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task of the playbook."""

    title: str
    description: str = ""
    command: str = ""


class ArchivedPlaybookStage(msgspec.Struct, frozen=True, kw_only=True):
    """A stage of the playbook."""

    title: str
    items: tuple[ArchivedPlaybookTask, ...] = ()


class ArchivedPlaybook(msgspec.Struct, frozen=True, kw_only=True):
    """The version of the playbook that the incident was started from."""

    id: str
    version: int
    title: str
    description: str = ""
    create_public_incident: bool = False
    checklists: tuple[ArchivedPlaybookStage, ...] = ()
    reminder_message_template: str = ""
    reminder_timer_default_seconds: int = 0

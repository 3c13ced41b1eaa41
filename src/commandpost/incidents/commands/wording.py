"""What the bot answers to commands, word for word."""

GENERIC = "Your request could not be completed. Check the system logs for more information."
NOT_IN_TEAM = "Must be a member of the team to start incidents."
COMMANDER_ARGUMENTS = "/incident commander expects at most one argument."
STAGE_ARGUMENTS = "`/incident stage` expects one argument: either `next` or `prev`"
STAGE_ARGUMENT = "`/incident stage` expects the argument to be either `next` or `prev`"
NO_STAGES = "The incident contains no stages."
FIRST_STAGE = "The active stage is the first one."
LAST_STAGE = "The active stage is the last one. If you want to end the incident, run `/incident end`"
NO_TESTING = "Setting `EnableTesting` must be set to `true` to run the test command."
TEST_FOR_ADMINS = "Running the test command is restricted to system administrators."
TEST_MISSING = "The `/incident test` command needs at least one command."
NUKE_FOR_ADMINS = "Nuking the database is restricted to system administrators."
NUKE_WARNING = (
    "Are you sure you want to nuke the database (delete all data -- instances, configuration)? "
    "All incident data will be lost. To nuke database, type `/incident nuke-db CONFIRM NUKE`"
)
NUKED = "DB has been reset."
SELF_TEST_WARNING = (
    "Are you sure you want to self-test (which will nuke the database and delete all data -- instances,"
    " configuration)? All incident data will be lost. To self-test, type"
    " `/incident test self CONFIRM TEST SELF`"
)
SELF_TEST_DONE = "Self test success."
CREATE_ARGUMENTS = "The command expects three parameters: <playbook_id> <timestamp> <incident name>"
CREATE_PLAYBOOK_ID = "The first parameter, <playbook_id>, must be a valid ID."
BULK_ARGUMENTS = (
    "`/incident test bulk-data` expects at least 4 arguments: [ongoing] [ended] [begin] [end]. Optionally, a"
    " fifth argument can be added: [seed]."
)
BULK_ZERO = "Zero incidents created."
BULK_DONE = "The test data was successfully generated:\n\n"
BULK_DATES = "`end` must be a later date than `begin`"
BULK_NO_PLAYBOOKS = (
    "You are not a member of any playbook. Create at least one playbook before generating the test data."
)
_DOCUMENTATION = "https://mattermost.com/pl/default-incident-response-app-documentation"
_COMMANDS = (
    ("start", "Start a new incident."),
    ("end", "Close the incident of that channel."),
    ("restart", "Restart the incident of that channel."),
    (
        "update",
        "Update the incident's status and (if enabled) post the status update to the broadcast channel.",
    ),
    ("stage", "Move to the next or previous stage."),
    ("check [checklist #] [item #]", "check/uncheck the checklist item."),
    ("commander [@username]", "Show or change the current commander."),
    ("announce ~[channels]", "Announce the current incident in other channels."),
    ("list", "List all your incidents."),
    ("info", "Show a summary of the current incident."),
)
HELP = (
    "###### Mattermost Incident Management Plugin - Slash Command Help\n"
    + "".join(f"* `/incident {form}` - {text} \n" for form, text in _COMMANDS)
    + f"\nLearn more [in our documentation]({_DOCUMENTATION}). \n"
)


def only_in_its_channel(deed: str) -> str:
    """`deed` is what was wanted, as in `end an incident`."""
    return f"You can only {deed} from within the incident's channel."


def not_admin_or_member(user_id: str) -> str:
    return f"userID `{user_id}` is not an admin or channel member"


def not_a_number(place: str) -> str:
    """`place` is first or second."""
    return f"Error parsing the {place} argument. Must be a number."


def commander_is(username: str) -> str:
    return f"**@{username}** is the current commander for this incident."


def no_user(name: str) -> str:
    return f"Unable to find user @{name}"


def commander_already(name: str) -> str:
    return f"User @{name} is already commander of this incident."


def commander_outside(name: str) -> str:
    return f"User @{name} must be part of this channel to make them commander."


def channel_not_found(typed: str) -> str:
    return f"Channel not found: {typed}"


def cannot_post_to(typed: str) -> str:
    return f"Cannot post to: {typed}"


def announcing_failed(typed: str) -> str:
    return f"Error announcing to: {typed}"


def none_ongoing(team: str) -> str:
    return f"There are no ongoing incidents in **{team}** team."


def ongoing(team: str) -> str:
    return f"Ongoing Incidents in **{team}** Team:\n"


def test_unknown(typed: str) -> str:
    return f"Command '{typed}' unknown."


def no_playbook(playbook_id: str) -> str:
    return f"The playbook with ID '{playbook_id}' does not exist."


def not_a_date(typed: str) -> str:
    return (
        f"Timestamp '{typed}' could not be parsed as a date. If you want the incident to start on January 2,"
        " 2006, the timestamp should be '2006-01-02'."
    )


def created(channel_name: str) -> str:
    return f"Incident successfully created: ~{channel_name}."


def bulk_not_a_count(state: str, typed: str) -> str:
    """`state` is ongoing or ended."""
    return f"The provided value for {state} incidents, '{typed}', is not an integer."


def bulk_negative(state: str, typed: str) -> str:
    return f"The provided value for {state} incidents, '{typed}', must not be negative."


def bulk_too_many(most: int) -> str:
    return f"At most {most} incidents can be created at once."


def bulk_not_a_date(place: str, typed: str) -> str:
    """`place` is first or last."""
    return (
        f"The provided value for the {place} possible date, '{typed}', is not a valid date."
        " It needs to be in the format 2020-01-31."
    )


def bulk_not_a_seed(typed: str) -> str:
    return f"The provided value for the random seed, '{typed}', is not an integer."


def bulk_progress(made: int, wanted: int) -> str:
    return f"Generating test data: {made} of {wanted} incidents."


def self_test_failed(step: str) -> str:
    return f"Self test failed: {step}"

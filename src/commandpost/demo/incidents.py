"""The incidents of the demonstration: three that ended, two that are going on."""

from commandpost.demo.office import Office
from commandpost.demo.people import INES, LENA, MARCO, NOOR, PRIYA, SAM, TOM, YUKI

_HALF_AN_HOUR_S = 1800
_AN_HOUR_S = 3600


async def slow_checkout(office: Office, playbook_id: str) -> None:
    """Ended, twelve days ago: led by one, handed over, mended in two hours."""
    office.clock.go_to(days_ago=12, hours_ago=2)
    await office.say(TOM, "support", "Third customer in ten minutes whose checkout never ends. @marco?")
    incident = await office.start(
        MARCO,
        "Checkout takes over 20 seconds",
        "Seen by customers since 13:40.",
        playbook_id,
        PRIYA,
        SAM,
        TOM,
    )
    here = incident.channel
    await office.say(
        TOM, here, "What they see: the spinner after *Pay now*, then an error or, worse, two orders."
    )
    await office.tick(TOM, incident, "Say what customers see")
    await office.tick(MARCO, incident, "Call the on-call engineer", after=0.5)
    await office.tick(MARCO, incident, "Open a bridge", after=2)
    await office.assign(MARCO, incident, "Tell support what to answer", TOM)
    await office.update(
        MARCO,
        incident,
        "**What customers see:** checkout takes over 20 s, some orders are doubled.\n"
        "**What we know:** it began at 13:40.\n**What we do next:** look at what changed.",
        remind_after_s=_HALF_AN_HOUR_S,
    )
    await office.tick(TOM, incident, "Tell support what to answer", after=3)
    await office.assign(MARCO, incident, "Look at deployments of the last 24 hours", PRIYA)
    await office.go_on_to(MARCO, incident, 1)
    found = await office.say(
        PRIYA,
        here,
        "13:38: the recommendation box began to ask for prices on every key press. That's us.",
        after=6,
    )
    await office.react(found, "eyes", MARCO, SAM, TOM)
    await office.tick(PRIYA, incident, "Look at deployments of the last 24 hours", after=0.5)
    await office.say(
        SAM, here, "Confirmed: the connection pool is full, 300 waiting. `SELECT price` is 96 % of it."
    )
    await office.say(MARCO, here, "I have to be on the phone with the bank. @priya leads from here.", after=1)
    await office.hand_over(MARCO, incident, PRIYA)
    await office.say(PRIYA, here, "Took me a while to read up. I roll back now.", after=6)
    await office.update(
        PRIYA,
        incident,
        "**What customers see:** as before.\n"
        "**What we know:** the recommendation box fills the connection pool.\n"
        "**What we do next:** roll the shop back to 2020.40.",
        remind_after_s=_HALF_AN_HOUR_S,
        after=1,
    )
    await office.tick(PRIYA, incident, "Roll back or switch off what is suspected", after=5)
    await office.say(PRIYA, here, "Rolled back. Pool at 12 of 300.")
    order = await office.say(TOM, here, "My own order went through in two seconds :tada:", after=4)
    await office.react(order, "tada", PRIYA, MARCO, SAM)
    await office.tick(TOM, incident, "Check that customers see it mended", after=1)
    await office.go_on_to(PRIYA, incident, 2)
    await office.update(
        PRIYA, incident, "Mended at 14:31 by rolling back. 38 doubled orders are being refunded.", after=8
    )
    await office.tick(PRIYA, incident, "Thank everybody by name", after=2)
    await office.tick(PRIYA, incident, "Set a date for the review", after=3)
    await office.end(PRIYA, incident, after=20)


async def leaked_key(office: Office, playbook_id: str) -> None:
    """Ended, six days ago: private, among four."""
    office.clock.go_to(days_ago=6, hours_ago=7)
    incident = await office.start(
        NOOR,
        "API key in a public repository",
        "A partner's sample project holds one of our keys.",
        playbook_id,
        MARCO,
        INES,
    )
    here = incident.channel
    await office.tick(NOOR, incident, "Keep evidence before changing anything", after=5)
    await office.say(NOOR, here, "Saved: the repository, its history, and our gateway's logs of 30 days.")
    await office.tick(MARCO, incident, "Revoke what was exposed", after=4)
    await office.say(MARCO, here, "Key is dead since 09:12. Nobody but the partner's test server complained.")
    await office.update(
        NOOR,
        incident,
        "**Scope:** one partner key, read only.\n**Contained:** yes\n**Next:** since when?",
        remind_after_s=_AN_HOUR_S,
    )
    since = await office.say(
        NOOR, here, "Public since 19 days. Four unknown addresses tried it, all got 403.", after=35
    )
    await office.react(since, "relieved", INES, MARCO)
    await office.tick(NOOR, incident, "Find out since when", after=1)
    await office.go_on_to(NOOR, incident, 1)
    await office.tick(INES, incident, "Tell the data protection officer", after=10)
    await office.tick(INES, incident, "Decide whether customers must be told", after=25)
    await office.say(
        INES, here, "No personal data was reachable with it: no notice needed. Written down in the file."
    )
    await office.go_on_to(NOOR, incident, 2)
    await office.tick(NOOR, incident, "Close the way in", after=40)
    await office.assign(NOOR, incident, "Add a check that would have caught it", MARCO)
    await office.tick(MARCO, incident, "Add a check that would have caught it", after=55)
    await office.update(
        NOOR, incident, "Closed. Partners' keys are scanned for every night from today.", after=5
    )
    await office.end(NOOR, incident)


async def stuck_labels(office: Office, playbook_id: str) -> None:
    """Ended, three days ago: small, with a task that was made up on the way."""
    office.clock.go_to(days_ago=3, hours_ago=6)
    incident = await office.start(
        SAM, "Label printers stand still", "Depot Hamburg prints nothing.", playbook_id, MARCO, YUKI
    )
    here = incident.channel
    await office.tick(SAM, incident, "Acknowledge alert", after=1)
    await office.tick(SAM, incident, "Get alert info", after=1)
    await office.tick(SAM, incident, "Determine priority", after=2)
    await office.say(
        SAM, here, "One label with a 40 MB logo blocks the queue. All others wait behind it.", after=9
    )
    await office.tick(SAM, incident, "Perform initial investigation", after=1)
    await office.go_on_to(SAM, incident, 1)
    fixed = await office.say(YUKI, here, "I skip labels over 1 MB and tell the sender. Live in five minutes.")
    await office.react(fixed, "+1", SAM, MARCO)
    await office.say(MARCO, here, "They print again :printer: 212 labels in the last minute.", after=7)
    await office.go_on_to(SAM, incident, 2)
    await office.tick(SAM, incident, "Close alert", after=2)
    await office.tick(SAM, incident, "Schedule a post-mortem", after=4)
    await office.end(SAM, incident)


async def stale_tracking(office: Office, playbook_id: str) -> None:
    """Going on since 50 minutes: in its second stage, with a reminder to come."""
    office.clock.go_to(minutes_ago=52)
    await office.say(
        TOM, "support", "Parcels that were delivered yesterday show as *in transit*. Many of them."
    )
    incident = await office.start(
        MARCO,
        "Tracking shows yesterday's positions",
        "Positions are 14 hours old.",
        playbook_id,
        SAM,
        TOM,
        LENA,
    )
    here = incident.channel
    await office.tick(MARCO, incident, "Say what customers see", after=2)
    await office.tick(MARCO, incident, "Call the on-call engineer", after=0.5)
    await office.assign(MARCO, incident, "Tell support what to answer", TOM)
    await office.say(
        SAM, here, "It's my move of the old events: the copy job holds the queue's only worker. :see_no_evil:"
    )
    await office.update(
        MARCO,
        incident,
        "**What customers see:** parcels stand still since last night.\n"
        "**What we know:** the events are all there, but 1.2 million wait to be read.\n"
        "**What we do next:** more workers.",
        remind_after_s=_HALF_AN_HOUR_S,
        after=2,
    )
    await office.tick(TOM, incident, "Tell support what to answer", after=3)
    await office.go_on_to(MARCO, incident, 1)
    await office.tick(SAM, incident, "Roll back or switch off what is suspected", after=6)
    await office.assign(MARCO, incident, "Check that customers see it mended", LENA)
    falling = await office.say(
        SAM, here, "Eight workers. 1.2 million → 840,000, so about forty minutes to go.", after=8
    )
    await office.react(falling, "chart_with_downwards_trend", MARCO, LENA)
    await office.update(
        MARCO,
        incident,
        "**What customers see:** positions catch up, newest parcels last.\n"
        "**What we know:** 840,000 events to go, 20,000 a minute.\n"
        "**What we do next:** wait, and check with a real parcel.",
        remind_after_s=_HALF_AN_HOUR_S,
        after=1,
    )
    await office.say(LENA, here, "@tom two parcels of mine are right again. I go on checking.", after=6)


async def late_webhooks(office: Office, playbook_id: str) -> None:
    """Going on since eight minutes: hardly begun."""
    office.clock.go_to(minutes_ago=8)
    incident = await office.start(
        PRIYA,
        "Partners get our webhooks late",
        "Median delay 6 minutes, usually 2 seconds.",
        playbook_id,
        YUKI,
    )
    here = incident.channel
    await office.say(
        PRIYA, here, "First look: deliveries to one partner time out and block the others.", after=1
    )
    await office.tick(PRIYA, incident, "Acknowledge alert", after=0.5)
    await office.assign(PRIYA, incident, "Get alert info", YUKI)
    await office.say(YUKI, here, "On it. @noor can you see whether they block our address?", after=1)

"""What the demonstration's team talks about between incidents."""

from commandpost.demo.office import Office
from commandpost.demo.people import INES, LENA, MARCO, NOOR, PRIYA, SAM, TOM, YUKI


async def channels_opened(office: Office) -> None:
    """The team's channels, with the people who need them."""
    await office.open_channel(
        MARCO,
        "platform",
        "Platform",
        "Servers, deployments, databases",
        INES,
        PRIYA,
        SAM,
        YUKI,
        NOOR,
    )
    await office.open_channel(
        PRIYA, "payments", "Payments", "Checkout, invoices, refunds", LENA, SAM, YUKI, MARCO
    )
    await office.open_channel(TOM, "support", "Support", "What customers tell us", LENA, INES, YUKI, PRIYA)
    await office.open_channel(
        INES,
        "incident-updates",
        "Incident Updates",
        "Status updates of all incidents. Read here, ask in the incident's channel.",
        MARCO,
        PRIYA,
        TOM,
        YUKI,
        LENA,
        SAM,
        NOOR,
    )
    await office.open_channel(
        INES, "on-call", "On-call", "Rota and hand-overs", MARCO, PRIYA, SAM, NOOR, type_="P"
    )


async def first_week(office: Office) -> None:
    """Welcome, a deployment, a question about invoices."""
    office.clock.go_to(days_ago=17, hours_ago=3)
    welcome = await office.say(
        INES,
        "town-square",
        "Welcome everybody :wave: Incidents are run from here from now on. When something is wrong, start"
        " one: it costs nothing, and the playbook keeps us from forgetting things.",
    )
    await office.pin(INES, welcome)
    await office.react(welcome, "tada", MARCO, PRIYA, TOM, YUKI)
    await office.say(TOM, "town-square", "Does support get to start one too?", to=welcome)
    await office.say(INES, "town-square", "Of course. You usually know first, @tom.", to=welcome, after=1)
    await office.say(LENA, "off-topic", "Who is in for the market hall at noon?", after=40)
    lunch = await office.say(SAM, "off-topic", "Me. They have the dumplings again today :dumpling:")
    await office.react(lunch, "heart", LENA, YUKI)
    office.clock.go_to(days_ago=15, hours_ago=5)
    release = await office.say(
        MARCO,
        "platform",
        "Release `2020.41` goes out at 14:00. It has the new label queue in it, so I stay and watch.",
    )
    await office.say(YUKI, "platform", "Frontend is ready, no flags to flip.", to=release)
    await office.say(MARCO, "platform", "Out everywhere. Error rate as before: 0.02 %.", to=release, after=95)
    await office.react(release, "rocket", YUKI, PRIYA, INES)
    question = await office.say(
        TOM, "support", "Two customers ask for invoices with *their* order number on it. Is that planned?"
    )
    await office.say(
        LENA, "support", "For November. I add their names to the ticket, thanks!", to=question, after=12
    )


async def second_week(office: Office) -> None:
    """Databases, the rota, a direct conversation."""
    office.clock.go_to(days_ago=9, hours_ago=6)
    plan = await office.say(
        SAM,
        "platform",
        "The `tracking` database is at 71 % of its disk. I'd move the events older than a year on Thursday:\n"
        "\n| step | when |\n|---|---|\n| copy | Wed night |\n| switch reads | Thu 07:00 |\n| drop | Mon |",
    )
    await office.say(PRIYA, "platform", "Payments doesn't read those. Go ahead.", to=plan)
    await office.say(NOOR, "platform", "Please keep the audit columns, @sam :pray:", to=plan)
    await office.say(SAM, "platform", "They stay, promised.", to=plan, after=1)
    await office.say(INES, "on-call", "Rota: @marco until Sunday, then @sam, then @priya.", after=30)
    await office.say(MARCO, "on-call", "Fine with me. The pager is charged :battery:")
    await office.write_to(
        LENA,
        PRIYA,
        "Can we show refunds in the app before they are booked?",
        "We can show them as *pending*. The bank needs up to two days.",
        "Pending is perfect. I write it up.",
    )


async def this_week(office: Office) -> None:
    """What was learned, and what is on today."""
    office.clock.go_to(days_ago=2, hours_ago=4)
    review = await office.say(
        INES,
        "town-square",
        "The review of the checkout incident is written. Three things we change: an alert on the connection"
        " pool, a switch for the recommendation box, and support gets the first message within ten minutes.",
    )
    await office.react(review, "+1", MARCO, PRIYA, TOM, SAM)
    await office.say(
        TOM, "town-square", "The ten minutes would have saved us about forty tickets.", to=review
    )
    office.clock.go_to(hours_ago=5)
    await office.say(YUKI, "payments", "The new checkout button is behind a flag, on for us only.")
    look = await office.say(
        LENA, "payments", "Looks great on a phone! One thing: the total jumps when it loads."
    )
    await office.say(YUKI, "payments", "Right, I reserve the space. Thanks :eyes:", to=look)
    await office.say(
        TOM,
        "support",
        "Quiet morning: 14 tickets, nothing that repeats. @lena the invoice wish came up again.",
    )

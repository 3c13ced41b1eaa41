"""What people write: about the work, about anything else, asking, answering."""

PROGRESS = (
    "Looking at it now.",
    "Found something in the logs, checking.",
    "Half of the nodes are through.",
    "That took longer than I thought, next part running.",
    "The graph for region two looks better, going on.",
    "Trying the second replica now.",
    "Still at it, the numbers move.",
    "Erste Hälfte ist durch, mache weiter.",
    "Interesting: only requests with a coupon fail.",
    "Running it again with more memory.",
)
OTHER = (
    "Support has thirty tickets by now.",
    "Marketing has paused the campaign.",
    "The other incident from last week looked much the same.",
    "I have put the graphs into the folder.",
    "Lunch is on the table in the kitchen.",
    "Der Statusbericht vom Montag liegt im Ordner.",
    "The vendor's status page is green, for what it is worth.",
    "Orders from the app are fine, only the web is hit.",
    "I am taking notes for later.",
    "The numbers of the last hour are in the sheet.",
)
QUESTIONS = (
    "@{who} which schema version is live in region two?",
    "@{who} may I cut the connections of the old pool?",
    "Does anybody know who holds the key for the vault?",
    "@{who} kannst du bestätigen, dass die Sicherung von heute Nacht vollständig ist?",
    "@{who} can you confirm that the vendor has switched over?",
    "Could somebody from payments tell me whether refunds still run?",
    "@{who} please confirm the maintenance window before I go on.",
)
ANSWERS = (
    "Yes, go ahead.",
    "It is the one from Tuesday.",
    "Confirmed with them just now.",
    "Ja, passt.",
    "Checked: it is complete.",
    "No, leave that one, take the other.",
)
NAGS = ("@{who} are you there?", "@{who} how is it going with this?", "Has anybody seen @{who}?")
HANDOVER = (
    "I hand over to @{who} in a moment.",
    "@{who} takes over from here, writing up where we are.",
    "My shift is over, looking for somebody to lead.",
)
CATCHING_UP = (
    "Reading up, give me a few minutes.",
    "I lead from now on. Sorting out where we are.",
    "New here, going through the channel.",
)
BACK = ("Back, sorry.", "Sorry, was in a meeting.", "Here again, taking it.", "Good morning, going on.")
LEAVING = ("Going home, more tomorrow.", "We go on in the morning.", "Schönen Feierabend, morgen weiter.")
COMMAND_TROUBLE = (
    "The command ran into a timeout.",
    "Same error again.",
    "It says permission denied, trying another way.",
    "It ended without doing anything.",
)
STAGES = (
    "We cannot go on here without what we left open before.",
    "Wait, we have skipped something.",
    "Moving on, we can do that later.",
)

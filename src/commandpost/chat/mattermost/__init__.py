"""A Mattermost server that is already there as the core's chat, over its REST v4.

Nothing here calls Mattermost within a unit of work. What the core asks is answered from memory, or the work
is undone, the question put, and the same done again; what it wants done is written down in the work and
done after it. See docs/build/attached.md.
"""

"""The story of an incident, ordered and indexed: who was what, and who did what, at any moment."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice, pairwise, takewhile

from commandpost.incidents.model.review.durations import Interval, Measure, intervals, median
from commandpost.incidents.model.review.ownership import Owned, owned
from commandpost.incidents.model.review.story import PresenceChange, Story, Talk
from commandpost.incidents.model.review.working_hours import Span, united, working_spans
from commandpost.incidents.model.timeline import (
    Afterwards,
    CommanderChanged,
    Entry,
    IncidentEnded,
    IncidentRestarted,
    IncidentStarted,
    MemberJoined,
    MemberLeft,
    PostSeen,
    StageChanged,
    TaskAdded,
    TaskAssigned,
    TaskInProgress,
    TaskRun,
    TaskTicked,
)
from commandpost.kernel.clock import DAY_MS, MINUTE_MS, Millis

_AT_ONCE_MS = 2 * MINUTE_MS
_SOON_MS = 5 * MINUTE_MS
"""Who has been answered goes on so soon."""

_NOBODY_AT_IT_MS = 180 * MINUTE_MS
"""Who does nothing for so long has gone."""

AT_IT = 0.35
"""Who is never silent for longer than that part of a time is at work in it."""

_FEWEST_ACTS = 8
_IN_DOUBT = 2
"""Of fewer acts it is not told whose they mostly are; of more, as if others had done so many beside."""

_NOT_MISSED = (TaskTicked, IncidentStarted, IncidentEnded, IncidentRestarted, MemberJoined, MemberLeft)
"""Acts of which no more are to be expected in a longer time: those that bound intervals, and who comes."""


class Chronicle:
    """What the log says, by subject. `ordered` is how it went, by time."""

    def __init__(self, story: Story) -> None:
        went = (entry for entry in story.entries if not isinstance(entry.payload, Afterwards))
        self.ordered = tuple(sorted(went, key=_moment))
        self._by_kind: dict[type, list[Entry]] = defaultdict(list)
        for entry in self.ordered:
            self._by_kind[type(entry.payload)].append(entry)
        self.past = story.past
        self._talk = story.talk
        self.bots = {
            entry.payload.user_id
            for entry in self.of_kind(MemberJoined)
            if isinstance(entry.payload, MemberJoined) and entry.payload.is_bot
        }
        self.acts = [entry for entry in self.ordered if entry.actor_id and entry.actor_id not in self.bots]
        self._act_times = [entry.at for entry in self.acts]
        self._acts_of: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.acts:
            self._acts_of[entry.actor_id].append(entry)
        self._presence: dict[str, list[PresenceChange]] = defaultdict(list)
        for change in sorted(story.presence, key=lambda one: (one.user_id, one.at, one.status)):
            self._presence[change.user_id].append(change)
        self.commanders = self.of_kind(IncidentStarted, CommanderChanged)
        self.runs = self.of_kind(TaskRun)
        self.stage_changes = self.of_kind(StageChanged)
        self.posts = self.of_kind(PostSeen)
        self.intervals = intervals(self.ordered)
        lengths = sorted(interval.length_ms for interval in self.intervals)
        self.measure = Measure(median(lengths), self.past)

    @cached_property
    def ordinary(self) -> list[Interval]:
        """The intervals that are no gaps."""
        return [interval for interval in self.intervals if not self.measure.is_gap(interval)]

    def of_kind(self, *kinds: type) -> list[Entry]:
        """The entries of these kinds, in order."""
        found = [entry for kind in kinds for entry in self._by_kind.get(kind, ())]
        return found if len(kinds) == 1 else sorted(found, key=_moment)

    @property
    def start(self) -> IncidentStarted | None:
        """How it started; None in a log that does not say."""
        first = next(iter(self.commanders), None)
        return first.payload if first and isinstance(first.payload, IncidentStarted) else None

    @cached_property
    def spans(self) -> tuple[tuple[Millis, Millis], ...]:
        """When the incident was ongoing; the last span may reach to the newest entry."""
        found: list[tuple[Millis, Millis]] = []
        since: Millis | None = None
        for entry in self.of_kind(IncidentStarted, IncidentRestarted, IncidentEnded):
            if not isinstance(entry.payload, IncidentEnded):
                since = entry.at
            elif since is not None:
                found.append((since, entry.at))
                since = None
        return (*found, (since, self.ordered[-1].at)) if since is not None else tuple(found)

    @property
    def is_ended(self) -> bool:
        """Whether it is over, as far as the log goes."""
        turns = self.of_kind(IncidentStarted, IncidentEnded, IncidentRestarted)
        return bool(turns) and isinstance(turns[-1].payload, IncidentEnded)

    @cached_property
    def ongoing_ms(self) -> int:
        return sum(until - since for since, until in self.spans)

    @cached_property
    def assignments(self) -> dict[str, list[Entry]]:
        """By task, the entries that say whose it was."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.of_kind(TaskAssigned, TaskAdded):
            payload = entry.payload
            if isinstance(payload, TaskAssigned) or (isinstance(payload, TaskAdded) and payload.assignee_id):
                found[payload.task_id].append(entry)
        return found

    @cached_property
    def taken_up(self) -> dict[str, list[Entry]]:
        """By task, the entries that say that somebody began with it."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.of_kind(TaskInProgress):
            if isinstance(entry.payload, TaskInProgress):
                found[entry.payload.task_id].append(entry)
        return found

    def owned(self, window: Interval) -> Owned | None:
        """Whose turn it was in an interval: whose task ended it, or who led where only the end was left."""
        task = window.closing
        if isinstance(task, TaskTicked):
            return owned(self.assignments.get(task.task_id, ()), window)
        leader = self.commander_at(window.since)
        said = tuple(one for one in self.commanders if one.at <= window.since)[-1:]
        return Owned(leader, window.since, window.until, said) if leader else None

    @cached_property
    def heard_in_turn(self) -> tuple[float, float]:
        """What whose turn it was did in ordinary intervals: how much in a millisecond, and which part of all.

        Completions aside; nothing is said where little was done.
        """
        own = of_all = time = 0
        for one in self.ordinary:
            turn = self.owned(one) if isinstance(one.closing, TaskTicked) else None
            if turn is None:
                continue
            acts = [
                act
                for act in self.acts_in(turn.since, turn.until)
                if not isinstance(act.payload, _NOT_MISSED)
            ]
            own += sum(act.actor_id == turn.user_id for act in acts)
            of_all += len(acts)
            time += turn.until - turn.since
        return (own / time, own / (of_all + _IN_DOUBT)) if of_all >= _FEWEST_ACTS and time else (0.0, 0.0)

    def between(self, since: int, until: int, some: Sequence[Entry]) -> list[Entry]:
        """Those of some ordered entries that lie after a moment and not after another."""
        return list(some[bisect_right(some, since, key=_at) : bisect_right(some, until, key=_at)])

    def entry_at(self, sequence: int) -> Entry:
        """The entry of that number, which must exist."""
        return self._by_number[sequence]

    @cached_property
    def _by_number(self) -> dict[int, Entry]:
        return {entry.sequence: entry for entry in self.ordered}

    def acts_in(self, since: int, until: int) -> list[Entry]:
        """What people did after a moment and before another."""
        return self.acts[bisect_right(self._act_times, since) : bisect_left(self._act_times, until)]

    def acts_of(self, user_id: str) -> list[Entry]:
        return self._acts_of.get(user_id, [])

    def is_waiting(self, act: Entry) -> bool:
        """Whether somebody says that they wait, cannot go on, or have to find in."""
        talk = self.talk_of(act)
        return talk is not None and talk.waits

    def share_silent(self, user_id: str, since: Millis, until: Millis) -> float:
        """For which part of a time somebody was silent at a stretch: who is heard of all along is at work."""
        heard = [act.at for act in self.between(since, until - 1, self.acts_of(user_id))]
        return _longest([since, *heard, until]) / max(1, until - since)

    def pace(self, window: Interval, user_ids: Collection[str] | None = None) -> float:
        """How much these people, or all, did in a millisecond outside a window, other than complete tasks.

        In a window nothing is completed, so of completions none are missing in it. Nights do not count.
        """
        outside = self.ongoing_ms - window.length_ms - self._idle(window)
        if outside <= 0:
            return 0.0
        some = self._work.values() if user_ids is None else (self._work.get(one, []) for one in user_ids)
        return sum(_outside(times, window) for times in some) / outside

    def _idle(self, window: Interval) -> int:
        """How long nobody did anything for hours, outside a window: as at night, none was to be expected."""
        return sum(
            until - since
            for since, until in self._silent_hours
            if until <= window.since or since >= window.until
        )

    @cached_property
    def _silent_hours(self) -> list[Span]:
        """Silences of hours while the incident was ongoing: what comes after its end says nothing of them."""
        silences = [pair for pair in pairwise(self._act_times) if pair[1] - pair[0] >= _NOBODY_AT_IT_MS]
        ongoing = (
            (max(since, begin), min(until, end)) for since, until in silences for begin, end in self.spans
        )
        return [(since, until) for since, until in ongoing if until - since >= _NOBODY_AT_IT_MS]

    def share_of(self, user_ids: Collection[str], window: Interval) -> float:
        """Which part of what was done outside a window these people did; 0 where nothing was."""
        all_of_them = self.pace(window)
        return self.pace(window, user_ids) / all_of_them if all_of_them else 0.0

    @cached_property
    def _work(self) -> dict[str, list[int]]:
        """When each did something other than complete tasks, or come, while the incident was ongoing."""
        return {
            user_id: [
                act.at
                for begin, end in self.spans
                for act in self.between(begin - 1, end, acts)
                if not isinstance(act.payload, _NOT_MISSED)
            ]
            for user_id, acts in self._acts_of.items()
        }

    def commander_at(self, at: int) -> str:
        """Who led at a moment, "" if nobody is on record."""
        leader = ""
        for entry in self.commanders:
            if entry.at > at:
                break
            payload = entry.payload
            leader = payload.to_id if isinstance(payload, CommanderChanged) else _commander(payload)
        return leader

    @cached_property
    def _posts_of(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = defaultdict(list)
        for post in self.posts:
            found[post.actor_id].append(post)
        return found

    @cached_property
    def replies(self) -> dict[str, list[Entry]]:
        """Posts in threads, by the thread's first post."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for post in self.posts:
            if isinstance(post.payload, PostSeen) and post.payload.root_id:
                found[post.payload.root_id].append(post)
        return found

    def words_of_others(self, after: Entry, some: Sequence[Entry]) -> Iterator[Entry]:
        """Those of some posts that are later than a post and by other people, who do not only put off."""
        later = range(bisect_right(some, after.at, key=_at), len(some))
        return (word for place in later if self._is_word_to(word := some[place], after))

    def _is_word_to(self, word: Entry, post: Entry) -> bool:
        """Whether a post is by somebody else than another, and does not only put off."""
        if word.actor_id in ("", post.actor_id) or word.actor_id in self.bots:
            return False
        talk = self.talk_of(word)
        return talk is None or not talk.puts_off

    def answer_to(self, post: Entry) -> Entry | None:
        """The first reply in its thread; else, if it is known what was asked of whom, their next word."""
        payload, talk = post.payload, self.talk_of(post)
        if not isinstance(payload, PostSeen):
            return None
        thread = self.replies.get(payload.root_id or payload.post_id, [])
        reply = next(self.words_of_others(post, thread), None)
        if reply is not None or talk is None:
            return reply
        if talk.mentions:
            of_each = (self._posts_of.get(user_id, []) for user_id in talk.mentions)
            asked = [word for some in of_each for word in islice(self.words_of_others(post, some), 1)]
            return min(asked, key=_moment, default=None) or self._what_made_go_on(post)
        if addressed := self._word_to_them(post):
            return addressed
        if self.is_stuck(post):
            return self._last_word_before_going_on(post)
        return self._what_made_go_on(post) or next(
            self.words_of_others(self._last_reminder(post), self.posts), None
        )

    def _word_to_them(self, post: Entry) -> Entry | None:
        """What others say to who asked, by mention, soon before they do something other than write again."""
        deed = _next(self._deeds_of.get(post.actor_id, []), post)
        told = _next(self._told.get(post.actor_id, []), post)
        is_soon = deed is not None and told is not None and 0 <= deed.at - told.at <= _SOON_MS
        return told if is_soon else None

    @cached_property
    def _deeds_of(self) -> dict[str, list[Entry]]:
        """What each did other than write."""
        return {
            user_id: [act for act in acts if not isinstance(act.payload, PostSeen)]
            for user_id, acts in self._acts_of.items()
        }

    @cached_property
    def _told(self) -> dict[str, list[Entry]]:
        """By who is mentioned, what people say to them: it neither asks nor only puts off."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for word in self.posts:
            talk = self.talk_of(word)
            if talk is None or talk.asks or talk.puts_off or word.actor_id in {"", *self.bots}:
                continue
            for user_id in talk.mentions - {word.actor_id}:
                found[user_id].append(word)
        return found

    def is_stuck(self, post: Entry) -> bool:
        """Whether a question to all says that who asks cannot go on: then they wait until they do."""
        talk = self.talk_of(post)
        return talk is not None and talk.asks and talk.waits and not talk.mentions

    def _last_word_before_going_on(self, post: Entry) -> Entry | None:
        """Of others: who says that they cannot go on does so when they have what they need."""
        goes_on = self.goes_on_at(post)
        until = self.ordered[-1].at if goes_on is None else goes_on
        meanwhile = range(bisect_right(self.posts, until, key=_at) - 1, -1, -1)
        later = takewhile(lambda word: word.at > post.at, (self.posts[place] for place in meanwhile))
        return next((word for word in later if self._is_word_to(word, post)), None)

    def goes_on_at(self, post: Entry) -> Millis | None:
        """When who wrote a post is heard of again, other than by saying that they still wait."""
        own = _next(self.acts_of(post.actor_id), self._last_reminder(post))
        return own.at if own else None

    def _what_made_go_on(self, post: Entry) -> Entry | None:
        """The first word of others said at once, or after which who asked goes on.

        Others may talk about other things.
        """
        own = self.acts_of(post.actor_id)
        post = self._last_reminder(post)
        for word in self.words_of_others(post, self.posts):
            at = bisect_right(own, word.at, key=_at)
            goes_on = at < len(own) and own[at].at - word.at <= _SOON_MS
            if word.at - post.at <= _AT_ONCE_MS or goes_on:
                return word
        return None

    def _last_reminder(self, post: Entry) -> Entry:
        """Where its author says next that they still wait, the last time they do; else the post itself."""
        after = _next(self._posts_of.get(post.actor_id, []), post)
        return self._last_reminders.get(after.sequence, post) if after else post

    @cached_property
    def _last_reminders(self) -> dict[int, Entry]:
        """By the number of each post that says that its author waits, the last that still does."""
        found: dict[int, Entry] = {}
        for own in self._posts_of.values():
            last: Entry | None = None
            for post in reversed(own):
                last = (last or post) if self.is_waiting(post) else None
                if last:
                    found[post.sequence] = last
        return found

    def talk_of(self, entry: Entry) -> Talk | None:
        """What a post asked; None if that is not known."""
        return self._talk.get(entry.payload.post_id) if isinstance(entry.payload, PostSeen) else None

    def mentioned_in(self, entry: Entry) -> frozenset[str]:
        """Whom a post mentions, as far as that is known."""
        talk = self.talk_of(entry)
        return talk.mentions if talk else frozenset()

    def away(self, user_id: str, since: int, until: int) -> tuple[list[Span], list[PresenceChange]]:
        """When somebody was away or offline between two moments, and the changes that say so.

        Who does something is there, whatever their status says from then on.
        """
        changes = self._presence.get(user_id, [])
        spans, shown = list[Span](), list[PresenceChange]()
        ends = [*(change.at for change in changes[1:]), Millis(until)] if changes else []
        for change, end in zip(changes, ends, strict=True):
            span = (max(change.at, since), min(end, self._next_act(user_id, change.at, end), until))
            if change.status in ("away", "offline") and span[0] < span[1]:
                spans.append(span)
                shown.append(change)
        return spans, shown

    def _next_act(self, user_id: str, after: int, at_latest: int) -> int:
        own = self.acts_of(user_id)
        at = bisect_right(own, after, key=_at)
        return own[at].at if at < len(own) else at_latest

    @cached_property
    def people(self) -> dict[str, list[Entry]]:
        """The entries by which each person, no bots, entered and left the channel."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.of_kind(MemberJoined, MemberLeft):
            payload = entry.payload
            if isinstance(payload, MemberJoined | MemberLeft) and payload.user_id not in self.bots:
                found[payload.user_id].append(entry)
        return found

    @cached_property
    def is_of_one(self) -> bool:
        """Whether one person at most is on record: then whose a task is goes without saying."""
        return len({*self.people, *self._acts_of}) <= 1

    @cached_property
    def hours(self) -> tuple[tuple[Span, ...], list[Entry], int]:
        """When any member was at work, the entries that say so, and of how many members it is not known.

        Who comes once all is over is not asked.
        """
        if not self.ordered:
            return (), [], 0
        end = self.ordered[-1].at
        over = self.spans[-1][1] if self.spans else end
        known: list[Span] = []
        said: list[Entry] = []
        silent = 0
        for entries in self.people.values():
            for entry, after in pairwise([*entries, None]):
                payload = entry.payload if entry else None
                if entry is None or not isinstance(payload, MemberJoined) or entry.at > over:
                    continue
                until = after.at if after else end + DAY_MS
                spans = working_spans(payload.working_hours, payload.timezone, entry.at, until)
                silent += spans is None
                known.extend(spans or ())
                said.extend([entry] if spans is not None else [])
        return united(known), said, silent

    def expected_at_work(self, since: int, until: int) -> int:
        """For how long of a time somebody was to be expected: all of it if nobody keeps to working hours."""
        return self.worked(since, until) if self._keeps_hours else until - since

    def worked(self, since: int, until: int) -> int:
        """For how long of a time any member was at work, by their working hours."""
        return sum(max(0, min(end, until) - max(begin, since)) for begin, end in self.hours[0])

    @cached_property
    def _keeps_hours(self) -> bool:
        """Whether the hours of enough members are known, and most was done in them."""
        _, said, unknown = self.hours
        return bool(said) and unknown <= len(said) and 2 * len(self.acts_off_work) <= len(self._ongoing_acts)

    @cached_property
    def _ongoing_acts(self) -> list[Entry]:
        return [act for begin, end in self.spans for act in self.between(begin - 1, end, self.acts)]

    @cached_property
    def acts_off_work(self) -> list[Entry]:
        """What people did outside the working hours of all members, as far as these are known.

        What comes after the end is left out.
        """
        at_work = self.hours[0]
        begins = [begin for begin, _ in at_work]
        ends = [0, *(end for _, end in at_work)]
        return [act for act in self._ongoing_acts if act.at >= ends[bisect_right(begins, act.at)]]


def longest_pause(some: Sequence[Entry], window: Interval) -> int:
    """The longest time in a window in which none of some ordered entries in it is."""
    return _longest([window.since, *(entry.at for entry in some), window.until])


def _longest(moments: Sequence[int]) -> int:
    return max(end - begin for begin, end in pairwise(moments))


def _at(entry: Entry) -> int:
    return entry.at


def _next(some: Sequence[Entry], after: Entry) -> Entry | None:
    """The first of some ordered entries that lies after another."""
    at = bisect_right(some, after.at, key=_at)
    return some[at] if at < len(some) else None


def _moment(entry: Entry) -> tuple[int, int]:
    return entry.at, entry.sequence


def _outside(times: Sequence[int], window: Interval) -> int:
    return len(times) - (bisect_left(times, window.until) - bisect_right(times, window.since))


def _commander(payload: object) -> str:
    return payload.commander_id if isinstance(payload, IncidentStarted) else ""

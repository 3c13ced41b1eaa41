"""The stop of a server: one deadline, whatever it has to wait for."""

import asyncio

from commandpost.kernel.stop import Stop


class Watch:
    """A clock turned by hand."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


async def test_what_one_step_takes_the_next_ones_do_not_have() -> None:
    watch = Watch()
    stop = Stop(5, monotonic=watch)
    cut_off: list[str] = []
    done: list[str] = []

    async def lasting() -> None:
        watch.now_s += 5

    async def endless() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cut_off.append("endless")
            raise

    async def immediate() -> None:
        done.append("immediate")

    await stop.wait_for(lasting, endless, immediate)

    assert cut_off == ["endless"]
    assert done == ["immediate"]
    assert stop.left_s == 0


def test_it_begins_once() -> None:
    watch = Watch()
    stop = Stop(5, monotonic=watch)
    was_begun = stop.has_begun

    stop.begin()
    watch.now_s += 2
    stop.begin()

    assert not was_begun
    assert stop.has_begun
    assert (stop.took_s, stop.left_s) == (2, 3)


def test_before_it_begins_nothing_runs_out() -> None:
    watch = Watch()
    stop = Stop(5, monotonic=watch)

    watch.now_s += 60

    assert (stop.took_s, stop.left_s) == (0, 5)

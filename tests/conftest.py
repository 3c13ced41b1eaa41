"""What every test may use. Fixtures live in `tests/support/`, one file per matter."""

pytest_plugins = [
    "tests.support.run",
    "tests.support.size",
    "tests.support.network",
    "tests.support.clock",
    "tests.support.postgres",
    "tests.support.databases",
    "tests.support.people",
    "tests.support.channels",
    "tests.support.incidents",
    "tests.support.talk",
    "tests.support.routes",
    "tests.support.stand_in",
    "tests.support.outside",
    "tests.support.mail",
    "tests.support.attached",
    "tests.support.doorstep",
    "tests.support.faults",
]

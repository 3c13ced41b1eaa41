"""Teams over REST v4."""

from commandpost.workspace.model.team import Team
from tests.support.people import Person


async def test_a_member_sees_the_team(ana: Person, team: Team) -> None:
    answer = await ana.get(f"/teams/{team.id}")

    assert answer.status_code == 200, answer.text
    assert answer.json()["name"] == "acme"

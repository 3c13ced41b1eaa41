"""What playbooks say about the reviews of their incidents."""

from commandpost.db import Sql, Work
from commandpost.incidents.model.review_plan import ReviewPlan

_FOUND = Sql("""
    SELECT playbook_id, template, remind_after_s, version FROM review_plans WHERE playbook_id = :playbook_id
""")
_SAVE = Sql("""
    INSERT INTO review_plans (playbook_id, template, remind_after_s, version)
    VALUES (:playbook_id, :template, :remind_after_s, :version)
    ON CONFLICT (playbook_id) DO UPDATE SET template = excluded.template,
        remind_after_s = excluded.remind_after_s, version = excluded.version
""")


async def of_playbook(work: Work, playbook_id: str) -> ReviewPlan:
    """The plan of a playbook; one that says nothing if none was saved."""
    row = await work.one(_FOUND, playbook_id=playbook_id)
    if row is None:
        return ReviewPlan(playbook_id=playbook_id)
    return ReviewPlan(
        playbook_id=row["playbook_id"],
        template=row["template"],
        remind_after_s=row["remind_after_s"],
        version=row["version"],
    )


async def save(work: Work, plan: ReviewPlan) -> None:
    """Save the plan of a locked playbook."""
    await work.put(
        _SAVE,
        playbook_id=plan.playbook_id,
        template=plan.template,
        remind_after_s=plan.remind_after_s,
        version=plan.version,
    )

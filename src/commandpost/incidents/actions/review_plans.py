"""What a playbook says about reviews: its template, and when the commander is reminded."""

from commandpost.audit.entry import Deed
from commandpost.incidents.actions import access
from commandpost.incidents.model.playbook import Playbook
from commandpost.incidents.model.review_plan import ReviewPlan
from commandpost.incidents.permissions import Act
from commandpost.incidents.ports import Actor, Desk
from commandpost.incidents.store import review_plans


async def view(desk: Desk, who: Actor, playbook_id: str) -> ReviewPlan:
    """Raises NotAuthorized, PlaybookUnknown."""
    playbook = await access.opened_playbook(desk, who, playbook_id, Act.VIEW_PLAYBOOK)
    return await review_plans.of_playbook(desk.work, playbook.id)


async def begin(desk: Desk, playbook: Playbook, *, template: str, remind_after_s: int) -> None:
    """What a playbook that was made just now, of a file, says about reviews; one may say nothing.

    Raises TextTooLong, TextUnstorable, ReminderOutOfRange.
    """
    if template or remind_after_s:
        plan = ReviewPlan(playbook_id=playbook.id)
        begun = plan.changed(template=template, remind_after_s=remind_after_s, seen_version=0)
        await review_plans.save(desk.work, begun)


async def change(
    desk: Desk, who: Actor, playbook_id: str, *, template: str, remind_after_s: int, seen_version: int
) -> ReviewPlan:
    """Change it for the reviews of all incidents of the playbook, if it is still as `who` saw it.

    Raises NotAuthorized, PlaybookUnknown, PlanChanged, TextTooLong, TextUnstorable, ReminderOutOfRange.
    """
    playbook = await access.locked_playbook(desk, who, playbook_id, Act.EDIT_PLAYBOOK)
    plan = await review_plans.of_playbook(desk.work, playbook.id)
    changed = plan.changed(template=template, remind_after_s=remind_after_s, seen_version=seen_version)
    await review_plans.save(desk.work, changed)
    old, new = _recorded(plan), _recorded(changed)
    await desk.record(Deed.PLAYBOOK_CHANGED, playbook.id, by=who, before=old, after=new)
    return changed


def _recorded(plan: ReviewPlan) -> dict[str, object]:
    """What the audit log keeps of a plan."""
    return {"review_template": plan.template, "review_remind_after_s": plan.remind_after_s}

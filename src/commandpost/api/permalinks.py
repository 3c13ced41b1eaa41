"""Links to posts, as the product's own posts hold them: they lead to the post in its team."""

from urllib.parse import quote

from litestar import get
from litestar.response import Redirect

from commandpost.api.call import PublicCall
from commandpost.api.v4.params import path_id
from commandpost.api.v4.route import ANSWERS
from commandpost.workspace.actions import permalinks


@get("/_redirect/pl/{post_id:str}", status_code=302, responses=ANSWERS)
async def public_permalink(public: PublicCall, post_id: str) -> Redirect:
    """Lead to a post; whoever is not signed in comes by way of the log-in page."""
    path_id(post_id, "post_id")
    if public.caller is None:
        return Redirect(f"/login?redirect_to={quote(f'/_redirect/pl/{post_id}', safe='')}")
    async with public.desks.reading() as desk:
        team = await permalinks.team_of(desk, public.caller, post_id)
    return Redirect(f"/{team.name}/pl/{post_id}")


ROUTES = (public_permalink,)

"""Route decorators of v0: each documents what its route can answer besides its success."""

from functools import partial

import litestar
from litestar.openapi.datastructures import ResponseSpec

from commandpost.api.v0.errors import ErrorBody

_MEANINGS = {
    400: "The request is not valid.",
    403: "Not permitted, or unknown.",
    404: "Not found, or not to be seen by the caller.",
    405: "This address does not know that method.",
    409: "Does not fit the present state.",
    412: "Changed by somebody else since it was looked at.",
    413: "Too large.",
    429: "Too many requests.",
    503: "Not just now; try again.",
}

ANSWERS = {
    status: ResponseSpec(data_container=ErrorBody, description=meaning, generate_examples=False)
    for status, meaning in _MEANINGS.items()
}
ANSWERS[401] = ResponseSpec(
    data_container=str,
    description="No session, or one that has ended.",
    media_type=litestar.MediaType.TEXT,
    generate_examples=False,
)

REFUSED_OUTSIDE = {
    **ANSWERS,
    502: ResponseSpec(
        data_container=ErrorBody,
        description="A tool outside did not do it; the message says why.",
        generate_examples=False,
    ),
}
"""Of a route that needs a tool outside."""

get = partial(litestar.get, responses=ANSWERS)
post = partial(litestar.post, responses=ANSWERS)
put = partial(litestar.put, responses=ANSWERS)
patch = partial(litestar.patch, responses=ANSWERS)
delete = partial(litestar.delete, responses=ANSWERS)

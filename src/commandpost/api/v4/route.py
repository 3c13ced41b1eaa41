"""Route decorators of v4: each documents what its route can answer besides its success."""

from functools import partial

import litestar
from litestar.openapi.datastructures import ResponseSpec

from commandpost.api.v4.errors import ErrorBody

_MEANINGS = {
    400: "The request is not valid.",
    401: "No session, or one that has ended.",
    403: "Not permitted.",
    404: "Not found, or not to be seen by the caller.",
    405: "This address does not know that method.",
    409: "Does not fit the present state.",
    413: "Too large.",
    429: "Too many requests.",
    501: "Switched off by the administrator.",
    503: "Not just now; try again.",
}

ANSWERS = {
    status: ResponseSpec(data_container=ErrorBody, description=meaning, generate_examples=False)
    for status, meaning in _MEANINGS.items()
}

FAILING = {
    **ANSWERS,
    500: ResponseSpec(
        data_container=ErrorBody,
        description="What stands behind it outside did not do what it should.",
        generate_examples=False,
    ),
}
"""For routes that have another server do something: what Mattermost answers when that fails."""

get = partial(litestar.get, responses=ANSWERS)
post = partial(litestar.post, responses=ANSWERS)
put = partial(litestar.put, responses=ANSWERS)
delete = partial(litestar.delete, responses=ANSWERS, status_code=200)

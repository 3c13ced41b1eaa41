"""What comes in a path: ids and names, refused when they have the wrong form."""

from commandpost.kernel.errors import Invalid
from commandpost.kernel.ids import is_id


class BadPathParameter(Invalid):
    """Invalid or missing parameter in request URL."""

    code = "url_param"


class BadBodyParameter(Invalid):
    """Invalid or missing parameter in request body."""

    code = "body_param"


def path_id(value: str, name: str = "id") -> str:
    """An id from a path, or from a query where one must be. Raises BadPathParameter."""
    if not is_id(value):
        raise BadPathParameter(f"Invalid or missing {name} parameter in request URL.")
    return value


def body_id(value: str, name: str = "id") -> str:
    """An id from a body. Raises BadBodyParameter."""
    if not is_id(value):
        raise BadBodyParameter(f"Invalid or missing {name} in request body.")
    return value


def body_ids(values: list[str], name: str = "ids", *, most: int = 1000) -> list[str]:
    """A list of ids from a body, not empty, each once. Raises BadBodyParameter."""
    if not 1 <= len(values) <= most or not all(map(is_id, values)):
        raise BadBodyParameter(f"Invalid or missing {name} in request body.")
    return list(dict.fromkeys(values))

"""Comments say why, and nothing is left for later."""

import ast
import re

from tests.house.sources import everything, product

LATER = re.compile(r"\b([T]ODO|[F]IXME|[X]XX|[H]ACK)\b")
BANNER = re.compile(r"#\s*([-=#*_~])\1{3,}|#.*([-=#*_~])\2{5,}\s*$")
EXCEPTION = re.compile(
    r"#\s*(noqa(:\s*[A-Z]+[0-9]+(,\s*[A-Z]+[0-9]+)*)?|(type|pyright):\s*ignore(\[[\w, -]+\])?)(?P<reason>.*)"
)


def test_nothing_is_left_for_later() -> None:
    found = [
        source.at(line)
        for source in everything()
        for line, text in enumerate(source.text.splitlines(), start=1)
        if LATER.search(text)
    ]

    assert found == []


def test_files_are_split_instead_of_divided_by_banners() -> None:
    found = [
        f"{source.at(line)} {comment}"
        for source in everything()
        for line, comment in source.comments
        if BANNER.match(comment)
    ]

    assert found == []


def test_every_exception_from_a_check_says_why() -> None:
    found = [
        f"{source.at(line)} {comment}"
        for source in product()
        for line, comment in source.comments
        if (exception := EXCEPTION.search(comment)) and len(re.findall(r"\w+", exception["reason"])) < 2
    ]

    assert found == []


def test_every_module_says_what_belongs_in_it() -> None:
    found = [
        source.name
        for source in product()
        if not ast.get_docstring(ast.parse(source.text)) and source.text.strip()
    ]

    assert found == []

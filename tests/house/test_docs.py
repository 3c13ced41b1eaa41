"""What the documents say can be looked up: settings, links, commands of make."""

import re

from commandpost.settings import VARIABLES, settings_from
from commandpost.workspace.model.config import Config, variables
from tests.house.sources import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_setting_is_explained_with_its_default() -> None:
    page = (ROOT / "docs/run/settings.md").read_text()
    documented = dict(re.findall(r"^\| `(COMMANDPOST_\w+)` \|([^|]*)\|", page, re.MULTILINE))
    defaults = {variable: getattr(Config(), name) for name, variable in variables().items()}
    started = settings_from({})
    for variable in VARIABLES:
        defaults[variable] = getattr(started, variable.removeprefix("COMMANDPOST_").lower(), "")

    written = {variable: default.strip(" `") for variable, default in documented.items()}
    assert written == {
        variable: str(default).lower() if isinstance(default, bool) else str(default)
        for variable, default in defaults.items()
    }


def test_every_link_between_documents_leads_somewhere() -> None:
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in DOCUMENTS
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text())
        if "://" not in target and not (document.parent / target).exists()
    ]

    assert broken == []


def test_every_decision_is_on_the_list_of_decisions() -> None:
    folder = ROOT / "docs/build/decisions"
    listed = re.findall(r"\]\(([\w-]+\.md)\)", (folder / "README.md").read_text())

    assert sorted(listed) == sorted(page.name for page in folder.glob("*.md") if page.name != "README.md")


def test_every_target_of_make_that_is_named_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = {target for document in DOCUMENTS for target in re.findall(r"`make (\w+)`", document.read_text())}

    assert named - targets == set()


def test_no_document_names_a_folder_of_a_machine() -> None:
    named = {
        document.name: re.findall(r"/(?:tmp|home|root)/\S+", document.read_text()) for document in DOCUMENTS
    }

    assert {name: found for name, found in named.items() if found} == {}

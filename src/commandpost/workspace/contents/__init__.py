"""Contents of uploaded files: what they are, pictures made of them, and where they are kept."""

from commandpost.workspace.contents.kinds import is_shown_in_place, served_as
from commandpost.workspace.contents.pictures import PICTURE_TYPE
from commandpost.workspace.contents.shelf import FOLDER, Shelf, Shelved, Version, kept_of

__all__ = [
    "FOLDER",
    "PICTURE_TYPE",
    "Shelf",
    "Shelved",
    "Version",
    "is_shown_in_place",
    "kept_of",
    "served_as",
]

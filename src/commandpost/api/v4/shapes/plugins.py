"""The product as v4 lists it among plugins."""

import msgspec

from commandpost import __version__
from commandpost.api.v4.shapes.config import INCIDENTS_PLUGIN


class BundleShape(msgspec.Struct, kw_only=True):
    """What a web client would load; "" is nothing."""

    bundle_path: str = ""


class ManifestShape(msgspec.Struct, kw_only=True):
    """What a plugin says of itself."""

    id: str
    name: str
    description: str
    version: str
    min_server_version: str
    webapp: BundleShape


MANIFEST = ManifestShape(
    id=INCIDENTS_PLUGIN,
    name="Incident Management",
    description="This plugin allows users to coordinate and manage incidents within Mattermost.",
    version=__version__,
    min_server_version="5.28.0",
    webapp=BundleShape(),
)

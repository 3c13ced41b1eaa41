"""What a content is, told from its first bytes; nobody's word is taken for it."""

import re

UNKNOWN = "application/octet-stream"
PLAIN_TEXT = "text/plain"

SNIFFED_BYTES = 4096
"""How much of a content is looked at."""

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"BM", "image/bmp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\x00", "application/x-xz"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (257, b"ustar", "application/x-tar"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"OggS", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "video/webm"),
    (4, b"ftypqt", "video/quicktime"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_ZIPPED = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
_TEXTS = {"csv": "text/csv", "md": "text/markdown", "json": "application/json"}
_HTML = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype html|html|head|body|script|iframe|style|table|img|a|div|p|br|h1)\b",
    re.IGNORECASE | re.DOTALL,
)
_SVG = re.compile(rb"<svg\b", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

_SHOWN_IN_PLACE = frozenset(
    {
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/bmp",
        "audio/mpeg",
        "audio/ogg",
        "audio/wav",
        "audio/mp4",
        "audio/flac",
        "video/mp4",
        "video/webm",
        "video/quicktime",
    }
)
_ACTIVE = frozenset({"text/html", "image/svg+xml", "application/xhtml+xml", "text/xml"})


def sniffed(head: bytes, extension: str) -> str:
    """The media type of a content that begins with `head`; the name only says which kind of text or zip."""
    for at, signature, kind in _SIGNATURES:
        if head.startswith(signature, at):
            return kind
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], UNKNOWN)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _ZIPPED.get(extension, "application/zip")
    return _text(head, extension)


def served_as(kind: str) -> str:
    """The media type to send: what a browser would run is sent as plain text."""
    if kind in _ACTIVE or kind.startswith("text/") or kind == "application/json":
        return "text/plain; charset=utf-8"
    return kind


def is_shown_in_place(kind: str) -> bool:
    """Whether a browser may show it where it stands, rather than save it."""
    return kind in _SHOWN_IN_PLACE


def _text(head: bytes, extension: str) -> str:
    if _CONTROL.search(head) is not None:
        return UNKNOWN
    try:
        head[:SNIFFED_BYTES].decode()
    except UnicodeDecodeError as fault:
        if fault.start < len(head) - 3:
            return UNKNOWN
    if _SVG.search(head) is not None:
        return "image/svg+xml"
    if _HTML.match(head) is not None:
        return "text/html"
    if head.lstrip().startswith(b"<?xml"):
        return "text/xml"
    return _TEXTS.get(extension, PLAIN_TEXT)

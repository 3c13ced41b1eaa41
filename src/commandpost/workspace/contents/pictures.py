"""Pictures made of uploaded pictures: a small one for lists, a larger one for looking at."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

_FORMATS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/bmp": "BMP",
    "image/tiff": "TIFF",
}
_MOST_PIXELS = 40_000_000
"""A picture with more is kept as it is and never unpacked: a small file can hold a huge one."""

PICTURE_TYPE = "image/webp"
"""What the smaller pictures are: small, and see-through where the picture was."""

_THUMBNAIL = (240, 200)
_PREVIEW = (1920, 16_000)
_QUALITY = 85

# Image.open reads the header only, and the size found there is checked here before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """A picture's size as it is shown, and whether smaller ones were made of it."""

    width: int
    height: int
    has_preview: bool


def pictured(source: Path, kind: str, *, thumbnail: Path, preview: Path) -> Pictures | None:
    """Make the smaller pictures of a picture; None if it is none, or cannot be read."""
    format_ = _FORMATS.get(kind)
    if format_ is None:
        return None
    try:
        with Image.open(source, formats=(format_,)) as opened:
            width, height = _shown_size(opened)
            if width * height > _MOST_PIXELS or getattr(opened, "is_animated", False):
                return Pictures(width=width, height=height, has_preview=False)
            opened.draft("RGB", _PREVIEW if width > _PREVIEW[0] else (width, height))
            picture = ImageOps.exif_transpose(opened)
            _save(picture, _PREVIEW, preview)
            _save(picture, _THUMBNAIL, thumbnail)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, EOFError):
        preview.unlink(missing_ok=True)
        thumbnail.unlink(missing_ok=True)
        return None
    return Pictures(width=width, height=height, has_preview=True)


def _shown_size(picture: Image.Image) -> tuple[int, int]:
    turned = picture.getexif().get(0x0112, 1) >= 5
    return (picture.height, picture.width) if turned else picture.size


def _save(picture: Image.Image, box: tuple[int, int], target: Path) -> None:
    small = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    small.thumbnail(box)
    small.save(target, "WEBP", quality=_QUALITY)

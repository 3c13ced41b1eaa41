"""Pictures of users: drawn from their name, or made of what they upload."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from commandpost.kernel.errors import Invalid, TooLarge

SIDE_PX = 128
PNG = "image/png"

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_MOST_PIXELS = 24_000_000
_FONT_PX = 68
_SHIELD_PX = 512
_SHIELD = (
    (256, 88), (112, 144), (112, 248), (136, 316), (188, 380), (256, 424),
    (324, 380), (376, 316), (400, 248), (400, 144),
)  # fmt: skip
"""Drawn large and made smaller, which smoothes the edges."""
_COLOURS = (
    "#3b6ea8", "#2f7d5b", "#8a4f9e", "#a8553b", "#4f5d9e", "#97752f", "#2f7d86", "#a83b62",
    "#5b7d2f", "#6b5bb0", "#9e4f4f", "#3f6f6f",
)  # fmt: skip
"""Each dark enough for a white letter (contrast above 4.5 to 1)."""


class NotAPicture(Invalid):
    """The picture could not be read: it must be a PNG, JPEG, GIF, WebP or BMP."""

    code = "picture.unreadable"


class PictureTooLarge(TooLarge):
    """The picture has too many pixels: up to 24 million will do."""

    code = "picture.too_large"


def drawn(username: str, seed: str) -> bytes:
    """A PNG with the first letter of a name, in a colour that belongs to the seed."""
    letter = username[:1].upper() or "?"
    return _drawn(letter, _COLOURS[sum(seed.encode()) % len(_COLOURS)])


@lru_cache(maxsize=1)
def shield() -> bytes:
    """A PNG with the product's own sign, for its bot."""
    image = Image.new("RGB", (_SHIELD_PX, _SHIELD_PX), _COLOURS[0])
    draw = ImageDraw.Draw(image)
    draw.polygon(_SHIELD, fill="white")
    draw.line(((256, 168), (256, 272)), fill=_COLOURS[0], width=40)
    draw.ellipse(((232, 316), (280, 364)), fill=_COLOURS[0])
    return _as_png(ImageOps.fit(image, (SIDE_PX, SIDE_PX)))


@lru_cache(maxsize=512)
def _drawn(letter: str, colour: str) -> bytes:
    image = Image.new("RGB", (SIDE_PX, SIDE_PX), colour)
    centre = (SIDE_PX / 2, SIDE_PX / 2)
    ImageDraw.Draw(image).text(
        centre, letter, fill="white", anchor="mm", font=ImageFont.load_default(_FONT_PX)
    )
    return _as_png(image)


def fitted(content: bytes) -> bytes:
    """An uploaded picture as a square PNG, cut at the edges. Takes long: for a thread.

    Raises NotAPicture, PictureTooLarge.
    """
    try:
        with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
            if image.width * image.height > _MOST_PIXELS:
                raise PictureTooLarge
            upright = ImageOps.exif_transpose(image).convert("RGBA")
            return _as_png(ImageOps.fit(upright, (SIDE_PX, SIDE_PX)))
    except Image.DecompressionBombError as cause:
        raise PictureTooLarge from cause
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as cause:
        raise NotAPicture from cause


def _as_png(image: Image.Image) -> bytes:
    encoded = io.BytesIO()
    image.save(encoded, "PNG", optimize=True)
    return encoded.getvalue()

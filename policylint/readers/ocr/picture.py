"""The picture of a page made ready for an engine: grey, of bearable size, hanging straight."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
"""Resolution at which pages are recognised."""

_LONG_SIDE = 4200
"""Pixels of the longer side above which a picture is made smaller: a letter page at 380 dpi."""
_MOST = 7.0
"""Degrees up to which a page may hang."""
_LEAST = 0.15
"""Degrees below which it hangs straight enough: a line across the page then climbs by less than a sixth of its height."""
_FEW = 400
"""Dots of ink from which there are lines to speak of."""
_MANY = 60_000
"""Dots of ink that are enough to tell how the lines run."""
_WHITE = 255
_CONTRAST = 60
"""By how much ink is darker than paper, at the least."""
_SHADOW = 50
"""By how much the paper of one picture may differ in lightness before shadows are taken out."""


def grey(image: Image) -> Image:
    """The picture in shades of grey, on white where it is transparent, and no larger than recognition has use for."""
    import PIL.Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        with_alpha = image.convert("RGBA")
        ground = PIL.Image.new("RGBA", image.size, "white")
        ground.alpha_composite(with_alpha)
        image = ground
    out = image if image.mode == "L" else _to_l(image)
    longest = max(out.size)
    if longest > _LONG_SIDE:
        scale = _LONG_SIDE / longest
        out = out.resize(
            (max(1, round(out.width * scale)), max(1, round(out.height * scale))), PIL.Image.Resampling.BOX
        )
    return out


def _to_l(image: Image) -> Image:
    import numpy as np
    import PIL.Image

    if image.mode[0] not in "IF":
        return image.convert("L")
    # More than eight bits a pixel: Pillow would cut at 255 instead of scaling.
    pixels = np.asarray(image, dtype=np.float64)
    scale = 255 / 65535 if pixels.max(initial=0) > _WHITE else 1.0
    return PIL.Image.fromarray(np.clip(pixels * scale, 0, _WHITE).astype(np.uint8))


def skew(image: Image) -> float:
    """By how many degrees, clockwise, the lines of a grey picture hang; 0 when they are straight or there are none.

    The angle at which the ink falls into the sharpest rows: first in steps of half a degree, then of a twentieth.
    """
    rows, columns = _inked(image)
    if len(rows) < _FEW:
        return 0.0
    best = 0.0
    for width, fine in ((_MOST, 0.5), (0.5, 0.05)):
        near = [best + fine * k for k in range(-round(width / fine), round(width / fine) + 1)]
        best = max(near, key=lambda degrees: (_sharpness(rows, columns, degrees), -abs(degrees)))
    straight = abs(best) < _LEAST or _sharpness(rows, columns, best) < 1.1 * _sharpness(rows, columns, 0.0)
    return 0.0 if straight else best


def on_its_side(image: Image) -> bool:
    """Whether the lines of a grey picture seem to run up or down: by how sharply the ink falls into rows and columns."""
    rows, columns = _inked(image)
    if len(rows) < _FEW:
        return False
    angles = [degrees / 2 for degrees in range(-round(2 * _MOST), round(2 * _MOST) + 1)]
    lying = max(_sharpness(columns, rows, degrees) for degrees in angles)
    return lying > 1.5 * max(_sharpness(rows, columns, degrees) for degrees in angles)


def _inked(image: Image) -> tuple[Any, Any]:
    """Rows and columns of the ink of a picture made smaller, or of some of it when it is much."""
    import numpy as np

    inked = np.argwhere(ink_of(image.reduce(max(1, round(max(image.size) / 1100)))))
    if len(inked) > _MANY:
        # Drawn by lot, the same each time: every so-manieth dot would fall into columns of its own.
        inked = inked[np.random.default_rng(0).choice(len(inked), _MANY, replace=False)]
    return inked[:, 0], inked[:, 1]


def _sharpness(along: Any, across: Any, degrees: float) -> float:
    """How unevenly ink falls into lines that hang by an angle: the squared steps from each line of pixels to the next."""
    import numpy as np

    shifted = along - across * np.tan(np.radians(degrees))
    counts = np.bincount((shifted - shifted.min()).astype(np.int64)).astype(np.float64)
    return float(((counts[1:] - counts[:-1]) ** 2).sum())


def straighten(image: Image, degrees: float) -> Image:
    """A grey picture turned back by the degrees, clockwise, that it hangs; its size stays."""
    import PIL.Image

    if not degrees:
        return image
    return image.rotate(degrees, PIL.Image.Resampling.BICUBIC, fillcolor=_WHITE)


def turn(image: Image, degrees: int) -> Image:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    import PIL.Image

    how = {90: PIL.Image.Transpose.ROTATE_270, 180: PIL.Image.Transpose.ROTATE_180, 270: PIL.Image.Transpose.ROTATE_90}
    return image.transpose(how[degrees]) if degrees else image


def ink_of(image: Image) -> Any:
    """Which pixels of a grey picture are ink, as an array of truth values, rows first."""
    import numpy as np

    pixels = np.asarray(image, dtype=np.int16)
    paper = int(np.median(pixels))
    dark = pixels[pixels < paper - _CONTRAST]
    # Half way between the paper and the middle of the strokes, so that grey edges make no letter thicker.
    return pixels < (paper + int(np.median(dark))) / 2 if len(dark) else np.zeros(pixels.shape, dtype=bool)


def has_ink(image: Image) -> bool:
    """Whether anything is printed on a grey picture: an empty page costs nothing, and gives no dust for letters."""
    return int(ink_of(image.reduce(max(1, max(image.size) // 1100))).sum()) > 40


def evenly_lit(image: Image) -> Image:
    """A grey picture without the shadows of a photograph; one from a scanner comes back as it is."""
    import numpy as np
    import PIL.Image
    from PIL import ImageFilter

    small = image.reduce(16) if min(image.size) > 160 else image
    # What is left when the letters are gone is the paper.
    paper = small.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(4))
    light = np.asarray(paper)
    if int(np.percentile(light, 95)) - int(np.percentile(light, 5)) < _SHADOW:
        return image
    ground = np.asarray(paper.resize(image.size, PIL.Image.Resampling.BILINEAR), dtype=np.float32)
    flat = np.asarray(image, dtype=np.float32) * _WHITE / np.maximum(ground, 1)
    return PIL.Image.fromarray(np.minimum(flat, _WHITE).astype(np.uint8))

"""Pictures of pages (图片): PNG, JPEG and TIFF, one page for each frame.

Opens and bounds them; what stands on them, the recogniser tells.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from extract.readers.blocks import Blocks
from extract.readers.ocr import is_installed
from extract.readers.ocr_scans import DOTS_PER_INCH, Scans
from extract.readers.pdf import PageReader
from extract.reasons import Rejected

if TYPE_CHECKING:
    from PIL.Image import Image

    from extract.readers.ocr import Gray

_MAX_PIXELS = 60_000_000
"""Of one frame; A3 at 400 dots per inch has 31 million."""
_FORMATS = ("PNG", "JPEG", "TIFF")
_MAX_SIDE = 5000
_LONG_SIDE = 11.7
"""Inches of A4, for pictures that do not tell their resolution."""


def read_image(data: bytes, blocks: Blocks) -> int:
    """Read a picture into ``blocks`` and return the number of its frames.

    Raises Rejected with OCR_NOT_INSTALLED, PAGE_NOT_READABLE or RESOURCE_LIMIT.
    """
    from PIL import Image, UnidentifiedImageError

    if not is_installed():
        raise Rejected("OCR_NOT_INSTALLED", "a picture")
    scans, reader = Scans(), PageReader(blocks)
    unread = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=_FORMATS) as file:
                frames = int(getattr(file, "n_frames", 1))
                if frames > blocks.limits.max_pages:
                    raise Rejected("RESOURCE_LIMIT", f"{frames} pages")
                for number in range(1, frames + 1):
                    file.seek(number - 1)
                    picture, dots_per_inch = _grey(file, number)
                    page = scans.picture(picture, number, dots_per_inch)
                    unread += page is None
                    if page is not None:
                        reader.add(page)
    except Image.DecompressionBombError as error:
        raise Rejected("RESOURCE_LIMIT", str(error)) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise Rejected("PAGE_NOT_READABLE", f"a damaged picture: {error}"[:200]) from None
    reader.finish()
    if not blocks.items:
        raise Rejected("PAGE_NOT_READABLE", f"no text on any of {frames} pages")
    if unread:
        blocks.note("PAGE_NOT_READABLE", f"{unread} of {frames} pages")
    scans.mark(blocks)
    return frames


def _grey(file: Image, number: int) -> tuple[Gray, float]:
    """The frame in grey, transparent parts white, with its resolution."""
    import numpy as np
    from PIL import Image, ImageOps

    if file.width * file.height > _MAX_PIXELS:
        raise Rejected("RESOURCE_LIMIT", f"page {number} has {file.width} x {file.height} pixels")
    frame = ImageOps.exif_transpose(file) or file
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        frame = frame.convert("RGBA")
        paper = Image.new("RGBA", frame.size, "white")
        frame = Image.alpha_composite(paper, frame)
    if frame.mode.startswith("I;16") or frame.mode in ("I", "F"):
        values = np.asarray(frame, np.float64)
        frame = Image.fromarray((values * (255.0 / max(1.0, values.max()))).astype(np.uint8))
    frame = frame.convert("L")
    long_side = max(frame.size)
    # Measured by the paper it must have been printed on: stated resolutions are often wrong.
    dots_per_inch = long_side / _LONG_SIDE
    scale = min(_MAX_SIDE / long_side, DOTS_PER_INCH / dots_per_inch)
    if scale < 0.9 or 1.2 < scale < 2.5:
        size = (max(1, round(frame.width * scale)), max(1, round(frame.height * scale)))
        frame = frame.resize(size, Image.Resampling.LANCZOS)
        dots_per_inch *= scale
    return np.asarray(frame, np.uint8), dots_per_inch

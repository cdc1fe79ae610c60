"""RapidOCR: PaddleOCR's models on ONNX Runtime, both from Python packages (the extra `ocr`).

The models lie in the package. Their paths are given outright, so that nothing is left to look up or to download.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylint.readers.ocr.engines import EngineError
from policylint.readers.ocr.tight import tighten
from policylint.readers.ocr.words import Word

if TYPE_CHECKING:
    from PIL.Image import Image

TITLE = "RapidOCR"
SIDE_BY_SIDE = False

_LONG_SIDE = 1760
"""Pixels to which the longer side of a page is made smaller: 160 dpi for a letter page. More takes longer and reads no better."""
_FINDING_SIDE = 1216
"""The same for finding where lines are."""


def available() -> bool:
    """Whether both packages are installed."""
    return all(find_spec(package) is not None for package in ("rapidocr", "onnxruntime"))


def recognise(image: Image, *, block: bool = False) -> list[Word]:  # noqa: ARG001 - as Engine
    """The words of an upright greyscale picture; as `Engine.recognise`."""
    import numpy as np

    try:
        found = _engine()(np.asarray(image.convert("RGB")), return_word_box=True)
    except (EngineError, MemoryError):
        raise
    except Exception as error:  # whatever the packages raise, it is this one page that they cannot read
        raise EngineError(f"RapidOCR failed: {' '.join(str(error).split())[:200]}") from error
    lines = [_line(number, pieces) for number, pieces in enumerate(found.word_results or ())]
    return tighten(lines, image)


def _line(number: int, pieces: Any) -> list[Word]:
    words = []
    for text, sure, corners in pieces:
        across, down = [float(x) for x, _ in corners], [float(y) for _, y in corners]
        left, right, top, bottom = min(across), max(across), min(down), max(down)
        # A box of many letters that is taller than wide runs up or down the page.
        upright = len(text) < 3 or right - left > bottom - top
        if text.strip():
            words.append(
                Word("".join(text.split()), left, top, right, bottom, sure if upright else 0.0, number, bottom - top)
            )
    return words


@cache
def _engine() -> Any:
    """The engine, loaded once a process: half a second and 100 MB."""
    import onnxruntime
    import rapidocr

    onnxruntime.disable_telemetry_events()
    return rapidocr.RapidOCR(
        params={
            "Det.model_path": _model(Path(rapidocr.__file__).parent, "det"),
            "Rec.model_path": _model(Path(rapidocr.__file__).parent, "rec"),
            "Global.use_cls": False,
            "Global.max_side_len": _LONG_SIDE,
            # Lines are found as well on a smaller picture, and read faster one by one than padded to the longest of six.
            "Det.limit_type": "max",
            "Det.limit_side_len": _FINDING_SIDE,
            "Rec.rec_batch_num": 1,
            "Global.log_level": "critical",
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def _model(package: Path, task: str) -> str:
    found = sorted((package / "models").glob(f"*_{task}_*.onnx"))
    if not found:
        raise EngineError(f"This release of rapidocr brings no model to {task} with (rapidocr 3.10 does).")
    return str(found[0])

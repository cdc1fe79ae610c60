"""Verdicts on scans beside those on the text they were made from.

    python bench/scans.py [--skew DEGREES] POLICY.txt ...

Each policy is printed (LibreOffice; Markdown through pandoc), drawn at 200 dpi (pdftoppm), skewed, speckled and blurred, put
into a PDF without text and checked. Prints the share of requirements with the same verdict, seconds a page, and where the
verdicts differ.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

import policylint
from policylint.report import Report

DPI = 200


def main() -> None:
    """Measure each policy named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--skew", type=float, default=0.6, metavar="DEGREES")
    parser.add_argument("--pack", default="iacp")
    parser.add_argument("policies", nargs="+", type=Path, metavar="POLICY")
    args = parser.parse_args()
    same = asked = 0
    for policy in args.policies:
        with tempfile.TemporaryDirectory() as folder:
            scan = scanned(printed(policy, Path(folder)), args.skew)
            wanted = _verdicts(policylint.check_text(policy.read_text("utf-8"), packs=[args.pack], name=policy.name))
            start = time.perf_counter()
            report = policylint.check_file(scan, packs=[args.pack])
            took = time.perf_counter() - start
        got = _verdicts(report)
        equal = sum(got.get(key) == verdict for key, verdict in wanted.items())
        same, asked = same + equal, asked + len(wanted)
        pages = report.documents[0].pages or 1
        print(f"{policy.name:40} {equal / len(wanted):.3f} {pages:3} pages {took / pages:6.2f} s a page")
        for key, verdict in wanted.items():
            if got.get(key) != verdict:
                print(f"    {key}: {verdict} in the text, {got.get(key, 'not judged')} in the scan")
        for note in report.documents[0].notes:
            print(f"    {note}")
    print(f"{'all':40} {same / asked:.3f}")


def printed(policy: Path, folder: Path) -> Path:
    """The policy as LibreOffice prints it."""
    if policy.suffix == ".md":
        word = folder / f"{policy.stem}.docx"
        subprocess.run(["pandoc", str(policy), "-o", str(word)], check=True, timeout=120)
        policy = word
    command = ["soffice", f"-env:UserInstallation={folder.as_uri()}/office", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(folder), str(policy)], check=True, capture_output=True, timeout=120)
    return folder / f"{policy.stem}.pdf"


def scanned(pdf: Path, skew: float) -> Path:
    """A PDF of pictures of the pages, a little skewed, noisy and soft; the same each time."""
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-r", str(DPI), "-gray", str(pdf), str(stem)], check=True, timeout=300)
    pages = [_worn(Image.open(page), skew, at) for at, page in enumerate(sorted(pdf.parent.glob(f"{stem.name}-*.pgm")))]
    scan = pdf.with_name(f"{stem.name}-scan.pdf")
    pages[0].save(scan, save_all=True, append_images=pages[1:], resolution=DPI, quality=70)
    return scan


def _worn(page: Image.Image, skew: float, seed: int) -> Image.Image:
    degrees = skew if seed % 2 == 0 else -skew / 2
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)
    noise = np.random.default_rng(seed).normal(0, 14, (turned.height, turned.width))
    pixels = np.clip(np.asarray(turned, dtype=np.float64) * 0.92 + 10 + noise, 0, 255)
    return Image.fromarray(pixels.astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.6))


def _verdicts(report: Report) -> dict[str, str]:
    return {verdict.requirement: verdict.status for verdict in report.documents[0].verdicts}


if __name__ == "__main__":
    main()

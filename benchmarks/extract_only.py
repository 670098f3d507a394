"""Extracts a folder and keeps nothing (``python -m benchmarks.extract_only FOLDER``)."""

from __future__ import annotations

import sys
from pathlib import Path

from extract.extraction import Extraction
from extract.pool import extract_files


def main() -> None:
    """Extract every file; a rejected one is an error of the benchmark."""
    paths = sorted(path for path in Path(sys.argv[1]).iterdir() if path.is_file())
    figures = 0
    for path, result in extract_files(paths):
        if not isinstance(result, Extraction):
            sys.exit(f"{path.name}: {result.code} {result.detail}")
        figures += result.figure_count
    print(f"documents={len(paths)}")
    print(f"figures={figures}")


if __name__ == "__main__":
    main()

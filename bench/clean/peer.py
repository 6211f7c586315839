"""Extracts every page with trafilatura, one thread, in each of its modes, and says how long each took.

Pages come as JSON lines {id, html} on standard input; the answer is one JSON object on standard output.
"""

import json
import sys
import time

import trafilatura

MODES = {
    "balanced": {},
    "precision": {"favor_precision": True},
    "recall": {"favor_recall": True},
    "fast": {"fast": True},
}

pages = [json.loads(line) for line in sys.stdin]


def run(options):
    extract = lambda page: trafilatura.extract(page["html"], include_comments=False, **options) or ""
    extract(pages[0])
    began = time.perf_counter()
    texts = {page["id"]: extract(page) for page in pages}
    return {"pagesPerSecond": len(pages) / (time.perf_counter() - began), "texts": texts}


json.dump(
    {"version": trafilatura.__version__, "modes": {name: run(options) for name, options in MODES.items()}},
    sys.stdout,
)

"""Extracts every page with trafilatura, one thread, in each of its modes, and says how long each took.

Pages come as JSON lines {id, html} on standard input; the answer is one JSON object on standard output.
"""

import json
import resource
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
    for page in pages[:60]:
        extract(page)
    began, cpu = time.perf_counter(), time.process_time()
    texts = {page["id"]: extract(page) for page in pages}
    speed = {
        "pagesPerSecond": len(pages) / (time.perf_counter() - began),
        "pagesPerCpuSecond": len(pages) / (time.process_time() - cpu),
        # With the pages themselves, of all modes so far.
        "peakRssMiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return {"speed": speed, "texts": texts}


json.dump(
    {"version": trafilatura.__version__, "modes": {name: run(options) for name, options in MODES.items()}},
    sys.stdout,
)

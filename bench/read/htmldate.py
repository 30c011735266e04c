"""Accuracy and speed of htmldate on a folder of pages with cases.jsonl; exits 1 where htmldate is not installed."""
import json
import os
import sys
import time

try:
    from htmldate import find_date
except ImportError:
    sys.exit(1)

folder = sys.argv[1]
right, pages, seconds = {}, 0, 0.0
for line in open(os.path.join(folder, "cases.jsonl"), encoding="utf-8"):
    if not line.strip():
        continue
    case = json.loads(line)
    with open(os.path.join(folder, case["path"]), "rb") as file:
        html = file.read()
    start = time.perf_counter()
    try:
        answer = find_date(html, url=case["url"], original_date=case["kind"] == "article", extensive_search=True)
    except Exception:
        answer = None
    seconds += time.perf_counter() - start
    pages += 1
    chinese = case.get("lang") == "zh"
    groups = ["Chinese" if chinese else "other languages"]
    if chinese:
        groups.append("Chinese%s %s" % (" gov" if case.get("gov") else "", case["kind"]))
    if case["expected"] is None:
        groups.append("no date")
    for group in groups:
        good, total = right.get(group, (0, 0))
        right[group] = (good + (answer == case["expected"]), total + 1)
print(json.dumps({"speed": pages / seconds, "right": right}))

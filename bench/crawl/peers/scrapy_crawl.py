"""Scrapy at the same job: home page, its navigation's columns, the newest date of each column's rows.

`python3 scrapy_crawl.py SITES.json OUT.jsonl AT_ONCE`. Set up for speed: no robots.txt, no cookies, no delays, no
throttling. Items go to JSON lines by its own feed export. Prints pages, seconds and the CPU after start-up.
"""
import json
import re
import resource
import sys
import time

import scrapy
from scrapy.crawler import CrawlerProcess

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HOMES, OUT, AT_ONCE = sys.argv[1], sys.argv[2], int(sys.argv[3])
PAGES = 0


class Columns(scrapy.Spider):
    name = "columns"

    def start_requests(self):
        with open(HOMES, encoding="utf-8") as file:
            for url in json.load(file):
                yield scrapy.Request(url, callback=self.home)

    def home(self, response):
        global PAGES
        PAGES += 1
        for href in response.css(".nav a::attr(href)").getall():
            url = response.urljoin(href)
            if url != response.url:
                yield scrapy.Request(url, callback=self.column)

    def column(self, response):
        global PAGES
        PAGES += 1
        newest = ""
        for row in response.css("li"):
            found = DAY.search("".join(row.css("::text").getall()))
            if found and row.css("a") and found[0] > newest:
                newest = found[0]
        yield {"url": response.url, "newest": newest}


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


process = CrawlerProcess(settings={
    "ROBOTSTXT_OBEY": False,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "CONCURRENT_REQUESTS": AT_ONCE,
    "CONCURRENT_REQUESTS_PER_DOMAIN": AT_ONCE,
    "LOG_LEVEL": "ERROR",
    "FEEDS": {OUT: {"format": "jsonlines", "encoding": "utf8"}},
})
process.crawl(Columns)
began, used = time.monotonic(), cpu()
process.start()
print(json.dumps({"pages": PAGES, "seconds": time.monotonic() - began, "cpu": cpu() - used}))

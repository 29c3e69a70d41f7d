"""The board's page in a real browser: what it shows, and that it asks for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.desk.reporting.page import as_page
from tests.unit.desk.reporting.browser import browser
from tests.unit.desk.reporting.test_page import a_report

ODD = """<!doctype html><title>odd</title><img src="http://127.0.0.1:9/x.png"><script>console.error("odd")</script>"""


@pytest.mark.tool("chromium")
def test_a_browser_shows_the_page_and_asks_for_nothing(tmp_path: Path) -> None:
    """Tables, charts and words are there, the style holds, the console is silent, and no request leaves the page."""
    report, page, odd = a_report(), tmp_path / "board.html", tmp_path / "odd.html"
    page.write_bytes(as_page(report))
    odd.write_text(ODD)
    with browser(tmp_path / "profile") as chromium:
        chromium.open(page)
        text = chromium.value("document.body.innerText")
        assert "Coordinated entry in MO-606, 2026-10" in text and "hidden" in text and "10 or fewer" in text
        assert str(report.tables[0].numbers[-1][-1]) in text
        assert chromium.value("document.querySelectorAll('table').length") >= 3
        assert chromium.value("[...document.querySelectorAll('svg rect')].every(r => r.getBBox().height > 0)") is True
        assert chromium.value("getComputedStyle(document.querySelector('td')).borderTopWidth") == "1px"
        assert chromium.value("document.documentElement.scrollWidth <= innerWidth") is True
        assert len(chromium.picture()) > 10_000
        assert chromium.console == []
        assert chromium.requests == [page.as_uri()]

        chromium.open(odd)
        assert any("127.0.0.1" in each for each in chromium.requests), "this browser tells of requests"
        assert any("odd" in each for each in chromium.console), "and of what the console says"

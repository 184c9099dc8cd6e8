"""The sessions, and what has to hold after each of them and after all."""

import pytest
import pytest_lsp

from server import PROFILES, SERVER, Client
from strict import LEDGER


@pytest.fixture(autouse=True)
def every_message_is_right():
    """Nothing that the server says in a test may be wrong, whatever the test looks at."""
    LEDGER.problems.clear()
    yield
    assert LEDGER.problems == []


@pytest_lsp.fixture(config=SERVER)
async def client(lsp_client: Client):
    """A client that has not begun; it leaves after the test."""
    yield
    await lsp_client.end()


@pytest.fixture(params=PROFILES, ids=str)
def profile(request):
    """Each kind of client."""
    return request.param


def pytest_terminal_summary(terminalreporter):
    """Says what was seen, so that a run which saw nothing does not look like a good one."""
    say = terminalreporter.write_line
    say(f"{LEDGER.checked.total()} messages of the server checked, {LEDGER.sent} sent to it")
    say("checked: " + ", ".join(f"{name} {n}" for name, n in sorted(LEDGER.checked.items())))
    say("driven: " + ", ".join(f"{name} {n}" for name, n in sorted(LEDGER.driven.items())))


def pytest_collection_modifyitems(items):
    """What is about all tests comes after them."""
    items.sort(key=lambda item: item.module.__name__ == "test_everything")

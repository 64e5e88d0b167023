"""From release to release, with everything going wrong: whole or not at all, and nothing lost.

Every fault is injected by itself (faults.py has the table), and so is every circumstance. In each a
reader has saved everything of the release First and has an edit in a cell; afterwards the site must
be one release in all its parts, offline too, and the edit must be there.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, BrowserType

from browser import chromium
from browser.faults import FILE_FAULTS, PASSING_FAULTS, SCRIPT_FAULTS, always
from browser.processes import kill
from browser.releases import (
    HOME,
    MINE,
    PYTHON,
    Publisher,
    Visitor,
    go_offline,
    go_online,
    impatient_worker,
)
from browser.server import PagesServer, Reply

pytestmark = pytest.mark.breaks

PUBLISHED = ("Between", "Second")
"""What came out while the reader was away: two releases, of which only the last is there."""


@pytest.fixture(scope="module")
def template(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Publisher:
    folder = tmp_path_factory.mktemp("template")
    return Publisher(built_site, folder / "site", worker=impatient_worker(folder))


@pytest.fixture
def publisher(template: Publisher, tmp_path: Path) -> Publisher:
    return template.copy(tmp_path / "site")


@pytest.fixture
def visitor(context: BrowserContext, host: PagesServer) -> Visitor:
    return settled(context, host)


def settled(context: BrowserContext, host: PagesServer) -> Visitor:
    """A reader with an edit in a cell and all of the first release on the device."""
    visitor = Visitor(context, host, "playground/")
    visitor.edit()
    visitor.installed()
    visitor.save_everything()
    return visitor


def require_whole(visitor: Visitor, title: str) -> None:
    """The site is this release in all its parts, without a network too, and the edit is there."""
    assert visitor.marks() == [title] * 3
    go_offline(visitor.host)
    assert visitor.marks() == [title] * 3
    assert visitor.edited() == MINE
    visitor.host.faults.pop(0)
    assert len(visitor.own_caches()) == 1


def require_new(visitor: Visitor, title: str = "Second") -> None:
    """The new release comes through at last, and with everything."""
    visitor.changes_to(title)
    require_whole(visitor, title)


@pytest.mark.fault("release", rows=len(FILE_FAULTS))
def test_bad_files(visitor: Visitor, publisher: Publisher) -> None:
    """One after the other: each is named, each leaves the reader's release as it was."""
    visitor.host.headers["Cache-Control"] = "no-store"  # or the browser has what came right before
    publisher.publish("Second")
    for name, fault in FILE_FAULTS.items():
        visitor.host.faults[:] = [always(fault.path, fault.reply)]
        assert visitor.try_update() == "failed", name
        failure = visitor.failure()
        assert failure["version"] == "Second", name
        said = (failure["fault"]["cause"], failure["fault"]["path"])
        assert said == (fault.said, fault.path), name
        assert visitor.held() == ["First"] * 3, name
        assert len(visitor.own_caches()) == 1, name
    require_whole(visitor, "First")
    go_online(visitor.host)
    assert visitor.try_update() == "waiting"
    require_new(visitor)


@pytest.mark.fault("release", rows=len(SCRIPT_FAULTS))
def test_bad_scripts(visitor: Visitor, publisher: Publisher) -> None:
    publisher.publish("Second")
    for name, reply in SCRIPT_FAULTS.items():
        visitor.host.faults[:] = [always("sw.js", reply)]
        assert visitor.try_update() == "no script", name
        assert visitor.held() == ["First"] * 3, name
    require_whole(visitor, "First")
    go_online(visitor.host)
    assert visitor.try_update() == "waiting"
    require_new(visitor)


@pytest.mark.fault("release", rows=len(PASSING_FAULTS))
def test_what_passes(visitor: Visitor, publisher: Publisher) -> None:
    """A release after the other comes through, each by another obstacle."""
    for number, (name, inject) in enumerate(PASSING_FAULTS.items()):
        inject(visitor.host)
        publisher.publish(f"Next{number}")
        assert visitor.try_update() == "waiting", name
        visitor.changes_to(f"Next{number}")
        assert visitor.held() == [f"Next{number}"] * 3, name
        visitor.host.faults.clear()
        visitor.host.headers.clear()
    require_whole(visitor, f"Next{number}")


def test_from_the_release_before(visitor: Visitor, publisher: Publisher) -> None:
    """All that follows is from two releases before: the reader has missed one."""
    publisher.publish("Second")
    assert visitor.try_update() == "waiting"
    require_new(visitor)


def test_open_tabs(visitor: Visitor, publisher: Publisher) -> None:
    other = Visitor(visitor.context, visitor.host, "playground/")
    for title in PUBLISHED:
        publisher.publish(title)
    assert visitor.try_update() == "waiting"
    assert visitor.marks() == ["First"] * 3, "a tab changed while another was open"
    assert other.marks() == ["First"] * 3
    assert other.edited() == MINE
    other.page.close()
    require_new(visitor)


def test_no_tab_open(visitor: Visitor, publisher: Publisher) -> None:
    context, host = visitor.context, visitor.host
    visitor.page.close()
    for title in PUBLISHED:
        publisher.publish(title)
    again = Visitor(context, host)
    assert again.marks() == ["First"] * 3
    again.update("one.waiting")
    require_new(again)


@pytest.mark.fault("offline")
def test_offline(visitor: Visitor, publisher: Publisher) -> None:
    for title in PUBLISHED:
        publisher.publish(title)
    go_offline(visitor.host)
    assert visitor.try_update() == "no script"
    require_whole(visitor, "First")
    go_online(visitor.host)
    assert visitor.try_update() == "waiting"
    require_new(visitor)


@pytest.mark.fault("offline")
def test_offline_in_the_middle(visitor: Visitor, publisher: Publisher) -> None:
    for title in PUBLISHED:
        publisher.publish(title)
    visitor.host.faults.append(lambda asked: None if asked == "sw.js" else Reply(drop=True))
    assert visitor.try_update() == "failed"
    go_online(visitor.host)
    require_whole(visitor, "First")
    assert visitor.try_update() == "waiting"
    require_new(visitor)


@pytest.mark.fault("release")
def test_published_again_in_the_middle(visitor: Visitor, publisher: Publisher) -> None:
    """The list is of one release, the files are of the next."""
    for title in PUBLISHED:
        publisher.publish(title)
    list_before = (publisher.folder / "sw.js").read_bytes()
    publisher.publish("Third")
    stale = Reply(body=list_before, headers={"Content-Type": "text/javascript"})
    visitor.host.faults.append(always("sw.js", stale))
    assert visitor.try_update() == "failed"
    require_whole(visitor, "First")
    go_online(visitor.host)
    assert visitor.try_update() == "waiting"
    require_new(visitor, "Third")


@pytest.mark.fault("storage full")
def test_full_quota(visitor: Visitor, publisher: Publisher) -> None:
    session = visitor.context.new_cdp_session(visitor.page)
    origin = visitor.host.url.rpartition("/python-trends/")[0]
    for title in PUBLISHED:
        publisher.publish(title)
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000})
    assert visitor.try_update() == "failed"
    session.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    require_whole(visitor, "First")
    assert visitor.try_update() == "waiting"
    require_new(visitor)


@pytest.mark.fault("two tabs")
def test_two_tabs_at_once(visitor: Visitor, publisher: Publisher) -> None:
    other = Visitor(visitor.context, visitor.host, "playground/")
    for title in PUBLISHED:
        publisher.publish(title)
    visitor.ask()
    other.ask()
    for one in (visitor, other):
        one.await_waiting()
    visitor.wait(  # `evaluate` would do it once more in the page that is loaded again
        """navigator.serviceWorker.getRegistration().then((one) => {
          one.waiting?.postMessage({ type: "activate", isAll: true });
          return true;
        })"""
    )
    for one in (visitor, other):  # both are loaded again, whole
        one.wait("document.querySelector('[name=livecells-build]')?.content === 'build-second'")
    assert other.marks() == ["Second"] * 3
    other.page.close()
    require_whole(visitor, "Second")


@pytest.mark.fault("worker killed")
def test_worker_stopped_in_the_middle(visitor: Visitor, publisher: Publisher) -> None:
    for title in PUBLISHED:
        publisher.publish(title)
    visitor.host.faults.append(always(PYTHON, Reply(body=b"S", stall=True)))
    visitor.ask()
    until_asked(visitor, PYTHON)
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    go_online(visitor.host)
    require_whole_or_more(visitor, "First")
    visitor.try_update()
    visitor.await_waiting()
    require_new(visitor)


@pytest.mark.fault("clock")
def test_wrong_clock(visitor: Visitor, publisher: Publisher) -> None:
    """The reader's device believes that it is 1999."""
    visitor.page.clock.set_fixed_time("1999-12-31T23:59:59Z")
    for worker in visitor.context.service_workers:
        worker.evaluate("Date.now = () => 946684799000")
    for title in PUBLISHED:
        publisher.publish(title)
    assert visitor.try_update() == "waiting"
    require_new(visitor)


@pytest.mark.fault("release")
def test_the_browser_is_killed_in_the_middle(
    browser: Browser, host: PagesServer, publisher: Publisher, tmp_path: Path
) -> None:
    """Power off: nothing is written to an end, and the profile is what lies on the disk."""
    profile = tmp_path / "profile"
    context = launch(browser.browser_type, profile)
    visitor = settled(context, host)
    visitor.page.wait_for_timeout(2500)  # Chromium writes localStorage to disk every few seconds
    publisher.publish("Second")
    host.faults.append(always(PYTHON, Reply(body=b"S", stall=True)))
    visitor.ask()
    until_asked(visitor, PYTHON)
    kill(profile)
    go_online(host)
    context = launch(browser.browser_type, profile)
    visitor = Visitor(context, host)
    require_whole_or_more(visitor, "First")
    visitor.try_update()
    visitor.await_waiting()
    require_new(visitor)
    context.close()


@pytest.mark.fault("release")
def test_a_release_is_taken_back(visitor: Visitor, publisher: Publisher) -> None:
    """The reader's release is published again while another one waits, and a file of it is bad."""
    before = (publisher.folder / "sw.js").read_bytes()
    publisher.publish("Second")
    assert visitor.try_update() == "waiting"
    script = Reply(body=before, headers={"Content-Type": "text/javascript"})
    visitor.host.faults.append(always("sw.js", script))
    visitor.host.faults.append(always(HOME, Reply(404)))
    assert visitor.try_update() == "waiting"
    visitor.changes_to("First")
    visitor.wait("navigator.serviceWorker.getRegistration().then((one) => !one.waiting)")
    go_offline(visitor.host)
    assert visitor.marks() == ["First"] * 3
    assert visitor.edited() == MINE
    go_online(visitor.host)
    publisher.publish("Third")
    assert visitor.try_update() == "waiting"
    require_new(visitor, "Third")


@pytest.mark.fault("release")
def test_a_switch_while_the_next_release_is_on_its_way(
    visitor: Visitor, publisher: Publisher
) -> None:
    publisher.publish("Second")
    assert visitor.try_update() == "waiting"
    publisher.publish("Third")
    visitor.host.faults.append(always(PYTHON, Reply(body=b"Third", stall=True)))
    visitor.ask()
    until_asked(visitor, PYTHON)
    visitor.changes_to("Second")
    go_online(visitor.host)
    require_whole_or_more(visitor, "Second")
    assert any(visitor.try_update() == "waiting" for _ in range(3))  # one may end with the stall
    require_new(visitor, "Third")


@pytest.mark.fault("release")
def test_the_switch_is_killed(visitor: Visitor, publisher: Publisher) -> None:
    """The service worker ends between the reader's word and the change."""
    publisher.publish("Second")
    assert visitor.try_update() == "waiting"
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    require_new(visitor)


@pytest.mark.fault("storage corrupt")
def test_files_vanish_from_the_cache(visitor: Visitor, publisher: Publisher) -> None:
    """A browser may take single files; the network has them still."""
    visitor.page.evaluate(
        """async (url) => {
          for (const name of await caches.keys()) await (await caches.open(name)).delete(url);
        }""",
        visitor.host.url + HOME,
    )
    assert visitor.marks() == ["First"] * 3
    publisher.publish("Second")
    assert visitor.try_update() == "waiting"
    require_new(visitor)


@pytest.mark.fault("storage corrupt")
def test_a_cache_that_cannot_be_read(visitor: Visitor, publisher: Publisher) -> None:
    """What the cache says of itself is nonsense: the site answers, the next release heals it."""
    visitor.page.evaluate(
        """async () => {
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const { url } of await cache.keys()) {
              if (url.endsWith("__kept__")) await cache.put(url, new Response("{"));
            }
          }
        }"""
    )
    assert visitor.marks() == ["First"] * 3
    publisher.publish("Second")
    assert visitor.try_update() == "waiting"
    visitor.changes_to("Second")
    visitor.save_everything()
    require_whole(visitor, "Second")


def require_whole_or_more(visitor: Visitor, title: str) -> None:
    """As `require_whole`; half a new release may lie beside it, which the next try goes on with."""
    assert visitor.marks() == [title] * 3
    go_offline(visitor.host)
    assert visitor.marks() == [title] * 3
    assert visitor.edited() == MINE
    go_online(visitor.host)


def until_asked(visitor: Visitor, path: str) -> None:
    """Wait until the server has been asked for a file since the last release."""
    before = visitor.host.requests.count(path)
    for _ in range(200):
        if visitor.host.requests.count(path) > before:
            return
        visitor.page.wait_for_timeout(50)
    pytest.fail(f"nobody asked for {path}")


def launch(browser_type: BrowserType, profile: Path) -> BrowserContext:
    return browser_type.launch_persistent_context(
        str(profile), executable_path=chromium.find(), args=list(chromium.ARGUMENTS)
    )

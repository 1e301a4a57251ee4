"""send and fetch killed at any instant and started again: what is promised of mails that no second machine can take back.

SMTP knows no undo: between a mail's last byte and the server's answer nobody can say whether it went. So at most one mail a kill is in doubt; it is named,
not sent again by itself, and carries the same Message-ID when the clerk sends it again. TASK_TOOLKIT_KILLS as in tests/killed.
"""

import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.killed.instants import all_files, cut_off, instants_of, ledger, run, say
from tests.mail.hands import start
from tests.mail.post_office import ADDRESSES, OFFICE, PostOffice
from tests.mail.test_fetch import heavy
from tests.waiting import wait_until
from toolkit.edges.workspace import Workspace

pytestmark = pytest.mark.xdist_group("mail")


def settled(post: PostOffice) -> dict[str, list[str]]:
    """Wait until nothing is under way, then name the mails that each unit has."""
    assert wait_until(lambda: not any((post.home / "spool" / "input").rglob("*-H"))), post.log()
    return {unit: [str(mail["Message-ID"]) for mail in post.mails_of(address)] for unit, address in ADDRESSES.items()}


def mails(space: Path) -> dict[str, tuple[str, str]]:
    """Give state and Message-ID of each unit's mail, as the ledger knows them."""
    with sqlite3.connect(space / "records" / "ledger.db") as base:
        found = {unit: (state, identity) for unit, state, identity in base.execute("select unit, state, message_id from mails")}
    base.close()
    return found


def test_send_that_is_cut_off_loses_no_mail_and_repeats_none(space: Workspace, post: PostOffice, tmp_path: Path) -> None:
    """After a kill and another run every unit has its mail once, but for one at most, which is named; sent again it is the same mail."""
    whole, words = tmp_path / "whole", ("send", "2023Q1")
    shutil.copytree(space.root, whole)
    told = instants_of(whole, *words)
    alike, in_doubt = mails(whole), 0
    assert {unit: [identity] for unit, (_, identity) in alike.items()} == settled(post)

    for instant in told.some():
        cut = tmp_path / "cut"
        shutil.copytree(space.root, cut)
        for address in ADDRESSES.values():
            post.empty(address)
        cut_off(cut, instant, *words)
        ended = run(cut, *words)
        doubtful = [unit for unit, (state, _) in mails(cut).items() if state != alike[unit][0]]
        assert (len(doubtful), {}) == (ended, {unit: had for unit, had in settled(post).items() if len(had) != 1 and (unit not in doubtful or had)}), instant
        in_doubt += ended
        assert 0 == (run(cut, *words, "--resend", doubtful[0]) if doubtful else 0)
        assert alike == mails(cut), instant
        assert {unit: {identity} for unit, (_, identity) in alike.items()} == {unit: set(had) for unit, had in settled(post).items()}, instant
        shutil.rmtree(cut)
    say(f"send ({in_doubt} in doubt)", told)


def test_fetch_that_is_cut_off_fetches_every_mail_once(space: Workspace, post: PostOffice, tmp_path: Path) -> None:
    """After a kill and another run, with a collect between, every mail was taken in once and none is fetched again; the ledger is as if undisturbed."""
    post.lay([heavy(number, 20_000) for number in range(4)])
    whole = tmp_path / "whole"
    shutil.copytree(space.root, whole)
    told = instants_of(whole, "fetch")
    assert run(whole, "collect") == 0
    alike = ledger(whole)
    originals = all_files(whole / "records" / "returns")
    assert Counter({"来件": 4}) == Counter(Path(name).parts[0] for name in originals if name.endswith(".eml"))

    for instant in told.some():
        cut = tmp_path / "cut"
        shutil.copytree(space.root, cut)
        cut_off(cut, instant, "fetch")
        assert run(cut, "collect") in {0, 1}, instant  # 1: a mail that is not whole yet is left in the inbox, and said
        for command in ("fetch", "fetch", "collect"):
            assert run(cut, command) == 0, (instant, command)
        assert (alike, originals) == (ledger(cut), all_files(cut / "records" / "returns")), instant
        shutil.rmtree(cut)
    say("fetch", told)
    assert 4 == len(post.mails_of(OFFICE))


def test_two_sends_at_once_send_every_mail_once(space: Workspace, post: PostOffice) -> None:
    """Two programs that send at the same moment: one waits for the other, and every unit has one mail."""
    both = [start(space.root, "send", "2023Q1") for _ in range(2)]

    assert {0} == {one.wait() for one in both}
    for one in both:
        one.communicate()
    assert dict.fromkeys(ADDRESSES, 1) == {unit: len(had) for unit, had in settled(post).items()}

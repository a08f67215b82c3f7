"""What became of a gift, as a code."""

from __future__ import annotations

import pytest

from giftgraph.sources.us_federal_register.dispositions import read_disposition


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Archive Foreign.", "archives"),
        ("Archives, Staff Gift.", "archives"),
        ("Disposition--National Archives and Records Administration.", "archives"),
        ("Transferred to NARA", "archives"),
        ("Accepted by Another Government Agency", "agency"),
        ("Government Property", "agency"),
        ("To be retained for official display", "agency"),
        ("Deposited with the Secretary of the Senate", "agency"),
        ("Office of the Clerk", "agency"),
        ("Residence: For Official Use", "agency"),
        ("Permission to Retain for Official Use Only", "agency"),
        ("Retained by Recipient for Official Use", "agency"),
        ("Foreign gift locker 5D333", "agency"),
        ("Treasury retained on August 10, 2008", "agency"),
        ("Transfer to Treasury Office of Personal Property", "agency"),
        ("Recipient purchased item from General Services Administration", "retained"),
        ("Turned in to GSA, June 9, 1994, subsequently purchased by the Colonel", "retained"),
        ("Personally retained by the staff member", "retained"),
        ("President retained", "retained"),
        ("Reported to GSA for Purchase", "gsa"),
        ("Delivered to GSA on Sept. 7, 1999", "gsa"),
        ("Transferred to General Services Administration, Government Property", "gsa"),
        ("Pending transfer to General Services Administration", "pending"),
        ("With the Secretary of the Senate, Pending Transfer to the General Services Administration", "pending"),
        ("Reported to GSA October 9, 2002; pending transfer to GSA", "pending"),
        ("Bldg. 1458, Room 2SE 4708, Awaiting GSA Turn-in 14 Feb 18", "pending"),
        ("Recipient Wishes to Purchase", "pending"),
        ("Handled pursuant to Secret Service policy", "other"),
        ("Destroyed, November 3, 2001", "other"),
        ("Returned to donor", "other"),
        ("Unknown", "other"),
    ],
)
def test_each_stated_disposition_has_its_code(text: str, code: str) -> None:
    assert read_disposition(text) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Archives Foreign; Perishable items handled pursuant to U.S. Secret Service policy", "archives"),
        ("Perishable items handled pursuant to Secret Service policy. Pen transferred to NARA", "archives"),
        ("Reported to GSA July 31, 1995. Approved for official display", "agency"),
        ("Chest purchased by recipient. All other items transferred to General Services Administration", "retained"),
    ],
)
def test_the_main_items_decide_among_several_dispositions(text: str, code: str) -> None:
    assert read_disposition(text) == code


@pytest.mark.parametrize("text", ["", ".", "N/A.", "Disposition--N/A", "Not applicable"])
def test_nothing_stated_is_none(text: str) -> None:
    assert read_disposition(text) is None

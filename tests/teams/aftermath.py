"""What must hold in Teams and in the store whatever went wrong: one checker after every fault."""

import json
from collections import Counter
from typing import Any

from tests.teams.state import Cloud
from tests.teams.strict_cards import faults

UNSETTLED = {"sending", "uncertain", "parked", "quarantined"}


def check(cloud: Cloud, rows: list[dict[str, Any]], doubted: int) -> None:
    """Nothing was said to all that nobody promised, what is called sent stands, and Teams takes every card.

    `rows`: the outbox. `doubted`: how many posts arrived without anybody being told so.
    """
    stands = {post.id for post in cloud.posts}
    known = {row["reference"] for row in rows if row["reference"]}
    known |= {part[1] for row in rows if row["parts"] for part in json.loads(row["parts"])["parts"]}
    unknown = [
        post
        for post in cloud.from_bot()
        if post.conversation.startswith("19:") and not post.only_to and post.id not in known
    ]
    assert len(unknown) <= doubted, f"Teams has what nobody promised: {[post.text for post in unknown]}"
    begun = Counter(row["reference"] for row in rows if row["reference"] and not row["replacing"])
    assert not [one for one, times in begun.items() if times > 1], "two messages are one"
    for row in rows:
        assert row["state"] != "sent" or row["reference"] in stands or not row["reference"], row["key"]
        assert row["state"] not in UNSETTLED or row["why"], f"{row['key']} is {row['state']}, and why?"
    for post in cloud.posts:
        assert post.card is None or faults(post.card) == [], post.text

"""A message to change may be gone; what was posted in its stead is changed from then on."""

from tests.runtime.stage import Stage
from tests.storage.made import promised


def test_the_next_version_goes_where_the_last_one_had_to_be_posted_anew(stage: Stage) -> None:
    stage.promise(promised("root"))
    stage.deliver()
    stage.platform.anew["r-root"] = "r-anew"
    for key in ("v1", "v2"):
        stage.promise(promised(key, message_class="replaceable", replacing="root"))
        stage.deliver()
    assert [replacing for *_, replacing in stage.platform.posts] == [None, "r-root", "r-anew"]
    assert stage.row("root")["reference"] == "r-anew"

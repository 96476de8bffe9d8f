"""Modals and the home tab: the `views` methods."""

from typing import Any

from tests.slack.state import APP, BOT, TEAM, Json, Refused, Token, View, Workspace


def views_open(slack: Workspace, args: Json, _token: Token) -> Json:
    return _shown(slack.show(slack.spend(args["trigger_id"]), args["view"]))


def views_update(slack: Workspace, args: Json, _token: Token) -> Json:
    for view in slack.modals.values():
        if args.get("view_id") == view.id:
            if args.get("hash") not in {None, view.hash}:
                raise Refused("hash_conflict")
            return _shown(slack.change(view, args["view"]))
    raise Refused("not_found")


def views_publish(slack: Workspace, args: Json, _token: Token) -> Json:
    if args["user_id"] not in slack.people:
        raise Refused("user_not_found")
    shown = slack.homes.get(args["user_id"])
    if shown and args.get("hash") not in {None, shown.hash}:
        raise Refused("hash_conflict")
    return _shown(slack.show(args["user_id"], args["view"], home=True))


def _shown(view: View) -> Json:
    return {"view": view_json(view)}


def view_json(view: View) -> Json:
    """A view as Slack tells of it."""
    more = {"id": view.id, "team_id": TEAM, "app_id": APP, "bot_id": BOT, "hash": view.hash}
    empty: Any = {"private_metadata": "", "callback_id": "", "external_id": ""}
    return {**empty, **view.body, **more, "root_view_id": view.id, "previous_view_id": None}

"""Every payload that is recorded, and what it comes to."""

from bot.platforms.slack.parse.values import Gone, Heard, Ignored, Parsed, Regained
from tests.platforms.slack.recorded import NAMES, TEAM, read, recorded

MEANS = {
    "message_channel": "Replied",
    "message_thread": "Replied",
    "message_thread_broadcast": "Replied",
    "message_private_channel": "Replied",
    "message_direct": "Replied",
    "message_direct_thread": "Replied",
    "message_with_file": "Replied",
    "message_only_file": "no_words",
    "message_markup": "Replied",
    "message_emoji": "Replied",
    "message_nfd": "Replied",
    "message_command": "Commanded",
    "message_by_us": "by_bot",
    "message_by_bot": "no_words",
    "message_by_slackbot": "by_bot",
    "message_join": "no_words",
    "message_edited": "Rewritten",
    "message_edited_thread": "Rewritten",
    "message_unfurled": "not_edited",
    "message_edited_by_us": "by_bot",
    "message_deleted": "Rewritten",
    "message_deleted_with_replies": "Rewritten",
    "mention_top": "Replied",
    "mention_thread": "Replied",
    "mention_alone": "Commanded",
    "guest_over_connect": "Replied",
    "grid_message": "Replied",
    "command_nfc": "Commanded",
    "command_nfd": "Commanded",
    "command_ascii": "Commanded",
    "command_upper": "Commanded",
    "command_dev": "Commanded",
    "command_test": "Commanded",
    "command_avstamning": "Commanded",
    "command_mention": "Commanded",
    "command_direct": "Commanded",
    "command_grid": "Commanded",
    "button_channel": "Pressed",
    "button_root_with_replies": "Pressed",
    "button_thread": "Pressed",
    "button_direct": "Pressed",
    "button_ephemeral": "Pressed",
    "button_ephemeral_thread": "Pressed",
    "button_link": "no_token",
    "button_again": "Commanded",
    "button_too_long": "unreadable",
    "choice_being_made": "no_token",
    "button_guest": "Pressed",
    "button_modal": "Pressed",
    "button_modal_without_metadata": "Pressed",
    "button_home": "Pressed",
    "form_every_field": "FormSubmitted",
    "form_direct": "FormSubmitted",
    "form_place_of_another_team": "FormSubmitted",
    "form_place_of_another_person": "FormSubmitted",
    "form_without_metadata": "unreadable",
    "form_metadata_garbage": "unreadable",
    "form_grid": "FormSubmitted",
    "form_closed": "view_closed",
    "shortcut_start": "Commanded",
    "shortcut_unknown": "unknown_shortcut",
    "message_saved": "MessageSaved",
    "message_saved_thread": "MessageSaved",
    "message_saved_of_bot": "MessageSaved",
    "message_saved_empty": "no_words",
    "message_saved_elsewhere": "unknown_shortcut",
    "options_asked": "options",
    "joined_us": "BotAdded",
    "joined_us_uninvited": "BotAdded",
    "joined_other": "another_member",
    "left_us": "BotRemoved",
    "left_other": "MemberLeft",
    "channel_archived": "BotRemoved",
    "group_archived": "BotRemoved",
    "channel_deleted": "BotRemoved",
    "channel_renamed": "PlaceMoved",
    "channel_id_changed": "PlaceMoved",
    "channel_unarchived": "unwatched",
    "home_opened": "HomeOpened",
    "messages_opened": "other_tab",
    "user_changed": "unwatched",
    "team_joined": "unwatched",
    "tokens_revoked": "revoked",
    "tokens_revoked_of_user": "another_token",
    "uninstalled": "uninstalled",
    "uninstalled_from_organisation": "uninstalled",
    "team_access_granted": "regained",
    "team_access_revoked": "unwatched",
    "grid_migration_started": "unwatched",
    "rate_limited": "rate_limited",
    "url_verification": "unknown_kind",
    "kind_of_tomorrow": "unknown_kind",
}


def outcome(parsed: Parsed) -> str:
    match parsed:
        case Heard(event=event):
            return type(event).__name__
        case Gone(kind=kind):
            return kind
        case Regained():
            return "regained"
        case Ignored(why=why):
            return why


def test_every_recorded_payload_is_expected() -> None:
    assert set(MEANS) == set(NAMES)


def test_every_recorded_payload_is_read() -> None:
    assert {name: outcome(read(recorded(name))) for name in NAMES} == MEANS


def test_what_is_read_twice_is_the_same_happening() -> None:
    for name in NAMES:
        assert read(recorded(name)) == read(recorded(name)), name


def test_who_and_where_begin_with_the_team() -> None:
    for name in NAMES:
        found = read(recorded(name))
        if isinstance(found, Heard) and "guest" not in name:
            who, where = getattr(found.event, "who", None), getattr(found.event, "where", None)
            assert all(
                one.startswith(f"{TEAM}/") for one in (who and who.user, where and where.address) if one
            )

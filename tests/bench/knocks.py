"""What knocks on Slack's door while it is measured: an event, a button and a form, signed as Slack signs."""

import hashlib
import hmac
import json
import time
from itertools import count
from typing import Any, Literal
from urllib.parse import urlencode

SECRET, TEAM, BOT_USER = "8f742231b10e8888abcd99yyyzzz85a5", "T061EG9R6", "U0NULAGE1"
Request = tuple[dict[str, Any], bytes]
Kind = Literal["event", "button", "form"]
KINDS: tuple[Kind, ...] = ("event", "button", "form")
_stamps = count(1)


def request(kind: Kind) -> Request:
    """What somebody has just done, as Slack sends and signs it."""
    stamp = str(int(time.time()))
    once = f"{stamp}.{next(_stamps):06d}"
    if kind == "event":
        body, content = _json(_said(once)), "application/json"
    else:
        payload = _pressed(once) if kind == "button" else _submitted(once)
        body, content = urlencode({"payload": _json(payload)}).encode(), "application/x-www-form-urlencoded"
    proof = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "content-type": content,
        "content-length": str(len(body)),
        "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={proof}",
    }
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/slack/events",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    return scope, body


def _json(payload: dict[str, Any]) -> bytes:
    return json.dumps(payload, ensure_ascii=False).encode()


def _acted(once: str) -> dict[str, Any]:
    return {
        "user": {"id": "U0LENA001", "username": "lena.lind", "name": "lena.lind", "team_id": TEAM},
        "api_app_id": "A0PNCHHK2",
        "token": "verification",
        "trigger_id": f"{once}.8d1c6d2e7a",
        "team": {"id": TEAM, "domain": "bjorkskolan"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _pressed(once: str) -> dict[str, Any]:
    button = {"type": "button", "action_id": "answer_form.0", "block_id": "kQ7p", "value": "answer_form|r48|"}
    container = {"type": "message", "message_ts": once, "channel_id": "C0LAG4600", "is_ephemeral": False}
    return {
        **_acted(once),
        "type": "block_actions",
        "container": container,
        "channel": {"id": "C0LAG4600", "name": "arbetslag-4-6"},
        "state": {"values": {}},
        "response_url": f"https://hooks.slack.com/actions/{TEAM}/1/R1cqvXyPn4lXzWb3v9zZ",
        "actions": [{**button, "action_ts": once}],
        "message": {"user": BOT_USER, "type": "message", "ts": once, "bot_id": "B0NULAGE1", "text": "Hej"},
    }


def _submitted(once: str) -> dict[str, Any]:
    where = {"platform": "slack", "address": f"{TEAM}/C0LAG4600", "thread": None, "only_to": None}
    nonce = f"{next(_stamps):08x}"
    opened = {"token": "answer_form|r48|", "nonce": nonce, "where": where, "opened_from": once}
    asked = {"type": "plain_text_input", "action_id": "voice"}
    block = {"type": "input", "block_id": f"{nonce}.voice", "optional": True, "element": asked}
    said = {"type": "plain_text_input", "value": "Fler vågar läsa högt, och två vill börja."}
    return {
        **_acted(once),
        "type": "view_submission",
        "view": {
            "id": "V08VIEW001",
            "team_id": TEAM,
            "type": "modal",
            "blocks": [block],
            "private_metadata": json.dumps(opened),
            "callback_id": "nulage_form",
            "state": {"values": {f"{nonce}.voice": {"voice": said}}},
            "hash": "1795443305.abcdef",
            "title": {"type": "plain_text", "text": "Svara"},
            "app_installed_team_id": TEAM,
            "bot_id": "B0NULAGE1",
        },
        "response_urls": [],
    }


def _said(ts: str) -> dict[str, Any]:
    words = "Vi prövade läsgrupperna igen. Fler vågar läsa högt, och två vill börja."
    inner = {"type": "rich_text_section", "elements": [{"type": "text", "text": words}]}
    return {
        "token": "verification",
        "team_id": TEAM,
        "api_app_id": "A0PNCHHK2",
        "type": "event_callback",
        "event_id": f"Ev{ts}",
        "event_time": int(ts.partition(".")[0]),
        "is_ext_shared_channel": False,
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": TEAM,
                "user_id": BOT_USER,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "event": {
            "type": "message",
            "user": "U0LENA001",
            "ts": ts,
            "client_msg_id": "5f1f36a5-fc3b-4d4c-9f0f-6a4c1f3f9c11",
            "text": words,
            "team": TEAM,
            "blocks": [{"type": "rich_text", "block_id": "b1x", "elements": [inner]}],
            "channel": "C0LAG4600",
            "channel_type": "channel",
            "event_ts": ts,
        },
    }

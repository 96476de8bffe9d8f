"""The few pages that whoever installs the bot meets: plain HTML that loads nothing and runs nothing."""

import base64
import hashlib
import html

from starlette.responses import HTMLResponse

STYLE = (
    "body{font:1.125rem/1.5 sans-serif;margin:0;color:#1c1c1c;background:#fff}"
    "main{max-width:34rem;margin:4rem auto;padding:0 1.5rem}"
    "h1{font-size:1.75rem;line-height:1.2}"
    "button{font:inherit;padding:.6rem 1.2rem;border:0;border-radius:.3rem;background:#14505c;color:#fff}"
    "a{color:#14505c}:focus-visible{outline:3px solid #14505c;outline-offset:3px}"
)
_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address holds a code
    "X-Content-Type-Options": "nosniff",
}
AGAIN = '<p><a href="/slack/install">Börja om</a></p>'


def page(title: str, *paragraphs: str, status: int = 200, then: str = "") -> HTMLResponse:
    """Return a page; `then` is HTML of our own, everything else is escaped."""
    said = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    name = html.escape(title)
    return HTMLResponse(
        '<!doctype html><html lang="sv"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{name} – Nuläge</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{name}</h1>{said}{then}</main></body></html>",
        status_code=status,
        headers=HEADERS,
    )


def done(name: str) -> HTMLResponse:
    return page(
        "Nuläge är kopplat",
        f"Boten finns nu i {name}." if name else "Boten finns nu i Slack.",
        "Bjud in den i arbetslagets kanal: skriv /invite @nulage där.",
        "Du kan stänga den här sidan.",
    )


def confirm(code: str, state: str) -> HTMLResponse:
    """Somebody came from Slack's own pages: only they know whether they meant to."""
    fields = "".join(
        f'<input type="hidden" name="{name}" value="{html.escape(value)}">'
        for name, value in (("code", code), ("state", state))
    )
    return page(
        "Vill du koppla Nuläge?",
        "Installationen började på Slacks egna sidor.",
        "Fortsätt bara om det var du som nyss godkände appen där.",
        then=f'<form method="post" action="/slack/oauth_redirect">{fields}<button>Ja, koppla</button></form>',
    )


def declined() -> HTMLResponse:
    return page("Nuläge kopplades inte", "Du sa nej i Slack. Inget är ändrat.", then=AGAIN)


def stale() -> HTMLResponse:
    """Replayed, too old, or from another browser."""
    return page(
        "Länken gäller inte längre",
        "Den går bara att använda en gång, i tio minuter, i samma webbläsare.",
        "Inget är ändrat. Du kan börja om.",
        status=401,
        then=AGAIN,
    )


def refused(code: str) -> HTMLResponse:
    return page(
        "Slack sa nej",
        "Kopplingen blev inte klar. Inget är ändrat.",
        f"Du kan börja om. Ge annars koden {code} till den som sköter boten.",
        status=400,
        then=AGAIN,
    )


def elsewhere(whole: str) -> HTMLResponse:
    """`whole`: the id of the workspace or organisation."""
    return page(
        "Den här arbetsytan kan inte kopplas",
        "Boten är till för andra arbetsytor. Inget är sparat.",
        f"Den som sköter boten kan lägga till {whole} i NULAGE_SLACK__WORKSPACES.",
        status=403,
    )


def unwell() -> HTMLResponse:
    return page(
        "Det gick inte just nu",
        "Kopplingen blev inte klar. Inget är ändrat.",
        "Du kan börja om efter en stund.",
        status=503,
        then=AGAIN,
    )

"""A small school and a small bot for the provrum's own tests: enough to meet every block and field."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx

from bot.domain.events import Commanded, Event, FormSubmitted, Pressed
from bot.domain.school import Place
from bot.domain.value import PersonId
from bot.messages import model as m
from bot.platforms.web.chat import ChatLog
from bot.platforms.web.listen import build_app
from bot.platforms.web.send import WebPlatform
from bot.platforms.web.stage import Channel, Persona, Stage
from bot.platforms.web.view import swedish

START = datetime(2026, 11, 26, 14, 15, tzinfo=UTC)
CHANNEL = "#arbetslag-4-6"
STAGE = Stage(
    personas=(
        Persona(slug="lena", name="Lena", title="lärare, samtalsledare", person=PersonId("p-lena")),
        Persona(slug="omar", name="Omar", title="lärare", person=PersonId("p-omar")),
        Persona(slug="rut", name="Rut", title="rektor", person=PersonId("p-rut")),
        Persona(slug="petra", name="Petra", title="processledare", person=PersonId("p-petra")),
        Persona(slug="viktor", name="Viktor", title="vikarie", person=PersonId("p-viktor")),
    ),
    channels=(
        Channel(address=CHANNEL, name="arbetslag-4-6", members=("lena", "omar", "viktor", "petra")),
        Channel(address="#ledning", name="ledning", members=("rut", "petra", "lena")),
    ),
    commands=(
        ("/nuläge", "var ni står just nu"),
        ("/notera", "skriv en uppföljning"),
        ("/förhandsvisa", "se nästa fråga innan den skickas"),
        ("/sök", "hitta det ni har skrivit"),
        ("/vem-ser-vad", "vem som får läsa"),
    ),
)

TOKEN = "answer_form|runda-48|"
NOTHING, SKIP, SHARE = "nothing_new|runda-48|", "skip_round|runda-48|", "share|runda-48|"
QUESTION = m.Message(
    title="Hur går det med läsgrupperna?",
    blocks=(
        m.Paragraph(text="Det är dags för veckans avstämning. Den tar ungefär en minut."),
        m.Progress(done=3, of=5, text="3 av 5 har svarat"),
        m.Choices(
            prompt="Vad vill ni göra?",
            buttons=(
                m.Button(label="Svara nu", token=TOKEN, look="main"),
                m.Button(label="Inget nytt", token=NOTHING),
                m.Button(label="Hoppa över", token=SKIP),
            ),
        ),
        m.Small(
            text="Rektor ser svaret när ni har delat det. Skriv om undervisningen, inte om enskilda elever."
        ),
    ),
)
SUMMARY = m.Message(
    title="Veckan som gick, v. 47",
    blocks=(
        m.Section(text="Läsning"),
        m.Quote(
            text="Fler vågar läsa högt nu.\nTvå grupper är i gång.",
            source="Arbetslag 4–6",
            link="https://skola.se/x",
        ),
        m.Facts(
            rows=(
                m.Fact(label="Område", value="Läsförståelse"),
                m.Fact(label="Nästa avstämning", value="torsdag 3 december"),
            )
        ),
        m.Bullets(items=("Fortsätt med läsgrupperna", "Boka tid med biblioteket")),
        m.Chart(
            title="Har eleverna läst varje dag?",
            alt="Fler elever läser varje dag i december än i september: 18 mot 9.",
            unit="Antal elever av 24",
            bars=(
                m.Bar(label="September", value=9),
                m.Bar(label="Oktober", value=12.5),
                m.Bar(label="November, efter att grupperna kom i gång", value=18),
            ),
        ),
        m.Table(
            caption="Insatser",
            header=("Insats", "Läge", "Ansvarig"),
            rows=(("Läsgrupper", "Pågår", "Lena"), ("Bokprat", "Klar", "Omar")),
        ),
    ),
)
FORM = m.Form(
    token=TOKEN,
    title="Veckans avstämning",
    intro=(m.Paragraph(text="Skriv kort. Ni kan ändra svaret efteråt."),),
    fields=(
        m.TextField(
            key="hur", label="Hur har det gått?", help="En eller två meningar räcker.", required=True, lines=4
        ),
        m.ChoiceField(
            key="framsteg",
            label="Hur långt har ni kommit?",
            required=True,
            options=(
                m.Option(value="1", label="Inte börjat"),
                m.Option(value="2", label="En bit på väg"),
                m.Option(value="3", label="Klart"),
            ),
        ),
        m.ChoiceField(
            key="hjalp",
            label="Vad behöver ni hjälp med?",
            several=True,
            options=(m.Option(value="tid", label="Tid"), m.Option(value="stod", label="Stöd av rektor")),
        ),
        m.DateField(key="nasta", label="När följer ni upp?", help="Lämna tomt om ni inte vet."),
        m.TextField(key="fil", label="Anteckningar från mötet", file="Läs in en textfil", lines=3),
    ),
    submit="Spara svaret",
)
STATUS = m.Message(
    title="Nuläget för Arbetslag 4–6",
    blocks=(
        m.Facts(
            rows=(
                m.Fact(label="Insats", value="Läsgrupper"),
                m.Fact(label="Väntar", value="1"),
                m.Fact(label="Borta", value="0"),
            )
        ),
        m.Choices(buttons=(m.Button(label="Dela i kanalen", token=SHARE),)),
    ),
)


class FakeEngine:
    """Keeps every event it is given, and answers in a few fixed ways."""

    def __init__(self, chat: ChatLog, stage: Stage = STAGE) -> None:
        self.chat = chat
        self.clock = START
        self.events: list[Event] = []
        self.speaks = swedish
        self.platform = WebPlatform(chat, stage, self.now)

    def now(self) -> datetime:
        return self.clock

    async def dispatch(self, event: Event) -> m.Response:
        repeated = any(one.id == event.id for one in self.events)
        self.events.append(event)
        if repeated:
            return m.Quiet()
        match event:
            case Commanded(command="/krascha"):
                raise RuntimeError("the bot fell over")
            case Commanded(command="/notera"):
                return m.Open(form=FORM)
            case Commanded():
                return m.Say(message=STATUS)
            case Pressed(token=token) if token == TOKEN:
                return m.Open(form=FORM)
            case Pressed(reference=reference, where=where):
                done = QUESTION.model_copy(
                    update={"blocks": (m.Paragraph(text="Tack. Inget nytt den här veckan."),)}
                )
                await self.platform.send(done, where, key=f"uppdatera {reference}", replacing=reference)
            case FormSubmitted(values=values) if "Kalle" in "".join(values["hur"]):
                return m.Open(
                    form=FORM.model_copy(update={"errors": {"hur": "Det ser ut som ett namn. Ta bort det."}})
                )
            case FormSubmitted(values=values) if "krasch" in "".join(values["hur"]):
                raise RuntimeError("the bot fell over")
            case FormSubmitted(values=values) if "fullt" in "".join(values["hur"]):
                return m.Say(message=m.Message(title="Jag kan inte spara just nu."), became="failed")
            case FormSubmitted():
                return m.Say(message=m.Message(title="Sparat. Tack."))
            case _:
                pass
        return m.Quiet()

    async def wind_to(self, moment: datetime) -> None:
        self.clock = moment
        question = m.Message(title="Dags för avstämning", blocks=(m.Paragraph(text="En ny vecka."),))
        await self.platform.send(
            question, Place(platform="web", address=CHANNEL), key=f"runda {moment.isoformat()}"
        )

    def elsewhere(self, message: m.Message) -> dict[str, str]:
        return {"Slack-block": f'{{"text": "{message.title}"}}'}

    async def next_stops(self) -> tuple[tuple[str, datetime], ...]:
        return (
            ("Nästa avstämning", self.clock + timedelta(days=7)),
            ("En vecka", self.clock + timedelta(days=7, minutes=1)),
            ("Till jul", datetime(2026, 12, 24, 8, tzinfo=UTC)),
        )

    async def start_over(self) -> None:
        self.chat.clear()
        self.clock = START
        await self.say(QUESTION)

    async def say(self, message: m.Message, address: str = CHANNEL, thread: str | None = None) -> str:
        place = Place(platform="web", address=address, thread=thread)
        return await self.platform.send(message, place, key=f"{message.title} {address} {thread}")


HOST = "127.0.0.1:8765"
SECRET = "hemligt"


class Provrum:
    """A provrum without a network: requests are made as a browser on this computer makes them."""

    def __init__(self, chat: ChatLog | None = None) -> None:
        self.chat = chat or ChatLog()
        self.engine = FakeEngine(self.chat)
        self.app = build_app(STAGE, self.chat, self.engine, token=SECRET, hosts={HOST})
        self.cookies = dict(self.get(f"/t/{SECRET}", entered=False).cookies)

    def ask(self, method: str, path: str, *, entered: bool = True, **more: object) -> httpx.Response:
        async def once() -> httpx.Response:
            transport = httpx.ASGITransport(app=self.app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                client.cookies.update(self.cookies if entered else {})
                return await client.request(method, path, **more)  # type: ignore[arg-type]  # httpx checks what it is given

        return asyncio.run(once())

    def get(self, path: str, *, entered: bool = True, **headers: str) -> httpx.Response:
        return self.ask("GET", path, entered=entered, headers=headers)

    def post(self, path: str, **fields: str | list[str]) -> httpx.Response:
        """Send a form as a page without scripts does, with a new gesture unless one is given."""
        sent = {"gest": str(uuid4()), **fields}
        return self.ask("POST", path, data=sent, headers={"origin": f"http://{HOST}"})

    def write(self, text: str, who: str = "lena", **fields: str) -> httpx.Response:
        return self.post(f"/som/{who}/skriv", **{"text": text, "plats": CHANNEL, **fields})

    def say(self, message: m.Message, address: str = CHANNEL, thread: str | None = None) -> str:
        return asyncio.run(self.engine.say(message, address, thread))

    @property
    def event(self) -> Event:
        return self.engine.events[-1]

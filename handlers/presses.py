"""Which button and which form leads where: one table for all platforms."""

from bot.domain.events import FormSubmitted, Pressed
from bot.messages.model import Response
from bot.messages.tokens import Token, TokenRefused
from handlers import absence, language, school_calendar
from handlers.analysis import picking as analysis
from handlers.answering import buttons as answering
from handlers.answering import form as answer_form
from handlers.answering import undoing
from handlers.asking import reminders
from handlers.conversations import asking as conversations
from handlers.notes import direct_words, raising, saved_messages
from handlers.notes import editing as notes
from handlers.people import (
    adopting,
    changing,
    deciding,
    first_day,
    leaving,
    linking,
    next_school,
    rosters,
    strangers,
)
from handlers.places import delivery, onboarding
from handlers.reports import current_state, documents, replies, search, weekly
from handlers.scene import Forms, Presses, say, scene_of
from handlers.schedules import changes as schedule_changes
from handlers.schedules import forms as schedule_forms
from handlers.schedules import preview as schedule_preview
from handlers.schedules import wishes as schedules
from prompts.book import Prompts
from storage.unit import UnitOfWork

PRESSES: Presses = {
    **current_state.PRESSES,
    **weekly.PRESSES,
    **documents.PRESSES,
    **replies.PRESSES,
    **search.PRESSES,
    **conversations.PRESSES,
    **analysis.PRESSES,
    **answering.PRESSES,
    **undoing.PRESSES,
    **notes.PRESSES,
    **raising.PRESSES,
    **direct_words.PRESSES,
    **absence.PRESSES,
    **language.PRESSES,
    **delivery.PRESSES,
    **onboarding.PRESSES,
    **linking.PRESSES,
    **adopting.PRESSES,
    **deciding.PRESSES,
    **leaving.PRESSES,
    **changing.PRESSES,
    **rosters.PRESSES,
    **saved_messages.PRESSES,
    **reminders.PRESSES,
    **schedules.PRESSES,
    **schedule_changes.PRESSES,
    **schedule_forms.PRESSES,
    **schedule_preview.PRESSES,
}
FORMS: Forms = {
    **current_state.FORMS,
    **replies.FORMS,
    **search.FORMS,
    **conversations.FORMS,
    **analysis.FORMS,
    **absence.FORMS,
    **linking.FORMS,
    **adopting.FORMS,
    **next_school.FORMS,
    **changing.FORMS,
    **rosters.FORMS,
    **saved_messages.FORMS,
    **school_calendar.FORMS,
    **answer_form.FORMS,
    **notes.FORMS,
    **raising.FORMS,
    **schedule_changes.FORMS,
    **schedule_forms.FORMS,
}


def on_pressed(event: Pressed, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Route a button by its verb; a forged or outdated one changes nothing and is said so."""
    scene = scene_of(event, unit, prompts)
    if scene is None:
        return strangers.on_pressed(event, unit, prompts, first_day.DOORS)
    try:
        token = Token.unpack(event.token)
        on_press = PRESSES[token.verb]
    except (TokenRefused, KeyError):
        return say(scene.texts.common.forged)
    return on_press(scene, token)


def on_submitted(event: FormSubmitted, unit: UnitOfWork, prompts: Prompts) -> Response:
    """Route a form by its token's verb."""
    scene = scene_of(event, unit, prompts)
    if scene is None:
        return strangers.on_submitted(event, unit, prompts, first_day.FORMS)
    try:
        token = Token.unpack(event.token)
        on_form = FORMS[token.verb]
    except (TokenRefused, KeyError):
        return say(scene.texts.common.forged)
    return on_form(scene, token, event.values)

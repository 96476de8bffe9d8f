"""A form that is shown again: what a person wrote in it stands there still."""

from collections.abc import Mapping

from bot.messages.model import ChoiceField, Form, FormField, PeopleField


def as_left(form: Form, values: Mapping[str, tuple[str, ...]]) -> Form:
    """The form as the person left it: `values` by its fields' keys."""
    return form.but(fields=tuple(_filled(field, values) for field in form.fields))


def _filled(field: FormField, values: Mapping[str, tuple[str, ...]]) -> FormField:
    given = values.get(field.key)
    if given is None:
        return field
    several = isinstance(field, ChoiceField | PeopleField)
    return field.but(value=given if several else "".join(given[:1]))

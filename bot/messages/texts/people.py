"""The sentences about who somebody is: the door, a confirmation, a way out."""

from typing import Annotated

from bot.domain.school import Role
from bot.messages.texts.base import Fills, TextSection


class PeopleTexts(TextSection):
    door: str
    door_words: str
    door_press: str
    its_me: str
    no_school: str
    no_school_do: str
    no_school_here: str
    elsewhere: str
    schools_here: Annotated[str, Fills("schools")]
    schools_here_do: str
    waiting: Annotated[str, Fills("who")]
    waiting_nobody: str
    waiting_lost: str
    already: str
    link_title: str
    link_account: Annotated[str, Fills("name")]
    link_intro: str
    name: str
    name_help: str
    arbetslag: str
    team_at: Annotated[str, Fills("arbetslag", "school")]
    no_arbetslag: Annotated[str, Fills("school")]
    role: str
    role_help: str
    roles: dict[Role, str]
    role_words: dict[Role, str]
    link_submit: str
    missing: str
    name_taken: str
    too_long: Annotated[str, Fills("longest")]
    team_missing: str
    let_in: Annotated[str, Fills("arbetslag", "name")]
    send_again: str
    let_in_channel: Annotated[str, Fills("name", "arbetslag")]
    let_in_how: str
    let_out: str
    let_out_done: Annotated[str, Fills("name", "arbetslag")]
    went: Annotated[str, Fills("name", "arbetslag")]
    went_kept: str
    stays: Annotated[str, Fills("name", "arbetslag")]
    stays_do: str
    you_went: Annotated[str, Fills("arbetslag")]
    you_went_do: str
    asked: Annotated[str, Fills("name", "who")]
    asked_nobody: Annotated[str, Fills("name")]
    asked_wait: str
    request: Annotated[str, Fills("name")]
    request_again: Annotated[str, Fills("name")]
    request_do: str
    request_gone: Annotated[str, Fills("name", "arbetslag")]
    request_fell: Annotated[str, Fills("arbetslag")]
    request_fell_do: str
    asked_anew: Annotated[str, Fills("name")]
    request_namesake: str
    fact_name: str
    fact_account: str
    fact_role: str
    fact_arbetslag: str
    fact_school: str
    confirm: str
    deny: str
    confirmed: Annotated[str, Fills("name", "by")]
    denied: Annotated[str, Fills("name", "by")]
    decided: str
    you_in_team: Annotated[str, Fills("role", "arbetslag")]
    you_in_school: Annotated[str, Fills("role", "school")]
    you_out: str
    you_out_do: Annotated[str, Fills("by")]
    added_you: Annotated[str, Fills("by", "arbetslag")]
    added_how: str
    passed_over: Annotated[str, Fills("names")]
    only_rektor: str
    yourself: str
    last: str

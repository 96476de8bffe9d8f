"""Each call, in the SDK's words. Imported in the thread that makes them: the SDK comes with it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
from kiota_abstractions.api_error import APIError
from kiota_abstractions.authentication.access_token_provider import AccessTokenProvider
from kiota_abstractions.authentication.allowed_hosts_validator import AllowedHostsValidator
from kiota_abstractions.authentication.base_bearer_token_authentication_provider import (
    BaseBearerTokenAuthenticationProvider,
)
from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.aad_user_notification_recipient import AadUserNotificationRecipient
from msgraph.generated.models.body_type import BodyType
from msgraph.generated.models.date_time_time_zone import DateTimeTimeZone
from msgraph.generated.models.event import Event
from msgraph.generated.models.free_busy_status import FreeBusyStatus
from msgraph.generated.models.item_body import ItemBody
from msgraph.generated.models.single_value_legacy_extended_property import SingleValueLegacyExtendedProperty
from msgraph.generated.models.teamwork_activity_topic import TeamworkActivityTopic
from msgraph.generated.models.teamwork_activity_topic_source import TeamworkActivityTopicSource
from msgraph.generated.models.user_scope_teams_app_installation import UserScopeTeamsAppInstallation
from msgraph.generated.teams.item.send_activity_notification.send_activity_notification_post_request_body import (  # noqa: E501  the SDK's own name
    SendActivityNotificationPostRequestBody,
)
from msgraph.generated.users.item.events.events_request_builder import EventsRequestBuilder
from msgraph.generated.users.item.teamwork.installed_apps.installed_apps_request_builder import (
    InstalledAppsRequestBuilder,
)
from msgraph.graph_request_adapter import GraphRequestAdapter
from msgraph.graph_service_client import GraphServiceClient

from bot.platforms.graph.files import Files
from bot.platforms.graph.port import GraphRefused, Meeting, Notice
from bot.platforms.graph.reading import Reading

OURS = "String {6e1c9d56-4a0d-4f6e-9c5b-2f0f0f6d1b7a} Name nulage"
"""The property that names a meeting of ours (Graph, singleValueLegacyExtendedProperty)."""

GRAPH = "https://graph.microsoft.com/v1.0"
"""What resources are called inside a body, wherever the request itself goes."""


class _Provider(AccessTokenProvider):
    """Our token for a request; `token` decides whether its address may have one."""

    def __init__(self, token: Callable[[str], Awaitable[str]]) -> None:
        self._token = token

    async def get_authorization_token(
        self, uri: str, additional_authentication_context: dict[str, Any] | None = None
    ) -> str:
        del additional_authentication_context
        return await self._token(uri)

    def get_allowed_hosts_validator(self) -> AllowedHostsValidator:
        return AllowedHostsValidator([])  # `token` checks: port and scheme too


def client(
    base_url: str, sockets: httpx.AsyncClient, token: Callable[[str], Awaitable[str]]
) -> GraphServiceClient:
    """Return a client that asks `base_url` and nobody else."""
    adapter = GraphRequestAdapter(BaseBearerTokenAuthenticationProvider(_Provider(token)), sockets)
    adapter.base_url = base_url
    return GraphServiceClient(request_adapter=adapter)


class Calls:
    """What `Graph` promises, one attempt each; what goes wrong is raised as the SDK raises it.

    `reading` and `files` hold their part of it.
    """

    def __init__(self, graph: GraphServiceClient, client: str) -> None:
        self._graph = graph
        self.reading = Reading(graph)
        self.files = Files(graph, client)

    async def meet(self, user: str, meeting: Meeting, *, doubtful: bool) -> str:
        there = await self._called(user, meeting.sign) if doubtful else ()
        if there:
            await self.move_meeting(user, there[0], meeting)
            return there[0]
        try:
            made = await self._graph.users.by_user_id(user).events.post(_event(meeting, new=True))
        except APIError as problem:
            if problem.response_status_code != httpx.codes.CONFLICT:
                raise
            there = await self._called(user, meeting.sign)
            if not there:
                raise
            return there[0]
        if made is None or not made.id:
            raise GraphRefused("doubt", "no_event")
        return made.id

    async def move_meeting(self, user: str, event: str, meeting: Meeting) -> None:
        await self._graph.users.by_user_id(user).events.by_event_id(event).patch(_event(meeting, new=False))

    async def drop_meeting(self, user: str, event: str) -> None:
        try:
            await self._graph.users.by_user_id(user).events.by_event_id(event).delete()
        except APIError as problem:
            if problem.response_status_code not in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
                raise

    async def drop_meeting_called(self, user: str, sign: str) -> None:
        for event in await self._called(user, sign):
            await self.drop_meeting(user, event)

    async def _called(self, user: str, sign: str) -> tuple[str, ...]:
        """The meetings of ours that bear this mark: after a call that never answered, one or none."""
        wanted = f"singleValueExtendedProperties/Any(ep: ep/id eq '{OURS}' and ep/value eq '{sign}')"
        asked = EventsRequestBuilder.EventsRequestBuilderGetQueryParameters(
            filter=wanted, select=["id"], top=5
        )
        page = await self._graph.users.by_user_id(user).events.get(
            RequestConfiguration(query_parameters=asked)
        )
        return tuple(one.id for one in (page.value or () if page else ()) if one.id)

    async def notify(self, team: str, user: str, notice: Notice) -> None:
        body = SendActivityNotificationPostRequestBody(
            topic=TeamworkActivityTopic(
                source=TeamworkActivityTopicSource.EntityUrl, value=f"{GRAPH}/teams/{team}"
            ),
            activity_type=notice.type,
            preview_text=ItemBody(content=notice.preview),
            recipient=AadUserNotificationRecipient(user_id=user),
        )
        await self._graph.teams.by_team_id(team).send_activity_notification.post(body)

    async def install(self, user: str, app: str) -> str:
        apps = self._graph.users.by_user_id(user).teamwork.installed_apps
        bound = {"teamsApp@odata.bind": f"{GRAPH}/appCatalogs/teamsApps/{app}"}
        try:
            await apps.post(UserScopeTeamsAppInstallation(additional_data=bound))
        except APIError as problem:
            if problem.response_status_code != httpx.codes.CONFLICT:  # they have it already
                raise
        asked = InstalledAppsRequestBuilder.InstalledAppsRequestBuilderGetQueryParameters(
            expand=["teamsApp"], filter=f"teamsApp/id eq '{app}'"
        )
        page = await apps.get(RequestConfiguration(query_parameters=asked))
        for one in page.value or () if page else ():
            if one.id:
                chat = await apps.by_user_scope_teams_app_installation_id(one.id).chat.get()
                if chat and chat.id:
                    return chat.id
        raise GraphRefused("later", "no_chat")


def _event(meeting: Meeting, *, new: bool) -> Event:
    event = Event(
        subject=meeting.subject,
        body=ItemBody(content_type=BodyType.Text, content=meeting.about),
        start=_wall(meeting, 0),
        end=_wall(meeting, meeting.minutes),
    )
    if new:
        event.transaction_id = meeting.transaction
        event.show_as = FreeBusyStatus.Free
        event.is_reminder_on = False
        event.response_requested = False
        ours = SingleValueLegacyExtendedProperty(id=OURS, value=meeting.sign)
        event.single_value_extended_properties = [ours]
    return event


def _wall(meeting: Meeting, after: int) -> DateTimeTimeZone:
    """A time on the wall, `after` minutes in: Graph works out summer time for the zone."""
    moment = meeting.starts + timedelta(minutes=after)
    return DateTimeTimeZone(date_time=moment.isoformat(timespec="seconds"), time_zone=meeting.zone)

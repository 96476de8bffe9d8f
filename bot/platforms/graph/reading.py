"""Who is in a team and its channels, and who reads their files. Imported with the calls."""

from typing import Any

from kiota_abstractions.base_request_configuration import RequestConfiguration
from msgraph.generated.models.aad_user_conversation_member import AadUserConversationMember
from msgraph.generated.models.channel_membership_type import ChannelMembershipType
from msgraph.generated.models.conversation_member import ConversationMember
from msgraph.generated.models.team_visibility_type import TeamVisibilityType
from msgraph.generated.teams.item.team_item_request_builder import TeamItemRequestBuilder
from msgraph.graph_service_client import GraphServiceClient

from bot.platforms.graph.port import Channel, GraphRefused, Member

MOST_PAGES = 100
NOT_SHARED = frozenset({None, ChannelMembershipType.Standard, ChannelMembershipType.Private})
"""A kind of channel that is new to the SDK is read as the most open there is."""

CLOSED = frozenset({TeamVisibilityType.Private, TeamVisibilityType.HiddenMembership})
"""What nobody says is closed counts as open."""


class Reading:
    """Reads; changes nothing."""

    def __init__(self, graph: GraphServiceClient) -> None:
        self._graph = graph

    async def members(self, team: str) -> tuple[Member, ...]:
        builder = self._graph.teams.by_team_id(team).members
        return await _members(builder)

    async def members_of_channel(self, team: str, channel: str, *, shared: bool) -> tuple[Member, ...]:
        spot = self._graph.teams.by_team_id(team).channels.by_channel_id(channel)
        return await _members(spot.all_members if shared else spot.members)

    async def channels(self, team: str) -> tuple[Channel, ...]:
        page = await self._graph.teams.by_team_id(team).channels.get()
        return tuple(
            Channel(
                id=one.id,
                name=one.display_name or "",
                private=one.membership_type not in {None, ChannelMembershipType.Standard},
                shared=one.membership_type not in NOT_SHARED,
            )
            for one in (page.value or () if page else ())
            if one.id and not one.is_archived
        )

    async def readers(self, team: str, channel: str) -> frozenset[str] | None:
        if await self.is_open(team):
            return None
        spot = self._graph.teams.by_team_id(team).channels.by_channel_id(channel)
        return frozenset(_reader(one) for one in await _everybody(spot.all_members))

    async def is_open(self, team: str) -> bool:
        asked = TeamItemRequestBuilder.TeamItemRequestBuilderGetQueryParameters(select=["id", "visibility"])
        found = await self._graph.teams.by_team_id(team).get(RequestConfiguration(query_parameters=asked))
        return found is None or found.visibility not in CLOSED


async def _members(builder: Any) -> tuple[Member, ...]:
    everybody = await _everybody(builder)
    return tuple(
        _member(one) for one in everybody if isinstance(one, AadUserConversationMember) and one.user_id
    )


async def _everybody(builder: Any) -> list[ConversationMember]:
    """The builders of a team and of a channel are alike, but of no type in common."""
    found: list[ConversationMember] = []
    page = await builder.get()
    for _ in range(MOST_PAGES):
        found += page.value or [] if page else []
        following = page.odata_next_link if page else None
        if not following:
            return found
        page = await builder.with_url(following).get()
    raise GraphRefused("content", "endless_pages")


def _member(one: AadUserConversationMember) -> Member:
    return Member(
        user=(one.user_id or "").lower(),
        name=one.display_name or "",
        guest="guest" in (one.roles or ()),
        tenant=(one.tenant_id or "").lower(),
    )


def _reader(one: ConversationMember) -> str:
    """Whoever has no account in Entra reads too, and is nobody we know."""
    if not isinstance(one, AadUserConversationMember):
        return "/"
    return f"{one.tenant_id or ''}/{one.user_id or ''}".lower()

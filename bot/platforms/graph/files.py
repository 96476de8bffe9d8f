"""A file in somebody's drive, written over only where nobody else wrote. Imported with the calls."""

from typing import NamedTuple, assert_never
from urllib.parse import quote

import httpx
from kiota_abstractions.api_error import APIError
from kiota_abstractions.base_request_configuration import RequestConfiguration
from kiota_abstractions.default_query_parameters import QueryParameters
from msgraph.generated.drives.item.items.item.drive_item_item_request_builder import (
    DriveItemItemRequestBuilder,
)
from msgraph.generated.models.drive_item import DriveItem
from msgraph.graph_service_client import GraphServiceClient

from bot.domain.errands_files import ChannelFiles, File, Library, OwnDrive, Where
from bot.platforms.graph.port import GraphRefused

ROOT = "root"
"""What the first folder of any drive is called."""


class Files:
    """Writes files. `client` is our own id: by it we know what we wrote ourselves, whatever was answered."""

    def __init__(self, graph: GraphServiceClient, client: str) -> None:
        self._graph = graph
        self._client = client.lower()

    async def put(
        self, where: Where, path: str, content: bytes, before: File | None, *, doubtful: bool
    ) -> File:
        if before:
            return await self._again(before, content)
        folder = await self._folder(where)
        there = await self._found(folder.drive, folder.holding(path))
        if there is None:
            return await self._new(folder, path, content, "fail")
        if doubtful and self._is_ours(there):
            return await self._over(folder, path, there, content)
        return await self._new(folder, path, content, "rename")

    async def _again(self, before: File, content: bytes) -> File:
        """Write it anew, as what we left; else, if somebody wrote in it meanwhile, beside it."""
        try:
            return await self._put(_place(before), before.path, before.item, content, before.etag)
        except APIError as problem:
            if problem.response_status_code != httpx.codes.PRECONDITION_FAILED:
                raise
        there = await self._found(before.drive, before.item)
        if there is None:
            raise GraphRefused("gone", "itemNotFound")
        same = bool(before.ctag) and there.c_tag == before.ctag  # moved or shared: the content is ours
        if same or self._is_ours(there):
            return await self._over(_place(before), before.path, there, content)
        return await self._new(_place(before), before.path, content, "rename")

    async def _over(self, folder: "_Folder", path: str, there: DriveItem, content: bytes) -> File:
        return await self._put(folder, path, there.id or "", content, there.e_tag or "")

    async def _put(self, folder: "_Folder", path: str, item: str, content: bytes, etag: str) -> File:
        asked = RequestConfiguration[QueryParameters]()
        asked.headers.add("If-Match", etag)
        return _file(folder, path, await self._item(folder.drive, item).content.put(content, asked))

    async def _new(self, folder: "_Folder", path: str, content: bytes, conflict: str) -> File:
        """`conflict`: "rename" finds a name that is free."""
        drive, adapter = folder.drive, self._graph.request_adapter
        where = f"{adapter.base_url}/drives/{quote(drive)}/items/{folder.item}:/{quote(path)}:/content"
        builder = self._item(drive, "root").content
        url = f"{where}?@microsoft.graph.conflictBehavior={conflict}"
        try:
            made = await builder.with_url(url).put(content)
        except APIError as problem:
            if problem.response_status_code != httpx.codes.CONFLICT:
                raise
            raise GraphRefused("held", "nameAlreadyExists") from None
        return _file(folder, path, made, beside=conflict == "rename")

    async def _found(self, drive: str, item: str) -> DriveItem | None:
        try:
            return await self._item(drive, item).get()
        except APIError as problem:
            if problem.response_status_code not in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
                raise
            return None

    def _is_ours(self, there: DriveItem) -> bool:
        """Whether we were the last to write there, by ourselves."""
        last = there.last_modified_by
        app = last.application.id if last and last.application else None
        return bool(last and last.user is None and app and app.lower() == self._client)

    def _item(self, drive: str, item: str) -> DriveItemItemRequestBuilder:
        return self._graph.drives.by_drive_id(drive).items.by_drive_item_id(item)

    async def _folder(self, where: Where) -> "_Folder":
        match where:
            case OwnDrive(user=user):
                own = await self._graph.users.by_user_id(user).drive.get()
                if own is None or not own.id:
                    raise GraphRefused("gone", "no_drive")
                return _Folder(own.id, ROOT)
            case Library(drive=drive):
                return _Folder(drive, ROOT)
            case ChannelFiles(team=team, channel=channel):
                return await self._of_channel(team, channel)
            case _:
                assert_never(where)

    async def _of_channel(self, team: str, channel: str) -> "_Folder":
        """A channel whose files nobody has opened yet has no folder: it may have one the next time."""
        spot = self._graph.teams.by_team_id(team).channels.by_channel_id(channel)
        try:
            found = await spot.files_folder.get()
        except APIError as problem:
            if problem.response_status_code != httpx.codes.NOT_FOUND:
                raise
            raise GraphRefused("held", "no_folder") from None
        above = found.parent_reference if found else None
        if found is None or not found.id or above is None or not above.drive_id:
            raise GraphRefused("held", "no_folder")
        return _Folder(above.drive_id, found.id)


class _Folder(NamedTuple):
    """A folder in a drive."""

    drive: str
    item: str

    def holding(self, path: str) -> str:
        """What something in it is called, as Graph writes it."""
        return f"{self.item}:/{path}:"


def _place(file: File) -> _Folder:
    return _Folder(file.drive, file.folder)


def _file(folder: _Folder, path: str, made: DriveItem | None, *, beside: bool = False) -> File:
    if made is None or not (made.id and made.web_url and made.e_tag):
        raise GraphRefused("doubt", "no_file")
    return File(
        drive=folder.drive,
        folder=folder.item,
        item=made.id,
        path=path,
        etag=made.e_tag,
        ctag=made.c_tag or "",
        link=made.web_url,
        beside=beside,
    )

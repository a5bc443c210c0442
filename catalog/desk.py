"""The desk at which the catalog is edited: what people want is looked at first, then merged in and written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from catalog.cautions import cautions
from catalog.editing.change import Change, Edit
from catalog.editing.difference import Difference, differences
from catalog.editing.threeway import Conflict, Side, merge
from catalog.errors import ConflictError, EditError
from catalog.models import Document, Slug, Tool
from catalog.reach import Reach, not_found, reach, renames
from catalog.revision import SHARED, Revision, Scope
from catalog.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from catalog.reach import Counted
    from catalog.revision import Author
    from catalog.service import Catalog
    from catalog.storage import Writer

#: How many of the names that people asked for most are replayed before a name is changed.
REPLAYED: Final = 500
#: How many documents of its own a guild may come to have at the desk; an operator's import isn't bound by that.
OWN_LIMIT: Final = 2000


class Outlook(Document):
    """What one document of a change will look like, and what of it was somebody else's doing in the meantime."""

    slug: Slug
    before: Tool | None
    after: Tool | None
    differences: tuple[Difference, ...]
    joined: tuple[Difference, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


class Preview(Document):
    """A change as it would come out now: nothing has been written.

    `cautions` are what a person should know, `reach` what people would be answered differently.
    """

    outlooks: tuple[Outlook, ...]
    cautions: tuple[str, ...] = ()
    reach: Reach | None = None

    @property
    def conflicts(self) -> tuple[tuple[Slug, Conflict], ...]:
        """The places at which somebody has to choose, each with its document."""
        return tuple((one.slug, conflict) for one in self.outlooks for conflict in one.conflicts)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would change."""
        return not any(one.differences or one.conflicts for one in self.outlooks)


class Saved(Document):
    """A change that was written down: its revisions (none where everything was so already), and what came along."""

    scope: Scope
    revisions: tuple[Revision, ...] = ()
    joined: tuple[Difference, ...] = ()

    @property
    def change(self) -> int | None:
        """The number by which it can be undone."""
        return self.revisions[0].change if self.revisions else None


class Desk:
    """Edits a catalog that is kept in a database.

    Whatever people want is a `Change`; it is merged place by place into what its scope sees at the moment of saving,
    so that two who edit the same tool keep both edits, and only where they touch the same place one must choose.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    async def preview(
        self,
        change: Change,
        scope: Scope,
        choices: Mapping[str, Side] | None = None,
        *,
        replay: bool = True,
    ) -> Preview:
        """Show what a change would come to now.

        Args:
            change: what shall become of which documents.
            scope: whose.
            choices: for places, by `chosen`, whose side is taken.
            replay: whether to tell what people asked; that is for those who may edit.

        Raises:
            StorageError: the database refused.
        """
        view = self._catalog.view(scope.guild_id)
        current = view.among(change.slugs)
        # An import holds hundreds of documents.
        outlooks = [_outlook(edit, current.get(edit.slug), choices) async for edit in in_turns(change.edits)]
        outcome = Change(
            title=change.title,
            edits=tuple(Edit(slug=one.slug, before=one.before, after=one.after) for one in outlooks),
        )
        replayed = None
        if replay and renames(outcome):
            replayed = await reach(outcome, view, await self.asked(scope))
        return Preview(
            outlooks=tuple(outlooks),
            cautions=await cautions(outcome, view),
            reach=replayed,
        )

    async def save(
        self,
        change: Change,
        scope: Scope,
        author: Author,
        choices: Mapping[str, Side] | None = None,
    ) -> Saved:
        """Write a change down: all of its documents, or (on an error) none.

        Raises:
            ConflictError: somebody else changed the same places; nothing was changed, and the error says which.
            EditError: a guild would have more of its own than there is room for; nothing was changed.
            StorageError: the database refused; nothing was changed.
        """
        async with self._catalog.writing(author, scope) as writer:
            joined = await self.merge_in(writer, change, choices)
        return Saved(scope=scope, revisions=writer.revisions, joined=joined)

    @staticmethod
    async def merge_in(
        writer: Writer, change: Change, choices: Mapping[str, Side] | None = None
    ) -> tuple[Difference, ...]:
        """Merge a change into what a transaction sees; give what others had changed meanwhile.

        Raises:
            ConflictError: somebody else changed the same places.
            EditError: a guild would have more of its own than there is room for.
        """
        current = await writer.current(change.slugs)
        owned = await writer.owned()
        outlooks = [_outlook(edit, current.get(edit.slug), choices) async for edit in in_turns(change.edits)]
        conflicts = [conflict for one in outlooks for conflict in one.conflicts]
        if conflicts:
            raise ConflictError([conflict.label for conflict in conflicts])
        for one in outlooks:
            if one.after is None:
                await writer.remove(one.slug)
            else:
                await writer.put(one.after)
        if (will_own := await writer.owned()) > max(owned, OWN_LIMIT):
            raise EditError(
                f"This server would have {will_own:,} tools of its own (added, edited or hidden); there is room for "
                f"{OWN_LIMIT:,}. Save less at a time, or make room with `/catalog reset` and `remove`."
            )
        return tuple(joined for one in outlooks for joined in one.joined)

    def rebasing(self, slug: str, guild_id: int, choices: Mapping[str, Side] | None = None) -> Preview:
        """Show what comes of a guild's copy when it is brought up to the shared tool.

        Of a conflict, `mine` is the shared tool's word and `theirs` the guild's.

        Raises:
            EditError: there is nothing to choose.
        """
        view, shared = self._catalog.view(guild_id), self._catalog.among([slug]).get(slug)
        copy = self._catalog.copy(slug, guild_id)
        if copy and copy.eclipses(shared):
            raise EditError(
                "This server added that tool itself, before the shared catalog did, so there is nothing that the two "
                "started from. `/catalog reset` goes over to the shared one."
            )
        if copy is None or shared is None or not view.conflicts(slug):
            raise EditError(
                "The shared tool and this server's copy agree, or differ only where you edited it."
            )
        merged = copy.over(shared, _own(slug, choices))
        seen = view.among([slug]).get(slug)
        return Preview(
            outlooks=(
                Outlook(
                    slug=slug,
                    before=seen,
                    after=merged.document,
                    differences=differences(seen, merged.document),
                    conflicts=merged.conflicts,
                ),
            )
        )

    async def settle(self, slug: str, scope: Scope, author: Author, choices: Mapping[str, Side]) -> Saved:
        """Bring a guild's copy up to the shared tool, with a choice (THEIRS: the guild's) for each conflict.

        Raises:
            ConflictError: a conflict has no choice.
            EditError: there is nothing to choose.
            StorageError: the database refused; nothing was changed.
        """
        async with self._catalog.writing(author, scope) as writer:
            merged = await writer.rebased(slug, _own(slug, choices))
            if merged is None or merged.document is None:
                raise EditError("This server has no copy of that tool any more.")
            if merged.conflicts:
                raise ConflictError([conflict.label for conflict in merged.conflicts])
            await writer.put(merged.document, settled=True)
        return Saved(scope=scope, revisions=writer.revisions, joined=merged.joined)

    async def asked(self, scope: Scope) -> Sequence[Counted]:
        """Give the names that people asked for most: in a guild, or of the shared catalog in several guilds.

        Raises:
            StorageError: the database refused.
        """
        questions = self._catalog.storage.questions
        if scope == SHARED:
            return await questions.everywhere(REPLAYED)
        return await questions.of(scope, REPLAYED)

    async def wanted(self, scope: Scope) -> Sequence[Counted]:
        """Give the names that people asked for and that name nothing, most asked first.

        Raises:
            StorageError: the database refused.
        """
        return await not_found(self._catalog.view(scope.guild_id), await self.asked(scope))


def chosen(slug: str, place: str) -> str:
    """Name a place of a document among the choices for a change, which may hold several documents."""
    return f"{slug} {place}"


def _own(slug: str, choices: Mapping[str, Side] | None) -> dict[str, Side]:
    """Pick the choices for one document, by place."""
    return {
        key.partition(" ")[2]: side for key, side in (choices or {}).items() if key.startswith(f"{slug} ")
    }


def _outlook(edit: Edit, current: Tool | None, choices: Mapping[str, Side] | None) -> Outlook:
    merged = merge(edit.before, edit.after, current, _own(edit.slug, choices))
    return Outlook(
        slug=edit.slug,
        before=current,
        after=merged.document,
        differences=differences(current, merged.document),
        joined=merged.joined,
        conflicts=merged.conflicts,
    )

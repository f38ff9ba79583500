"""An archive file read: what it is, which posts it holds, and which chats these were."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from sessions.core.decoding import JsonReader, Unreadable
from sessions.core.events import AnyEvent, SessionOpened
from sessions.core.identity import plain_handle
from sessions.core.plan import Plan, clean_line
from sessions.core.posts import Post
from sessions.files.kinds import file_kind
from sessions.importing.detecting import Detected, detect, hashtags_of
from sessions.importing.formats.accounts import accounts_in_sheet, named
from sessions.importing.formats.archive_posts import Dates, Understood, posts_of
from sessions.importing.formats.columns import Field, is_own_table, match_columns, missing_fields, no_handles
from sessions.importing.formats.errors import CannotImport, ColumnsUnclear, NotInFile, OwnerUnknown
from sessions.importing.formats.json_posts import Text, read_json_posts
from sessions.importing.formats.json_values import is_json
from sessions.importing.formats.sheets import Sheet, read_csv
from sessions.importing.formats.storify import is_html, read_storify
from sessions.importing.formats.texts import decoded
from sessions.importing.meetings.forms import meeting_named
from sessions.importing.months import in_months
from sessions.importing.opening import opened
from sessions.importing.per_chat import GivenHost, GivenQuestion, given_host, given_question, means, unmeant
from sessions.importing.question_askers import label_key
from sessions.importing.splitting import Hour, Piece, split
from sessions.importing.text_kinds import text_kind
from sessions.library.incoming.validation import objection
from sessions.library.storage import layout
from sessions.library.storage.layout import FILE_NAME
from sessions.library.storage.reading import SessionRecord
from sessions.library.storage.session_file import file_name
from sessions.networks.archived import ArchiveOwner
from sessions.networks.timing import wall_clock

_records = JsonReader(dict[str, SessionRecord])


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What the user says of an archive; what is left out is detected.

    `columns` maps a column's name or number to what it holds. `zone` is the IANA name of the zone in which the chats
    were held, and that of times that say none unless `times_zone` is another (UTC where the user named none). `dates`
    says what dates such as 01/02/2016 begin with, `owner` whose archive it is where that does not say it,
    `encoding` how its bytes are read, empty where that is to be told by them.
    `hosts` and `questions` are as `--host` and `--question` have them (`per_chat`). `channel` says that it is what was
    posted between the chats, a month in each session.
    """

    zone: str
    times_zone: str = "UTC"
    columns: Mapping[str, Field] = {}
    hours: tuple[Hour, ...] = ()
    hashtags: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    series: str = ""
    title: str = ""
    network: str | None = None
    dates: Dates | None = None
    owner: ArchiveOwner = ArchiveOwner()
    encoding: str = ""
    channel: bool = False


class Archive(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds. `encoding` is how its bytes were read, by Python's name; `matched` tells of each field the
    column it was found in; `left_out` are the posts between chats.
    """

    path: Path
    form: str
    encoding: str
    matched: dict[str, str]
    understood: Understood
    chats: tuple[Detected, ...]
    left_out: tuple[Post, ...]


class SavedCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A session file of another library, whole: its bytes, its record and its events; `torn` says its tail was cut."""

    path: Path
    record: SessionRecord
    opened: SessionOpened
    events: tuple[AnyEvent, ...]
    data: bytes
    torn: bool

    @property
    def id(self) -> str:
        """The session's id."""
        return self.record.id


def read_archive(
    path: Path, wanted: Wanted, *, progress: Callable[[int, int], None] = lambda _done, _of: None
) -> Archive | SavedCopy:
    """What the file holds. `progress` is told how many lines of how many are done.

    Raises `CannotImport`, and of its kinds `ColumnsUnclear` where a column has to be named.
    """
    unpacked = opened(path)
    first = unpacked.parts[0].raw
    if layout.is_session_file(first):
        return _saved_copy(path, first)
    kind = file_kind(first)
    if kind is not None:
        raise CannotImport(f"{path}: {kind}")
    texts = [decoded(part.raw, str(path), wanted.encoding) for part in unpacked.parts]
    text, encoding = texts[0].text, texts[0].encoding
    meeting = meeting_named(text)
    if meeting:
        raise CannotImport(
            f"{path}: this is {meeting}. Such chats come in on the desk of a chat: press the key for adding answers "
            "(`i`), and paste it there without a name"
        )
    if unpacked.parts[0].beside or (is_json(text) and not is_html(text)):
        owner = wanted.owner if wanted.owner.handle else unpacked.owner
        parts = [Text(one.text, part.beside) for one, part in zip(texts, unpacked.parts, strict=True)]
        read = read_json_posts(parts, str(path), wanted.columns, owner, progress)
        if read.understood is not None:
            understood = _with_names(read.understood, read.accounts)
            return _archive(path, read.form, {}, understood, "", encoding, wanted)
        form, sheet, network, rooms = read.form, read.sheet or Sheet((), ()), read.network, read.rooms
        accounts = read.accounts
    else:
        form, sheet = _sheet(path, text, wanted.columns)
        network, rooms = None, {}
        accounts = accounts_in_sheet(sheet)
    try:
        columns = match_columns(sheet.columns, wanted.columns)
    except KeyError as error:
        shown = ", ".join(sheet.columns[:12])
        raise NotInFile(f"{path}: --map names the column {error.args[0]!r}; the columns are: {shown}") from None
    place = columns.get("handle", len(sheet.columns))
    handles = [row.cells[place] for row in sheet.rows[:1000] if place < len(row.cells)]
    named = place < len(sheet.columns) and "handle" not in wanted.columns.values()
    if network is None and named and no_handles(handles):
        raise ColumnsUnclear(str(path), ("handle",), sheet.columns, _samples(sheet), doubtful=sheet.columns[place])
    missing = missing_fields(columns)
    if missing == ["handle"]:
        if is_own_table(sheet.columns) and not wanted.owner.handle:
            raise OwnerUnknown(str(path), "X")
        missing = [] if wanted.owner.handle else missing
    if form == "JSONL" and not columns and len(sheet.rows) == 1:
        shown = ", ".join(sheet.columns[:6])
        raise CannotImport(f"{path}: no posts in this JSON ({shown}, ...); give one JSON object a line, each a post")
    if len(missing) > len(sheet.columns) - len(columns):
        kind = text_kind(text) if form == "table" else None
        if kind is not None:
            raise CannotImport(f"{path}: {kind}")
        raise CannotImport(
            f"{path}: no posts can be read from {_many_columns(len(sheet.columns))}; give a CSV, TSV or JSONL "
            "file with time, author and text, a Storify page or a saved chat"
        )
    if missing:
        raise ColumnsUnclear(str(path), missing, sheet.columns, _samples(sheet))
    understood = posts_of(
        sheet,
        columns,
        wanted.times_zone,
        wanted.network or network,
        progress,
        dates=wanted.dates,
        text_is_given="text" in wanted.columns.values(),
        owner=wanted.owner.handle,
    )
    understood = _with_names(understood, accounts)
    matched: dict[str, str] = {
        field: sheet.columns[place] for field, place in columns.items() if field != "zone" or understood.zones_said
    }
    return _archive(path, form, matched, understood, sheet.title, encoding, wanted, rooms)


def _with_names(understood: Understood, accounts: Mapping[str, str]) -> Understood:
    return msgspec.structs.replace(understood, posts=named(understood.posts, accounts))


def _archive(
    path: Path,
    form: str,
    matched: dict[str, str],
    understood: Understood,
    title: str,
    encoding: str,
    wanted: Wanted,
    rooms: Mapping[str, str] = {},
) -> Archive:
    """The chats in the posts that were understood, `rooms` as `JsonPosts` has them. Raises `CannotImport` where there
    is none."""
    posts = understood.posts
    if not posts:
        why = f" (line {understood.skipped[0].line}: {understood.skipped[0].why})" if understood.skipped else ""
        advice = "; say what the columns are with --map COLUMN=FIELD" if matched else ""
        raise CannotImport(f"{path}: not one line is a post{why}{advice}")
    if wanted.channel:
        tags = wanted.hashtags or hashtags_of(posts)
        months, left_out = in_months(posts, tags, wanted.series, wanted.zone, round(time.time() * 1000))
        if not months:
            raise CannotImport(f"{path}: all of it is of this month, which `lunchroom channel` reads itself")
        return Archive(
            path=path,
            form=form,
            encoding=encoding,
            matched=matched,
            understood=understood,
            chats=months,
            left_out=left_out,
        )
    divided = split(posts, wanted.hours, wanted.zone, rooms)
    return Archive(
        path=path,
        form=form,
        encoding=encoding,
        matched=matched,
        understood=understood,
        chats=_chats(path, divided.pieces, posts, title, wanted),
        left_out=divided.left_out,
    )


def _samples(sheet: Sheet) -> list[list[str]]:
    """What stands in each column in the first two rows, on one line each; less where a row has nothing there."""
    first = [row.cells for row in sheet.rows[:2]]
    found = [[clean_line(cells[place]) for cells in first if place < len(cells)] for place in range(len(sheet.columns))]
    return [[cell for cell in cells if cell] for cells in found]


def _many_columns(number: int) -> str:
    return f"{number or 'no'} column{'' if number == 1 else 's'}"


def _chats(
    path: Path, pieces: Sequence[Piece], posts: Sequence[Post], title: str, wanted: Wanted
) -> tuple[Detected, ...]:
    """The chats in the pieces. Raises `NotInFile` where a host that the user names never posts, or a chat or question
    that they name is none."""
    tags = wanted.hashtags or hashtags_of(posts)
    titled = wanted.title or (title if len(pieces) == 1 else "")
    hosts = [given_host(option) for option in wanted.hosts]
    questions = [given_question(option) for option in wanted.questions]

    def detected(piece: Piece, plan: Plan | None) -> Detected:
        """The chat in a piece, with all that the user says of the one of this plan."""
        return detect(
            piece,
            zone=wanted.zone,
            title=titled,
            hashtags=wanted.hashtags if piece.room else tags,
            series=wanted.series,
            named_hosts=[one.handle for one in hosts if _said_of(one.chat, plan)],
            texts={one.label: one.text for one in questions if _said_of(one.chat, plan)},
        )

    def checked(option: str, unknown: GivenHost | GivenQuestion | None, why: str) -> None:
        if unknown is not None:
            raise NotInFile(f"{path}: {option} {unknown.said} {why}")

    chats = tuple(detected(piece, None) for piece in pieces)
    plans = [chat.plan for chat in chats]
    shown = ", ".join(f"{plan.starts:%Y-%m-%d %H:%M}" for plan in plans[:12])
    checked("--host", unmeant(hosts, plans), f"names no chat of it; they are: {shown}")
    checked("--question", unmeant(questions, plans), f"names no chat of it; they are: {shown}")
    strangers = (one for one in hosts if not _posts(one, pieces, plans))
    checked("--host", next(strangers, None), "never posts there; give a handle that does")
    if any(host.chat for host in hosts) or any(question.chat for question in questions):
        chats = tuple(detected(piece, plan) for piece, plan in zip(pieces, plans, strict=True))
    vain = (one for one in questions if not any(_has(chat.plan, one) for chat in chats))
    checked("--question", next(vain, None), "is answered by nobody there")
    return chats


def _said_of(chat: str, plan: Plan | None) -> bool:
    """Whether what is said of a chat counts; of no plan only what is said of all chats does."""
    return not chat if plan is None else means(chat, plan)


def _posts(host: GivenHost, pieces: Sequence[Piece], plans: Sequence[Plan]) -> bool:
    meant = (piece for piece, plan in zip(pieces, plans, strict=True) if means(host.chat, plan))
    return any(plain_handle(post.author.handle) == host.handle for piece in meant for post in piece.posts)


def _has(plan: Plan, given: GivenQuestion) -> bool:
    return means(given.chat, plan) and any(label_key(one.label) == label_key(given.label) for one in plan.questions)


def _sheet(path: Path, text: str, given: Mapping[str, Field]) -> tuple[str, Sheet]:
    if is_html(text):
        return "Storify page", read_storify(text, str(path))
    try:
        return "table", read_csv(text, given)
    except CannotImport as error:
        raise CannotImport(f"{path}: {error}") from None


def _saved_copy(path: Path, raw: bytes) -> SavedCopy:
    wrong = CannotImport(f"{path}: this looks like a saved chat but cannot be read as one; take another copy of it")
    torn = False
    try:
        events = layout.decode_events(raw)
    except Unreadable:
        tear = layout.find_tear(raw)
        if tear is None:
            raise wrong from None
        raw, events, torn = layout.mended(raw, tear), tear.events, True
    try:
        record = _records.read(layout.parse(raw).others[layout.SESSION])["1"]
    except (Unreadable, KeyError):
        raise wrong from None
    opened = events[0] if events else None
    if not isinstance(opened, SessionOpened) or FILE_NAME.fullmatch(file_name(opened.plan, record.id)) is None:
        raise wrong
    against = objection(opened, events, wall_clock())
    if against:
        raise CannotImport(f"{path}: {against[0].lower()}{against[1:-1]}; take another copy of it")
    return SavedCopy(path=path, record=record, opened=opened, events=tuple(events), data=raw, torn=torn)

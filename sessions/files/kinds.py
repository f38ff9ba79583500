"""What a file is that is not the text that was asked for, told by how it begins, and what to do with it. Pure."""

import msgspec


class FileKind(msgspec.Struct, frozen=True):
    """What a file is ("a PDF"), and what whoever has it can do instead, as an order."""

    what: str
    advice: str

    def __str__(self) -> str:
        return f"this is {self.what}; {self.advice}"


_AS_CSV = "open it, save the sheet with the posts as CSV (File > Save as > CSV UTF-8), and give that"
_AS_TEXT = "open it and save it as plain text (.txt), and give that"
_UNPACK = "unpack it and give the file that holds the posts"
_FROM_R = "write its table with write.csv in R and give that"
_NO_TEXT = "words cannot be read out of it; give the text itself"

_BEGINNINGS: tuple[tuple[bytes, FileKind], ...] = (
    (b"{\\rtf", FileKind("rich text (RTF)", _AS_TEXT)),
    (b"%PDF", FileKind("a PDF", _NO_TEXT)),
    (b"\x89PNG", FileKind("a picture", _NO_TEXT)),
    (b"\xff\xd8\xff", FileKind("a picture", _NO_TEXT)),
    (b"GIF8", FileKind("a picture", _NO_TEXT)),
    (b"SQLite format 3\0", FileKind("a database (SQLite)", "export its table of posts as CSV and give that")),
    (b"\xd0\xcf\x11\xe0", FileKind("an old Excel, Word or Outlook file", "save it as CSV or plain text and give that")),
    (b"7z\xbc\xaf", FileKind("an archive of 7-Zip", _UNPACK)),
    (b"Rar!", FileKind("a RAR archive", _UNPACK)),
    (b"\xfd7zXZ", FileKind("packed with xz", _UNPACK)),
    (b"BZh", FileKind("packed with bzip2", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", FileKind("packed with Zstandard", _UNPACK)),
    (b"PAR1", FileKind("a Parquet file", "write its table as CSV or JSONL and give that")),
    (b"RDX", FileKind("a file of R", _FROM_R)),
    (b"RDA", FileKind("a file of R", _FROM_R)),
    (b"X\n\0\0\0", FileKind("a file of R", _FROM_R)),
    (b"\x80\x04\x95", FileKind("a file of Python (pickle)", "write its table as CSV or JSONL and give that")),
    (b"bplist", FileKind("a file of macOS (property list)", _AS_TEXT)),
    (b"OggS", FileKind("a recording", _NO_TEXT)),
    (b"ID3", FileKind("a recording", _NO_TEXT)),
    (b"RIFF", FileKind("a recording", _NO_TEXT)),
    (b"BEGIN:VCALENDAR", FileKind("a calendar", "it holds no posts")),
    (b"BEGIN:VCARD", FileKind("an address book", "it holds no posts")),
)


def file_kind(raw: bytes) -> FileKind | None:
    """What the file with these bytes is, None where its beginning tells nothing: it may be text."""
    start = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")[:4096]
    for beginning, kind in _BEGINNINGS:
        if start.startswith(beginning) or raw.startswith(beginning):
            return kind
    if raw[4:8] == b"ftyp":
        return FileKind("a recording", _NO_TEXT)
    if b"eroots" in raw[:64] and b"gversion" in raw[:256]:
        return FileKind(
            "a repository of Bluesky (CAR)",
            "open "
            "https://bsky.social/xrpc/com.atproto.repo.listRecords?collection=app.bsky.feed.post&limit=100&repo=HANDLE"
            " in a browser, save what it shows, and give that with --author HANDLE",
        )
    return None


def packed_document(names: frozenset[str], mimetype: str) -> FileKind | None:
    """What a zip is that a program of documents wrote, by the names in it and by what it calls itself."""
    folders = {name.partition("/")[0] for name in names}
    if "[Content_Types].xml" in names:
        if "xl" in folders:
            return FileKind("an Excel workbook", _AS_CSV)
        if "word" in folders:
            return FileKind("a Word document", _AS_TEXT)
        return FileKind("a document of Office", _AS_TEXT)
    if "spreadsheet" in mimetype:
        return FileKind("a spreadsheet of LibreOffice", _AS_CSV)
    if mimetype.startswith("application/vnd.oasis"):
        return FileKind("a document of LibreOffice", _AS_TEXT)
    if "epub" in mimetype:
        return FileKind("a book (EPUB)", _NO_TEXT)
    if "Index/Document.iwa" in names or ("Index" in folders and "Metadata" in folders):
        return FileKind("a document of Numbers or Pages", "export it as CSV or plain text and give that")
    return None

"""The one root of what this program raises, and the tree that hangs on it.

Whoever cannot tell the kinds apart catches `LunchroomError` and shows its text. Each class stands where it is raised;
some have fields beside the text. A test holds this tree against the classes that there are.

* `LunchroomError`
  * `Failure`: a command of the command line cannot do what was asked; has the exit code
  * `PlanError`: a plan has problems; has all of them
  * `Refused`: what a moderator asked for has no effect; has the refusal
  * `Malformed`: what was sent is no command
  * `Unreadable`: bytes are not the JSON or TOML that they should be; the text stands behind the name of the file
    * `WrongShape`: it is JSON of another type
  * `PeopleError`: it is not clear which person is meant
  * `DirectoryError`: a list of teachers cannot be read
  * `AwayError`: nobody in another home can be reached or let in
  * `StorageError`: trouble with the library or a session file
    * `LibraryError`: the library cannot be used, or does not hold what was asked for
      * `CopyDiffers`: two copies of one chat do not fit together
    * `NoHome`: the account has no home folder
    * `RuntimeFolderError`: nothing can be noted about running chats
    * `SaveFailed`: nothing of the last write was kept
    * `SessionLocked`: another process writes this session
    * `DamagedSession`: the file cannot be read as a session
    * `DamagedPeople`: people.json cannot be read
  * `NotOneChat`: two files are not of one session
  * `OtherChat`: two chats of one id are not copies of one another
  * `NotTaken`: what another library sends is not taken in
  * `CannotImport`: a file cannot be imported
    * `ColumnsUnclear`: it does not say which column is what
    * `NotInFile`: what the user names is not in it
    * `OwnerUnknown`: it is somebody's own archive and does not say whose
  * `UnknownZone`: no time zone has the name
  * `Unclear`: what was typed at a desk of plain lines means nothing, or several
  * `JumpError`: what was typed is no time in this chat
  * `SourceError`: a source cannot be opened
    * `ChatFileError`: a recorded chat cannot be read
  * `NetworkError`: a request to a network failed; the text stands beside the network's name
    * `SignedOut`: the network does not know the sign-in
      * `Stale`: a token has run out; renewed once
    * `Rejected`: the network understood and will not do it
      * `Missing`: what was asked for is not there
      * `CodeWanted`: Bluesky has sent a code by e-mail
      * `BadRequest`: X does not take a request as it is
      * `Duplicate`: X has just had the same text
      * `TooManyConnections`: X's one stream is open elsewhere
      * `NoRules`: X's stream has no rules
      * `Shared`: X's stream has rules of another program
    * `Limited`: too many requests
    * `Unavailable`: no answer, or one that makes no sense
      * `Unreached`: no connection came about
      * `NotThere`: the server does not have this call
      * `Garbled`: an answer is not what it should be
      * `Ended`: X ended the stream
    * `Asks`: a moderator has to allow that reading costs more
    * `TooEarly`: the chat is not near enough to pay for reading
  * `UnknownNetwork`: there is no network of this name
  * `SignInFailed`: a sign-in failed, nothing was kept
    * `CodeWanted`: it needs the code that came by e-mail
  * `Junk`: what another program posts to the chat is nothing that can be taken
  * `KeyringError`: the system's keyring cannot be used
  * `NotAnnounced`: something could not be told elsewhere, or is told already
  * `NotSent`: a network has not taken a post, for sure
  * `Unsure`: a post may be out
  * `Unconfirmed`: it is not known whether the hub took a command
  * `HubError`: a hub cannot start or go on
  * `Defect`: the hub's own code failed at what was asked for; nothing of it was done
  * `NotSeated`: there is no seat for this name
    * `NameTaken`: somebody else at the chat has this name, or one that looks like it
    * `Full`: as many are at the chat as may be
  * `Closed`: what a caller shows lets nobody in
  * `BadName`: it cannot be the name of a moderator
  * `ApiError`: what the hub answers in place of success
  * `HubUnreachable`: the hub does not answer
  * `HubRefused`: the hub does not let this desk in
    * `SeatGone`: the seat was taken back, or the hub never knew it
  * `InviteError`: the text is no invite
  * `NoEditor`: a file could not be opened for the person to edit
  * `NotAnExport`: a folder cannot be verified
  * `NotKept`: a filter could not be written into the config
  * `NotFetched`: what another computer of the session has could not be had from it

Apart from it stand exceptions that no user is told of: they end a loop of one module (their names begin with `_`), and
`SavedThenStopped`, which is a Ctrl+C. `ValueError` and the like are raised where our own code is wrong.
"""


class LunchroomError(Exception):
    """Something did not work, and the text is one line for the person at the keyboard that says what to do next."""

    exit_code = 1
    """With what a command ends that cannot go on: 2 where what was typed or the plan is wrong, else 1."""

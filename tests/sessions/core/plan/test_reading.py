"""A plan file becomes a Plan, or says on which line it is wrong."""

import datetime

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sessions.core.events import SessionOpened, decode_event
from sessions.core.plan import Host, Plan
from sessions.core.plan.greetings import GREETINGS, PLAIN
from sessions.core.plan.reading import MAX_CHARACTERS, PlanError, decode_plan
from sessions.networks.registry import NETWORKS

DESIGN = """\
title = "Stations that work"
hashtags = ["#navasotaisd"]
series = "navasotaisd"           # which chats belong together: who is new is asked of these
starts = 2026-12-01T19:00:00     # local time in the timezone below
timezone = "America/Chicago"
minutes = 60
introductions = 8                # minutes before the first question
close = 2                        # minutes for thanks at the end
sources = ["mastodon:mastodon.social", "bluesky"]

[[hosts]]
name = "Ana"
handles = ["mastodon:@ana@mastodon.social", "bluesky:ana.example.org", "@ana_t"]

[[questions]]
label = "1"
text = "What does the first station in your room look like?"
minutes = 8
notes = "If it is slow: ask for a photo."

[script]                         # welcome, format, introduce, heads_up, thanks, next_time, saved
welcome = "Welcome to {hashtag}!"
"""
SPARSE = 'title = "Stations"\nstarts = 2026-12-01T19:00:00\ntimezone = "America/Chicago"\n'


def problems(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        decode_plan(text, NETWORKS)
    assert str(caught.value) == str(caught.value.problems[0])
    return [str(problem) for problem in caught.value.problems]


def test_what_reading_may_cost_is_five_dollars_unless_the_plan_says_otherwise() -> None:
    assert decode_plan(SPARSE, NETWORKS).ceiling == 5.0
    assert decode_plan(f"{SPARSE}ceiling = 0\n", NETWORKS).ceiling == 0.0
    assert problems(f"{SPARSE}ceiling = -1\n") == ["line 4: ceiling must be a number, 0 or more, got -1"]
    assert problems(f"{SPARSE}ceiling = 5000\n") == ["line 4: ceiling must be 1000 or less (dollars), got 5000"]


def test_muted_words_are_told_apart_by_their_letters_and_each_wrong_one_by_its_line() -> None:
    written = '["Späm", "s p a m ", "Exit ticket", "exit-ticket"]'
    assert decode_plan(f"{SPARSE}muted = {written}\n", NETWORKS).muted == ("Späm", "Exit ticket")
    assert problems(f'{SPARSE}muted = [\n"spam",\n"!",\n"{"x" * 61}"]\n') == [
        'line 4: the muted word "!" needs two letters or digits',
        f'line 4: the muted word "{"x" * 55}... is longer than 60 characters',
    ]
    assert problems(f"{SPARSE}muted = [3]\n")[0].startswith("line 4: muted must be a list of texts such as")


def test_a_bluesky_host_may_be_named_by_did() -> None:
    hosts = '[[hosts]]\nname = "Ana"\nhandles = ["bluesky:did:plc:abc234"]\n'
    assert decode_plan(SPARSE + hosts, NETWORKS).hosts[0].handles == ("bluesky:did:plc:abc234",)
    assert problems(SPARSE + hosts.replace("bluesky:", "x:", 1))


def test_the_plan_of_the_design_is_read() -> None:
    plan = decode_plan(DESIGN, NETWORKS)
    assert (plan.title, plan.hashtags, plan.series) == ("Stations that work", ("navasotaisd",), "navasotaisd")
    assert plan.starts == datetime.datetime.fromisoformat("2026-12-01T19:00")
    assert plan.starts_at == datetime.datetime(2026, 12, 2, 1, tzinfo=datetime.UTC).timestamp() * 1000
    assert plan.ends_at == plan.starts_at + 3_600_000
    assert plan.hosts == (Host("Ana", ("mastodon:ana@mastodon.social", "bluesky:ana.example.org", "ana_t")),)
    assert [(q.id, q.label, q.seconds, q.notes) for q in plan.questions] == [
        ("q1", "1", 480, "If it is slow: ask for a photo.")
    ]
    assert plan.script["welcome"] == "Welcome to #navasotaisd!"


def test_what_is_left_out_is_filled_in() -> None:
    plan = decode_plan('hashtags = ["NavasotaISD"]\n' + SPARSE + '[[questions]]\ntext = "What?"\n' * 6, NETWORKS)
    assert (plan.minutes, plan.introductions, plan.close) == (60, 8, 2)
    assert plan.series == "navasotaisd"
    assert plan.sources == ("practice",)
    assert [(q.id, q.label, q.minutes) for q in plan.questions] == [
        ("q1", "1", 8.5), ("q2", "2", 8.5), ("q3", "3", 8.5), ("q4", "4", 8.5), ("q5", "5", 8), ("q6", "6", 8),
    ]  # fmt: skip
    assert list(plan.script) == ["welcome", "format", "introduce", "heads_up", "thanks", "next_time", "saved"]
    assert "save this chat" in plan.script["saved"]
    assert "#NavasotaISD" in plan.script["saved"]


def test_thirty_minutes_have_room_for_four_questions() -> None:
    plan = decode_plan("minutes = 30\n" + SPARSE + '[[questions]]\ntext = "What?"\n' * 4, NETWORKS)
    assert (plan.introductions, plan.close) == (4, 2)
    assert [q.minutes for q in plan.questions] == [6, 6, 6, 6]


def test_only_the_questions_without_minutes_share_the_rest() -> None:
    text = SPARSE + '[[questions]]\ntext = "a"\nminutes = 20\n[[questions]]\ntext = "b"\n[[questions]]\ntext = "c"\n'
    assert [q.minutes for q in decode_plan(text, NETWORKS).questions] == [20, 15, 15]


def test_the_systems_timezone_holds_where_the_plan_names_none() -> None:
    text = 'title = "a"\nstarts = 2026-12-01T19:00:00\n'
    assert decode_plan(text, NETWORKS, default_timezone="Europe/London").timezone == "Europe/London"
    assert problems(text) == ['timezone is missing: write a line such as timezone = "America/Chicago"']


def test_labels_count_on_from_the_one_before() -> None:
    text = SPARSE + "".join(
        f'[[questions]]\ntext = "a"\n{label}' for label in ("label = 0\n", "", 'label = "Q3A"\n', "", "label = 4.1\n")
    )
    assert [q.label for q in decode_plan(text, NETWORKS).questions] == ["0", "1", "3a", "4", "4.1"]


def test_a_label_may_be_a_word_beside_which_numbers_count_on() -> None:
    queue = '[[questions]]\nlabel = "Warm-up"\ntext = "Warm-up: Where are you?"\n[[questions]]\ntext = "What?"\n'
    queue += '[[questions]]\nlabel = "QWrap"\ntext = "QWrap: What will you try?"\n[[questions]]\ntext = "Why?"\n'
    plan = decode_plan(SPARSE + queue, NETWORKS)
    labelled = [(q.label, q.text) for q in plan.questions]
    assert labelled == [("Warm-up", "Where are you?"), ("1", "What?"), ("QWrap", "What will you try?"), ("2", "Why?")]
    with pytest.raises(PlanError, match="the label Wrap is there twice"):
        decode_plan(SPARSE + queue + '[[questions]]\nlabel = "Wrap"\ntext = "Again?"\n', NETWORKS)


def test_a_label_counted_on_to_one_that_is_taken_tells_where_it_counted_from() -> None:
    labels = "".join(f'[[questions]]\n{label}\ntext = "Why?"\n' for label in ('label = "3"', 'label = "2"', ""))
    with pytest.raises(PlanError, match=r"label 3 is there twice \(a question without a label counts on from 2\)"):
        decode_plan(f'title = "x"\nstarts = 2026-12-01T19:00:00\ntimezone = "UTC"\n{labels}', NETWORKS)


def test_a_question_does_not_carry_its_label_twice() -> None:
    text = SPARSE + '[[questions]]\ntext = "Q1: What?"\n[[questions]]\ntext = "Q1.5 is no label of mine"\n'
    assert [q.text for q in decode_plan(text, NETWORKS).questions] == ["What?", "Q1.5 is no label of mine"]


def test_greetings_are_the_plan_s_own_in_its_order_then_ours() -> None:
    own = '[greetings]\nreturning = "Back, {name}!"\n"for all" = " Hello\\n{name} "\nschool = ""\n'
    found = decode_plan(SPARSE + own, NETWORKS).greetings
    assert found == {"returning": "Back, {name}!", "for all": "Hello {name}", "new": GREETINGS["new"]}
    assert list(found) == ["returning", "for all", "new"]
    assert decode_plan(SPARSE, NETWORKS).greetings == GREETINGS
    none = '[greetings]\nnew = ""\nschool = ""\nreturning = ""\n'
    assert decode_plan(SPARSE + none, NETWORKS).greetings == {"plain": PLAIN}


def test_an_empty_line_of_the_script_is_left_out() -> None:
    assert "thanks" not in decode_plan(SPARSE + '[script]\nthanks = ""\n', NETWORKS).script


def test_text_from_outside_is_made_harmless() -> None:
    plan = decode_plan(SPARSE.replace('"Stations"', r'"Sta\u0007ti\u202Eons\n of  it"'), NETWORKS)
    assert plan.title == "Stations of it"


def test_starts_may_stand_in_quotes() -> None:
    text = SPARSE.replace("2026-12-01T19:00:00", '"2026-12-01 19:00"')
    assert decode_plan(text, NETWORKS).starts == datetime.datetime.fromisoformat("2026-12-01T19:00")


@pytest.mark.parametrize(
    ("wall", "zone", "utc"),
    [
        ("2026-11-01T00:30:00", "America/Chicago", "2026-11-01T05:30Z"),
        ("2026-11-01T01:30:00", "America/Chicago", "2026-11-01T06:30Z"),  # twice there: the first
        ("2026-11-01T02:30:00", "America/Chicago", "2026-11-01T08:30Z"),
        ("2027-03-14T01:30:00", "America/Chicago", "2027-03-14T07:30Z"),
        ("2027-03-14T02:30:00", "America/Chicago", "2027-03-14T08:30Z"),  # not there: 3:30
        ("2027-03-14T03:30:00", "America/Chicago", "2027-03-14T08:30Z"),
        ("2027-03-28T00:59:00", "Europe/London", "2027-03-28T00:59Z"),
        ("2027-03-28T02:00:00", "Europe/London", "2027-03-28T01:00Z"),
        ("2026-10-25T01:30:00", "Europe/London", "2026-10-25T00:30Z"),
        ("2026-10-25T02:00:00", "Europe/London", "2026-10-25T02:00Z"),
    ],
)
def test_summer_time(wall: str, zone: str, utc: str) -> None:
    plan = decode_plan(f'title = "a"\nstarts = {wall}\ntimezone = "{zone}"\n', NETWORKS)
    assert plan.starts_at == datetime.datetime.fromisoformat(utc).timestamp() * 1000


def test_the_line_is_that_of_the_value_behind_comments_and_long_strings() -> None:
    text = (
        "# minutes = -3\n"
        + SPARSE  # lines 2 to 4
        + 'sources = [  # "\n  "practice",\n]\n'  # 5 to 7
        + '[[questions]]\ntext = """\nminutes = -3\n[[questions]]\n"""\n'  # 8 to 12
        + "\n[[questions]]\ntext = '''What?'''\n# so\nminutes = -3\n"  # 14 to 17
    )
    assert problems(text) == ["line 17: minutes must be a number above 0, got -3"]


@pytest.mark.parametrize("server", ["mastodon.social", "localhost:3000", "127.0.0.1", "192.168.1.20:3000"])
def test_a_mastodon_server_of_the_school_may_be_a_number_and_have_a_port(server: str) -> None:
    plan = decode_plan(
        f'{SPARSE}sources = ["mastodon:{server}"]\n[[hosts]]\nname = "Ana"\nhandles = ["mastodon:ana@{server}"]\n',
        NETWORKS,
    )
    assert plan.sources == (f"mastodon:{server}",)
    assert plan.hosts[0].handles == (f"mastodon:ana@{server}",)


@pytest.mark.parametrize(
    "server", ["", "mastodon", "https://mastodon.social", "mastodon.social/@ana", "a.b:port", "a:3"]
)
def test_what_is_no_mastodon_server_is_told(server: str) -> None:
    assert "mastodon needs the name of its server" in problems(f'{SPARSE}sources = ["mastodon:{server}"]\n')[0]
    host = f'[[hosts]]\nname = "Ana"\nhandles = ["mastodon:ana@{server}"]\n'
    assert "a handle is one word such as" in problems(f"{SPARSE}{host}")[0]


def test_all_mistakes_are_told_in_the_order_of_the_lines() -> None:
    text = """\
title = "Stations"
minuts = 60
starts = 2026-12-01T19:00:00
timezone = "central"
hashtags = ["a b", "ok"]
sources = ["twitter", "mastodon", "practice:old chat.json"]
introductions = -1
close = "2"

[[hosts]]
handles = ["twitter:ana", "x:ana b", "ana"]

[[questions]]
label = "one"
text = "a"
[[questions]]
label = "3"
[[questions]]
label = "3"
text = "c"
title = "d"

[script]
welcom = "hi"
"""
    assert problems(text) == [
        'line 2: "minuts" is not known: did you mean minutes?',
        'line 4: the timezone "central" is not known: did you mean America/Chicago?',
        'line 5: a hashtag is one word of letters, digits and _ and not digits alone, got "a b"',
        'line 6: "twitter" is no source of posts: did you mean x?',
        'line 6: mastodon needs the name of its server, such as "mastodon:mastodon.social", got "mastodon"',
        "line 7: introductions must be a number, 0 or more, got -1",
        'line 8: close must be a number, 0 or more, got "2"',
        'line 10: name is missing: write a line such as name = "Ana"',
        'line 11: "twitter:ana" names a network that is not known: did you mean x?',
        'line 11: a handle is one word such as "ana" or "mastodon:ana@mastodon.social", got "x:ana b"',
        'line 14: label must be a number, also with a letter or a part, such as "1", "3a" or "2.1", or a word of at'
        ' most 20 letters that begins with a capital, such as "QWrap" or "Warm-up", got "one"',
        'line 16: text is missing: write a line such as text = "What worked for you?"',
        "line 19: the label 3 is there twice: give each question its own",
        'line 21: "title" is not known: title belongs above the first line in [brackets]',
        'line 24: "welcom" is not known: did you mean welcome?',
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", 'title is missing: write a line such as title = "Stations that work"'),
        ("title = 3", "line 1: title must be a text in quotes, got 3"),
        ('title = ""', 'line 1: title is empty: write a line such as title = "Stations that work"'),
        (f'title = "{"a" * 201}"', "line 1: title must be no longer than 200 characters, got 201"),
        ("a" * (MAX_CHARACTERS + 1), "this is longer than any plan (500001 characters): is it the file?"),
    ],
)
def test_one_mistake(text: str, told: str) -> None:
    assert problems(text)[0] == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("hashtags = 'chat'", 'hashtags must be a list of texts such as ["navasotaisd"], got "chat"'),
        ("hashtags = ['2026']", 'a hashtag is one word of letters, digits and _ and not digits alone, got "2026"'),
        ("minutes = true", "minutes must be a number above 0, got true"),
        ("minutes = nan", "minutes must be a number above 0, got nan"),
        ("minutes = 0x" + "f" * 9000, "minutes must be 1440 or less (a day), got a very large number"),
        (
            "sources = ['bluesky:jetstream:no where']",
            'jetstream is "bluesky:jetstream" or has a server behind it, got "bluesky:jetstream:no where"',
        ),
        ("sources = ['bluesky:me']", 'write only "bluesky", got "bluesky:me"'),
        ("[questions]", "write [[questions]] with two brackets above each of the questions, got a table"),
        ("hosts = ['Ana']", 'write [[hosts]] with two brackets above each of the hosts, got ["Ana"]'),
        ("script = 'hi'", 'write [script] on a line of its own above the script\'s lines, got "hi"'),
        ("script.welcom = 'hi'", '"welcom" is not known: did you mean welcome?'),
        ("greetings = 'hi'", 'write [greetings] on a line of its own above the greetings, got "hi"'),
        ("greetings.new = 'Hi {nmae}'", '"{nmae}" is not known: did you mean {name}?'),
        (
            "greetings.x = 'Hi {title}'",
            '"{title}" is not known: a greeting can have {name}, {school}, {hashtag}, {series}',
        ),
        ("greetings.new = 5", "new must be a text in quotes, got 5"),
        ("greetings.'' = 'Hi'", 'the name of a greeting has 1 to 30 letters, got ""'),
        ("questions = [{text = 'a', minutes = 0}]", "minutes must be a number above 0, got 0"),
    ],
)
def test_a_wrong_line_behind_a_good_start(line: str, told: str) -> None:
    assert problems(f"{SPARSE}{line}\n") == [f"line 4: {told}"]


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        ("2026-12-01", "starts must be a date and a time such as starts = 2026-12-01T19:00:00, got 2026-12-01"),
        ("2026-12-01T19:00:00Z", "starts is local time in the timezone: leave out what is behind the seconds"),
        ("'soon'", 'starts must be a date and a time such as starts = 2026-12-01T19:00:00, got "soon"'),
        ("0001-01-01T00:00:00", "starts must be a date between 2000 and 2099, got 0001-01-01T00:00:00"),
        ("2026-13-01T19:00:00", "write date and time with all their digits, such as starts = 2026-12-01T19:00:00"),
    ],
)
def test_starts_that_is_no_time(starts: str, told: str) -> None:
    assert problems(SPARSE.replace("2026-12-01T19:00:00", starts)) == [f"line 2: {told}"]


@pytest.mark.parametrize("zone", ["America", "../../etc/passwd", "america/chicago", "Amerika/Chicago", "a\\u0000b"])
def test_a_timezone_that_is_not_one(zone: str) -> None:
    [told] = problems(SPARSE.replace("America/Chicago", zone))
    assert told.startswith("line 3: the timezone ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('\ntitle = "a\nb = 1', 'line 2: the text has no closing quote (")'),
        ("title = Stations", 'line 1: a text goes between quotes, such as title = "Stations that work"'),
        ("title = “Stations”", 'line 1: use straight quotes (") around a text, not curly ones'),
        ("title Stations", 'line 1: write name = value, such as title = "Stations that work"'),
        ('a = 1\ntitle = """\nb\n', "line 2: what begins here is never closed: look for a missing quote, ] or }"),
        ("a = 1\nb = [\n1,\n", "line 2: what begins here is never closed: look for a missing quote, ] or }"),
        ('title = "a"\ntitle = "b"', "line 2: this is already set further up: keep one of the two"),
        ("[script]\n[script]\n", "line 2: this is already set further up: keep one of the two"),
        (r'sources = ["practice:C:\Users"]', r"line 1: write \\ for each \ in a text, or put the text between single"),
        ("a = 1\ntitle =", 'line 2: there is nothing behind the =: write such as title = "Stations that work"'),
        ("[[questions]\n", "line 1: a heading goes between brackets, such as [script] or [[questions]]"),
        ("a = " + "[" * 9000, "line 1: this is not TOML (it is too deeply nested or has a number that is too long)"),
        ("a = 1\nb = " + "1" * 9000, "this is not TOML (it is too deeply nested or has a number that is too long)"),
    ],
)
def test_what_is_no_toml_is_told_in_plain_words(text: str, told: str) -> None:
    [problem] = problems(text)
    assert told in problem


LINES = st.one_of(
    st.sampled_from(DESIGN.splitlines()),
    st.text(max_size=40),
    st.builds(
        "{} = {}".format,
        st.sampled_from(
            ("title", "hashtags", "starts", "timezone", "minutes", "sources", "name", "handles", "label", "text")
        ),
        st.sampled_from(
            ("-1", "nan", "1e999", "'x:'", "[[]]", "[1]", "{}", "2026-01-01", '""', "true", "9" * 20, "'''")
        ),
    ),
    st.sampled_from(
        ("[[questions]]", "[questions]", "[[hosts]]", "[script]", "[hosts.a]", "[[questions.text]]", '"""')
    ),
)


@given(st.one_of(st.text(), st.lists(LINES, max_size=25).map("\n".join)))
@example("[[questions]]\ntext = 3\n[questions.text]\n")
def test_any_text_is_a_plan_or_a_plan_error(text: str) -> None:
    found: Plan | PlanError
    try:
        found = decode_plan(text, NETWORKS)
    except PlanError as error:
        found = error
    if isinstance(found, Plan):
        assert found.title
        assert all(question.minutes > 0 for question in found.questions)
    else:
        lines = [problem.line for problem in found.problems if problem.line is not None]
        assert lines == sorted(lines)
        assert all(1 <= line <= text.count("\n") + 1 for line in lines)
        assert not any("\n" in str(problem) for problem in found.problems)


def test_a_plan_survives_the_session_file() -> None:
    plan = decode_plan(DESIGN, NETWORKS)
    assert msgspec.json.decode(msgspec.json.encode(plan), type=Plan) == plan


def test_a_session_file_written_by_hand_needs_no_whole_plan() -> None:
    event = decode_event(
        b'{"seq":1,"at":1,"by":null,"command":null,"type":"session_opened","schema":1,"rehearsal":false,'
        b'"plan":{"title":"Old chat","questions":[{"id":"q1","label":"1","text":"What?"}]}}'
    )
    assert isinstance(event, SessionOpened)
    assert event.plan.questions[0].seconds == 480
    assert event.plan.hosts == ()


TWO = '[[hosts]]\nname = "Ana"\n[[hosts]]\nname = "Ben"\n'
THREE = '[[questions]]\ntext = "a"\n[[questions]]\ntext = "b"\n[[questions]]\ntext = "c"\n'


def turns(text: str) -> list[str]:
    return [question.turn for question in decode_plan(text, NETWORKS).questions]


def test_hosts_take_turns_as_the_plan_says_and_a_question_may_say_otherwise() -> None:
    assert turns(f"{SPARSE}{TWO}{THREE}") == ["", "", ""]
    assert turns(f'{SPARSE}turns = "alternate"\n{TWO}{THREE}') == ["Ana", "Ben", "Ana"]
    assert turns(f'{SPARSE}turns = ["ben", "Ben", "Ana"]\n{TWO}{THREE}') == ["Ben", "Ben", "Ana"]
    assert turns(f'{SPARSE}turns = ["Kim"]\n{THREE}turn = ""\n') == ["Kim", "Kim", ""]
    assert turns(f'{SPARSE}{TWO}{THREE}turn = "ANA"\n') == ["", "", "Ana"]


def test_a_turn_that_nobody_can_have_is_told_by_its_line() -> None:
    assert problems(f'{SPARSE}turns = "alternate"\n') == [
        'line 4: turns = "alternate" needs two [[hosts]]; or name them: turns = ["Ana", "Ben"]'
    ]
    assert problems(f'{SPARSE}turns = "Ana"\n{TWO}') == [
        'line 4: turns must be "alternate" or a list such as ["Ana", "Ben"], got "Ana"'
    ]
    assert problems(f'{SPARSE}turns = ["Ana", "Bem"]\n{TWO}{THREE}turn = "Zoe"\n') == [
        'line 4: "Bem" is no host of this plan: did you mean Ben?',
        'line 15: "Zoe" is no host of this plan: the hosts are Ana, Ben',
    ]
    assert problems(f"{SPARSE}turns = 2\n") == [
        'line 4: turns must be a list of texts such as ["Ana", "Ben"], or "alternate", got 2'
    ]

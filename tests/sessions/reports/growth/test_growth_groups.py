"""No group under five is shown, nor can its size be worked out from what is."""

from hypothesis import given
from hypothesis import strategies as st

from sessions.reports.growth import Groups
from sessions.reports.growth.groups import FEWEST, grouped

_SIZES = st.dictionaries(st.sampled_from(["", "Ash", "Birch", "Cedar", "Dogwood", "Elm"]), st.integers(1, 9))


def of(sizes: dict[str, int], directory: dict[str, int] | None = None) -> Groups:
    def names(counts: dict[str, int]) -> list[str]:
        return [name for name, people in counts.items() for _ in range(people)]

    return grouped(names(sizes), names(directory or {}))


def shown(groups: Groups) -> dict[str, int]:
    return {one.name: one.people for one in groups.groups}


def test_small_groups_are_merged() -> None:
    groups = of({"Ash": 9, "Birch": 3, "Cedar": 3})
    assert (shown(groups), groups.others, groups.not_known) == ({"Ash": 9}, 6, None)


def test_nothing_is_merged_where_nothing_is_small() -> None:
    groups = of({"Ash": 5, "Birch": 9, "": 6})
    assert (shown(groups), groups.others, groups.not_known) == ({"Ash": 5, "Birch": 9}, None, 6)
    assert [one.name for one in groups.groups] == ["Birch", "Ash"]


def test_one_small_group_takes_those_of_whom_nothing_is_known_with_it() -> None:
    groups = of({"Ash": 9, "Birch": 3, "": 20})
    assert (shown(groups), groups.others, groups.not_known) == ({"Ash": 9}, 23, None)


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    groups = of({"Ash": 9, "Birch": 3, "Cedar": 7})
    assert (shown(groups), groups.others) == ({"Ash": 9}, 10)


def test_two_groups_of_four_are_not_given_away_by_their_sum() -> None:
    assert of({"Ash": 9, "Birch": 4, "Cedar": 4, "Dogwood": 9}).others == 17
    assert of({"": 5, "Ash": 4, "Birch": 4, "Cedar": 4}).others == 17


def test_a_group_of_which_few_came_is_named_if_it_is_large_enough_itself() -> None:
    sizes, directory = {"Ash": 9, "Birch": 3, "Cedar": 3}, {"Ash": 20, "Birch": 8, "Cedar": 4, "Elm": 5}
    assert of(sizes, directory).hardly_reached == ("Birch", "Elm")


def test_no_group_is_named_as_hardly_reached_where_a_large_one_had_to_be_merged() -> None:
    sizes = {"": 1, "Ash": 5, "Birch": 5, "Cedar": 5}
    assert of(sizes, {"Elm": 9}).hardly_reached == ()


def test_no_group_is_named_as_hardly_reached_where_nothing_is_left_to_merge_with() -> None:
    assert of({"Ash": 4, "Birch": 4}, {"Ash": 9, "Birch": 9}).hardly_reached == ()


@given(_SIZES)
def test_everybody_is_counted_once_and_no_number_is_under_five(sizes: dict[str, int]) -> None:
    groups = of(sizes)
    numbers = [*shown(groups).values(), *filter(None, (groups.others, groups.not_known))]
    assert sum(numbers) == sum(sizes.values())
    if sum(sizes.values()) >= FEWEST:
        assert all(number >= FEWEST for number in numbers)
    assert all(people == sizes[name] for name, people in shown(groups).items())


@given(_SIZES)
def test_the_size_of_a_small_group_cannot_be_worked_out(sizes: dict[str, int]) -> None:
    """Somebody who knows which groups there are finds two sizes for each small one that go with this page."""
    directory = dict.fromkeys(filter(None, sizes), 9)
    page = of(sizes, directory)
    if sum(sizes.values()) < FEWEST:
        return
    hidden = [name for name in sizes if name not in shown(page) and (name or page.not_known is None)]
    most = {name: FEWEST - 1 if name in page.hardly_reached else page.others or 0 for name in hidden}
    for name in (name for name in hidden if sizes[name] < FEWEST):
        rest = sum(size for other, size in most.items() if other != name)
        assert min(most[name], page.others or 0) > max(0, (page.others or 0) - rest)


@given(st.lists(st.text(max_size=6)))
def test_names_from_outside_never_break_it(names: list[str]) -> None:
    groups = grouped(names, names)
    assert sum(shown(groups).values()) + (groups.others or 0) + (groups.not_known or 0) == len(names)

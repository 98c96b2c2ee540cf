from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hotelml_app.store.exported.timeline import Sighting, observe, unite


def seen(day: int, state: str) -> Sighting:
    return Sighting(f"{day:02d}", f"{day:02d}", state.encode(), day)


def timeline(*observations: tuple[int, str]) -> list[tuple[str, str, str]]:
    states: list[Sighting] = []
    for day, state in observations:
        states = observe(states, seen(day, state))
    return [(one.first, one.last, one.fingerprint.decode()) for one in states]


def state_on(told: list[tuple[str, str, str]], day: int) -> str | None:
    before = [state for first, _, state in told if first <= f"{day:02d}"]
    return before[-1] if before else None


def test_a_state_seen_again_is_one_state() -> None:
    assert timeline((1, "A"), (2, "A"), (3, "B"), (4, "B")) == [("01", "02", "A"), ("03", "04", "B")]


def test_a_booking_that_goes_back_to_how_it_was_keeps_all_three_states() -> None:
    assert timeline((1, "A"), (2, "B"), (3, "A")) == [("01", "01", "A"), ("02", "02", "B"), ("03", "03", "A")]


def test_an_older_export_shows_that_a_state_began_earlier() -> None:
    assert timeline((3, "A"), (1, "A")) == [("01", "03", "A")]


def test_an_older_export_that_differs_stays_behind_the_newest_state() -> None:
    assert timeline((3, "B"), (1, "A")) == [("01", "01", "A"), ("03", "03", "B")]


def test_an_older_export_cuts_a_state_in_two_and_the_newest_still_holds() -> None:
    assert timeline((1, "A"), (3, "A"), (2, "B")) == [("01", "01", "A"), ("02", "02", "B"), ("03", "03", "A")]


def test_the_later_export_of_one_day_counts() -> None:
    assert timeline((1, "A"), (1, "B")) == [("01", "01", "B")]
    assert timeline((1, "A"), (2, "B"), (2, "A")) == [("01", "02", "A")]
    assert timeline((1, "A"), (2, "A"), (2, "B")) == [("01", "01", "A"), ("02", "02", "B")]


observations = st.dictionaries(st.integers(1, 12), st.sampled_from("ABC"), min_size=1)


@given(observations, st.randoms(use_true_random=False))
def test_in_whatever_order_exports_come_every_one_of_them_stays_true(shown: dict[int, str], random: object) -> None:
    order = list(shown.items())
    random.shuffle(order)  # type: ignore[attr-defined]
    told = timeline(*order)
    newest = max(shown)
    assert state_on(told, newest) == shown[newest]
    assert told[-1][1] == f"{newest:02d}"
    assert told[0][0] == f"{min(shown):02d}"
    assert [first for first, _, _ in told] == sorted({first for first, _, _ in told})
    assert all(last < following for (_, last, _), (following, _, _) in pairwise(told))
    assert all(one[2] != other[2] for one, other in pairwise(told))
    # Every state that is told was really shown, on the days it begins and ends.
    assert all(shown[int(first)] == state == shown[int(last)] for first, last, state in told)


@given(observations)
def test_in_order_the_history_is_exact(shown: dict[int, str]) -> None:
    told = timeline(*sorted(shown.items()))
    assert all(state_on(told, day) == state for day, state in shown.items())


@given(observations, st.data())
def test_showing_an_export_again_changes_nothing(shown: dict[int, str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(sorted(shown.items())))
    assert timeline(*order, order[-1]) == timeline(*order)


@given(observations, st.data())
def test_whatever_came_before_all_exports_in_order_make_the_history_exact(shown: dict[int, str], data: st.DataObject) -> None:
    order = data.draw(st.permutations(sorted(shown.items())))
    told = timeline(*order, *sorted(shown.items()))
    assert all(state_on(told, day) == state for day, state in shown.items())


def sightings(shown: dict[int, str]) -> list[Sighting]:
    states: list[Sighting] = []
    for day, state in sorted(shown.items()):
        states = observe(states, seen(day, state))
    return states


def told_of(states: list[Sighting]) -> list[tuple[str, str, str]]:
    return [(one.first, one.last, one.fingerprint.decode()) for one in states]


@given(observations, st.integers(0, 13), st.booleans())
def test_a_history_cut_in_two_and_put_together_is_the_history(shown: dict[int, str], cut: int, older_first: bool) -> None:
    halves = [sightings({day: state for day, state in shown.items() if (day < cut) is older}) for older in (True, False)]
    together = unite(*(halves if older_first else halves[::-1]), ({}, {}))
    assert told_of(together) == timeline(*sorted(shown.items()))


@given(observations, st.data())
def test_of_days_told_under_two_names_in_turn_all_that_is_certain_stays_true(shown: dict[int, str], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(shown))))
    parts = [{day: state for day, state in shown.items() if (day in chosen) is here} for here in (True, False)]
    halves = [sightings(one) for one in parts]
    together = told_of(unite(*halves, ({}, {})))
    ends = {int(day) for half in halves for one in half for day in (one.first, one.last)}
    assert all(state_on(together, day) == shown[day] for day in ends)
    assert together[-1][1:] == (f"{max(shown):02d}", shown[max(shown)])
    assert all(shown[int(first)] == state == shown[int(last)] for first, last, state in together)
    assert all(one[2] != other[2] for one, other in pairwise(together))


def test_of_two_names_on_one_day_the_later_export_counts() -> None:
    one, other = [seen(1, "A")], [seen(1, "B")]
    assert told_of(unite(one, other, ({"01": 7}, {"01": 5}))) == [("01", "01", "A")]
    assert told_of(unite(one, other, ({"01": 5}, {"01": 7}))) == [("01", "01", "B")]

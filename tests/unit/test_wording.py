"""How sentences write a value."""

from datetime import date

from trends import wording


def test_writing() -> None:
    assert wording.millions(109_919_392) == "109.9 million"
    assert wording.thousands(27_293.4) == "27,293"
    assert wording.times(4.235) == "4.2 times"
    assert wording.fold(7.18) == "7.2-fold"
    assert wording.percent(0.579) == "57.9 percent"
    assert wording.percent(0.51) == "51 percent"
    assert wording.percent(0.5, 0) == "50 percent"
    assert wording.points(0.049) == "4.9 points"
    assert wording.dollars(150_000) == "150,000 dollars"
    assert wording.month_name("2022-09") == "September 2022"
    assert wording.day_name(date(2025, 6, 11)) == "11 June 2025"
    assert (
        wording.month_span((date(2022, 9, 1), date(2023, 1, 1))) == "September 2022 to January 2023"
    )
    assert wording.month_span((date(2022, 9, 1),)) == "September 2022"
    assert [wording.listing(names) for names in ("abc", "ab", "")] == ["a, b and c", "a and b", ""]
    assert [wording.in_words(k) for k in (0, 4, 10, 1500)] == ["no", "four", "ten", "1,500"]
    assert wording.capital("nine claims") == "Nine claims"
    assert [wording.wait(ms) for ms in (1240, 87.4)] == ["1.2 seconds", "87 milliseconds"]
    assert [wording.megabytes(size) for size in (15.92, 647.2)] == ["15.9 MB", "647 MB"]

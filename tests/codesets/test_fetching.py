"""Where a file that has moved is fetched from."""

from __future__ import annotations

import pytest

from medcode.codesets.fetching import FetchError, _connection, _moved, fetched

HERE = "https://example.org/files/old.csv?year=1"


@pytest.mark.parametrize(
    ("place", "there"),
    [
        ("/new.csv", "https://example.org/new.csv"),
        ("//cdn.example/y", "https://cdn.example/y"),
        ("new.csv", "https://example.org/files/new.csv"),
        ("../new.csv?year=2", "https://example.org/new.csv?year=2"),
        ("https://example.net/new.csv", "https://example.net/new.csv"),
    ],
)
def test_a_place_is_read_as_a_browser_would(place: str, there: str) -> None:
    assert _moved(HERE, place) == there


def test_a_place_that_is_no_address_is_named() -> None:
    with pytest.raises(FetchError, match=r"^//\[oops: not a valid address"):
        _moved(HERE, "//[oops")


@pytest.mark.parametrize("place", ["http://example.net/new.csv", "ftp://example.net/new.csv"])
def test_a_file_that_has_moved_is_still_fetched_over_https_alone(place: str) -> None:
    with pytest.raises(FetchError, match="only https addresses can be fetched"):
        _connection(_moved(HERE, place))


@pytest.mark.parametrize("url", ["https://127.0.0.1:1/é.csv", "https://a..b/x.csv"])
def test_an_address_that_cannot_be_written_is_named(url: str) -> None:
    with pytest.raises(FetchError, match=r"codec|label"), fetched(url):
        pytest.fail("nothing is there")

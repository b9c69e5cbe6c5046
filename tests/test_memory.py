import gc

import pytest

from toolkit.memory import uncollected


def test_the_search_for_garbage_is_taken_up_again_whatever_happens():
    with pytest.raises(ValueError, match="no"), uncollected():
        assert not gc.isenabled()
        raise ValueError("no")
    assert gc.isenabled()


def test_whoever_put_it_off_before_has_it_put_off_after():
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()

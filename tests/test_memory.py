import gc

import pyarrow
import pytest

from toolkit.memory import given_back, uncollected


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


def test_arrow_has_its_own_pool_again_whatever_happens():
    before = pyarrow.default_memory_pool().backend_name
    with pytest.raises(ValueError, match="no"), given_back():
        assert pyarrow.default_memory_pool().backend_name == "system"
        raise ValueError("no")
    assert pyarrow.default_memory_pool().backend_name == before

from amends.kit.keys import new_key


def test_keys_can_be_read_out_and_do_not_repeat() -> None:
    keys = [new_key() for _ in range(2000)]
    assert len(set(keys)) == 2000
    assert all(len(key) == 16 for key in keys)
    used = set("".join(keys))
    assert used == set("23456789abcdefghjkmnpqrstuvwxyz")
    assert not used & set("01lio")

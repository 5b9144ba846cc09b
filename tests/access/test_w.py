import time
def test_w(world):
    assert world.objects
    print(world.objects.keys())

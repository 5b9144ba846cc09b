import pytest
from collections import defaultdict

pytestmark = [pytest.mark.django_db]


def test_probe(world, seen):
    out = defaultdict(set)
    fails = []
    for s in seen:
        for f, o in world.marks.within(s.text):
            out[f, o].add((s.person, s.page))
    with open("/tmp/probe.txt", "w") as h:
        for (f, o), v in sorted(out.items()):
            by = defaultdict(list)
            for p, g in sorted(v):
                by[p].append(g)
            h.write(f"{f} [{o}]\n")
            groups = defaultdict(list)
            for p, g in by.items():
                groups[tuple(g)].append(p)
            for g, p in groups.items():
                h.write(f"     {' '.join(p)}: {' '.join(g)}\n")
        h.write(
            f"fields never seen: {[f for f in world.marks.fields if f not in {a for a, _ in out}]}\n"
        )
        h.write(f"pages seen: {sorted({s.page for s in seen})}\n")

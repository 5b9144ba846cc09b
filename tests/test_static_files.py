"""Scripts as browsers get them: old ones and new ones never meet. Pages: squeezed."""

import gzip

import pytest

from practicelens.static_files import Storage


def collected(folder, **scripts):
    """{name: the name that it is given} of some scripts that lie in a folder."""
    storage = Storage(location=folder, base_url="/static/")
    names = [f"{name}.js" for name in scripts]
    for name, text in zip(names, scripts.values(), strict=True):
        (folder / name).write_text(text)
    return {
        name: given
        for name, given, _ in storage.post_process({name: (storage, name) for name in names})
    }


def test_a_script_asks_for_what_it_imports_as_it_was_when_it_was_built(tmp_path):
    given = collected(
        tmp_path, first='import { two } from "./second.js";\n', second="export const two = 2;\n"
    )

    text = (tmp_path / given["first.js"]).read_text()

    assert given["second.js"] != "second.js"
    assert given["second.js"] in text


def test_another_import_gives_the_script_another_name(tmp_path):
    first = 'import { two } from "./second.js";\n'
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()

    old = collected(before, first=first, second="export const two = 2;\n")
    new = collected(after, first=first, second="export const two = 1 + 1;\n")

    assert old["first.js"] != new["first.js"]


@pytest.mark.django_db
def test_a_page_is_squeezed_for_a_browser_that_can_read_that(psw_client):
    asked = {"Accept-Encoding": "gzip, br"}
    plain, *squeezed = [psw_client.get("/")] + [
        psw_client.get("/", headers=asked) for _ in range(9)
    ]

    assert "Content-Encoding" not in plain
    assert {answer["Content-Encoding"] for answer in squeezed} == {"gzip"}
    assert gzip.decompress(squeezed[0].content).strip().lower().startswith(b"<!doctype html>")
    assert len(squeezed[0].content) * 2 < len(plain.content)


@pytest.mark.django_db
def test_the_length_of_a_squeezed_page_changes_though_the_page_does_not(psw_client):
    asked = {"Accept-Encoding": "gzip"}
    address = "/people/accessibility/"

    lengths = {len(psw_client.get(address, headers=asked).content) for _ in range(12)}

    assert len(lengths) > 3

"""Files: folders, links and packed files are opened in place, and nothing in them can reach out."""

import bz2
import gzip
import lzma
import zipfile

import pytest

from toolkit import files, load_corpus

ROW = "title,text\nTalks open,The delegations met in the harbour town on Monday morning.\n"


def outcomes(path) -> dict[str, str]:
    ledger = load_corpus(path).ledger
    return dict(zip(ledger["source"], ledger["status"] + ": " + ledger["reason"], strict=True))


def write_zip(path, members: dict[str, str | bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)


def test_a_zip_is_opened_in_place_and_its_members_are_named_in_the_ledger(tmp_path):
    write_zip(tmp_path / "export.zip", {"2022/news.csv": ROW, "2022/notes.docx2": "x", "__MACOSX/._news.csv": "x"})
    assert outcomes(tmp_path) == {
        "export.zip/2022/news.csv row 1": "kept: ",
        "export.zip/2022/notes.docx2": "dropped: no reader for .docx2",
        "export.zip/__MACOSX/._news.csv": "dropped: hidden",
    }


@pytest.mark.parametrize(("suffix", "module"), [(".gz", gzip), (".bz2", bz2), (".xz", lzma)])
def test_a_compressed_table_is_read_by_the_suffix_inside(tmp_path, suffix, module):
    (tmp_path / f"news.csv{suffix}").write_bytes(module.compress(ROW.encode()))
    assert outcomes(tmp_path) == {f"news.csv{suffix} row 1": "kept: "}


def test_a_compressed_file_within_a_zip_is_read(tmp_path):
    write_zip(tmp_path / "a.zip", {"news.csv.gz": gzip.compress(ROW.encode())})
    assert outcomes(tmp_path) == {"a.zip/news.csv.gz row 1": "kept: "}


def test_a_name_within_a_zip_makes_no_path(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    write_zip(folder / "evil.zip", {"../../escaped.csv": ROW, "/etc/escaped.csv": ROW, "line\nbreak.csv": ROW})
    assert list(outcomes(folder)) == [
        "evil.zip/../../escaped.csv row 1",
        "evil.zip//etc/escaped.csv row 1",
        "evil.zip/line break.csv row 1",
    ]
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "evil.zip"]


def test_a_bomb_is_not_unpacked_and_the_other_files_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "SMALL", 50_000)
    write_zip(tmp_path / "bomb.zip", {"a.csv": ROW, "bomb.csv": "a,b\n" + "0" * 30_000_000})
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"0" * 30_000_000))
    assert outcomes(tmp_path) == {
        "bomb.txt.gz": "dropped: holds far more than its size: not unpacked",
        "bomb.zip/a.csv row 1": "kept: ",
        "bomb.zip/bomb.csv": "dropped: holds far more than its size: not unpacked",
    }


def test_a_zip_within_a_zip_a_locked_one_and_a_broken_one_are_said(tmp_path):
    write_zip(tmp_path / "inner.zip", {"a.csv": ROW})
    write_zip(tmp_path / "outer.zip", {"inner.zip": (tmp_path / "inner.zip").read_bytes()})
    whole = (tmp_path / "inner.zip").read_bytes()
    (tmp_path / "cut.zip").write_bytes(whole[: len(whole) // 2])
    locked = bytearray(whole)
    locked[6] |= 1  # the flag that says: encrypted
    locked[whole.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(bytes(locked))
    found = outcomes(tmp_path)
    assert found.pop("cut.zip").startswith("dropped: not a zip file that can be read")
    assert found == {
        "inner.zip/a.csv row 1": "kept: ",
        "locked.zip/a.csv": "dropped: encrypted: unpack it first",
        "outer.zip/inner.zip": "dropped: a zip within a zip: unpack it first",
    }


def test_a_compressed_file_that_breaks_off_is_dropped_with_a_reason(tmp_path):
    (tmp_path / "a.csv").write_text(ROW)
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(ROW.encode())[:30])
    assert outcomes(tmp_path)["cut.csv.gz"].startswith("dropped: cannot be unpacked")


def test_links_are_followed_only_to_files_within_the_folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "secret.csv").write_text(ROW)
    (folder / "a.csv").write_text(ROW)
    for name, target in {
        "out.csv": tmp_path / "secret.csv",
        "in.csv": folder / "a.csv",
        "none.csv": folder / "none",
        "loop": folder,
    }.items():
        (folder / name).symlink_to(target)
    assert outcomes(folder) == {
        "a.csv row 1": "kept: ",
        "in.csv row 1": "kept: ",
        "loop": "dropped: a link to a folder",
        "none.csv": "dropped: a link to nothing",
        "out.csv": "dropped: a link out of the folder",
    }


def test_nothing_is_left_behind_in_the_folder_for_temporary_files(tmp_path, monkeypatch):
    monkeypatch.setattr(files.tempfile, "tempdir", str(tmp_path))
    (tmp_path / "in").mkdir()
    write_zip(tmp_path / "in" / "a.zip", {"a.csv": ROW, "b.csv": ROW})
    load_corpus(tmp_path / "in")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]

"""What is inside a file decides, whatever it is called."""

import zlib
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfReader

from pledges import documents, files, pictures
from pledges.unfit import Unfit

from .made_files import (
    GPS,
    blank,
    lattice,
    pdf,
    pdf_that_opens,
    photograph,
    picture,
    upload,
    written,
)

HTML = b"<html><script>alert(1)</script></html>"


def read(content: bytes, name: str = "x.png", content_type: str = "image/png") -> files.Found:
    return files.read(upload(content, name, content_type))


def opened(found: files.Found) -> Image.Image:
    return Image.open(BytesIO(found.content))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("name", ["x.pdf", "x.exe", "x", "x.html"])
def test_a_picture_is_a_picture_under_any_name(kind, name):
    found = read(picture(kind), name, "application/pdf")
    assert (found.kind.label.upper(), opened(found).format) == (kind, kind)
    assert (found.width, found.height) == (64, 48)


def test_sixteen_bits_of_grey_keep_their_shades():
    sent = BytesIO()
    Image.linear_gradient("L").convert("I").point(lambda value: value * 257).convert("I;16").save(sent, "PNG")
    with Image.open(sent) as written_so:
        assert written_so.mode == "I;16"
    shades = opened(read(sent.getvalue())).convert("L")
    assert [shades.getpixel((0, row)) for row in (0, 128, 255)] == [0, 128, 255]


def test_a_pdf_is_kept_byte_for_byte_under_any_name():
    content = pdf(title="Our plan")
    found = read(content, "x.png")
    assert (found.kind, found.content, found.width) == (files.Kind.PDF, content, None)


def test_nothing_but_the_picture_is_kept_of_a_photograph():
    sent = photograph()
    assert b"Zebracam" in sent
    assert Image.open(BytesIO(sent)).getexif().get_ifd(GPS)
    found = read(sent)
    assert (found.width, found.height) == (40, 80)  # upright
    kept = opened(found)
    assert not kept.getexif()
    assert b"ebra" not in found.content
    assert set(kept.info) <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_words_and_places_in_other_pictures_are_gone_as_well(kind):
    exif = Image.Exif()
    exif[0x010F] = "Zebracam"
    exif.get_ifd(GPS).update({1: "N"})
    sent = picture(kind, exif=exif)
    assert b"Zebracam" in sent
    found = read(sent)
    assert not opened(found).getexif()
    assert b"Zebracam" not in found.content


def test_the_text_chunks_of_a_png_are_gone():
    from PIL.PngImagePlugin import PngInfo

    words = PngInfo()
    words.add_text("Author", "zebramark")
    words.add_itxt("XML:com.adobe.xmp", "<x>zebramark</x>")
    sent = picture(pnginfo=words)
    assert b"zebramark" in sent
    assert b"zebramark" not in read(sent).content


def test_what_hides_behind_a_picture_is_gone():
    for kind in ("PNG", "JPEG", "WEBP"):
        for hidden in (HTML, pdf(), b"PK\x03\x04 zip"):
            assert hidden not in read(picture(kind) + hidden).content


def test_a_large_picture_is_made_smaller_and_keeps_its_shape():
    found = read(picture("JPEG", size=(6000, 3000)))
    assert (found.width, found.height) == (pictures.LONGEST_SIDE, pictures.LONGEST_SIDE // 2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_of_every_make_become_plain_ones(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"
    found = read(picture(kind, mode=mode, colour=0))
    assert opened(found).mode == ("RGBA" if mode in {"LA", "RGBA"} else "RGB")


def test_a_colour_profile_is_worked_in_and_left_out():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for given in (profile, b"nonsense"):
        assert "icc_profile" not in opened(read(picture("JPEG", icc_profile=given))).info


def refused(content: bytes, **more) -> str:
    with pytest.raises(Unfit) as unfit:
        read(content, **more)
    return str(unfit.value)


@pytest.mark.parametrize(
    "content",
    [
        HTML,
        b"x",
        b"GIF89a" + b"\0" * 40,
        b"PK\x03\x04" + b"\0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"MZ" + b"\0" * 100,
        HTML + pdf(),  # a PDF that begins with a page
    ],
)
def test_anything_else_is_refused(content):
    assert "neither a PDF nor a picture" in refused(content, name="picture.png")


def test_an_empty_file_is_refused():
    assert "empty" in refused(b"")


def test_a_file_over_the_limit_is_refused():
    assert "larger than 10 MB" in refused(b"%PDF-" + b"0" * files.MOST_BYTES)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("part", [0.5, 0.9])
def test_a_picture_that_is_cut_off_is_refused(kind, part):
    noise = BytesIO()
    Image.effect_noise((200, 200), 90).convert("RGB").save(noise, kind)
    whole = noise.getvalue()
    assert "damaged or cut off" in refused(whole[: int(len(whole) * part)])


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = bytearray(picture())
    bomb[16:24] = (60_000).to_bytes(4, "big") + (60_000).to_bytes(4, "big")
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4, "big")
    assert "more than 25 million pixels" in refused(bytes(bomb))


def test_the_bound_of_pixels_is_that_of_the_kind():
    assert "25 million" in refused(picture(size=(5200, 5000), mode="1", colour=0))
    assert read(picture("JPEG", size=(5200, 5000))).kind == files.Kind.JPEG


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_moves_is_refused(kind):
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    assert "moves" in refused(out.getvalue())


def test_of_two_pictures_in_one_photograph_the_first_is_kept():
    out = BytesIO()
    Image.new("RGB", (20, 20), "red").save(
        out, "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9), "blue")]
    )
    found = read(out.getvalue())
    assert (found.kind, found.width) == (files.Kind.JPEG, 20)


def with_a_file() -> bytes:
    writer = blank()
    writer.add_attachment("other.txt", b"hidden")
    return written(writer)


def escaped_script() -> bytes:
    """A script whose names are written in another way."""
    return pdf_that_opens("/JavaScript", JS="app.alert(1)").replace(b"/JavaScript", b"/J#61vaScript")


@pytest.mark.parametrize(
    "content",
    [
        pdf_that_opens("/JavaScript", JS="app.alert(1)"),
        escaped_script(),
        pdf_that_opens("/Launch", F="cmd.exe"),
        pdf_that_opens("/ImportData", F="x"),
        pdf_that_opens("/SubmitForm", F="https://example.org/"),
        pdf_that_opens("/GoToE", F="x"),
        with_a_file(),
    ],
)
def test_a_pdf_that_acts_or_carries_another_file_is_refused(content):
    assert "holds a program, another file" in refused(content)


def test_a_script_that_is_packed_away_is_found():
    writer = blank()
    script = pdf_that_opens("/JavaScript", JS="app.alert(1)")
    writer.clone_document_from_reader(PdfReader(BytesIO(script)))
    out = BytesIO()
    writer.write(out)
    assert "holds a program" in refused(out.getvalue())


def test_a_locked_pdf_is_refused():
    writer = blank()
    writer.encrypt("secret", algorithm="AES-256")
    assert "locked with a password" in refused(written(writer))


def test_a_pdf_with_too_many_pages_or_none_is_refused():
    assert "more than 200 pages" in refused(pdf(pages=documents.MOST_PAGES + 1))
    assert "pages, or none" in refused(pdf(pages=0))


@pytest.mark.parametrize(
    ("with_a_page", "sentence"), [(True, "more than 200 pages"), (False, "too many parts")]
)
def test_a_pdf_whose_few_parts_make_a_thousand_million_pages_is_refused(with_a_page, sentence):
    assert sentence in refused(lattice(with_a_page=with_a_page))


@pytest.mark.parametrize("content", [b"%PDF-", b"%PDF-1.7\n" + b"\0" * 500, pdf()[:300]])
def test_a_pdf_that_cannot_be_read_is_refused(content):
    assert "damaged or cut off" in refused(content) or "behind the end" in refused(content)


@pytest.mark.parametrize("hidden", [HTML, b"PK\x03\x04" + b"\0z" * 40, picture()])
def test_a_pdf_that_is_something_else_as_well_is_refused(hidden):
    assert "behind the end" in refused(pdf() + hidden)


def test_a_pdf_nested_beyond_measure_is_refused_in_time():
    deep = pdf().replace(b"/Title (Plan)", b"/Title " + b"[" * 5000 + b"]" * 5000)
    assert refused(deep)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("/etc/shadow.png", "shadow.png"),
        ("a\x00b\r\nc.png", "ab c.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ("äiti 👩‍👧 kuva.png", "äiti 👩‍👧 kuva.png"),
        ("صورة.png", "صورة.png"),
        ("", "–"),
        ("x" * 200 + ".jpeg", "x" * 111 + "…" + "xxx.jpeg"),
    ],
)
def test_a_name_is_kept_for_its_owner_only_as_far_as_it_does_no_harm(sent, name):
    assert files.name_of(sent) == name
    assert len(name) <= files.LONGEST_NAME


def test_the_same_file_is_known_again_though_it_is_made_anew():
    assert read(photograph()).sha256 == read(photograph(), "other.jpg").sha256
    assert read(photograph()).sha256 != read(photograph(orientation=1)).sha256

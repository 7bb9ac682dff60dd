"""Three pages, no account, no scripts; one voice however often the button is pressed."""

from __future__ import annotations

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from core_crm.files.selectors import files_about
from core_crm.voices.models import Voice
from tests.sodam.citizen.kit import WHAT, YOU, file_a_voice, ref_of


def a_photo(name: str = "길.png") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 8), "grey").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def test_a_voice_is_filed_in_three_pages_and_gets_a_receipt(citizen: Client) -> None:
    answer = file_a_voice(citizen)
    receipt = citizen.get(answer["Location"])
    voice = Voice.objects.get()
    assert answer.status_code == 302
    assert voice.ref in receipt.content.decode()
    assert (voice.channel, voice.citizen.phone) == ("portal", "+821000004211")


def test_pressing_the_last_button_twice_files_one_voice(citizen: Client) -> None:
    citizen.post("/voices/new/what", WHAT)
    citizen.post("/voices/new/you", YOU)
    key = citizen.get("/voices/new/check").context["filing"].key
    first = citizen.post("/voices/new/check", {"key": key})
    second = citizen.post("/voices/new/check", {"key": key})
    assert first["Location"] == second["Location"]
    assert Voice.objects.count() == 1


def test_a_second_press_that_overtook_the_first_files_one_voice(citizen: Client) -> None:
    citizen.post("/voices/new/what", WHAT)
    citizen.post("/voices/new/you", YOU)
    key = citizen.get("/voices/new/check").context["filing"].key
    draft = dict(citizen.session["filing"])
    first = citizen.post("/voices/new/check", {"key": key})
    session = citizen.session
    session["filing"] = draft
    session["filed"] = []
    session.save()
    assert citizen.post("/voices/new/check", {"key": key})["Location"] == first["Location"]
    assert Voice.objects.count() == 1


def test_what_is_missing_is_said_at_the_top_and_beside_the_field(citizen: Client) -> None:
    answer = citizen.post("/voices/new/what", WHAT | {"title": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>오류: " in page
    assert 'href="#f-title"' in page
    assert WHAT["body"] in page


def test_nothing_is_ticked_beforehand(citizen: Client) -> None:
    assert " checked" not in citizen.get("/voices/new/what").content.decode()
    citizen.post("/voices/new/what", WHAT)
    assert " checked" not in citizen.get("/voices/new/you").content.decode()


def test_a_reply_by_text_message_needs_a_number(citizen: Client) -> None:
    citizen.post("/voices/new/what", WHAT)
    answer = citizen.post("/voices/new/you", YOU | {"phone": "", "email": "a@citizen.example"})
    assert "문자로 받으려면" in answer.content.decode()


def test_the_check_page_names_the_department_and_the_date(citizen: Client) -> None:
    citizen.post("/voices/new/what", WHAT)
    citizen.post("/voices/new/you", YOU)
    page = citizen.get("/voices/new/check").content.decode()
    assert "도로안전과" in page
    assert "18:00" in page


def test_a_page_out_of_turn_leads_to_the_missing_one(citizen: Client) -> None:
    assert citizen.get("/voices/new/check")["Location"] == "/voices/new/what"
    citizen.post("/voices/new/what", WHAT)
    assert citizen.get("/voices/new/check")["Location"] == "/voices/new/you"


def test_photos_go_with_the_voice(citizen: Client) -> None:
    ref = ref_of(file_a_voice(citizen, photos=[a_photo(), a_photo("물.png")]))
    kept = files_about("voice", Voice.objects.get(ref=ref).id)
    assert [one.name for one in kept] == ["길.png", "물.png"]


def test_a_photo_can_be_taken_back(citizen: Client) -> None:
    citizen.post("/voices/new/what", WHAT | {"photos": [a_photo()]})
    photo = citizen.session["filing"]["photos"][0]["id"]
    citizen.post(f"/voices/new/photos/{photo}/remove")
    assert citizen.session["filing"]["photos"] == []


def test_a_file_that_is_no_photo_is_refused_beside_the_field(citizen: Client) -> None:
    wrong = SimpleUploadedFile("a.exe", b"MZ\x90\x00", content_type="image/png")
    answer = citizen.post("/voices/new/what", WHAT | {"photos": [wrong]})
    assert answer.status_code == 422
    assert "a.exe" in answer.content.decode()


def test_the_receipt_is_for_the_browser_that_filed_it(citizen: Client) -> None:
    ref = ref_of(file_a_voice(citizen))
    stranger = Client(headers={"host": "busan.localhost"})
    answer = stranger.get(f"/voices/{ref}/done", follow=True)
    assert WHAT["title"] not in answer.content.decode()

"""Addresses of a city's citizens; English below /en/."""

from django.urls import path

from sodam.citizen import (
    board,
    board_feeds,
    check,
    done,
    home,
    mailbox,
    pages,
    survey,
    track,
    track_acts,
    tracked,
    what,
    you,
)
from sodam.ui.display import display

urlpatterns = [
    path("", home.home, name="home"),
    path("voices/new", what.start, name="voice_new"),
    path("voices/new/what", what.what, name="voice_what"),
    path("voices/new/photos/<uuid:photo_id>/remove", what.remove_photo, name="voice_photo_remove"),
    path("voices/new/you", you.you, name="voice_you"),
    path("voices/new/check", check.check, name="voice_check"),
    path("voices/<str:ref>/done", done.done, name="voice_done"),
    path("track", track.find, name="track"),
    path("track/<str:ref>", tracked.tracked, name="tracked"),
    path("track/<str:ref>/supplement", track_acts.supplement, name="track_supplement"),
    path("track/<str:ref>/withdraw", track_acts.withdraw, name="track_withdraw"),
    path("track/<str:ref>/reopen", track_acts.reopen, name="track_reopen"),
    path("board", board.board, name="board"),
    path("board.rss", board_feeds.feed, name="board_rss"),
    path("board.csv", board_feeds.file, name="board_csv"),
    path("board/<uuid:entry_id>", board.entry, name="board_entry"),
    path("s/<str:token>", survey.survey, name="survey"),
    path("s/<str:token>/save", survey.save, name="survey_save"),
    path("help", pages.help_page, name="help"),
    path("privacy", pages.privacy, name="privacy"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("display", display, name="display"),
    path("demo/mailbox", mailbox.mailbox, name="demo_mailbox"),
]

"""What is written to people who come to a site. Subjects say nothing about health: lock screens show them."""

from careapp.models import Site
from careapp.notify.mail import Letter
from careapp.said import Said, mark
from careapp.settings import settings


def invitation_letter(inviter: str, person: str, link: str) -> Letter:
    return Letter(
        subject=Said("{inviter} invites you", inviter=inviter),
        lines=(
            Said("{inviter} would like you to join the private site for {person}.", inviter=inviter, person=person),
            Said(
                "The link works once, within 10 days. If you do not know {inviter}, do nothing.",
                inviter=inviter,
            ),
        ),
        link=link,
        link_words=mark("See the invitation"),
    )


def welcome_letter(site: Site) -> Letter:
    return Letter(
        subject=mark("You are welcome to join"),
        lines=(Said("Your request was accepted. You now belong to “{site}”.", site=site.name),),
        link=f"{settings().public_url}/today?site={site.address}",
        link_words=mark("Open the site"),
    )

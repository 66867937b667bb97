"""What people are written about their account."""

from careapp.notify.mail import Letter
from careapp.said import Said, mark


def code_to_sign_in(code: str) -> Letter:
    return Letter(
        Said("{code} is your code for Careapp", code=code),
        (
            mark("Type this code where you asked for it. It is good for 10 minutes."),
            mark("If you did not ask for it, you need not do anything: without the code nobody gets in."),
        ),
        code,
    )


def code_for_password(code: str) -> Letter:
    return Letter(
        Said("{code} is your code for a new password", code=code),
        (
            mark("Type this code where you asked for it, and choose a new password. It is good for 10 minutes."),
            mark("If you did not ask for it, you need not do anything: your password stays as it is."),
        ),
        code,
    )


def code_for_address(code: str) -> Letter:
    return Letter(
        Said("{code} confirms your new e-mail address", code=code),
        (
            mark("Type this code where you asked for it. It is good for 10 minutes."),
            mark("If you did not ask for it, you need not do anything."),
        ),
        code,
    )


def password_changed() -> Letter:
    return Letter(
        mark("Your password was changed"),
        (
            mark("The password of your Careapp account was changed just now."),
            mark(
                'If that was not you, choose "I forgot my password" on the sign-in page: it ends every other sign-in.'
            ),
        ),
    )


def address_changed(email: str) -> Letter:
    return Letter(
        mark("Your e-mail address was changed"),
        (
            Said("Your Careapp account now uses {email}.", email=email),
            mark("If that was not you, tell the person who coordinates your site."),
        ),
    )


def password_dropped() -> Letter:
    return Letter(
        mark("Please choose your password again"),
        (
            mark("You signed in by a code, so now we know that this address is yours."),
            mark(
                "To be sure that nobody else registered it before, the password chosen earlier no longer works, and "
                "other devices were signed out. You can choose a new password on your account page."
            ),
        ),
    )

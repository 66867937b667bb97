"""What the service worker says by itself, listed here so that the catalogues have it: see assets/sw/clicks.js."""

from careapp.said import mark

SAID = (
    mark("Something is new. Open Careapp to see it."),
    mark("Everyone who was told can see that you are on your way."),
    mark("Everyone who was told can see that you can call."),
    mark("Everyone who was told can see that you cannot come."),
    mark("It is yours now. Thank you for helping."),
    mark("You take it over now. Thank you."),
    mark("They hear that you cannot."),
    mark("Thank you. The others can see that you come."),
    mark("The others can see that you cannot come."),
    mark("Thank you. Careapp now knows that notifications reach you here."),
    mark("Not sent yet: there is no connection. It is sent by itself as soon as there is one."),
    mark("Not sent yet: please sign in. Tap to open it."),
    mark("That was not accepted. Tap to open it."),
)

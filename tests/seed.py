"""python -m tests.seed: fill the data folder of CAREAPP_DATA with the site of the cast, before a server owns it."""

from careapp import db
from careapp.lock import make_data_folder, own_data
from careapp.migrate import migrate
from tests.cast import add_account, add_site


def main() -> None:
    make_data_folder()
    with own_data():
        migrate()
        with db.unit_of_work() as session:
            add_account(session, "sam")
            add_site(session)


if __name__ == "__main__":
    main()

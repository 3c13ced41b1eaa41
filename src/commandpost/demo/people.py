"""The demonstration's team: eight people of a firm that sends parcels."""

from commandpost.demo.office import Person

INES = "ines"
MARCO = "marco"
PRIYA = "priya"
TOM = "tom"
YUKI = "yuki"
LENA = "lena"
SAM = "sam"
NOOR = "noor"

ADMINISTRATOR = Person(
    username=INES, first_name="Ines", last_name="Okafor", position="Head of operations, administrator"
)
COLLEAGUES = (
    Person(username=MARCO, first_name="Marco", last_name="Silva", position="Site reliability engineer"),
    Person(username=PRIYA, first_name="Priya", last_name="Raman", position="Backend engineer, payments"),
    Person(username=TOM, first_name="Tom", last_name="Becker", position="Customer support lead"),
    Person(username=YUKI, first_name="Yuki", last_name="Tanaka", position="Frontend engineer"),
    Person(username=LENA, first_name="Lena", last_name="Fischer", position="Product manager"),
    Person(username=SAM, first_name="Sam", last_name="Ortiz", position="Database engineer"),
    Person(username=NOOR, first_name="Noor", last_name="Haddad", position="Security engineer"),
)

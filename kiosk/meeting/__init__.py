"""The list holder's meeting: the merged list, kept from month to month, with vacancies, offers and a record of both."""

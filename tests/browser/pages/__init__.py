"""Every page that is looked at for access, and who opens it. A new page is a line in its app's file.

The rows are those of the demonstration (the fixture `seeded`); people go by the start of their
email address. An address is made when the page is opened.
"""

from tests.browser.pages import frameworks, observations, people, reports

PAGES = [
    *observations.OBSERVATIONS,
    *people.SIGNING_IN,
    *frameworks.FRAMEWORKS,
    *people.PEOPLE,
    *reports.REPORTS,
]
# The addresses of each app that are no pages.
NO_PAGE = {
    "observations": observations.NO_PAGE,
    "frameworks": frameworks.NO_PAGE,
    "reports": reports.NO_PAGE,
}

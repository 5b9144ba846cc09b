import pytest
from tests.access.test_mass_assignment import *
pytestmark = [pytest.mark.django_db]
def test_zz(world, asking):
    r=asking.ask("observer","POST","/observations/start/",{"observed_on_0":"9"*40,"observed_on_1":"9"*40,"observed_on_2":"9"*40})
    import re
    assert re.findall("govuk-error-message.*?</p>", r.content.decode(), re.S) == r.status_code

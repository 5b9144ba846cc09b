"""Health, asked for straight at the process."""

from django.conf import settings

HEALTH = "/health/"


def any_host_may_ask_for_health(get_response):
    """A supervisor asks by number, or by no name: health looks at no host and sends nobody on."""

    def middleware(request):
        address = f"{request.path_info.removesuffix('/')}/"
        if address.startswith(HEALTH):
            request.path = request.path_info = address
            request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].removeprefix(".")
        return get_response(request)

    return middleware

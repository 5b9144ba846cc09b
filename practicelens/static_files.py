"""Styles and scripts as browsers get them: each under a name that changes with what is in it."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class Storage(CompressedManifestStaticFilesStorage):
    """A script that a script imports has such a name as well, so that old and new never meet."""

    support_js_module_import_aggregation = True

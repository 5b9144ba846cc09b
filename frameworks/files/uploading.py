"""How an upload is received: never more of it than a file may have."""

from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from frameworks.files.parsing import LARGEST


class OnlySoMuch(FileUploadHandler):
    """Holds the files of a request in memory, and drops what is over the limit of them together.

    The size that a file says is the true one.
    """

    held = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data, start):
        if self.held <= LARGEST:
            self.kept.write(raw_data)
            self.held += len(raw_data)

    def file_complete(self, file_size):
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )

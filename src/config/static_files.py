"""Static text is compressed where no nginx does it; pages, which hold secrets beside what people type, never are."""

import gzip
from functools import lru_cache
from pathlib import Path

from whitenoise.middleware import WhiteNoiseMiddleware

TEXT = ("text/css", "text/javascript", "application/javascript", "image/svg+xml")


@lru_cache(maxsize=256)
def _pressed(path: str, _modified: str) -> bytes:
    return gzip.compress(Path(path).read_bytes(), 9, mtime=0)


class CompressedStaticMiddleware(WhiteNoiseMiddleware):
    """Serve what WhiteNoise serves, its text compressed for browsers that take it; each file is pressed once."""

    @staticmethod
    def serve(static_file, request):
        """The answer WhiteNoise gives, compressed when it is whole, text, and asked for with gzip."""
        response = WhiteNoiseMiddleware.serve(static_file, request)
        kind = response.get("Content-Type", "").partition(";")[0]
        if kind not in TEXT or response.has_header("Content-Encoding"):
            return response
        response["Vary"] = "Accept-Encoding"
        takes = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
        if not takes or response.status_code != 200 or request.method != "GET" or "HTTP_RANGE" in request.META:
            return response
        file = response.file_to_stream
        pressed = _pressed(file.name, response.get("Last-Modified", ""))
        file.close()
        response.streaming_content = [pressed]
        response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(pressed))
        return response

"""`amur serve`: the page, a local web application over record, model and answers."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(add_completion=False, rich_markup_mode=None)


@app.command()
def serve(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port to listen on; 0: any that is free")
    ] = 8400,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser")
    ] = True,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; others reach it only where it is not loopback")
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A name by which browsers may call the server"),
    ] = None,
    read_only: Annotated[
        bool,
        typer.Option(
            "--read-only",
            help="For a shared server: no uploads, no readings of one's own, none of your evidence",
        ),
    ] = False,
) -> None:
    """Open Amur in the browser: where things stand, arguments, what-ifs, the record. Ctrl-C stops it."""
    import os

    import platformdirs

    from amur.web.app import create
    from amur.web.serving import serve as listen
    from amur.web.settings import Settings

    settings = Settings(host=host, port=port, read_only=read_only, hosts=tuple(allow_host or ()))
    if read_only:
        # A folder that is never made: neither the server nor its workers see evidence of the owner's.
        nobody = platformdirs.user_cache_path("amur", appauthor=False) / "nobody"
        os.environ["AMUR_DATA_DIR"] = str(nobody)
    listen(create(settings), settings, browser=browser)

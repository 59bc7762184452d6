"""The record asked in SQL: read-only, bounded in time and rows, worked out in a process of its own."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from amur.charts import number
from amur.errors import AmurError
from amur.record.sql import TABLES
from amur.web import asking
from amur.web.asked import Asked
from amur.web.pages import WRONG
from amur.web.problems import API, SOON, PendingError, RefusedError
from amur.web.views import rendered
from amur.web.work import Task

if TYPE_CHECKING:
    from amur.web.work import Job

router = APIRouter(tags=["Record"])
SHOWN = 300
"""Rows that a page shows; the files have all."""
PAGE = ("record_sql.html.j2", "Ask in SQL")
ABOUT = "The record as tables, read-only"

EXAMPLES = (
    (
        "Trade of the two countries, year by year",
        "select period, value, source\nfrom observations\nwhere series = 'trade.total.chn-rus'\norder by period",
    ),
    (
        "Who depends on whom, the latest value of each",
        (
            "select dyad, max(period) as period, arg_max(value, period) as value, any_value(unit) as unit\n"
            "from measures\nwhere measure = 'trade.dependence'\ngroup by dyad\norder by value desc"
        ),
    ),
    (
        "Summits of each year since 2000",
        (
            "select left(date, 4) as year, count(*) as summits\nfrom events\n"
            "where kind = 'summit' and date >= '2000'\ngroup by year\norder by year"
        ),
    ),
    (
        "When China's support of Russia changed",
        (
            "select quarter, value, reason\n"
            "from (select *, lag(value) over (order by quarter) as before from codings where decision = 'china-support')\n"
            "where before is distinct from value\norder by quarter"
        ),
    ),
    (
        "How much is recorded of each topic",
        (
            "select topic, count(distinct series) as series_count, count(*) as values_count, min(period) as first, max(period) as last\n"
            "from observations join series using (series)\ngroup by topic\norder by values_count desc"
        ),
    ),
    (
        "Publishers that most values rest on",
        (
            "select publisher, count(*) as values_count\nfrom observations join sources using (source)\n"
            "group by publisher\norder by values_count desc\nlimit 20"
        ),
    ),
)


class Question(Asked):
    """A question to the record."""

    q: str = Field("", max_length=8000, description="One SELECT (DuckDB's SQL) over the tables of the record")
    rows: int | None = Field(
        None, ge=1, le=10_000, description="Rows at most; none: as many as the server allows"
    )


@router.get("/record/sql", include_in_schema=False)
async def page(request: Request, asked: Annotated[Question, Query()]) -> Response:
    """A box to write in, examples, the tables, and the answer."""
    described = _described(request, asked)
    status, headers = 200, dict[str, str]()
    if asked.q.strip():
        try:
            described["answer"] = _readable(await _answer(request, asked))
        except PendingError as error:
            described["job"] = _followed(error.job)
            status, headers = 202, {"retry-after": str(SOON)}
        except AmurError as error:
            status, described["fault"] = 400, error.as_problem()
        except RefusedError as error:
            status, described["fault"], headers = error.status, error.told.as_problem(), error.headers
    told = {"page": described, "title": PAGE[1], "about": ABOUT}
    return rendered(request, PAGE[0], told, status, headers)


@router.get(
    f"{API}/record/sql", response_model=None, responses=WRONG, operation_id="get-record-sql", summary="The record asked in SQL"
)  # fmt: skip
async def as_json(request: Request, asked: Annotated[Question, Query()]) -> Response:
    """The answer to one SELECT: columns with their types, rows, and whether there are more. Without `q`: the tables."""
    if not asked.q.strip():
        return JSONResponse(_described(request, asked))
    return JSONResponse(await _answer(request, asked))


@router.get(
    f"{API}/record/sql.csv", response_model=None, responses=WRONG | {200: {"content": {"text/csv": {}}}},
    operation_id="get-record-sql-csv", summary="The record asked in SQL, as a table",
)  # fmt: skip
async def as_csv(request: Request, asked: Annotated[Question, Query()]) -> Response:
    """The same as CSV; the header `amur-more` says whether there are more rows than these."""
    if not asked.q.strip():
        raise AmurError("there is no question", field="q", mend="Write one SELECT.")
    answer = await _answer(request, asked)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [column["name"] for column in answer["columns"]]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in answer["rows"])
    told = {
        "content-disposition": 'attachment; filename="amur-record.csv"', "amur-more": "true" if answer["more"] else "false",
    }  # fmt: skip
    return Response(out.getvalue(), media_type="text/csv; charset=utf-8", headers=told)


async def _answer(request: Request, asked: Question) -> dict[str, Any]:
    """The answer. AmurError where the question is at fault, 408 where it takes too long, 429 where too many are asked."""
    settings = request.app.state.settings
    most = min(asked.rows or settings.sql_rows, settings.sql_rows)
    task = Task(
        "sql", {"text": asked.q, "seconds": settings.sql_seconds, "most": most, "own": not settings.read_only}
    )
    try:
        answer: dict[str, Any] = await asking.done(request, task)
    except AmurError as error:
        raise _mended(error) from None
    return answer


def _mended(error: AmurError) -> Exception:
    """What is wrong, with a way out that a page offers."""
    if "longer than" in error.problem or "too long" in error.problem:
        mend = "Ask for less: fewer rows, a narrower WHERE, or a join on a name."
        return RefusedError(408, AmurError(error.problem, mend=mend, field="q"))
    mend = error.mend.replace(
        "See `amur record sql --schema`.", "The tables and their columns stand under the box."
    )
    return AmurError(error.problem, mend=mend, field="q" if error.field == "sql" else error.field)


def _described(request: Request, asked: Question) -> dict[str, Any]:
    settings = request.app.state.settings
    return {
        "asked": asked.model_dump(), "seconds": settings.sql_seconds, "most": settings.sql_rows,
        "examples": [{"title": title, "q": text} for title, text in EXAMPLES],
        "tables": [
            {"table": each.name, "meaning": each.meaning, "columns": [column._asdict() for column in each.columns]} for each in TABLES
        ],
        "answer": None, "fault": None, "job": None,
    }  # fmt: skip


def _followed(job: Job) -> dict[str, Any]:
    return {"events": f"{API}/jobs/{job.key}/events", "what": job.what, "done": job.done, "of": job.of}


NUMBERS = ("BIGINT", "INTEGER", "DOUBLE", "FLOAT", "DECIMAL", "HUGEINT", "SMALLINT", "TINYINT", "U")


def _readable(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer as a page shows it: the first rows, with numbers to the right and names that lead somewhere."""
    columns = answer["columns"]
    right = [column["type"].startswith(NUMBERS) for column in columns]
    names = [column["name"] for column in columns]
    rows = [[_shown(row[name]) for name in names] for row in answer["rows"][:SHOWN]]
    return {
        "columns": columns, "right": right, "rows": rows, "total": len(answer["rows"]), "more": answer["more"],
        "links": [LINKS.get(name, "") for name in names],
    }  # fmt: skip


LINKS = {
    "series": "/record/series/", "source": "/record/sources/", "event": "/record/events/", "measure": "/record/measures/",
    "decision": "/record/decisions/",
}  # fmt: skip
"""Columns whose cells name something that has a page."""


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return number(value, 6)
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    text = str(value)
    return text if len(text) <= 400 else f"{text[:400]}…"


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return repr(value).removesuffix(".0") if isinstance(value, float) else value

"""Ensembles on disk: NetCDF, Zarr or Parquet, in bounded memory, all or nothing, and resumable.

Chunks are first written one by one to a work folder beside the file (``NAME.amur-part``) with a manifest of what was
asked. A run that was stopped goes on from there; one that asks for something else is refused. When all chunks are
there they are streamed into the file under a temporary name, which is then renamed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from amur import __version__, atomic
from amur.errors import AmurError
from amur.futures import describe
from amur.futures.discrepancies import SEEN
from amur.futures.plan import Plan
from amur.futures.simulate import Piece, Progress, chunks, pieces_of
from amur.system.decisions import OPTIONS
from amur.system.interventions import as_json

if TYPE_CHECKING:
    import xarray as xr

FORMATS = (".nc", ".zarr", ".parquet")
NEEDS = {".nc": ("h5py", "model"), ".parquet": ("pyarrow", "files")}
PART = ".amur-part"
MANIFEST = "manifest.json"


def save(
    asked: Plan,
    path: str | Path,
    *,
    resume: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Path:
    """Run a plan into a file; the path. AmurError if it exists, cannot be written, or an unfinished run differs."""
    target = Path(path)
    check(target, force)
    work = target.with_name(target.name + PART)
    try:
        _open(work, asked, resume, force)
        left = [part for part in chunks(asked) if not _file(work, part.number).exists()]
        for part, piece in zip(left, pieces_of(asked, left, progress), strict=True):
            _write(work, part.number, piece)
        made = work / f"whole{target.suffix}"
        _remove(made)
        WRITERS[target.suffix](asked, work, made)
        if target.exists():
            _remove(target)
        made.replace(target)
        atomic.sync_folder(target.parent)
        shutil.rmtree(work)
    except OSError as error:
        raise atomic.cannot_write(target, error) from None
    return target


def check(target: Path, force: bool) -> None:
    """Refuse a name that nothing can be saved under, or one that is taken."""
    if target.suffix not in FORMATS:
        raise AmurError(
            f"'{target.suffix or target.name}' is not a format of ensembles",
            file=target,
            field="save",
            mend="End the name in .nc, .zarr or .parquet.",
        )
    needed, extra = NEEDS.get(target.suffix, ("", ""))
    if needed and not find_spec(needed):
        raise AmurError(
            f"{target.suffix} needs {needed}", field="save", mend=f"Run: pip install {needed} 'amur[{extra}]'"
        )
    if target.exists() and not force:
        raise AmurError("exists", file=target, mend="Choose another name, or add --force to overwrite it.")


def open_lazily(path: str | Path) -> xr.Dataset:
    """A saved ensemble as a Dataset, read when used. AmurError for Parquet, which is a table."""
    import xarray as xr

    target = Path(path)
    if target.suffix == ".zarr":
        opened: xr.Dataset = xr.open_zarr(target, chunks=None, consolidated=False)
        return opened
    if target.suffix == ".nc":
        return xr.open_dataset(target, engine="h5netcdf")
    raise AmurError(
        "is a table, not a Dataset", file=target, mend="Read it with pandas, DuckDB or amur.futures.store."
    )


def manifest(asked: Plan) -> dict[str, Any]:
    """What was asked, as far as it changes the numbers."""
    return {
        "amur": __version__,
        "members": asked.members,
        "quarters": [asked.labels[0], asked.labels[-1]],
        "every": asked.every,
        "seed": asked.seed,
        **({"seeds": dict(asked.seeds)} if asked.seeds else {}),
        "keep": list(asked.keep),
        "interventions": as_json(asked.interventions),
        "equations": dict(asked.model.equations),
        "endstates": [[list(map(list, state.when)), state.name] for state in asked.rules.states],
        "precision": asked.precision,
        "record": asked.record_hash,
        "parameters": asked.parameters_hash,
        "observables": list(asked.observables),
    }


def _open(work: Path, asked: Plan, resume: bool, force: bool) -> None:
    """The work folder with its manifest, new or as an unfinished run left it."""
    told = json.loads(json.dumps(manifest(asked)))
    if work.exists() and force and not resume:
        shutil.rmtree(work)
    if not work.exists():
        atomic.make_folder(work)
        atomic.write_text(work / MANIFEST, json.dumps(told, indent=1))
        return
    try:
        before = json.loads((work / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise AmurError("is not an unfinished run", file=work, mend="Move it away, or add --force.") from None
    if not resume:
        raise AmurError(
            "an unfinished run is there", file=work, mend="Add --resume to go on, or --force to start anew."
        )
    other = [name for name in told if before.get(name) != told[name]]
    if other:
        raise AmurError(
            f"the unfinished run was asked with other {', '.join(other)}",
            file=work,
            mend="Ask as before, or add --force without --resume to start anew.",
        )


def _file(work: Path, number: int) -> Path:
    return work / f"chunk-{number:07d}.npz"


def _write(work: Path, number: int, piece: Piece) -> None:
    aside = work / f"chunk-{number:07d}.tmp"
    with aside.open("wb") as file:
        np.savez(file, **piece)  # type: ignore[arg-type]
    aside.replace(_file(work, number))


def _chunks(asked: Plan, work: Path) -> Iterator[tuple[int, Piece]]:
    """The chunks in order, each with the number of its first member."""
    first = 0
    for part in chunks(asked):
        with np.load(_file(work, part.number)) as file:
            piece = {name: file[name] for name in file.files}
        yield first, piece
        first += part.members


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _empty(asked: Plan, piece: Piece) -> tuple[dict[str, Any], dict[str, tuple[str, ...]], dict[str, int]]:
    names = {name: describe.dims(name) for name in piece}
    coordinates = describe.coordinates(asked, 0, describe.used(names))
    sizes = {"member": asked.members, "quarter": len(asked.labels)}
    if "line" in coordinates:
        sizes["line"] = len(coordinates["line"][1])
    if "year" in coordinates:
        sizes["year"] = len(asked.years)
    coordinates["member"] = ("member", np.arange(asked.members), coordinates["member"][2])
    return coordinates, names, sizes


def _netcdf(asked: Plan, work: Path, made: Path) -> None:
    import h5netcdf

    with h5netcdf.File(made, "w") as file:
        for first, piece in _chunks(asked, work):
            if not first:
                coordinates, names, sizes = _empty(asked, piece)
                file.dimensions = sizes
                file.attrs.update(describe.attributes(asked))
                for name, (dim, values, attributes) in (coordinates | describe.recorded(asked)).items():
                    attributes, values = _plain(attributes, values)
                    along = (dim,) if isinstance(dim, str) else dim
                    variable = file.create_variable(name, along, data=values, dtype=_text_or(values))
                    variable.attrs.update(attributes)
                for name, dims in names.items():
                    shape = [
                        min(sizes[dim], piece[name].shape[-1] if dim == "member" else sizes[dim])
                        for dim in dims
                    ]
                    variable = file.create_variable(
                        name,
                        dims,
                        dtype=piece[name].dtype,
                        chunks=tuple(shape),
                        compression="gzip",
                        compression_opts=1,
                    )
                    variable.attrs.update(describe.about(asked, name))
                    if "quarter" in dims:
                        variable.attrs["coordinates"] = "date"
            for name, values in piece.items():
                file.variables[name][first : first + values.shape[-1], ...] = describe.turned(values)


def _text_or(values: Any) -> Any:
    """The type of a variable: for objects, text of any length."""
    return np.dtype("O", metadata={"vlen": str}) if values.dtype.kind == "O" else values.dtype


def _plain(attributes: dict[str, Any], values: Any) -> tuple[dict[str, Any], Any]:
    """Days as numbers since 1970, as NetCDF has them; text as text."""
    if values.dtype.kind == "M":
        told = attributes | {"units": "days since 1970-01-01", "calendar": "proleptic_gregorian"}
        return told, values.astype("datetime64[D]").astype(np.int64)
    return attributes, values.astype(object) if values.dtype.kind == "U" else values


def _zarr(asked: Plan, work: Path, made: Path) -> None:
    import warnings

    import xarray as xr
    import zarr

    for first, piece in _chunks(asked, work):
        if not first:
            coordinates, names, sizes = _empty(asked, piece)
            told = dict(coordinates)
            with warnings.catch_warnings():
                # Texts of fixed width are not yet in the written standard of Zarr 3; all its readers know them.
                warnings.simplefilter("ignore")
                made_of = xr.Dataset(describe.recorded(asked), told, describe.attributes(asked))
                made_of.to_zarr(made, consolidated=False)
            group = zarr.open_group(made, mode="r+")
            arrays = {}
            for name, dims in names.items():
                shape = tuple(sizes[dim] for dim in dims)
                many = tuple(
                    min(sizes[dim], piece[name].shape[-1] if dim == "member" else sizes[dim]) for dim in dims
                )
                about = {
                    key: value.tolist() if hasattr(value, "tolist") else value
                    for key, value in describe.about(asked, name).items()
                }
                arrays[name] = group.create_array(
                    name,
                    shape=shape,
                    chunks=many,
                    dtype=piece[name].dtype,
                    dimension_names=dims,
                    attributes=about,
                )
        for name, values in piece.items():
            arrays[name][first : first + values.shape[-1]] = np.ascontiguousarray(describe.turned(values))


def _parquet(asked: Plan, work: Path, made: Path) -> None:
    """One row for each member and quarter (and columns NAME.LINE for quantities of the lines); decisions by name.

    What is seen once a year stands in the rows of fourth quarters.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    from amur.system.lines import lines

    codes = {
        name: [option.name.lower().replace("_", "-") for option in options] for name, options in OPTIONS.items()
    }
    codes["endstate"] = list(asked.rules.names)
    told = {
        "amur": json.dumps(describe.attributes(asked)),
        "units": json.dumps(
            {name: describe.about(asked, name)["units"] for name in (*asked.keep, *looked(asked))}
        ),
    }
    writer = None
    try:
        for first, piece in _chunks(asked, work):
            many, labels = next(iter(piece.values())).shape[-1], np.array(asked.labels)
            columns: dict[str, Any] = {
                "member": np.repeat(np.arange(first, first + many, dtype=np.int32), len(labels)),
                "quarter": pa.DictionaryArray.from_arrays(
                    np.tile(np.arange(len(labels), dtype=np.int16), many), labels
                ),
            }
            for name, values in piece.items():
                turned = describe.turned(values)
                if "year" in describe.dims(name):
                    columns[name] = pa.array(_at_ends(asked, turned).reshape(-1), from_pandas=True)
                elif name in codes:
                    columns[name] = pa.DictionaryArray.from_arrays(
                        np.ascontiguousarray(turned).reshape(-1), codes[name]
                    )
                elif turned.ndim == 3:
                    columns |= {
                        f"{name}.{line}": turned[..., place].reshape(-1)
                        for place, line in enumerate(lines().names)
                    }
                else:
                    columns[name] = turned.reshape(-1)
            table = pa.table(columns).replace_schema_metadata(told)
            writer = writer or pq.ParquetWriter(made, table.schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer:
            writer.close()


def looked(asked: Plan) -> tuple[str, ...]:
    """The names of what is seen."""
    return tuple(f"{SEEN}{name}" for name in asked.observables)


def _at_ends(asked: Plan, values: Any) -> Any:
    """Values (members, years) in the places of the fourth quarters among the quarters kept, NaN in the others."""
    spread = np.full((len(values), len(asked.labels)), np.nan, values.dtype)
    at = {label: place for place, label in enumerate(asked.labels)}
    for place, year in enumerate(asked.years):
        spread[:, at[f"{year}-Q4"]] = values[:, place]
    return spread


WRITERS = {".nc": _netcdf, ".zarr": _zarr, ".parquet": _parquet}

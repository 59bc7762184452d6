"""What pages may be asked with, as parameters of an address: the options that all questions share."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from amur.web.work.doing.names import of_file

WEIGHTS = "How the readings are weighed: stacking, prequential, even, or NAME=WEIGHT,..."


def _no_file(told: str) -> str:
    """Words of a question, which never name a file of this machine."""
    if of_file(told):
        raise ValueError("may not name a file; write a name")
    return told


Words = Annotated[str, Field(max_length=400), AfterValidator(_no_file)]


class Asked(BaseModel):
    """Parameters of a page: one that is not known is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _left_empty(cls, told: Any) -> Any:
        """A field of a form that was left empty was not said; without script a browser sends it all the same."""
        if not isinstance(told, dict):
            return told
        return {
            name: value
            for name, value in told.items()
            if value not in ("", [""]) or name not in cls.model_fields
        }

    def told(self) -> dict[str, object]:
        """What was said, without what was left as it is."""
        return self.model_dump(exclude_unset=True, exclude_none=True)


class AskedOfFutures(Asked):
    """What every question that runs futures can be asked with."""

    futures: int | None = Field(
        None, ge=256, le=4608, description="Futures to run; more take longer and err less"
    )
    seed: int | None = Field(None, ge=0, le=2**53, description="Seed of the luck")
    weights: Words | None = Field(None, description=WEIGHTS)

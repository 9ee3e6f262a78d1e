"""How an object that another one holds is kept in the state file: as its id; a refusal as its fields."""

from typing import Annotated, Any

from pydantic import PlainSerializer, PlainValidator, ValidationInfo

from sandbox.meta.errors import GraphError


def _id_of(held: Any) -> str:
    return held.id


def _of_id(key: str, info: ValidationInfo) -> Any:
    return (info.context or {})[key]


FROM_ID, AS_ID = PlainValidator(_of_id), PlainSerializer(_id_of)
KeptFailure = Annotated[GraphError, PlainValidator(lambda kept: GraphError(**kept)), PlainSerializer(GraphError.fields)]

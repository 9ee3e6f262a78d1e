"""The executor: graphql-core's, which reads plain attributes by plan where it can (`api.plans`)."""
# ruff: noqa: BLE001, S110 - what a plan raises is raised again by graphql-core, where it becomes an error with its place

from collections.abc import Callable
from typing import Any

from graphql import GraphQLList, GraphQLObjectType, GraphQLOutputType, GraphQLResolveInfo
from graphql.execution.collect_fields import FieldDetailsList
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.plans import Complete, Step, plan_object, plan_step, plan_value, plans_of


class PlanExecutor(StrawberryGraphQLCoreExecutionContext):
    """Tries the plan first, at a field, an object and a list; what it does not give is done again by graphql-core.

    So data, errors, their paths and their order are graphql-core's, for reading a plain attribute twice changes
    nothing. A middleware has to see every field: where there is one, there are no plans.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans = plans_of(self.operation, self.fragment_definitions.values())
        self._plain = not (self.middleware_manager and self.middleware_manager.middlewares)

    def execute_field(
        self,
        parent_type: GraphQLObjectType,
        source: Any,
        field_details_list: FieldDetailsList,
        path: Path,
        position_context: Any,
    ) -> Any:
        """Execute a field."""
        try:
            if (step := self._step(parent_type, field_details_list)) is not None:
                return step.complete(getattr(source, step.attribute))
        except Exception:
            pass
        return super().execute_field(parent_type, source, field_details_list, path, position_context)

    def collect_and_execute_subfields(
        self,
        return_type: GraphQLObjectType,
        field_details_list: FieldDetailsList,
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Execute what is selected of an object."""
        try:
            if (read := self._value(plan_object, return_type, field_details_list)) is not None:
                return read(result)
        except Exception:
            pass
        return super().collect_and_execute_subfields(return_type, field_details_list, path, result, position_context)

    def complete_list_value(  # noqa: PLR0917 - graphql-core's signature
        self,
        return_type: GraphQLList[GraphQLOutputType],
        field_details_list: FieldDetailsList,
        info: GraphQLResolveInfo[Any],
        path: Path,
        result: Any,
        position_context: Any,
    ) -> Any:
        """Complete a list."""
        try:
            if (complete := self._value(plan_value, return_type, field_details_list)) is not None:
                return complete(result)
        except Exception:
            pass
        return super().complete_list_value(return_type, field_details_list, info, path, result, position_context)

    def _step(self, parent: GraphQLObjectType, details: FieldDetailsList) -> Step | None:
        if not self._plain:
            return None
        steps, key = self._plans.steps, _key(parent, details)
        if key not in steps:
            steps[key] = plan_step(parent, details, self.collect_subfields)
        return steps[key]

    def _value(self, plan: Callable[..., Complete | None], kind: Any, details: FieldDetailsList) -> Complete | None:
        if not self._plain:
            return None
        values, key = self._plans.values, _key(kind, details)
        if key not in values:
            values[key] = plan(kind, details, self.collect_subfields)
        return values[key]


def _key(kind: object, details: FieldDetailsList) -> tuple[object, ...]:
    return (kind, id(details[0].node)) if len(details) == 1 else (kind, *(id(each.node) for each in details))

"""What a voice can be about and who handles it: categories, the service catalogue, departments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.staff.selectors import department_tree
from core_crm.staff.types import DepartmentNode, Scope
from core_crm.voices.selectors import category_list, service_list
from core_crm.voices.types import PetitionClass
from sodam.api.documentation import problems
from sodam.api.views import CityAPIView, asked

CLASSES = [each.value for each in PetitionClass]
UNITS = ["immediately", "hours", "days", "weeks", "months", "years"]


class CategoryOutput(serializers.Serializer):
    """An everyday word a citizen chooses, and the class a voice of it starts in."""

    code = serializers.CharField()
    label_ko = serializers.CharField()
    label_en = serializers.CharField()
    icon = serializers.CharField()
    department = serializers.CharField(source="department_code")

    def get_fields(self) -> dict[str, serializers.Field]:
        kind = serializers.ChoiceField(CLASSES, source="petition_class")
        return {**super().get_fields(), "class": kind}


class CategoryPage(serializers.Serializer):
    """All categories, in their order."""

    data = CategoryOutput(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


class ServiceQuery(serializers.Serializer):
    """What the catalogue can be narrowed to."""

    category = serializers.CharField(max_length=48, required=False, default="")
    q = serializers.CharField(max_length=80, required=False, default="", help_text="In the title.")


class ServiceOutput(serializers.Serializer):
    """One petition of the service catalogue (민원편람)."""

    code = serializers.CharField()
    title_ko = serializers.CharField()
    title_en = serializers.CharField()
    category = serializers.CharField(source="category.code")
    legal_basis = serializers.CharField()
    period_unit = serializers.ChoiceField(UNITS)
    period_amount = serializers.IntegerField()
    department = serializers.CharField(source="department_code")
    is_compound = serializers.BooleanField()
    documents_needed = serializers.ListField(child=serializers.CharField())
    fee_krw = serializers.IntegerField(allow_null=True)
    fee_note = serializers.CharField()

    def get_fields(self) -> dict[str, serializers.Field]:
        kind = serializers.ChoiceField(CLASSES, source="petition_class")
        return {**super().get_fields(), "class": kind}


class ServicePage(serializers.Serializer):
    """The catalogue's items that fit."""

    data = ServiceOutput(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


class DepartmentOutput(serializers.Serializer):
    """A bureau, department or team. `parent` is empty at the top."""

    code = serializers.CharField()
    name_ko = serializers.CharField()
    name_en = serializers.CharField()
    kind = serializers.ChoiceField(["bureau", "department", "team"])
    parent = serializers.CharField(allow_blank=True)


class DepartmentPage(serializers.Serializer):
    """The whole organisation, parents before their children."""

    data = DepartmentOutput(many=True)
    next_cursor = serializers.CharField(allow_blank=True)
    has_more = serializers.BooleanField()


class CategoryCollection(CityAPIView):
    """What a citizen chooses from."""

    required_scopes: ClassVar = {"GET": Scope.CATEGORIES_READ}

    @extend_schema(
        operation_id="category_list",
        summary="List categories",
        tags=["catalogue"],
        responses={200: CategoryPage, **problems(401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        """All categories of the city, in its order."""
        return whole(CategoryOutput(category_list(), many=True).data)


class ServiceCollection(CityAPIView):
    """The service catalogue."""

    required_scopes: ClassVar = {"GET": Scope.SERVICES_READ}

    @extend_schema(
        operation_id="service_list",
        summary="List services",
        tags=["catalogue"],
        parameters=[ServiceQuery],
        responses={200: ServicePage, **problems(401, 403, 422, 429)},
    )
    def get(self, request: Request) -> Response:
        """Petitions of the service catalogue (민원편람) with their lawful periods."""
        query = ServiceQuery(data=asked(request))
        query.is_valid(raise_exception=True)
        found = service_list(
            category=query.validated_data["category"], text=query.validated_data["q"]
        )
        return whole(ServiceOutput(found, many=True).data)


class DepartmentCollection(CityAPIView):
    """The organisation."""

    required_scopes: ClassVar = {"GET": Scope.ORGANISATION_READ}

    @extend_schema(
        operation_id="department_list",
        summary="List departments",
        tags=["catalogue"],
        responses={200: DepartmentPage, **problems(401, 403, 429)},
    )
    def get(self, request: Request) -> Response:
        """Every bureau, department and team of the city."""
        return whole(list(_flat(department_tree())))


def whole(rows: Sequence[Any]) -> Response:
    """A list short enough for one page."""
    return Response({"data": rows, "next_cursor": "", "has_more": False})


def _flat(nodes: Sequence[DepartmentNode], parent: str = "") -> Iterator[dict[str, str]]:
    for node in nodes:
        yield {
            "code": node.code,
            "name_ko": node.name_ko,
            "name_en": node.name_en,
            "kind": str(node.kind),
            "parent": parent,
        }
        yield from _flat(node.children, node.code)

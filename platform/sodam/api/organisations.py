"""`/api/v1/organisations`: write a body down, change, read, list them (법인·단체)."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.customers.selectors import (
    organisation_draft_of,
    organisation_get,
    organisation_page,
)
from core_crm.customers.services import organisation_change, organisation_register
from core_crm.staff.types import Scope
from sodam.api.citizens import CustomerAPIView
from sodam.api.documentation import IDEMPOTENCY_KEY, problems
from sodam.api.once import once
from sodam.api.organisation_shapes import (
    OrganisationCreated,
    OrganisationFull,
    OrganisationInput,
    OrganisationPage,
    OrganisationQuery,
    changed,
    draft_of_input,
)
from sodam.api.views import asked

SUBJECT = "organisation"


class OrganisationCollection(CustomerAPIView):
    """Write down a body; list bodies."""

    required_scopes: ClassVar = {
        "GET": Scope.ORGANISATIONS_READ,
        "POST": Scope.ORGANISATIONS_WRITE,
    }

    @extend_schema(
        operation_id="organisation_list",
        summary="List organisations",
        tags=["customers"],
        parameters=[OrganisationQuery],
        responses={200: OrganisationPage, **problems(400, 401, 403, 422, 429)},
    )
    @transaction.atomic
    def get(self, request: Request) -> Response:
        """One page, the newest first. Follow `next_cursor` while `has_more`."""
        query = OrganisationQuery(data=asked(request))
        query.is_valid(raise_exception=True)
        given = query.validated_data
        page = organisation_page(
            kind=given["kind"],
            changed_from=given["changed_from"],
            cursor=given["cursor"],
            size=given["limit"],
        )
        self.note(request, [one.pk for one in page.items], subject_kind=SUBJECT)
        return Response(
            {
                "data": OrganisationFull(page.items, many=True).data,
                "next_cursor": page.next_cursor,
                "has_more": page.has_more,
            }
        )

    @extend_schema(
        operation_id="organisation_create",
        summary="Write down an organisation",
        tags=["customers"],
        parameters=[IDEMPOTENCY_KEY],
        request=OrganisationInput,
        responses={201: OrganisationCreated, **problems(400, 401, 403, 409, 413, 415, 422, 429)},
    )
    def post(self, request: Request) -> HttpResponse:
        """A new body: 201 with the id. A registration number that is known is a 409."""
        draft = draft_of_input(request.data)

        def make() -> Any:
            organisation = organisation_register(draft, by=self.actor(), now=self.now)
            return {"id": str(organisation.pk)}

        return once(request, self.key, "organisations", make)


class OrganisationItem(CustomerAPIView):
    """One body."""

    required_scopes: ClassVar = {
        "GET": Scope.ORGANISATIONS_READ,
        "PATCH": Scope.ORGANISATIONS_WRITE,
    }

    @extend_schema(
        operation_id="organisation_get",
        summary="Read an organisation",
        tags=["customers"],
        responses={200: OrganisationFull, **problems(401, 403, 404, 429)},
    )
    @transaction.atomic
    def get(self, request: Request, organisation_id: UUID) -> Response:
        """In full."""
        organisation = organisation_get(organisation_id)
        self.note(request, [organisation.pk], subject_kind=SUBJECT)
        return Response(OrganisationFull(organisation).data)

    @extend_schema(
        operation_id="organisation_update",
        summary="Change an organisation",
        tags=["customers"],
        request=OrganisationInput(partial=True),
        responses={
            200: OrganisationCreated,
            **problems(400, 401, 403, 404, 409, 413, 415, 422, 429),
        },
    )
    def patch(self, request: Request, organisation_id: UUID) -> Response:
        """What is sent takes the place of what was known; the rest stays."""
        organisation = organisation_get(organisation_id)
        draft = changed(organisation_draft_of(organisation), request.data)
        organisation_change(organisation, draft, by=self.actor(), now=self.now)
        return Response(OrganisationCreated(organisation).data)

import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, type Page } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  pageOf,
  parametersReader,
  question,
  Roles,
} from '#libs/shell/nest';
import { type Visibility } from '#libs/county/sight';
import { SightOf, whoseList } from '#libs/county/sight/http';
import { type MandateDocument, mandates } from '../mandate.projection.js';

type MandatesQuestion = {
  /** Whose mandates: those given to an agent, by an applicant, or recorded by a department; null = all. */
  readonly of:
    { readonly agent: string } | { readonly applicant: string } | { readonly department: string } | null;
  readonly limit: number;
  readonly cursor: string | null;
};

/** A mandate at the time of the answer. */
type MandateItem = MandateDocument & {
  readonly status: 'recorded' | 'in-force' | 'expired' | 'revoked';
};

const ListMandates = question(
  async ({ models, now }, { of, ...page }: MandatesQuestion): Promise<Page<MandateItem>> => {
    const [index = 'all'] = Object.keys(of ?? {});
    const asked = of === null ? { index } : { index, equals: { ...of } };
    const found = await models.find(mandates, { ...asked, order: 'desc', ...page });
    return {
      ...found,
      items: found.items.map((mandate) => ({ ...mandate, status: statusOf(mandate, now()) })),
    };
  },
);

function statusOf({ confirmedAt, revokedAt, until }: MandateDocument, now: string): MandateItem['status'] {
  if (revokedAt !== null) return 'revoked';
  if (now >= until) return 'expired';
  return confirmedAt === null ? 'recorded' : 'in-force';
}

const readPage = parametersReader(ListParameters);

@Controller('mandates')
@ApiTags('Coordination 协调')
@ApiBearerAuth()
@Roles()
export class MandateController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'ListMandates',
    summary:
      '代办委托 Mandates: an agent’s, an applicant’s, those recorded by a department; all of them for supervision',
  })
  @ApiParameters(ListParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const of = mandatesShownTo(await this.queries.execute(SightOf.of(actor)));
    return this.queries.execute(ListMandates.of({ of, ...pageOf(readPage(query)) }));
  }
}

/** An agent is a party of a mandate as its applicant is. */
function mandatesShownTo(sight: Visibility): MandatesQuestion['of'] {
  const of = whoseList(sight, 'mandate', {});
  const { role, person } = sight.actor;
  return of !== null && 'applicant' in of && role === 'agent' ? { agent: person } : of;
}

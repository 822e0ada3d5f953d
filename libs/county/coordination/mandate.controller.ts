import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, type Page } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  oversees,
  pageOf,
  parametersReader,
  plainQuery,
  Roles,
} from '#libs/shell/nest';
import { type MandateDocument } from './mandate.projection.js';

type MandatesQuestion = {
  /** Whose mandates: those given to an agent, by an applicant, or recorded by a department; null = all. */
  readonly of:
    { readonly agent: string } | { readonly applicant: string } | { readonly department: string } | null;
  readonly limit: number;
  readonly cursor: string | null;
};

/** A mandate as it stands at the time of the answer. */
export type MandateItem = MandateDocument & {
  readonly status: 'recorded' | 'in-force' | 'expired' | 'revoked';
};

const ListMandates = plainQuery(
  'ListMandates',
  async ({ models, now }, { of, ...page }: MandatesQuestion): Promise<Page<MandateItem>> => {
    const [index = 'all'] = Object.keys(of ?? {});
    const asked = of === null ? { index } : { index, equals: { ...of } };
    const found = await models.find<MandateDocument>('mandates', { ...asked, order: 'desc', ...page });
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

export const mandateQueries = [ListMandates.handler];

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
      '代办委托 Mandates: an agent’s, an applicant’s, those a department recorded, and all for those who oversee',
  })
  @ApiParameters(ListParameters)
  list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    return this.queries.execute(ListMandates.of({ of: whose(actor), ...pageOf(readPage(query)) }));
  }
}

function whose(actor: Actor): MandatesQuestion['of'] {
  if (oversees(actor)) return null;
  if (actor.role === 'agent') return { agent: actor.person };
  return actor.department === null ? { applicant: actor.person } : { department: actor.department };
}

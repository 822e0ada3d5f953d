import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, defined, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { oversees, type Role, ROLES } from '#libs/shell/roles';
import { dayOf } from '#libs/law/calendar';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notFound,
  notYours,
  OptionalName,
  pageOf,
  parametersReader,
  question,
  Roles,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { type AccountDocument, accounts } from '../account.projection.js';
import { type AccountsQuery, findAccount, listAccounts, type ShownAccount } from '../account.query.js';

class AccountParameters extends ListParameters {
  /** Those of which a change waits for a second person. */
  @IsOptional()
  @IsIn(['true'])
  waiting?: string;
  /** Those who hold a post in this department today. */
  @OptionalName()
  department?: string;
  /** Those of this role. */
  @IsOptional()
  @IsIn(ROLES)
  role?: Role;
  /** Words that are all in the id, or in the name of an official. */
  @OptionalName()
  q?: string;
}

const ownDepartment = ({ role, department }: Actor): string | undefined =>
  role === 'department-head' ? (department ?? undefined) : undefined;

type AccountsPage = { readonly limit: number; readonly cursor: string | null };
type AccountsQuestion = Omit<AccountsQuery, 'day'>;
type NoticesQuestion = AccountsPage & { readonly person: string; readonly all: boolean };

/** Overseers see the notices of every account, the others those of their own. */
async function accountNotices(
  models: ReadModels,
  { person, all, ...page }: NoticesQuestion,
): Promise<Page<AccountDocument>> {
  if (all) return models.find(accounts, { index: 'noticed', order: 'desc', ...page });
  const own = await models.get(accounts, person);
  return { items: own === null || own.noticedAt === null ? [] : [own], nextCursor: null };
}

const ListAccounts = question(({ models, now }, question: AccountsQuestion) =>
  listAccounts(models, { ...question, day: dayOf(now()) }),
);
const FindAccount = question(({ models, now }, asked: { readonly id: string; readonly actor: Actor }) =>
  findAccount(models, { ...asked, day: dayOf(now()) }),
);
const AccountNotices = question(({ models }, question: NoticesQuestion) => accountNotices(models, question));
const readAccounts = parametersReader(AccountParameters);
const readPage = parametersReader(ListParameters);

@Controller()
@ApiTags('Identity 身份')
@ApiBearerAuth()
export class AccountsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('accounts')
  @Roles('admin', 'supervisor', 'department-head')
  @ApiOperation({
    operationId: 'ListAccounts',
    summary: '账号 Accounts by id; for the head of a department the people who may be assigned there',
  })
  @ApiParameters(AccountParameters)
  list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { waiting, department, role, q, ...page } = readAccounts(query);
    if (actor.role === 'department-head' && department !== undefined && department !== actor.department) {
      throw notYours();
    }
    return this.queries.execute(
      ListAccounts.of({
        actor,
        waiting: waiting === 'true',
        ...pageOf(page),
        ...defined({ department: department ?? ownDepartment(actor), role, q }),
      }),
    );
  }

  @Get('accounts/:id')
  @Roles('admin', 'supervisor', 'department-head')
  @ApiOperation({ operationId: 'FindAccount', summary: '账号 One account' })
  @ApiParameters(null, [401, 403, 404, 503])
  async account(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<ShownAccount> {
    const found = await this.queries.execute(FindAccount.of({ id, actor }));
    if (found === null) throw notFound();
    if (found === 'hidden') throw notYours();
    return found;
  }

  @Get('account-notices')
  @Roles()
  @ApiOperation({
    operationId: 'AccountNotices',
    summary:
      '账号变更通知 Changes of accounts that the holder and the supervision office are notified of, latest first',
  })
  @ApiParameters(ListParameters)
  notices(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const question = { person: actor.person, all: oversees(actor), ...pageOf(readPage(query)) };
    return this.queries.execute(AccountNotices.of(question));
  }
}

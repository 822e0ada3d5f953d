import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { oversees } from '#libs/shell/roles';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  pageOf,
  parametersReader,
  question,
  Roles,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { type AccountDocument, accounts } from '../account.projection.js';

class AccountParameters extends ListParameters {
  /** Those of which a change waits for a second person. */
  @IsOptional()
  @IsIn(['true'])
  waiting?: string;
}

type AccountsPage = { readonly limit: number; readonly cursor: string | null };
type AccountsQuestion = AccountsPage & { readonly waiting: boolean };
type NoticesQuestion = AccountsPage & { readonly person: string; readonly all: boolean };

function listAccounts(
  models: ReadModels,
  { waiting, ...page }: AccountsQuestion,
): Promise<Page<AccountDocument>> {
  return waiting
    ? models.find(accounts, { index: 'waiting', equals: { isWaiting: true }, ...page })
    : models.find(accounts, { index: 'all', ...page });
}

/** Overseers see the notices of every account, the others those of their own. */
async function accountNotices(
  models: ReadModels,
  { person, all, ...page }: NoticesQuestion,
): Promise<Page<AccountDocument>> {
  if (all) return models.find(accounts, { index: 'noticed', order: 'desc', ...page });
  const own = await models.get(accounts, person);
  return { items: own === null || own.noticedAt === null ? [] : [own], nextCursor: null };
}

const ListAccounts = question(({ models }, question: AccountsQuestion) => listAccounts(models, question));
const AccountNotices = question(({ models }, question: NoticesQuestion) => accountNotices(models, question));
const readAccounts = parametersReader(AccountParameters);
const readPage = parametersReader(ListParameters);

@Controller()
@ApiTags('Identity 身份')
@ApiBearerAuth()
export class AccountsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('accounts')
  @Roles('admin', 'supervisor')
  @ApiOperation({
    operationId: 'ListAccounts',
    summary: '账号 Accounts by id, with changes waiting for confirmation (?waiting=true)',
  })
  @ApiParameters(AccountParameters)
  list(@Query() query: unknown) {
    const { waiting, ...page } = readAccounts(query);
    return this.queries.execute(ListAccounts.of({ waiting: waiting === 'true', ...pageOf(page) }));
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

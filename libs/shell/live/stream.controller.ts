import { Controller, Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { type Actor, type EventStore } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  credentialOf,
  CurrentActor,
  EVENT_STORE,
  HttpProblem,
  invalid,
  notFound,
  notYours,
  parametersReader,
  Roles,
} from '#libs/shell/nest';
import { oversees, OVERSEERS } from '#libs/shell/roles';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { LiveChanges } from './live-changes.js';
import { LiveStreams } from './live-streams.js';
import { readTopics, type Topic } from './topics.js';

class StreamParameters {
  /** What to follow, with commas: `worklist`, `notices`, `positions`, `events` (overseers), `project:{id}`, `application:{id}`. */
  @IsOptional()
  @IsString()
  @MaxLength(4_000)
  topics?: string;
}

const readParameters = parametersReader(StreamParameters);
const POSITION = /^\d{1,19}$/;

/** What changes, as it happens. */
@Controller('stream')
@ApiTags('Live 实时')
@ApiBearerAuth()
@Roles()
export class StreamController {
  constructor(
    private readonly streams: LiveStreams,
    private readonly changes: LiveChanges,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  @Get()
  @ApiOperation({
    operationId: 'FollowChanges',
    summary:
      '实时推送 Server-sent events of what changes in the topics, once queries show it; Last-Event-ID goes on without gap or repetition',
  })
  @ApiParameters(StreamParameters, [400, 401, 403, 404, 429, 503])
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The position after which to go on; `after` where it is not sent, else from now on',
  })
  @ApiResponse({
    status: 200,
    description:
      'Frames whose data is `{ position, topics, application?, project?, event? }` and whose id is the position; `ready` at the beginning, `gap` when too much was missed, `end` with the reason at the end',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  async follow(
    @Query() query: unknown,
    @CurrentActor() actor: Actor,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const topics = readTopics(readParameters(query).topics);
    await this.mustBeTheirs(topics, actor);
    const after = await this.placeOf(request);
    void reply.header('content-type', 'text/event-stream; charset=utf-8').header('x-accel-buffering', 'no');
    // Asked for the headers alone, which have no end to wait for.
    if (request.method === 'HEAD') {
      await reply.send('');
      return;
    }
    await reply.send(await this.streams.begin({ actor, topics, after, credential: credentialOf(request) }));
  }

  private async mustBeTheirs(topics: readonly Topic[], actor: Actor): Promise<void> {
    if (topics.some(({ kind }) => kind === 'events') && !oversees(actor)) {
      throw new HttpProblem(403, 'http.wrong-role', { role: actor.role, roles: [...OVERSEERS] });
    }
    const sight = await this.changes.sightOf(actor);
    for (const topic of topics) {
      const may = await this.changes.mayFollow(topic, sight);
      if (may === null) throw notFound();
      if (!may) throw notYours();
    }
  }

  private async placeOf({ headers, query }: FastifyRequest): Promise<bigint | null> {
    const { after } = query as { readonly after?: string };
    const last = headers['last-event-id'] ?? after;
    if (last === undefined || last === '') return null;
    if (typeof last !== 'string' || !POSITION.test(last)) {
      throw invalid('Last-Event-ID', 'must be the id of an event of this stream', '须为本推送中事件的 id');
    }
    const place = BigInt(last);
    const end = await this.store.lastPosition();
    if (end === null || place > end) {
      throw invalid('Last-Event-ID', 'is past the end of the log', '超出日志末尾');
    }
    return place;
  }
}

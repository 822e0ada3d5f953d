import { Controller, Post, Req, Res, type Type } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type JsonObject } from '#libs/engine/event-sourcing';
import { type FastifyReply } from 'fastify';
import { ACT_METADATA, Roles, type SignedInRequest, THING_METADATA } from './access.js';
import { type ActDefinition, type HttpCommand, type HttpCommandClass } from './act.js';
import { type CommandAnswer, CommandGateway, type CommandRoute, commandRoute } from './command-gateway.js';
import { type DryRun } from './dry-run.js';
import { DRY_RUN } from './preference.js';
import { COMMANDS_METADATA } from './handler-check.js';
import { jsonSchema, type JsonSchema } from './json-schema.js';

export interface CommandArea {
  /** The area's part of the URL, `applications`. */
  readonly base: string;
  /** Heading in the OpenAPI document. */
  readonly tag: string;
  readonly commands: readonly HttpCommandClass[];
  /** Fields of an answer in addition to id, revision and position. */
  readonly details?: (command: HttpCommand) => JsonObject;
}

type Route = (
  this: { gateway: CommandGateway },
  request: SignedInRequest,
  reply: FastifyReply,
) => Promise<CommandAnswer | DryRun>;

/** A command's route, with the method that serves it: guards read its metadata. */
export type ServedCommand = {
  readonly route: CommandRoute;
  readonly controller: Type<object>;
  readonly handle: (...args: never[]) => unknown;
};

const served = new WeakMap<HttpCommandClass, ServedCommand>();

/** Says which method of a controller serves a command. */
export function serveCommand(
  command: HttpCommandClass,
  { route, controller, method }: Omit<ServedCommand, 'handle'> & { readonly method: string },
): void {
  const handle = Reflect.get(controller.prototype as object, method) as ServedCommand['handle'];
  served.set(command, { route, controller, handle });
}

/** How a command is served. @throws Error for a command that no controller was made for */
export function servedCommand(command: HttpCommandClass): ServedCommand {
  const found = served.get(command);
  if (found === undefined) throw new Error(`${command.name} is served by no route`);
  return found;
}

/**
 * A controller with one POST route a command: `/{base}/:id/{path}`, or `/{base}` where the command makes a new thing.
 * All it needs to know is in the command's @Act and its field decorators.
 */
export function commandController(area: CommandArea): Type<object> {
  @Controller(area.base)
  @ApiTags(area.tag)
  @ApiBearerAuth()
  class AreaController {
    constructor(readonly gateway: CommandGateway) {}
  }
  Object.defineProperty(AreaController, 'name', { value: `${area.base}CommandController` });
  Reflect.defineMetadata(COMMANDS_METADATA, area.commands, AreaController);
  for (const command of area.commands) addRoute(AreaController, area, command);
  return AreaController;
}

function addRoute(controller: Type<object>, area: CommandArea, command: HttpCommandClass): void {
  const route = commandRoute(area.base, command, area.details);
  const { act } = route;
  const handle: Route = function (request, reply) {
    return this.gateway.run(route, request, reply);
  };
  const prototype = controller.prototype as object;
  const descriptor = { value: handle, writable: true, configurable: true, enumerable: false };
  Object.defineProperty(prototype, act.type, descriptor);
  Reflect.defineMetadata(ACT_METADATA, act.type, handle);
  serveCommand(command, { route, controller, method: act.type });
  if (!route.collection) Reflect.defineMetadata(THING_METADATA, area.base, handle);
  Req()(prototype, act.type, 0);
  Res({ passthrough: true })(prototype, act.type, 1);
  const decorators = [
    Post(route.collection ? '' : `:id/${act.path}`),
    Roles(...act.roles),
    ...described(act, route.collection, jsonSchema(command)),
  ];
  for (const decorate of decorators) decorate(prototype, act.type, descriptor);
}

function described(act: ActDefinition, collection: boolean, body: JsonSchema): MethodDecorator[] {
  return [
    ApiOperation({
      operationId: act.type,
      summary: act.article === undefined ? act.summary : `${act.summary} (${act.article})`,
      description: `Roles: ${act.roles.join(', ')}`,
    }),
    ...(act.article === undefined ? [] : [ApiExtension('x-article', act.article)]),
    ...(collection ? [] : [ApiParam({ name: 'id', schema: { type: 'string' } })]),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Makes a retry return the first answer',
    }),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The revision that must still be the last, "3"',
    }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: `\`${DRY_RUN}\`: the answer says what would be recorded, and nothing is`,
    }),
    ApiHeader({
      name: 'Mandate',
      required: false,
      description: 'Id of the mandate under which an agent acts for an applicant',
    }),
    ApiBody({
      schema: collection ? withId(body) : body,
      required: collection || body.required !== undefined,
    }),
    ApiResponse({ status: collection ? 201 : 202, description: 'Recorded' }),
    ApiResponse({ status: 200, description: 'What would be recorded; nothing is stored' }),
    ...REFUSALS.map((status) => ApiResponse({ status })),
  ];
}

function withId(body: JsonSchema): JsonSchema {
  if (body.properties?.['id'] !== undefined) return body;
  return {
    ...body,
    properties: { id: { type: 'string' }, ...body.properties },
    required: ['id', ...(body.required ?? [])],
  };
}

/** What a command may be refused with; the document says once what each means. */
const REFUSALS = [400, 401, 403, 404, 409, 412, 422, 503];

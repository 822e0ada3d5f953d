import {
  applyDecorators,
  Controller,
  Get,
  Inject,
  Param,
  Post,
  Req,
  Res,
  SetMetadata,
  StreamableFile,
} from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { type Actor, PersonalData } from '#libs/engine/event-sourcing';
import {
  ACT_METADATA,
  ApiParameters,
  CommandGateway,
  CommandMetaReader,
  commandRoute,
  serveCommand,
  CurrentActor,
  type DryRun,
  idOfUrl,
  notFound,
  notYours,
  prefersDryRun,
  question,
  Roles,
  type SignedInRequest,
  THING_METADATA,
} from '#libs/shell/nest';
import { sendFile, TakesFiles, Uploads } from '#libs/shell/uploads';
import { type FastifyReply } from 'fastify';
import { seesApplication } from '#libs/county/sight';
import { SightOf } from '#libs/county/sight/http';
import {
  APPLICATION_RUNNER,
  APPLICATION_STREAM,
  type ApplicationRunner,
} from '../application/application.runner.token.js';
import { fileMayCome } from '../application/file-door.js';
import { HandInFile } from '../intake/file.commands.js';
import { FILE_ACTS } from '../intake/file.table.js';
import { type ShownFile } from '../read-models/files.projection.js';
import { fileIn, filesOf } from '../read-models/files.query.js';
import { findApplication } from '../read-models/worklist.query.js';

/** What is answered to a file that was handed in. */
type FileReceipt = {
  readonly id: string;
  /** Revision of the application after the command, for If-Match. */
  readonly revision: string;
  /** Position in the log, for `after`. */
  readonly position: string;
  /** Its number in the application. */
  readonly document: string;
  /** What its content was found to be. */
  readonly mediaType: string;
  /** Size of the content. */
  readonly bytes: number;
  /** Digest of the content, in hexadecimal digits. */
  readonly sha256: string;
};

/** The files of an application in order of their numbers. */
type FileList = { readonly items: readonly ShownFile[] };

const FindApplication = question((sources, id: string) => findApplication(sources, id));
const FilesOf = question(({ models }, application: string) => filesOf(models, application));

const CONTENT = { type: 'string', contentMediaType: 'application/octet-stream' };
/** A body that the OpenAPI document shows: the file and what it is. */
const UPLOAD = {
  type: 'object',
  properties: {
    file: { ...CONTENT, description: 'The file itself, with its name' },
    material: { type: 'string', description: 'What it is, in the words of the matter’s list' },
  },
  required: ['file', 'material'],
};
const jsonOf = (schema: string) => ({
  'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
});
const BINARY = { '*/*': { schema: CONTENT } };

/** Refusals that the document says once what they mean. */
const ApiRefusals = (...statuses: readonly number[]) =>
  applyDecorators(...statuses.map((status) => ApiResponse({ status })));

const HAND_IN = commandRoute('applications', HandInFile);

@Controller()
@ApiTags('Applications 办件')
@ApiBearerAuth()
export class FilesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly gateway: CommandGateway,
    private readonly uploads: Uploads,
    private readonly personal: PersonalData,
    private readonly meta: CommandMetaReader,
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
  ) {}

  @Post('applications/:id/documents')
  @TakesFiles()
  @Roles(...FILE_ACTS.HandInFile.roles)
  @SetMetadata(ACT_METADATA, 'HandInFile')
  @SetMetadata(THING_METADATA, 'applications')
  @ApiOperation({
    operationId: 'HandInFile',
    summary: `${FILE_ACTS.HandInFile.zh} ${FILE_ACTS.HandInFile.en}; the same file again is known by its digest`,
    description: `Roles: ${FILE_ACTS.HandInFile.roles.join(', ')}`,
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ schema: UPLOAD, required: true })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Makes a retry return the first answer',
  })
  @ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The revision that must still be the last, "3"',
  })
  @ApiHeader({
    name: 'Mandate',
    required: false,
    description: 'Id of the mandate under which an agent acts for an applicant',
  })
  @ApiHeader({
    name: 'Prefer',
    required: false,
    description: '`handling=dry-run`: says what would be recorded, and stores nothing (RFC 7240)',
  })
  @ApiResponse({
    status: 200,
    description: 'What would be recorded; nothing is stored',
    content: jsonOf('DryRun'),
  })
  @ApiResponse({ status: 201, description: 'Handed in', content: jsonOf('HandInFileAnswer') })
  @ApiParam({ name: 'id', schema: { type: 'string' } })
  @ApiRefusals(400, 401, 403, 404, 409, 412, 422, 503)
  async handIn(
    @Req() request: SignedInRequest,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FileReceipt | DryRun> {
    const id = idOfUrl(request.params);
    const meta = this.meta.read(request, {
      act: 'HandInFile',
      address: `applications/${id}`,
      thing: `applications/${id}`,
    });
    const { state } = await this.applications.load(APPLICATION_STREAM + id);
    fileMayCome(state, Object.assign(new HandInFile(), { id, meta }));
    return this.uploads.take(
      request,
      { person: actor.person, known: ['material'], isDryRun: prefersDryRun(request.headers.prefer) },
      async (upload) => {
        const { fields, ...file } = upload;
        request.body = { ...fields, ...file };
        const answer = await this.gateway.run(HAND_IN, request, reply);
        if (!('position' in answer)) return answer;
        const { revision, position } = answer;
        const { state } = await this.applications.load(APPLICATION_STREAM + id);
        const held = state.at === 'absent' ? [] : (state.files ?? []);
        const found = held.findLast(
          ({ material, sha256 }) => material === fields['material']?.trim() && sha256 === file.sha256,
        );
        const document = found?.document ?? '';
        void reply.status(201).header('location', `/api/v1/applications/${id}/documents/${document}`);
        const { mediaType, bytes, sha256 } = file;
        return { id, revision, position, document, mediaType, bytes, sha256 };
      },
    );
  }

  @Get('applications/:id/documents')
  @Roles()
  @ApiOperation({
    operationId: 'FilesOfApplication',
    summary: '材料文件 The files that were handed in with an application',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async list(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<FileList> {
    return { items: await this.seen(id, actor) };
  }

  @Get('applications/:id/documents/:document')
  @ApiParam({
    name: 'document',
    description: 'Number of the file in its application, or the SHA-256 of its content',
    schema: { type: 'string' },
  })
  @Roles()
  @ApiOperation({
    operationId: 'DownloadFile',
    summary: '下载材料文件 A file, by its number or by the SHA-256 of its content; also a part of it (Range)',
  })
  @ApiHeader({ name: 'Range', required: false, description: 'One part of the file, bytes=0-499' })
  @ApiHeader({ name: 'If-None-Match', required: false, description: 'An ETag: 304 where it is the same' })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, description: 'The file', content: BINARY })
  @ApiResponse({ status: 206, description: 'The part of the file', content: BINARY })
  @ApiParameters(null, [401, 403, 404, 416, 503])
  async download(
    @Param('id') id: string,
    @Param('document') document: string,
    @Req() request: SignedInRequest,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const file = fileIn(await this.seen(id, actor), document);
    if (file === null) throw notFound();
    const fileName = await this.personal.text(file.name);
    const content = await sendFile(request, reply, this.uploads.blobs, { ...file, fileName });
    return content === null ? undefined : new StreamableFile(content);
  }

  private async seen(id: string, actor: Actor): Promise<readonly ShownFile[]> {
    const found = await this.queries.execute(FindApplication.of(id));
    if (found === null) throw notFound();
    if (!seesApplication(await this.queries.execute(SightOf.of(actor)), found)) throw notYours();
    return this.queries.execute(FilesOf.of(id));
  }
}

serveCommand(HandInFile, { route: HAND_IN, controller: FilesController, method: 'handIn' });
